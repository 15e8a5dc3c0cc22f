"""``gongkai telling``: returned mail is read, what waits is sent, what there is is counted."""

import argparse

from django.conf import settings
from django.core.management.base import CommandError
from django.db.models import Count
from django.utils import timezone

from gongkai.telling import bounces, mailbox, sending
from gongkai.telling.messages import Envelope, EnvelopeState, Message

NAME = "telling"
HELP = "告知：读取退信，立即发送到点的，查看有多少件在等、在途、失败"


def arguments(parser: argparse.ArgumentParser) -> None:
    """bounces, send, status"""
    acts = parser.add_subparsers(title="子命令", metavar="<子命令>", dest="act", required=True)
    reading = "读取退信邮箱，把退回的邮件标在案件上（请每隔几分钟定时运行）"
    bounced = acts.add_parser("bounces", help=reading, description=reading)
    bounced.add_argument(
        "--from", dest="place", metavar="邮箱", help="Maildir 的路径或 imaps://主机/文件夹；不写用 GONGKAI_BOUNCES"
    )
    sending_now = "立即发送到点的邮件和短信（平时由后台任务发送）"
    acts.add_parser("send", help=sending_now, description=sending_now)
    counting = "列出等待、在途、送达、退回、失败各有多少件"
    acts.add_parser("status", help=counting, description=counting)


def run(options: argparse.Namespace) -> int:
    """Carries out the act chosen; 1 when something is in trouble (``status``)."""
    if options.act == "bounces":
        return _bounces(options.place or settings.GONGKAI_BOUNCES)
    if options.act == "send":
        done = 0
        while now_done := sending.send_due(timezone.now()):
            done += now_done
        print(f"办了 {done} 件。")
        return 0
    return _status()


def _bounces(place: str) -> int:
    if not place:
        raise CommandError("没有设置退信邮箱。请设置 GONGKAI_BOUNCES，或用 --from 写明。")
    try:
        with mailbox.opened(place) as mails:
            ours, others = bounces.take_in(mails)
    except mailbox.Unreadable as error:
        raise CommandError(str(error)) from None
    print(f"退信和送达通知 {ours} 封，其他邮件 {others} 封。")
    return 0


def _status() -> int:
    waiting = Message.objects.filter(ready_at__isnull=False).count()
    print(f"未到时间\t{waiting}")
    counted = dict(Envelope.objects.order_by().values_list("state").annotate(number=Count("pk")))
    for state in EnvelopeState:
        print(f"{state.label}\t{counted.get(state.value, 0)}")
    return 1 if counted.get(EnvelopeState.FAILED) else 0
