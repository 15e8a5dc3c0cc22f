"""The documentation of the checks, written from the registry: ``docs/checks.md`` is this text, and a test says so."""

from __future__ import annotations

import sys
from collections import Counter

from gongkai.publishing.checks.facts import WordKind, WordRule
from gongkai.publishing.checks.registry import Check, all_checks
from gongkai.publishing.checks.words import starter_words

_INTRODUCTION = """\
# 发布前检查

<!-- Written by gongkai.publishing.checks.describe.markdown(); edit the checks, not this file. -->

稿件送审和发布之前，系统逐项检查以下内容。检查结果分三级：

- **阻断**：不处理就不能发布。标明可以说明理由的，经办人说明“保留”的理由后不再阻断，理由随稿件留存；
- **提示**：请核对，不影响发布；
- **说明**：供参考。

同一处问题说明理由后，修改稿件的其他地方不会让它重新出现。检查结果作为证据留存，其中的个人信息一律隐去。
"""

_WORDS = """\
## 词库

产品自带的词库在 `src/gongkai/publishing/checks/data/words.toml`，每条写明错误写法、建议写法、理由和例外。

| 类别 | 条数 |
|---|---|
{rows}

“禁用词”（forbidden）一类产品不带词条：禁用什么、由谁决定、何时起用，由各单位在自己的词库中维护。词库格式与自带词库相同，
用 `words.read_dictionary()` 读入。
"""

_KINDS: dict[WordKind, str] = {
    "wrong": "错别字和不规范用语（wrong）",
    "former": "旧称和废止的法律（former）",
    "sensitive": "需要斟酌的词（sensitive）",
}


def markdown() -> str:
    """The whole of ``docs/checks.md``, with a line break at the end."""
    checks = "\n".join(_section(check) for check in all_checks())
    return f"{_INTRODUCTION}\n{checks}\n{_word_table(starter_words())}"


def _section(check: Check) -> str:
    severities = "、".join(severity.label for severity in sorted(check.severities, key=lambda severity: severity.rank))
    return (
        f"## {check.label}\n\n{check.description}\n\n"
        f"- 标识：`{check.key}`（第{check.version}版）\n- 级别：{severities}\n- 依据：{check.law_or_source}\n"
    )


def _word_table(rules: tuple[WordRule, ...]) -> str:
    counted = Counter(rule.kind for rule in rules)
    rows = "\n".join(f"| {_KINDS[kind]} | {counted[kind]} |" for kind in _KINDS if kind in counted)
    return _WORDS.format(rows=rows)


if __name__ == "__main__":
    sys.stdout.write(markdown())
