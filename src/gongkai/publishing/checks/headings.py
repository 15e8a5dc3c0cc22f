"""Levels of headings in the body: an outline without holes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from gongkai.publishing.checks.facts import DraftFacts
from gongkai.publishing.checks.places import Place, Where
from gongkai.publishing.checks.registry import Remark, Severity, register
from gongkai.texts.richtext import outline


@register(
    key="heading-levels",
    label="标题层级",
    description="正文中的标题要逐级使用，不跳级；页面的一级标题是文件标题，正文从二级开始。",
    severities=(Severity.WARN,),
    law_or_source="《无障碍环境建设法》；GB/T 37668—2019",
)
def heading_levels(facts: DraftFacts) -> Iterator[Remark]:
    previous = 1  # the title of the page
    seen: Counter[int] = Counter()
    for heading in outline(facts.body_html):
        if heading.level > previous + 1:
            element = f"h{heading.level}:{seen[heading.level]}"
            yield Remark(
                Severity.WARN,
                f"标题“{heading.text[:40]}”是{heading.level}级，前面的标题是{previous}级，"
                f"中间跳级了，请改为{previous + 1}级",
                Place(Where.BODY, field="heading", quote=heading.text[:60], element=element),
            )
        seen[heading.level] += 1
        previous = heading.level
