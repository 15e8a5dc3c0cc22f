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
    """A check: code, name, severity, where it comes from, and what exactly is looked at."""

    code: str
    name: str
    severity: Severity
    source: str
    about: str


_FORM = "年度报告格式表三注：第一项加第二项之和，等于第三项加第四项之和"
_TABLE = "年度报告格式：总计为各列、各行之和"
_FORMAT = "年度报告格式（国办公开办函〔2019〕60号、〔2021〕30号）"
_PRACTICE = "审核惯例"
_ERROR, _WARNING, _HINT = Severity.ERROR, Severity.WARNING, Severity.HINT

RULES = {
    one.code: one
    for one in (
        Rule("T2-1", "表二各数相容", _WARNING, _PRACTICE, "本年制发减废止不大于现行有效；本年新公开不大于公开总数"),
        Rule("T3-1", "新收加结转等于办结加结转下年", _ERROR, _FORM, "每一列：一＋二＝三（七）＋四"),
        Rule("T3-2", "各项办理结果之和等于（七）总计", _ERROR, _TABLE, "每一列：（一）至（六）各明细之和＝（七）总计"),
        Rule("T3-3", "自然人与五类法人之和等于总计", _ERROR, _TABLE, "每一行：自然人＋五类法人或其他组织＝总计"),
        Rule("T4-1", "维持、纠正、其他、未审结之和等于总计", _ERROR, _TABLE, "复议、直接起诉、复议后起诉各自相加"),
        Rule("Y-1", "本年的上年结转等于上年的结转下年", _ERROR, "两个年度的同一数字", "逐列；须有上年报告，可附说明"),
        Rule("Y-2", "现行有效等于上年现行有效加制发减废止", _WARNING, _PRACTICE, "失效、移交会造成不等，须有上年报告"),
        Rule("Y-3", "金额与上年不差千倍", _WARNING, _PRACTICE, "相差千倍以上的，多半是元与万元之误"),
        Rule(
            "TXT-1", "正文件数与表内一致", _WARNING, _PRACTICE, "新收、结转、各类结果、各类申请人、复议诉讼；先问口径"
        ),
        Rule("TXT-2", "正文百分比与表内一致", _WARNING, _PRACTICE, "件数除以（七）总计，按所写的小数位数四舍五入"),
        Rule("TXT-3", "正文的复议、诉讼结果与表四一致", _WARNING, _PRACTICE, "“均获维持”“没有发生”等说法"),
        Rule("S-1", "没有规章制定权的机关规章各格为零", _WARNING, "《中华人民共和国立法法》", "乡镇、街道、县级部门等"),
        Rule("S-2", "章节、年份、统计期限和引用文号与年度相符", _WARNING, _FORMAT, "六章齐全；条例为2019年修订"),
        Rule(
            "S-3", "与上年正文雷同", _WARNING, "国办公开办函〔2021〕30号工作要求（四）", "数字、年份不计；须有上年报告"
        ),
        Rule(
            "S-4",
            "第六章报告信息处理费",
            _WARNING,
            "国办函〔2020〕109号",
            "收费通知件数、总金额、实际收取；没有的也写明",
        ),
        Rule(
            "S-5",
            "总体情况包括五个方面",
            _HINT,
            "国办公开办函〔2021〕30号",
            "主动公开、依申请公开、信息管理、平台建设、监督保障",
        ),
        Rule(
            "F-1",
            "表式与统计年度相符",
            _WARNING,
            "年度报告格式的适用年度",
            "2019、2020年度用试行表式，2021年度起用现行表式",
        ),
        Rule("F-2", "各格填写数字，没有的填0", _HINT, _PRACTICE, "空白、“/”和格内的附注"),
        Rule("F-3", "金额单位", _WARNING, _FORMAT, "行政事业性收费以万元为单位；采购总金额写明单位"),
        Rule("F-4", "数字是非负整数", _ERROR, _FORMAT, "件数没有小数和负数；读不出数字的格"),
        Rule("F-5", "行名与格式一致", _HINT, _FORMAT, "漏字、改写的行名"),
        Rule("F-6", "模板提示语已删除", _WARNING, _PRACTICE, "“该部分以表格形式报告”“××”等"),
        Rule("F-7", "表内各行齐全", _WARNING, _FORMAT, "删去的行；没有的应填0"),
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
    def key(self) -> str:
        """The same for the same finding in a later reading, other once a value has changed: what an answer is for."""
        return "|".join((self.code, self.place, self.left, self.right))

    @property
    def is_error(self) -> bool:
        """Whether it contradicts the format's own words."""
        return self.weight is Severity.ERROR
