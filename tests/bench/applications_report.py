"""What was measured of applications, as the tables of ``docs/bench-applications.md``."""

import os
from collections.abc import Sequence
from datetime import date
from typing import Any

from tests.bench.report import DOCUMENT as OTHER
from tests.bench.report import machine

DOCUMENT = OTHER.with_name("bench-applications.md")

_INTRODUCTION = """\
# 性能测量：依申请公开

<!-- Written by `make bench` (tests/bench); measure anew instead of editing. -->

{when}，{machine}。同一次运行中测得；绝对值随机器变。测量方法在 `tests/bench/applications.py` 和
`tests/bench/submitting.py`。
测量完毕时的系统负载（前十五分钟平均）为 {load:.1f}；本测量自身约占 2，明显高出的，说明当时有别的程序在用这台机器，
各项时间偏大。

"""
_NOTES = """\

- 页面：Django 测试客户端发出的整个请求（不含网络与网站服务程序）。申请直接写入数据表（仅测量用），每千件约
  {open_share:g} 件在办，其余已归档；每八件约一件补正过，每十件约一件征求过意见。查询数不随件数变化；没有内容的
  部分不查，所以件数少、没有待办时会少几次。
- 期限：录入一份放假通知后，后台任务逐件由办理经过重新推算全部在办申请的答复期限（期限从不存储），与变动之前比较；
  “移动”是期限因此改变、已写入台账的件数。
- 申请：经网站服务程序（{processes} 个进程）的真实请求，验证码、查重、登记号、个人信息加密、台账都在内；表单事先填好，
  只计提交。“杀进程”是受理到一半时对网站服务程序 kill -9 后重新启动，没有得到答复的表单再次提交。
- 文书：登记回执，取号、排版、加密存档、写台账；一个进程，逐份。
"""


def markdown(found: Sequence[dict[str, Any]], plan: dict[str, Any]) -> str:
    """The whole document for what was measured on one or more databases."""
    head = _INTRODUCTION.format(when=date.today().isoformat(), machine=machine(), load=os.getloadavg()[2])
    parts = [*(_pages(one) for one in found), _deadlines(found), _submitting(found), _letters(found)]
    notes = _NOTES.format(open_share=plan["open_share"] * 1000, processes=found[0]["submitting"]["processes"])
    return head + "\n".join(parts) + notes


def _pages(one: dict[str, Any]) -> str:
    sizes = list(one["pages"])
    head = ["页面", *(f"{int(size):,} 件：{what}" for size in sizes for what in ("查询", "p50", "p95"))]
    rows = []
    for name in one["pages"][sizes[0]]:
        cells = [one["pages"][size][name] for size in sizes]
        rows.append([name, *(text for each in cells for text in (str(each["queries"]), *_spread(each)))])
    return f"## 工作台与案卷：{one['database']}\n\n" + _table(head, rows)


def _deadlines(found: Sequence[dict[str, Any]]) -> str:
    rows = [
        [one["database"], f"{each['cases']:,}", f"{each['seconds']:.1f} 秒", f"{each['per_second']:,.0f} 件/秒",
         f"{each['moved']:,}"]
        for one in found
        for each in [one["deadlines"]]
    ]  # fmt: skip
    return "## 日历变动后重算全部在办期限\n\n" + _table(["数据库", "在办", "用时", "速度", "移动"], rows)


def _submitting(found: Sequence[dict[str, Any]]) -> str:
    rows = []
    for one in found:
        told = one["submitting"]
        for label, each in (("不受干扰", told["calm"]), ("杀进程", told["killed"])):
            cells = [f"{each['accepted']}", f"{each['per_second']:.1f} 件/秒", f"{each['sent_again']}"]
            rows.append([one["database"], label, *cells, str(told["lost"]), str(told["doubled"])])
    number = found[0]["submitting"]["submitters"]
    head = ["数据库", "", "受理", "每秒受理", "再次提交", "丢失", "重复"]
    return f"## {number} 人同时提交申请\n\n" + _table(head, rows)


def _letters(found: Sequence[dict[str, Any]]) -> str:
    rows = [
        [one["database"], f"{one['letters']['per_second']:.1f} 份/秒", *_spread(one["letters"])]
        if one["letters"]
        else [one["database"], "本机不能打印文书", "", ""]
        for one in found
    ]
    return "## 文书定稿\n\n" + _table(["数据库", "每秒", "p50", "p95"], rows)


def _spread(one: dict[str, Any]) -> list[str]:
    return [f"{one[which]:.0f} 毫秒" if one[which] >= 10 else f"{one[which]:.2g} 毫秒" for which in ("p50", "p95")]


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "".join(f"| {' | '.join(cells)} |\n" for cells in (head, ["---"] * len(head), *rows))
