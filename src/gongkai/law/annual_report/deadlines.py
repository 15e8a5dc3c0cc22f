"""When a report is due (条例第四十九条 【核】): departments by 31 January, the government's own by 31 March.

县级以上人民政府部门应当在每年1月31日前向本级政府信息公开工作主管部门提交本行政机关上一年度政府信息公开工作年度报告并向社会公布；
县级以上地方人民政府的政府信息公开工作主管部门应当在每年3月31日前向社会公布本级政府上一年度政府信息公开工作年度报告。
"""

from __future__ import annotations

from datetime import date

BASIS = "《中华人民共和国政府信息公开条例》第四十九条"
"""Where both days come from."""


def due(year: int, *, of_government: bool) -> date:
    """The last day for the report of ``year``; ``of_government``: the report of the government as a whole."""
    return date(year + 1, 3, 31) if of_government else date(year + 1, 1, 31)


def days_late(year: int, done_on: date | None, today: date, *, of_government: bool) -> int:
    """How many days after its last day the report was made public or, while it is not, today is; 0: in time."""
    return max(0, ((done_on or today) - due(year, of_government=of_government)).days)
