"""``gongkai ledger``: what happened, and how far everything that follows from it has come."""

import argparse
import json

from django.core.management.base import CommandError
from django.utils import timezone

from gongkai.ledger import followers
from gongkai.ledger.entries import Entry
from gongkai.ledger.positions import Position
from gongkai.ledger.refs import Ref

NAME = "ledger"
HELP = "查看台账和各项后续工作的进度，让某项工作从头再来"


def arguments(parser: argparse.ArgumentParser) -> None:
    """show, followers, replay"""
    acts = parser.add_subparsers(title="子命令", metavar="<子命令>", dest="act", required=True)
    showing = "列出台账，最近的在后"
    show = acts.add_parser("show", help=showing, description=showing)
    show.add_argument("--subject", metavar="种类:编号", type=_ref, help="只看这一对象的，如 document:41")
    show.add_argument("--kind", metavar="事项", help="只看这一事项的，如 agencies.created")
    show.add_argument("--limit", metavar="条数", type=int, default=20, help="最多列出多少条，默认 20")
    show.add_argument("--json", action="store_true", help="每行输出一个 JSON 对象")
    following = "列出随台账进行的各项工作：读到哪里、还差多少、有无失败"
    acts.add_parser("followers", help=following, description=following)
    replaying = "让一项工作从台账开头重新处理（按对象现在的状态，不会重复发布）"
    replay = acts.add_parser("replay", help=replaying, description=replaying)
    replay.add_argument("name", metavar="名称", help="followers 列出的名称")


def run(options: argparse.Namespace) -> int:
    """Carries out the act chosen."""
    if options.act == "show":
        return _show(options)
    if options.act == "replay":
        return _replay(options.name)
    positions = {position.follower: position for position in Position.objects.all()}
    for follower in followers.all_followers():
        position = positions.get(follower.name)
        state = f"还差 {followers.lag(follower)} 条"
        if position is not None and position.failures:
            again = f"，{timezone.localtime(position.retry_at):%m-%d %H:%M:%S} 再试" if position.retry_at else ""
            state += f"，已连续失败 {position.failures} 次{again}：{position.last_error}"
        print(f"{follower.name}\t{follower.label}\t{state}")
    return 0


def _show(options: argparse.Namespace) -> int:
    entries = Entry.objects.about(options.subject) if options.subject else Entry.objects.all()
    if options.kind:
        entries = entries.filter(kind=options.kind)
    for entry in reversed(entries.order_by("-id")[: options.limit]):
        at = timezone.localtime(entry.at)
        if options.json:
            print(json.dumps(_as_json(entry, at.isoformat()), ensure_ascii=False))
        else:
            what = f"{entry.label}　{entry.sentence}".rstrip()
            print(f"{entry.pk}\t{at:%Y-%m-%d %H:%M:%S}\t{entry.actor_label}\t{entry.subject_label}\t{what}")
    return 0


def _as_json(entry: Entry, at: str) -> dict[str, object]:
    return {
        "id": entry.pk,
        "at": at,
        "kind": entry.kind,
        "actor": entry.actor.key,
        "agency": entry.agency_id,
        "subject": entry.subject.key,
        "label": entry.subject_label,
        "data": entry.data,
    }


def _replay(name: str) -> int:
    try:
        follower = followers.get(name)
    except KeyError:
        known = "、".join(one.name for one in followers.all_followers()) or "（没有）"
        raise CommandError(f"没有名为“{name}”的后续工作。现有：{known}") from None
    followers.replay(follower)
    print(f"“{follower.label}”将从头处理 {followers.lag(follower)} 条台账，由后台任务进行。")
    return 0


def _ref(text: str) -> Ref:
    kind, colon, number = text.partition(":")
    if not (kind and colon and number):
        raise argparse.ArgumentTypeError(f"“{text}”应写成 种类:编号，如 document:41")
    return Ref(kind, number)
