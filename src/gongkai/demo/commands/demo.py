"""``gongkai demo``: the fictional city 澜川市 with its agencies, people and documents."""

import argparse
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection, transaction
from django.utils import timezone
from tqdm import tqdm

from gongkai.agencies.bodies import Agency
from gongkai.demo import build, city
from gongkai.demo.applications.city import Played

NAME = "demo"
HELP = "建立演示城市澜川市：机关、人员、栏目、三年的文件和历年的公开申请（虚构）"


def arguments(parser: argparse.ArgumentParser) -> None:
    """--if-empty, --reset"""
    parser.add_argument("--if-empty", action="store_true", help="只在数据库为空时建立，否则什么也不做")
    parser.add_argument("--reset", action="store_true", help="先删除数据库中的全部数据（仅限 SQLite 演示库）")


def run(options: argparse.Namespace) -> int:
    """Builds the city in one transaction: interrupted, nothing of it remains."""
    if options.reset:
        _empty()
    if Agency.objects.exists():
        if options.if_empty:
            return 0
        raise CommandError("数据库中已有机关，不能再建立演示城市。要重新建立，请运行 gongkai demo --reset。")
    print("正在建立演示城市澜川市……", flush=True)
    with _Bars() as bars:
        built = build.build(timezone.localdate(), bars.tell)
    _write_accounts(built.applications)
    cases = built.applications.cases if built.applications else 0
    print(f"演示城市已建立：{len(built.agencies)}个机关，{built.documents}份文件，{cases}件公开申请。", flush=True)
    if built.applications and not built.applications.printed:
        print("本机缺少打印文书所需的系统软件包，演示的申请没有文书；装上软件包以后可以重新建立。", flush=True)
    return 0


class _Bars:
    """A bar on a terminal, a line per part elsewhere."""

    def __init__(self) -> None:
        self._bar: tqdm[Any] | None = None
        self._what = ""

    def __enter__(self) -> "_Bars":
        return self

    def __exit__(self, *error: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def tell(self, what: str, done: int, total: int) -> None:
        """So many of so many are done."""
        if what != self._what:
            if self._bar is not None:
                self._bar.close()
            self._what = what
            self._bar = tqdm(total=total, desc=what, disable=not sys.stderr.isatty())
            if not sys.stderr.isatty():
                print(f"  {what}：{total}", flush=True)
        if self._bar is not None:
            self._bar.update(done - self._bar.n)


def _write_accounts(played: Played | None) -> None:
    """Who can sign in as what, one of each role of the busiest agency first; then with which codes applicants look at
    their applications. Shown by ``serve``."""
    lines = [f"密码都是 {build.PASSWORD}", ""]
    for one in city.bodies():
        if not one.officers:
            continue
        lines.append(one.name)
        seen: set[str] = set()
        for officer in one.officers:
            new = [role for role in officer.roles if role not in seen]
            if new:
                seen |= set(new)
                names = "、".join(str(build.Role(role).label) for role in officer.roles)
                lines.append(f"  {officer.username:<16}{officer.name}　{names}　{officer.department}")
        lines.append("")
    lines += _applicants(played)
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    (settings.DATA_DIR / "demo-accounts.txt").write_text("\n".join(lines), encoding="utf-8")


def _applicants(played: Played | None) -> list[str]:
    if played is None or not played.secrets:
        return []
    head = "申请人查询申请（机关网站“依申请公开”，凭查询码和密码）"
    return [head, *(f"  查询码 {code}　密码 {secret}　{what}" for what, code, secret in played.secrets), ""]


def _empty() -> None:
    """Throw the demo database away: dropping its tables is the one way past append-only entries."""
    if connection.vendor != "sqlite":
        raise CommandError("为防误删，--reset 只用于 SQLite 演示库；PostgreSQL 请由管理员删除并重建数据库。")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, type FROM sqlite_master WHERE type IN ('trigger', 'table') AND name NOT LIKE 'sqlite_%'"
        )
        for name, kind in sorted(cursor.fetchall(), key=lambda row: row[1] != "trigger"):
            cursor.execute(f'DROP {kind} IF EXISTS "{name}"')
    from gongkai.config.command import call

    call("migrate")
