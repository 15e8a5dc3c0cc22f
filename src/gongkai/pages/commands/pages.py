"""``gongkai pages``: the prepared pages of the public sites: how they stand, making them all, proving them true."""

import argparse
import json
import sys
from collections.abc import Iterable

from django.core.management.base import CommandError
from tqdm import tqdm

from gongkai.pages import installation, renewal, sources, verifying
from gongkai.pages.index import State
from gongkai.pages.store import EVERYTHING, Store

NAME = "pages"
HELP = "预制网页：查看、全部预制、逐页核对、全部重做"

_AT_A_TIME = 500
_LABELS = {State.TRUE: "可用", State.STALE: "待更新", State.AWAY: "待制作"}


def arguments(parser: argparse.ArgumentParser) -> None:
    """status, build, verify, drop"""
    acts = parser.add_subparsers(title="子命令", metavar="<子命令>", dest="act", required=True)
    showing = "列出各网站预制了多少网页、多少待更新"
    acts.add_parser("status", help=showing, description=showing)
    building = "预制网站的全部网页（已有且没有变化的不重做），显示进度，中断后可以接着做"
    build = acts.add_parser("build", help=building, description=building)
    proving = "逐页重新生成并与预制的比较，报告不同；有不同时退出码为 1"
    verify = acts.add_parser("verify", help=proving, description=proving)
    verify.add_argument("--json", action="store_true", help="每处不同输出一行 JSON")
    for one in (build, verify):
        one.add_argument("--host", metavar="域名", help="只做这一个网站")
    dropping = "撤下全部预制网页；以后有人访问时现做，后台任务也会逐步重做"
    acts.add_parser("drop", help=dropping, description=dropping)


def run(options: argparse.Namespace) -> int:
    """Carries out the act chosen."""
    store = installation.store()
    if store is None:
        raise CommandError("没有启用预制网页（GONGKAI_PREPARED_PAGES=0）。")
    if options.act == "status":
        return _status(store)
    _require_same_address(store)
    if options.act == "drop":
        print(f"已撤下 {store.mark([EVERYTHING], away=True)} 页。")
        return 0
    return _build(store, _hosts(options.host)) if options.act == "build" else _verify(store, options)


def _require_same_address(store: Store) -> None:
    """Pages of a running system must not be taken for old ones only because this command was told another port."""
    there = store.stamp()
    if not there:
        store.adopt(installation.stamp())
    elif there != installation.stamp():
        raise CommandError(
            "现有的预制网页属于另一版本，或者是为另一个对外端口制作的。升级之后请先启动服务；"
            "否则请带上与服务相同的设置再试（对外端口为 GONGKAI_PUBLIC_PORT）。"
        )


def _hosts(wanted: str | None) -> list[str]:
    known = sources.hosts()
    if wanted is not None and wanted not in known:
        raise CommandError(f"没有域名为 {wanted} 的网站。现有：{'、'.join(known) or '（无）'}")
    return [wanted] if wanted else known


def _status(store: Store) -> int:
    asked = "SELECT host, state, COUNT(*), SUM(size) FROM page GROUP BY host, state ORDER BY host, state"
    rows = store.index.connection().execute(asked).fetchall()
    for host, state, count, size in rows:
        print(f"{host}\t{_LABELS[State(state)]}\t{count} 页\t{size / 1024 / 1024:.1f} MB")
    if not rows:
        print("还没有预制网页。")
    return 0


def _build(store: Store, hosts: Iterable[str]) -> int:
    for host in hosts:
        batch: list[str] = []
        for path in sources.paths(host):
            batch.append(path)
            if len(batch) >= _AT_A_TIME:
                store.expect(host, batch)
                batch.clear()
        store.expect(host, batch)
    left = store.index.connection().execute("SELECT COUNT(*) FROM page WHERE state > 0").fetchone()[0]
    with tqdm(total=left, unit="页", desc="预制网页", file=sys.stderr, disable=None) as bar:
        done = renewal.settle(tick=bar.update)
    failed = store.index.connection().execute("SELECT COUNT(*) FROM page WHERE state > 0").fetchone()[0]
    print(f"制作 {done} 页" + (f"，其中 {failed} 页没有做成（见日志）。" if failed else "。"))
    return 1 if failed else 0


def _verify(store: Store, options: argparse.Namespace) -> int:
    total = verifying.count(store, options.host)
    with tqdm(total=total, unit="页", desc="逐页核对", file=sys.stderr, disable=None) as bar:
        found = verifying.verify(store, host=options.host, tick=bar.update)
    for one in found:
        if options.json:
            print(json.dumps(one.__dict__, ensure_ascii=False))
        else:
            print(f"{one.host}{one.path}\t{one.what}\t{one.line}".rstrip())
    if not options.json:
        print(f"核对 {total} 页，{f'{len(found)} 处不同' if found else '全部一致'}。")
    return 1 if found else 0
