"""Tables of the body: a header row for those who hear a table instead of seeing it; no tables for layout."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.publishing.checks.facts import DraftFacts
from gongkai.publishing.checks.places import Place, Where
from gongkai.publishing.checks.registry import Remark, Severity, register
from gongkai.publishing.checks.structure import Table, structure

_SOURCE = "《无障碍环境建设法》第三十二条；GB/T 37668—2019"


def _place(table: Table) -> Place:
    first_words = table.caption or next((cell for row in table.rows for cell in row if cell), "")
    return Place(Where.BODY, field="table", quote=first_words[:40], element=f"table:{table.index}")


def _used_for_layout(table: Table) -> bool:
    columns = max((len(row) for row in table.rows), default=0)
    return table.nested or table.poured or columns <= 1


@register(
    key="table-header",
    label="表格表头",
    description="数据表格要有表头行（标题单元格），读屏软件才能读出每一格属于哪一列。",
    severities=(Severity.WARN,),
    law_or_source=_SOURCE,
)
def table_header(facts: DraftFacts) -> Iterator[Remark]:
    for table in structure(facts.body_html).tables:
        if not table.has_header and not _used_for_layout(table) and len(table.rows) > 1:
            yield Remark(
                Severity.WARN,
                f"正文第{table.index + 1}个表格没有表头，请把第一行（或者第一列）设为表头",
                _place(table),
            )


@register(
    key="table-layout",
    label="用表格排版",
    description="只有一列、层层嵌套或者把成段文字放进格子的表格，在手机上难以阅读，请改为普通段落。",
    severities=(Severity.WARN,),
    law_or_source=_SOURCE,
)
def table_layout(facts: DraftFacts) -> Iterator[Remark]:
    for table in structure(facts.body_html).tables:
        if table.rows and not table.has_header and _used_for_layout(table):
            yield Remark(
                Severity.WARN,
                f"正文第{table.index + 1}个表格像是用来排版的，请改为普通段落；确是数据的，请设置表头",
                _place(table),
            )
