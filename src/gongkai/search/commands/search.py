"""``gongkai search``: the index of the search — how it is, made anew, compared with the database."""

import argparse

from django.core.management.base import CommandError
from tqdm import tqdm

from gongkai.ledger import followers
from gongkai.search import building, comparing, directory, following, keeping, waiting
from gongkai.search.engines.contract import Busy, Unusable
from gongkai.search.engines.tantivy_engine import VERSION

NAME = "search"
HELP = "查看、重建、核对全文检索索引"


def arguments(parser: argparse.ArgumentParser) -> None:
    """status, rebuild, verify"""
    acts = parser.add_subparsers(title="子命令", metavar="<子命令>", dest="act", required=True)
    telling = "说明索引的版本、条目数、大小，还差多少没有跟上"
    acts.add_parser("status", help=telling, description=telling)
    making = "从数据库重建索引；重建期间检索照常使用现有索引"
    acts.add_parser("rebuild", help=making, description=making)
    comparing_ = "逐条核对索引与数据库，列出不一致的"
    verify = acts.add_parser("verify", help=comparing_, description=comparing_)
    verify.add_argument("--sample", metavar="份数", type=int, default=0, help="只随机核对这么多份，默认全部")


def run(options: argparse.Namespace) -> int:
    """Carries out the act chosen."""
    return {"status": _status, "rebuild": _rebuild, "verify": _verify}[options.act](options)


def _status(options: argparse.Namespace) -> int:
    print(f"分词与字段版本\t{VERSION}")
    try:
        stats = keeping.engine().stats()
    except Unusable:
        print("索引\t没有可用的索引，后台任务会自动重建（也可运行 gongkai search rebuild）")
    else:
        print(f"条目\t{stats.items}\n大小\t{stats.bytes / 1024 / 1024:.1f} MB，{stats.segments} 段")
    told = directory.progress()
    if told and directory.held_elsewhere("build"):
        print(f"正在重建\t{told['done']} / {told['total']}")
    print(f"台账\t还差 {followers.lag(followers.get(following.NAME))} 条")
    print(f"待处理\t{waiting.how_many()} 批")
    return 0


def _rebuild(options: argparse.Namespace) -> int:
    try:
        with tqdm(desc="重建索引", unit="份") as bar:

            def watch(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            done = building.rebuild(watch)
    except Busy:
        raise CommandError("另一个进程正在重建索引，请等它完成（gongkai search status 可看进度）。") from None
    print(f"索引已重建，共 {done} 份。")
    return 0


def _verify(options: argparse.Namespace) -> int:
    try:
        found = comparing.compare(sample=options.sample)
    except Unusable:
        raise CommandError("没有可用的索引，请先运行 gongkai search rebuild。") from None
    for key in found.missing:
        print(f"缺少\t{key}")
    for key in found.different:
        print(f"内容不同\t{key}")
    for key in found.surplus:
        print(f"多余\t{key}")
    print(f"核对 {found.compared} 条，不一致 {found.wrong} 条。")
    if found.wrong:
        print("刚刚发生的变动会在几秒内跟上；仍不一致的，请运行 gongkai search rebuild。")
    return 1 if found.wrong else 0
