"""The workbook to fill in: the columns with an example, what each means, how decisions are written."""

from gongkai.applications import sheets
from gongkai.applications.importing import cells
from gongkai.applications.importing.headings import COLUMNS
from gongkai.applications.sheets import Sheet
from gongkai.law.grounds import GROUNDS


def workbook() -> bytes:
    """The template as .xlsx."""
    return sheets.workbook(
        [
            Sheet("台账", [one.label for one in COLUMNS], []),
            Sheet(
                "各列说明",
                ["列", "必填", "怎样填写", "示例", "也可以写作"],
                [
                    [one.label, "必填" if one.needed else "", one.help, one.sample, "、".join(one.also)]
                    for one in COLUMNS
                ],
                widths=(18, 8, 48, 24, 40),
            ),
            Sheet(
                "处理决定的写法",
                ["处理决定", "含义", "也可以写作"],
                cells.outcomes_offered(),
                widths=(26, 48, 40),
            ),
            Sheet(
                "理由的写法",
                ["理由", "依据", "计入年度报告"],
                [[one.label, one.citation, one.row_label] for one in GROUNDS if one.withholds],
                widths=(26, 48, 32),
            ),
        ]
    )
