"""文书 on the page of a case: what is due first, what was written and how it arrived, the rest behind a choice."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from gongkai.agencies.officers import Officer
from gongkai.applications import letter_offers, mailing
from gongkai.applications.applications import Application
from gongkai.applications.desk.panels import Panel, register
from gongkai.applications.dispatch import Delivery, Letter, LetterState, Method
from gongkai.applications.letters.catalogue import ADDRESSEES, Addressee, get
from gongkai.applications.powers import OFFICE, WHOLE_AGENCY, roles_over
from gongkai.telling.status import Told

_GROUPS = {"process": "办理中的告知", "replies": "答复", "consultations": "征求意见、协办、移送", "records": "案卷表单"}
TONES = {LetterState.DRAFT: "soon", LetterState.FROZEN: "good", LetterState.VOID: ""}


def context(request: HttpRequest, case: Application) -> dict[str, Any] | None:
    """None for departments: letters say who applied."""
    officer = request.user
    if not isinstance(officer, Officer) or not roles_over(officer, case) & WHOLE_AGENCY:
        return None
    offers = letter_offers.offers(case)
    rest = [one.form for one in offers if not one.due]
    letters = list(case.letters.all())
    mailed = mailing.told_of(case, [sent for one in letters for sent in one.deliveries.all()])
    return {
        "rows": [row(one, mailed) for one in letters],
        "due": [one for one in offers if one.due],
        "groups": [(label, [one for one in rest if one.group == key]) for key, label in _GROUPS.items()],
        "may_write": bool(roles_over(officer, case) & OFFICE),
    }


def row(letter: Letter, mailed: Mapping[int, Told]) -> dict[str, Any]:
    """One letter with what became of it; ``mailed``: how its mails stand, by delivery."""
    return {
        "letter": letter,
        "to": to(letter),
        "tone": TONES[LetterState(letter.state)],
        "deliveries": [delivery(one, mailed.get(one.pk)) for one in letter.deliveries.all()],
    }


def to(letter: Letter) -> str:
    """发给申请人, 存档."""
    addressee = get(letter.key).addressee
    return ADDRESSEES[addressee] if addressee is Addressee.INTERNAL else f"发给{ADDRESSEES[addressee]}"


def delivery(one: Delivery, mail: Told | None = None) -> dict[str, Any]:
    """One attempt in a line: how, when, and what became of it; ``mail``: how it stands where the system mailed it."""
    sent = f"{one.sent_on:%m-%d} 发出"
    if one.received_on:
        by = f"，{one.received_by}签收" if one.received_by else ""
        text, tone = f"{sent}，{one.received_on:%m-%d} 送达{by}", "good"
    elif mail is not None:
        text, tone = _mail_line(one, mail), "late" if one.failed_on else "soon"
    elif one.failed_on:
        text, tone = f"{sent}，{one.failed_on:%m-%d} 退回：{one.failure}", "late"
    else:
        waits = "等待申请人打开" if one.method == Method.ONLINE else "未登记结果"
        text, tone = f"{sent}，{waits}", "soon"
    return {"row": one, "text": text, "tone": tone}


def _mail_line(one: Delivery, mail: Told) -> str:
    if one.failed_on:
        return f"{one.failed_on:%m-%d} 没有送达：{one.failure.rstrip('。')}。请改用其他方式再次送达"
    if mail.sent:
        return f"{timezone.localtime(mail.at):%m-%d %H:%M} 邮件服务器已接收，没有退信；对方收到后请登记送达"
    again = f"，{timezone.localtime(mail.next_at):%m-%d %H:%M} 再发" if mail.next_at else ""
    return f"正在发送{again}{'：' if mail.reason else ''}{mail.reason.rstrip('。')}"


def register_panel() -> None:
    """Declare it; called once, when the application is ready."""
    register(Panel("letters", "文书", "applications/letters/desk/panel.html", context, order=10))
