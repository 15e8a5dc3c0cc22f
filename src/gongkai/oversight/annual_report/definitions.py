"""What every cell counts, in words shown beside it, and where it comes from: one definition for each cell of a format.

Which source stands behind a cell of table two is declared here and nowhere else.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from gongkai.law.annual_report.formats import BLOCKS, Cell, ReportFormat, cells, table_two
from gongkai.law.applicants import ORGANISATION_LABEL
from gongkai.law.report_rows import APPLICANT_COLUMNS, row
from gongkai.oversight.annual_report.sources import SOURCES


class Origin(StrEnum):
    """The records a cell is counted from."""

    APPLICATIONS = "applications"
    REMEDIES = "remedies"
    DOCUMENTS = "documents"
    ENTERED = "entered"


@dataclass(frozen=True, slots=True)
class Definition:
    """A cell with its words. ``source``: the registered source behind it; ``of``: how years make the cell (``year``,
    ``before`` or ``change``)."""

    cell: Cell
    origin: Origin
    words: str
    source: str = ""
    of: str = "year"


_ROWS_OF_SOURCES = {
    "行政许可": ("licence_items", "licence_decisions"),
    "其他对外管理服务事项": ("service_items", "service_decisions"),
    "行政处罚": ("penalty_items", "penalty_decisions"),
    "行政强制": ("coercion_items", "coercion_decisions"),
    "行政事业性收费": ("fee_items", "fee_amount"),
    "政府集中采购": ("purchase_projects", "purchase_amount"),
}
_USE = {
    "decisions": (1, "year"),
    "amount_wan_yuan": (1, "year"),
    "amount_yuan": (1, "year"),
    "projects": (0, "year"),
    "prev_items": (0, "before"),
    "delta": (0, "change"),
}
_OF_DOCUMENTS = {
    "made": "成文日期（首次发布的版本）在本年的",
    "new_made": "成文日期（首次发布的版本）在本年的",
    "repealed": "宣布废止、自本年某日起废止的；期满失效的不计",
    "valid": "本年12月31日前成文、当日没有废止、也没有失效的；已经成文、尚未施行的计算在内",
    "new_public": "首次公开日期在本年的",
    "total_public": "本年12月31日前公开、当日没有废止、也没有失效的",
}
_OF_TIME = {
    "new_received": "申请到达之日（登记的到达日期）在本年的申请事项；因复议、诉讼责令重新答复的不另计",
    "carried_over": "上年年底以前到达、到上年12月31日没有办结的申请事项",
    "total": "本年新收和上年结转中，到本年12月31日已经办结的申请事项",
    "carry_forward": "本年新收和上年结转中，到本年12月31日没有办结的申请事项",
}
_OF_RESULT = {
    "maintain": "本年审结，结果维持的",
    "correct": "本年审结，结果纠正的",
    "other": "本年审结，其他结果的",
    "pending": "到本年12月31日没有审结的",
    "total": "本年提起的，加上上年没有审结、结转到本年的",
}


@cache
def definitions(format: ReportFormat) -> dict[str, Definition]:
    """The definition of every cell of a format, by key, in reading order."""
    return {cell.key: _define(cell) for cell in cells(format)}


def sources_of(format: ReportFormat) -> tuple[str, ...]:
    """The registered sources a format draws on, in the order of the form."""
    used = {one.source for one in definitions(format).values()}
    return tuple(key for key in SOURCES if key in used)


def document_rows(format: ReportFormat) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Rows and columns of the block of table two that is counted from documents."""
    block = table_two(format)[0]
    return block.rows, tuple(one.key for one in block.columns)


def _define(cell: Cell) -> Definition:
    if cell.table == 3:
        return Definition(cell, Origin.APPLICATIONS, _application_words(cell))
    if cell.table == 4:
        kind = next(one.label for one in BLOCKS if one.key == cell.row)
        words = f"针对政府信息公开的{kind}，{_OF_RESULT[cell.column]}。"
        return Definition(cell, Origin.REMEDIES, words)
    if cell.column in _OF_DOCUMENTS:
        return Definition(cell, Origin.DOCUMENTS, f"本机关公开的{cell.row}中，{_OF_DOCUMENTS[cell.column]}。")
    place, use = _USE[cell.column]
    source = SOURCES[_ROWS_OF_SOURCES[cell.row][place]]
    by_use = {
        "year": f"各处室登记的“{source.label}”（{source.words}），本年各月之和。",
        "before": f"各处室登记的“{source.label}”（{source.words}），上一年最后一次登记之和。",
        "change": f"各处室登记的“{source.label}”，本年最后一次登记之和减去上一年最后一次登记之和。",
    }
    return Definition(cell, Origin.ENTERED, by_use[use], source.key, use)


def _application_words(cell: Cell) -> str:
    column = next(one for one in APPLICANT_COLUMNS if one.key == cell.column)
    who = {"natural_person": "自然人提出的", "total": "全部申请人的"}.get(
        cell.column, f"{ORGANISATION_LABEL}（{column.label}）提出的"
    )
    if cell.row in _OF_TIME:
        return f"{who}：{_OF_TIME[cell.row]}。"
    label = row(cell.row, _format_with(cell.row)).label
    return f"{who}：本年办结、处理决定为“{label}”的申请事项；有几项理由的按第一项计，重新答复的按本年最后一次。"


def _format_with(key: str) -> ReportFormat:
    return ReportFormat.TRIAL_2019 if key == "other" else ReportFormat.CURRENT_2021
