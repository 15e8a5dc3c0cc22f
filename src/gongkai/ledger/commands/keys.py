"""``gongkai keys``: the keys of personal data: how they stand, changing the master key, proving them."""

import argparse
import sys

from django.conf import settings
from django.core.management.base import CommandError
from django.db import transaction
from tqdm import tqdm

from gongkai.ledger import ledger_kinds, master_keys, rewrapping
from gongkai.ledger.recording import record
from gongkai.ledger.refs import SYSTEM, Ref

NAME = "keys"
HELP = "个人信息密钥：查看、更换主密钥、逐个核对"

_SHOWN_FAILURES = 20


def arguments(parser: argparse.ArgumentParser) -> None:
    """status, rotate, verify"""
    acts = parser.add_subparsers(title="子命令", metavar="<子命令>", dest="act", required=True)
    showing = "现在的主密钥和算法，各主密钥包裹着多少密钥"
    acts.add_parser("status", help=showing, description=showing)
    changing = "把全部密钥改由现在的 GONGKAI_MASTER_KEY 包裹；网站可以照常运行，中断后再次运行即接着做"
    acts.add_parser("rotate", help=changing, description=changing)
    proving = "逐个打开全部密钥；有打不开的时退出码为 1"
    acts.add_parser("verify", help=proving, description=proving)


def run(options: argparse.Namespace) -> int:
    """Carries out the act chosen."""
    if options.act == "status":
        return _status()
    return _rotate() if options.act == "rotate" else _verify()


def _status() -> int:
    standing, known = rewrapping.standing(), master_keys.known()
    print(f"算法\t{master_keys.suite().label}")
    masters = [*known, *sorted((standing.persons.keys() | standing.data_keys.keys()) - known.keys())]
    for number, master in enumerate(masters):
        what = "现用主密钥" if not number else "旧主密钥" if master in known else "不认识的主密钥"
        print(f"{what}\t{master}\t个人密钥 {standing.persons[master]}\t数据密钥 {standing.data_keys[master]}")
    print(f"已删除个人信息\t{standing.forgotten} 人")
    missing = [master for master in masters if master not in known]
    if missing:
        print("有密钥打不开：请在 GONGKAI_OLD_MASTER_KEYS 中写上包裹它们的主密钥。", file=sys.stderr)
        return 1
    if standing.pending:
        print(f"还有 {standing.pending} 个密钥由旧主密钥包裹：请运行 gongkai keys rotate。")
    elif settings.GONGKAI_OLD_MASTER_KEYS:
        print("全部密钥已由现用主密钥包裹，可以去掉 GONGKAI_OLD_MASTER_KEYS，销毁旧主密钥。")
    return 0


def _rotate() -> int:
    before = rewrapping.standing()
    with tqdm(total=before.pending, unit="个", desc="更换主密钥", file=sys.stderr, disable=None) as bar:
        done = rewrapping.rotate(bar.update)
    if done.persons or done.data_keys:
        with transaction.atomic():
            record(
                ledger_kinds.KEYS_ROTATED,
                by=SYSTEM,
                subject=Ref("master_key", master_keys.current().id),
                master=master_keys.current().id,
                persons=done.persons,
                data_keys=done.data_keys,
            )
    print(f"改由主密钥 {master_keys.current().id} 包裹：个人密钥 {done.persons} 个，数据密钥 {done.data_keys} 个。")
    _refuse(done.failed)
    if left := rewrapping.standing().pending:
        raise CommandError(
            f"还有 {left} 个密钥由旧主密钥包裹，是没有重新启动的进程刚刚建立的。请重新启动全部进程后再运行一次。"
        )
    return _verify()


def _verify() -> int:
    standing = rewrapping.standing()
    total = sum((standing.persons + standing.data_keys).values())
    with tqdm(total=total, unit="个", desc="逐个核对", file=sys.stderr, disable=None) as bar:
        failed = rewrapping.verify(bar.update)
    _refuse(failed)
    print(f"核对 {total} 个密钥，全部能打开。")
    return 0


def _refuse(failed: dict[str, str]) -> None:
    if failed:
        shown = "\n".join(f"  {key}：{why}" for key, why in list(failed.items())[:_SHOWN_FAILURES])
        raise CommandError(f"{len(failed)} 个密钥打不开，没有改动：\n{shown}")
