"""What a check has to say: a finding stands at a place of the report, with both values, the source and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much it matters: an error contradicts the document's own words, a warning wants a look, a hint may be so."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"

    @property
    def label(self) -> str:
        """错误, 警告, 提示."""
        return {"error": "错误", "warning": "警告", "hint": "提示"}[self.value]


@dataclass(frozen=True, slots=True)
class Rule:
    """A check: code, name, severity, and where it comes from."""

    code: str
    name: str
    severity: Severity
    source: str


_FORM = "年度报告格式表三注：第一项加第二项之和，等于第三项加第四项之和"
_TABLE = "年度报告格式：总计为各列、各行之和"
_PRACTICE = "审核惯例"

RULES = {
    one.code: one
    for one in (
        Rule("T3-1", "新收加结转等于办结加结转下年", Severity.ERROR, _FORM),
        Rule("T3-2", "各项办理结果之和等于（七）总计", Severity.ERROR, _TABLE),
        Rule("T3-3", "自然人与五类法人之和等于总计", Severity.ERROR, _TABLE),
        Rule("T4-1", "维持、纠正、其他、未审结之和等于总计", Severity.ERROR, _TABLE),
        Rule("Y-1", "本年的上年结转等于上年的结转下年", Severity.ERROR, "两个年度的同一数字"),
        Rule("Y-2", "现行有效等于上年现行有效加制发减废止", Severity.WARNING, _PRACTICE),
        Rule("TXT-1", "正文件数与表内一致", Severity.WARNING, _PRACTICE),
        Rule("TXT-2", "正文百分比与表内一致", Severity.WARNING, _PRACTICE),
        Rule("S-1", "没有规章制定权的机关规章各格为零", Severity.WARNING, "《中华人民共和国立法法》"),
        Rule("S-2", "章节、年份、统计期限和引用文号与年度相符", Severity.WARNING, "年度报告格式"),
        Rule("S-3", "与上年正文雷同", Severity.WARNING, "国办公开办函〔2021〕30号工作要求（四）"),
        Rule("F-1", "表式与统计年度相符", Severity.WARNING, "年度报告格式的适用年度"),
        Rule("F-2", "各格填写数字，没有的填0", Severity.HINT, _PRACTICE),
        Rule("F-3", "金额单位", Severity.WARNING, "年度报告格式表二"),
        Rule("F-4", "数字是非负整数", Severity.ERROR, "年度报告格式：件数"),
        Rule("F-5", "行名、列名与格式一致", Severity.HINT, "年度报告格式"),
        Rule("F-6", "模板提示语已删除", Severity.WARNING, _PRACTICE),
    )
}
"""Every check there is, by code."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not hold. `place`: a cell's key, a row or column, or a chapter; `cells`: the cells to mark.

    `left` and `right` are the two values compared, as words.
    """

    code: str
    place: str
    message: str
    left: str = ""
    right: str = ""
    suggestion: str = ""
    cells: tuple[str, ...] = ()
    severity: Severity | None = None

    @property
    def rule(self) -> Rule:
        """The check it comes from."""
        return RULES[self.code]

    @property
    def weight(self) -> Severity:
        """Its own severity, or that of its rule."""
        return self.severity or self.rule.severity

    @property
    def is_error(self) -> bool:
        """Whether it contradicts the format's own words."""
        return self.weight is Severity.ERROR
