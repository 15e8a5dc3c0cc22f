"""The first draft of the six chapters, from the figures and the year's records; every sentence marked to be edited.

A draft sentence begins with the mark 〔拟〕. Whoever has read and mended it takes the mark away; while one is left the
report is not handed in for review.
"""

import re
from collections.abc import Sequence

from gongkai.law.annual_report.figures import Figures
from gongkai.law.annual_report.formats import basis
from gongkai.oversight.annual_report.references import written
from gongkai.oversight.annual_report.yearbook import Yearbook

MARK = "〔拟〕"
_PLANS = re.compile(r"(?:下一步|今后|下一年度|20\d\d年将|将(?:进一步|继续|重点))[^。]*。")
_TO_WRITE = "请写明本年的实际情况。"


def drafts_left(text: str) -> int:
    """How many draft sentences nobody has edited yet."""
    return text.count(MARK)


def settled(text: str) -> str:
    """The text with its drafts taken as they stand."""
    return text.replace(MARK, "")


def preface(agency_name: str, year: int) -> str:
    """By what it is written, and of which days."""
    return (
        f"本报告由{agency_name}按照《中华人民共和国政府信息公开条例》（国务院令第711号）和"
        f"《中华人民共和国政府信息公开工作年度报告格式》（{basis(year)}）编制。"
        f"报告所列数据的统计期限为{year}年1月1日至12月31日。"
    )


def compose(figures: Figures, book: Yearbook, last_year: dict[int, str]) -> dict[int, str]:
    """The chapters by number. ``last_year``: those of the preceding report, for its plans."""
    return {
        1: _paragraphs(_overview(figures, book)),
        2: "",
        3: "",
        4: "",
        5: _paragraphs(_problems(figures, last_year)),
        6: _paragraphs(_others(book)),
    }


def _overview(figures: Figures, book: Yearbook) -> list[tuple[str, Sequence[str]]]:
    types = "、".join(f"{label}{number}条" for label, number in book.types[:3])
    topics = "、".join(f"“{name}”" for name, _ in book.topics)
    said = [f"全年主动公开政府信息{_ref('公开.信息条数')}条" + (f"，其中{types}。" if types else "。")]
    if topics:
        said.append(f"围绕{topics}等专题集中公开。")
    said.append(f"发布政策解读{_ref('公开.政策解读')}件。")
    return [
        ("（一）主动公开", said),
        ("（二）依申请公开", _on_application(figures)),
        (
            "（三）政府信息管理",
            [
                f"主动公开全清单列明{_ref('公开.全清单事项')}项公开事项，逐项写明内容、时限和责任处室。",
                _of_documents(figures),
            ],
        ),
        ("（四）政府信息公开平台建设", _platform(book)),
        ("（五）监督保障", _support(book)),
    ]


def _on_application(figures: Figures) -> list[str]:
    said = [
        f"全年新收政府信息公开申请{_ref('表三.新收.总计')}件，其中自然人{_ref('表三.新收.自然人')}件，"
        f"法人或其他组织{_ref('表三.新收.法人或其他组织')}件。"
    ]
    if figures.applications("carried_over", "total").counted:
        said.append(f"上年结转{_ref('表三.上年结转.总计')}件。")
    said.append(
        f"本年办结{_ref('表三.办结.总计')}件，其中予以公开{_ref('表三.予以公开.总计')}件、"
        f"部分公开{_ref('表三.部分公开.总计')}件、不予公开{_ref('表三.不予公开.总计')}件、"
        f"无法提供{_ref('表三.无法提供.总计')}件、不予处理{_ref('表三.不予处理.总计')}件、"
        f"其他处理{_ref('表三.其他处理.总计')}件；结转下年{_ref('表三.结转下年.总计')}件。"
    )
    return said


def _of_documents(figures: Figures) -> str:
    row, made, standing = (
        ("行政规范性文件", "本年制发件数", "现行有效件数")
        if figures.has(["table2.art20_1.行政规范性文件.made"])
        else ("规范性文件", "本年新制作数量", "对外公开总数量")
    )
    words = "现行有效" if standing.startswith("现行") else "对外公开共"
    return (
        f"全年制发{row}{_ref(f'表二.{row}.{made}')}件，年末{words}{_ref(f'表二.{row}.{standing}')}件，"
        "效力状态随文标明。"
    )


def _platform(book: Yearbook) -> list[str]:
    said = [f"政府信息公开专栏的内容按条例规定的期限更新。{_TO_WRITE}"]
    if book.deliveries:
        said.append(f"通过其他公开渠道推送信息{_ref('公开.渠道推送')}条。")
    return said


def _support(book: Yearbook) -> list[str]:
    if not book.trainings:
        return [f"开展了考核和监督检查。{_TO_WRITE}"]
    return [
        f"全年组织政府信息公开培训{_ref('培训.次数')}次，参加{_ref('培训.人次')}人次。",
        f"开展了考核和监督检查，责任追究情况：{_TO_WRITE}",
    ]


def _problems(figures: Figures, last_year: dict[int, str]) -> list[tuple[str, Sequence[str]]]:
    plans = [one.group(0) for one in _PLANS.finditer(last_year.get(5, ""))][:2]
    found = [f"上年报告提出：“{plan.rstrip('。')}”，本年落实情况：{_TO_WRITE}" for plan in plans]
    corrected = sum(figures.remedies(block, "correct").counted for block in ("review", "litigation_direct"))
    if corrected:
        found.append("有答复在行政复议、行政诉讼中被纠正，反映出答复的事实和理由写得不够充分。")
    if figures.applications("carry_forward", "total").counted:
        found.append(f"有{_ref('表三.结转下年.总计')}件申请结转下年办理，办理时限需要继续从紧掌握。")
    found.append(f"存在的其他问题和改进措施：{_TO_WRITE}")
    return [("", found)]


def _others(book: Yearbook) -> list[tuple[str, Sequence[str]]]:
    """Chapter six: the fee facts of 国办函〔2020〕109号 in any case."""
    if not book.fees.notices and not book.fees.payments:
        return [("", ["本年度没有发出信息处理费收费通知，收取信息处理费0元。"])]
    return [
        (
            "",
            [
                f"按照《政府信息公开信息处理费管理办法》，本年度发出收费通知{_ref('收费.通知件数')}件，"
                f"总金额{_ref('收费.通知金额')}元，实际收取{_ref('收费.实收金额')}元。"
            ],
        )
    ]


def _ref(name: str) -> str:
    return written(name)


def _paragraphs(parts: list[tuple[str, Sequence[str]]]) -> str:
    lines = []
    for title, sentences in parts:
        lines += [title] if title else []
        lines.append("".join(MARK + one for one in sentences))
    return "\n".join(lines)
