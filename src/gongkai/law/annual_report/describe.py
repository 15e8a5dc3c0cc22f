"""The documentation of the checks of annual reports, written from their table: ``docs/checks-of-reports.md``."""

from __future__ import annotations

from gongkai.law.annual_report.findings import RULES, Rule, Severity

_INTRODUCTION = """\
# 年度报告的检查

<!-- Written by gongkai.law.annual_report.describe.markdown() through `gongkai docs`; edit the rules, not this file. -->

每次保存、导入年度报告时，以及用 `gongkai check 报告文件`、网页 `/reports/check/`、接口 `/api/v1/report-checks`
检查任何机关已发布的报告时，逐项检查以下内容。每项发现写明规则、位置、两边的值和处理建议。分三级：

- **错误**：与格式文件的明文、与自己的另一个数字矛盾，须改正；
- **警告**：多半有误，也可能是口径不同，请核对；可以说明理由，说明随报告留存；
- **提示**：供参考。

空白按0参与求和，但保留“空白”；总计空白的不判断；读不出的格使所在的和不能判断，不算错误。

| 代码 | 检查 | 级别 | 内容 | 依据 |
|---|---|---|---|---|
"""

_PARAMETERS = """\

S-3 的雷同限度、Y-3 的倍数没有文件规定，是 `law/annual_report` 中写明的参数。TXT-1 跳过讲其他年度的句子。
"""


def markdown() -> str:
    """The whole of ``docs/checks-of-reports.md``, with a line break at the end."""
    return _INTRODUCTION + "".join(_row(rule) for rule in RULES.values()) + _PARAMETERS


def _row(rule: Rule) -> str:
    weight = f"**{rule.severity.label}**" if rule.severity is Severity.ERROR else rule.severity.label
    return f"| `{rule.code}` | {rule.name} | {weight} | {rule.about} | {rule.source} |\n"
