"""What the forms of the file 案卷表单 say of a case: the proposal, who passed it, what was served how."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from gongkai.applications import ledger_kinds as kinds
from gongkai.applications.applications import Application, ApplicationState
from gongkai.applications.dispatch import Letter, LetterState, Method
from gongkai.applications.items import RequestedItem
from gongkai.applications.letter_keys import is_reply
from gongkai.applications.letters import catalogue
from gongkai.applications.letters.catalogue import Addressee
from gongkai.applications.letters.facts import Opinion
from gongkai.law import replies
from gongkai.law.numerals import chinese_date
from gongkai.ledger.entries import Entry

_STEPS = (
    (ApplicationState.LEGAL_REVIEW, "法制审核意见"),
    (ApplicationState.HEAD_REVIEW, "公开工作机构负责人意见"),
    (ApplicationState.SIGNING, "分管领导签发"),
)
_ON_THE_WAY = (kinds.SUBMITTED, kinds.PASSED, kinds.SIGNED, kinds.UNSIGNED)


def proposal(items: Iterable[RequestedItem]) -> str:
    """拟办意见: each decision as it was drafted."""
    told = [
        f"“{one.name}”：{replies.outcome(one.outcome).label}。{one.reasons.strip()}".rstrip("。")
        for one in items
        if one.outcome
    ]
    return f"{'；'.join(told)}。" if told else ""


def opinions(case: Application) -> tuple[Opinion, ...]:
    """Who said what on the way: departments, then each review of the last time; what is open is left to a pen."""
    answered = case.assignments.exclude(answer="").select_related("department")
    of_departments = [
        Opinion(f"{one.department.name}意见", one.answer, day=_day(one.answered_at) if one.answered_at else None)
        for one in answered
    ]
    passed = _passes(case)
    reviews = [
        Opinion(label, str(entry.data.get("what") or "同意。"), entry.actor_label, _day(entry.at))
        if (entry := passed.get(state))
        else Opinion(label)
        for state, label in _STEPS
    ]
    return (*(of_departments or [Opinion("承办处室意见")]), *reviews)


def _passes(case: Application) -> dict[str, Entry]:
    """The pass of each step since it was last handed in."""
    about = Entry.objects.about(case.ref()).filter(kind__in=_ON_THE_WAY)
    found: dict[str, Entry] = {}
    for entry in about:
        if entry.kind in (kinds.SUBMITTED, kinds.UNSIGNED):
            found = {}
        else:
            found[str(entry.data.get("from_state"))] = entry
    return found


def copy_of(letter: Letter) -> str:
    """《政府信息公开申请答复书》（〔2026〕第15号-答）1份."""
    return f"《{letter.title}》{f'（{letter.number}）' if letter.number else ''}1份"


def reply_number(case: Application) -> str:
    """The number of the reply that was given; of the application where the letter is not here."""
    sent = [one for one in case.letters.all() if one.state == LetterState.FROZEN and is_reply(one.key)]
    return sent[-1].number if sent and sent[-1].number else case.number


def answered_anew(case: Application, former: Application) -> str:
    """Why the same application is answered once more: the agency found its reply wrong, or somebody ordered it."""
    day = chinese_date(former.replied_on) if former.replied_on else ""
    reply = f"本机关{day}作出的原答复（{reply_number(former)}）"
    if case.set_right:
        return f"经本机关自查，{reply}有下列不当：{case.set_right.rstrip('。')}。现撤销原答复，重新答复。"
    ordered = [one for one in former.remedies.all() if one.orders_new_reply]
    if not ordered:
        return ""
    by = ordered[-1]
    number = f"（{by.case_number}）" if by.case_number else ""
    return f"{reply}经{by.body}审理{number}，责令本机关重新答复。现重新答复。"


def served(case: Application) -> dict[str, Any]:
    """What went to the applicant in the latest delivery, and how."""
    letters = [
        one
        for one in case.letters.prefetch_related("deliveries").filter(state=LetterState.FROZEN)
        if catalogue.get(one.key).addressee is Addressee.APPLICANT
    ]
    found: dict[str, Any] = {"served": tuple(copy_of(one) for one in letters[-1:])}
    sent = list(letters[-1].deliveries.all()) if letters else []
    if not sent:
        return found | {"serving": case.get_way_display()}
    last = sent[-1]
    tracking = f"（邮件号 {last.tracking}）" if last.tracking else ""
    serving = f"{Method(last.method).label}{tracking}"
    return found | {"serving": serving, "served_on": last.received_on, "signed_by": last.received_by}


def _day(at: Any) -> Any:
    return timezone.localdate(at)
