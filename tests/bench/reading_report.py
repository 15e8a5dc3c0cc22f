"""What was measured of the reading side, as the tables of ``docs/bench-reading.md``."""

import os
from collections.abc import Sequence
from datetime import date
from typing import Any

from tests.bench import search
from tests.bench.report import DOCUMENT as OTHER
from tests.bench.report import machine

DOCUMENT = OTHER.with_name("bench-reading.md")

_INTRODUCTION = """\
# 性能测量：阅读一侧

<!-- Written by `make bench` (tests/bench); measure anew instead of editing. -->

{when}，{machine}。同一次运行中测得，看比值；绝对值随机器变。数据库：{database}。测量完毕时的系统负载（前十五分钟平均）为
{load:.1f}。测量方法在 `tests/bench/reading.py`、`tests/bench/search.py`。

"""
_NOTES = """\

- 负载：`wrk`，一个线程、16 个连接，每项 {seconds} 秒，与服务程序同在这台两核机器上。“nginx，同一文件”是 nginx 直接
  发送同一个文件；“nginx，预制目录”用随附的 `deploy/nginx/gongkai.conf`；“自带服务”是 `gongkai serve` 的两个网站进程；
  “不预制”是每次现做。
- 发布到可见：从提交事务到预制目录中的网页（检索为读者的检索）已是新的，后台任务在另一个进程中运行，每 5 毫秒看一次。
  机关和门户两个网站的网页都已预制，每次发布一起更新。一份接一份地发布：首页和栏目页刚更新过的，最多再等半秒（同一网页半秒内只更新一次），都算在内。新文件的网页在做好之前
  由读者的访问现做，不必等待。
- 预制：`gongkai pages build` 的程序，简体、繁体都算，取 {made} 页。
- 检索：文本由真实法规的句子按固定种子重新组合；每个问题都有准确总数、全部分面和本系统的排序，一个客户端，索引已在
  内存中，各问题之间不留存答案（都算第一次问）；结果和分面由两个线程同时做，“处理器”为各线程之和；“裸引擎”是同一索引、
  同样词语，只取总数和二十条。
"""


def markdown(reading: dict[str, Any], found: dict[str, Any]) -> str:
    """The whole document."""
    head = _INTRODUCTION.format(
        when=date.today().isoformat(), machine=machine(), database=reading["database"], load=os.getloadavg()[2]
    )
    made = max(one["build"]["pages"] for one in reading["sizes"].values())
    parts = [_load(reading["load"]), _visible(reading["sizes"]), _build(reading["sizes"]), search.markdown(found)]
    return head + "\n".join(parts) + _NOTES.format(seconds=reading["seconds"], made=made)


def _load(load: dict[str, Any]) -> str:
    ways = list(next(iter(load.values()))["rates"])
    rows = []
    for page, one in load.items():
        base = one["rates"][ways[0]]
        cells = [f"{one['rates'][way]:,.0f}（{one['rates'][way] / base:.3f}）" for way in ways]
        rows.append([page, f"{one['bytes'] / 1024:.0f} KB", *cells])
    return "## 每秒请求数（括号内：与 nginx 发送同一文件之比）\n\n" + _table(["网页", "大小", *ways], rows)


def _visible(sizes: dict[str, Any]) -> str:
    places = list(next(iter(sizes.values()))["visible"])
    rows = [
        [f"{int(size):,} 份", *(f"{one['visible'][place][which]:.0f} 毫秒" for place in places for which in _SPREAD)]
        for size, one in sizes.items()
    ]
    head = ["文件", *(f"{place} {which}" for place in places for which in _SPREAD)]
    return "## 发布到可见\n\n" + _table(head, rows)


def _build(sizes: dict[str, Any]) -> str:
    rows = [
        [f"{int(size):,} 份", f"{one['build']['pages']:,}", f"{one['build']['per_second']:.0f} 页/秒"]
        for size, one in sizes.items()
    ]
    return "## 首次预制\n\n" + _table(["文件", "制作", "速度"], rows)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "".join(f"| {' | '.join(cells)} |\n" for cells in (head, ["---"] * len(head), *rows))


_SPREAD = ("p50", "p95")
