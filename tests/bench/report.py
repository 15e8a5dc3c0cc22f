"""What was measured, as the tables of ``docs/bench.md``."""

import os
import platform
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "bench.md"

_INTRODUCTION = """\
# 性能测量

<!-- Written by `make bench` (tests/bench); measure anew instead of editing. -->

{when}，{machine}。同一次运行中测得，看比值；绝对值随机器变。测量方法在 `tests/bench/`。测量完毕时的系统负载
（前十五分钟平均）为 {load:.1f}；本测量自身约占 1，明显高出的，说明当时有别的程序在用这台机器，各项时间偏大。

测量用的城市有 6 个机关，被测机关占文件的一半；每百份约一份在办、两份已失效，被测撰稿人起草过本机关的二十分之一。
一千份、十万份文件直接写入数据表（仅测量用），导入、打开页面、发布都经过系统本身的代码。
SQLite 的设置与正式使用相同（WAL，synchronous=FULL）；PostgreSQL 为本机临时建立，除 shared_buffers=128MB 外为默认设置
（提交时落盘）。

"""

_NOTES = """\

- 导入：一个文件夹的网页和一份清单，经 `gongkai import` 的程序读取、清洗、识别条文、作全部发布前检查、写台账，照原发布
  日期公开（每批至多 25 份一个事务）；对照是同样的行用 `bulk_create` 一次写入。
- 页面：Django 测试客户端发出的整个请求（不含网络与网站服务程序），公众页面每次现做。“倍”是与同一次运行中不经 Django
  模型、按索引取二十行的对照相比。查询数不随文件多少变化，名单为空时少一次。
- 发布：后台任务在另一个进程中运行。“发布”是点下按钮到事务提交；“跟上”是提交之后到全部后续工作都处理过这一条；“送达”是
  提交之后到交换目录中有了文件。SQLite 没有通知机制，后台任务每 50 毫秒看一次；PostgreSQL 由 NOTIFY 唤醒。
"""


def markdown(found: Sequence[dict[str, Any]]) -> str:
    """The whole document for what was measured on one or more databases."""
    head = _INTRODUCTION.format(when=date.today().isoformat(), machine=machine(), load=os.getloadavg()[2])
    parts = [_imports(found), *(_lists(one) for one in found), _releases(found)]
    return head + "\n".join(parts) + _NOTES


def machine() -> str:
    """Processor, cores, memory, system: what the numbers depend on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    system = f"{platform.system()}，Python {platform.python_version()}"
    return f"{_processor()}，{os.cpu_count()} 核，内存 {memory:.0f} GB，{system}"


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _imports(found: Sequence[dict[str, Any]]) -> str:
    rows = [
        [
            one["database"],
            f"{one['import']['documents']}",
            f"{one['import']['per_second']:.0f} 份/秒",
            f"{one['import']['bare_per_second']:.0f} 份/秒",
            f"1 : {one['import']['ratio']:.0f}",
        ]
        for one in found
    ]
    sizes = "、".join(sorted({f"{one['import']['characters']}" for one in found}))
    title = f"## 导入（平均每份正文 {sizes} 字符）\n\n"
    return title + _table(["数据库", "份数", "导入", "直接写入同样的行", "比值"], rows)


def _lists(one: dict[str, Any]) -> str:
    sizes = list(one["sizes"])
    head = ["页面", *(f"{_count(size)}：{what}" for size in sizes for what in ("查询", "p50", "p95", "倍"))]
    rows = []
    for name in one["sizes"][sizes[0]]["lists"]["pages"]:
        pages = [one["sizes"][size]["lists"]["pages"][name] for size in sizes]
        rows.append([name, *(cell for page in pages for cell in _page_cells(page))])
    bare = [one["sizes"][size]["lists"]["bare"] for size in sizes]
    rows.append(
        ["对照：按索引取二十行", *(cell for each in bare for cell in ("1", _ms(each["p50"]), _ms(each["p95"]), "1"))]
    )
    return f"## 列表与工作台：{one['database']}\n\n" + _table(head, rows)


def _page_cells(page: dict[str, Any]) -> list[str]:
    return [str(page["queries"]), _ms(page["p50"]), _ms(page["p95"]), f"{page['ratio']:.0f}"]


def _releases(found: Sequence[dict[str, Any]]) -> str:
    rows = []
    for one in found:
        for size, measured in one["sizes"].items():
            spreads = [measured["release"][name] for name in ("fired", "followed", "delivered")]
            cells = [_ms(each[which]) for each in spreads for which in ("p50", "p95")]
            rows.append([one["database"], _count(size), *cells])
    head = ["数据库", "文件", "发布 p50", "p95", "跟上 p50", "p95", "送达 p50", "p95"]
    return "## 发布到跟上\n\n" + _table(head, rows)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "".join(f"| {' | '.join(cells)} |\n" for cells in (head, ["---"] * len(head), *rows))


def _ms(value: float) -> str:
    return f"{value:.0f} 毫秒" if value >= 10 else f"{value:.2g} 毫秒"


def _count(size: str) -> str:
    number = int(size)
    return f"{number // 10_000}万份" if number >= 10_000 else f"{number}份"
