"""What was measured of annual reports, as ``docs/bench-reports.md``."""

import os
from collections.abc import Sequence
from datetime import date
from typing import Any

from tests.bench.report import DOCUMENT as OTHER
from tests.bench.report import machine

DOCUMENT = OTHER.with_name("bench-reports.md")

_INTRODUCTION = """\
# 性能测量：年度报告

<!-- Written by `make bench` (tests/bench); measure anew instead of editing. -->

{when}，{machine}。同一次运行中测得，看比值；绝对值随机器变。测量方法在 `tests/bench/reports.py`。测量完毕时的系统负载
（前十五分钟平均）为 {load:.1f}。

一个年度收到的申请，每件一个事项，各类申请人、各种处理决定都有；直接写入数据表（仅测量用）。“全部表格”是
`collecting/tables.py:compute`（表二、表三、表四的每一格）；对照是同样行上的一条 `GROUP BY`（申请人类型、处理决定）。

| 数据库 | 申请 | 对照 p50 | 全部表格 p50 | 比值 |
| --- | --- | --- | --- | --- |
"""


def markdown(found: Sequence[dict[str, Any]]) -> str:
    """The whole document for what was measured on one or more databases."""
    head = _INTRODUCTION.format(when=date.today().isoformat(), machine=machine(), load=os.getloadavg()[2])
    return head + "".join(
        f"| {one['database']} | {one['rows']:,} | {one['bare']['p50']:.0f} 毫秒 | {one['tables']['p50']:.0f} 毫秒 "
        f"| {one['ratio']} |\n"
        for one in found
    )
