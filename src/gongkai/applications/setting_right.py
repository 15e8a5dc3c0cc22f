"""What undoes a decision: 撤回签发 before the reply goes out, 自行纠正 afterwards; a part of ``APPLICATION``.

As long as nobody outside knows of it, a signature may be taken back: the case is in hand again and the prepared reply
is void. What was served stands until the agency revokes it (自行撤销原答复): the same application is then answered anew
in a round of its own, as after an order of a reconsideration body or a court, and goes through every review again. The
Regulation has no words for either; nothing in it speaks against an agency that sets right what it got wrong.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from gongkai.applications import ledger_kinds as kinds
from gongkai.applications import moving
from gongkai.applications.actions import letters
from gongkai.applications.applications import Application, Ending
from gongkai.applications.applications import ApplicationState as S
from gongkai.applications.item_procedures import ITEM
from gongkai.applications.items import ItemState
from gongkai.applications.letter_keys import is_reply
from gongkai.applications.powers import HEAD, OFFICER
from gongkai.ledger import moment
from gongkai.procedures.engine import fire
from gongkai.procedures.tables import Asked, Attempt, Event, roles
from gongkai.publishing.powers import CLOCK

_SIGNER = roles("leader")


def reply_is_still_here(attempt: Attempt) -> Iterator[str]:
    """A reply that went out, even one that came back, was made to somebody."""
    for letter in attempt.subject.letters.all():
        if is_reply(letter.key) and letter.deliveries.all():
            yield (
                f"《{letter.title}》{letter.number}已经发出，不能撤回签发；确有不当的，登记送达答复以后，"
                "由公开工作机构负责人“撤销原答复，重新作出”。"
            )


def take_back_signature(attempt: Attempt) -> Mapping[str, Any]:
    """The decisions are drafts again; replies that were prepared are void, their numbers are not used again."""
    case: Application = attempt.subject
    case.signed_at = None
    case.save(update_fields=["signed_at"])
    why = str(attempt.given["reason"]).strip()
    for item in case.items.filter(state=ItemState.SETTLED):
        fire(ITEM, item, "unsettle", by=CLOCK, given={"reason": why}, now=attempt.now)
    voided = letters.void_replies(case, reason=f"撤回签发：{why}", by=attempt.actor)
    return {"reason": why, "agreed": str(attempt.given.get("agreed") or "").strip(), "voided": voided}


def was_answered(attempt: Attempt) -> list[str]:
    """Only a reply can be revoked."""
    case: Application = attempt.subject
    if case.ending == Ending.REPLIED:
        return []
    return [f"本件的办结方式是“{case.get_ending_display()}”，没有作出答复，无从撤销。"]


def is_the_last_word(attempt: Attempt) -> Iterator[str]:
    """Of several rounds only the last one is set right; one that is still in hand decides by itself."""
    for later in attempt.subject.rounds.all():
        if later.is_open:
            yield f"本件正在重新办理，登记号{later.number}，请在该件中作出决定。"
        elif later.ending == Ending.REPLIED:
            yield f"本件已经重新答复，登记号{later.number}；仍有不当的，请在该件中撤销。"


def applicant_is_known(attempt: Attempt) -> list[str]:
    """Nobody can be answered whose particulars were erased."""
    if attempt.subject.erased_at is None:
        return []
    return ["申请人的个人信息已经删除，不能再向其作出答复。"]


def answer_anew(attempt: Attempt) -> Mapping[str, Any]:
    """自行纠正: the same application in a new round, which begins today and is in hand at once."""
    case: Application = attempt.subject
    why = str(attempt.given["reason"]).strip()
    made = moving.open_round(
        case, why=f"{case.number}由本机关自行纠正", set_right=why, on=moment.today(), by=attempt.actor, now=attempt.now
    )
    return {"reason": why, "round": made.pk, "number": made.number}


_BACK_TO_WORK: dict[str, Any] = {
    "targets": (S.HANDLING,),
    "kind": kinds.UNSIGNED,
    "guards": (reply_is_still_here,),
    "effect": take_back_signature,
    "tone": "danger",
    "hint": "退回办理中，重新拟定决定；已定稿的答复书作废，文号不再使用。",
}

SETTING_RIGHT = (
    Event(
        "unsign",
        "撤回签发",
        roles={S.SIGNED: _SIGNER},
        asks=(Asked("reason", "撤回理由"),),
        **_BACK_TO_WORK,
    ),
    Event(
        "unsign_agreed",
        "经签发人同意，撤回签发",
        roles={S.SIGNED: OFFICER},
        asks=(
            Asked("reason", "撤回理由"),
            Asked("agreed", "签发人同意情况", kind="line", help="写明签发人姓名、何时以何种方式同意。"),
        ),
        **_BACK_TO_WORK,
    ),
    Event(
        "answer_anew",
        "撤销原答复，重新作出",
        roles=dict.fromkeys((S.DELIVERED, S.ARCHIVED), HEAD | _SIGNER),
        targets=(S.DELIVERED, S.ARCHIVED),
        choose=lambda attempt: attempt.subject.state,
        kind=kinds.SET_RIGHT,
        guards=(was_answered, is_the_last_word, applicant_is_known),
        asks=(Asked("reason", "原答复的不当之处", help="写入重新作出的答复书；个人信息不要写在这里。"),),
        effect=answer_anew,
        tone="danger",
        hint="本机关自行纠正：同一申请另行登记，当日起算期限，重新办理、审核、签发。",
    ),
)
