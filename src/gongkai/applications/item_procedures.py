"""What becomes of one requested item 申请事项: a decision is drafted, settled by signature, closed by delivery."""

from collections.abc import Mapping
from typing import Any

from gongkai.agencies.officers import Officer
from gongkai.applications import ledger_kinds as kinds
from gongkai.applications.applications import Application, ApplicationState
from gongkai.applications.decisions import TYPED_FACTS, chosen_outcomes
from gongkai.applications.items import ItemState, RequestedItem
from gongkai.applications.powers import DEPARTMENT, LABELS, OFFICER, roles_of_part
from gongkai.law import replies
from gongkai.law.grounds import GROUNDS
from gongkai.procedures.engine import Refused
from gongkai.procedures.registry import register
from gongkai.procedures.tables import SYSTEM_ROLE, Asked, Attempt, Event, Procedure, State, roles

_CLOCK = roles(SYSTEM_ROLE)
_FIELDS = ("outcome", "grounds", "reasons", "facts", "earlier")


def _case_is_in_hand(attempt: Attempt) -> list[str]:
    state = attempt.subject.application.state
    if state == ApplicationState.HANDLING:
        return []
    return [f"申请现在的状态是“{ApplicationState(state).label}”，办理中的申请才能拟定处理决定。"]


def _known(attempt: Attempt) -> list[str]:
    outcome = attempt.given.get("outcome")
    return [] if outcome is None or outcome in {one.key for one in chosen_outcomes()} else ["没有这种处理决定。"]


def _draft(attempt: Attempt) -> Mapping[str, Any]:
    item: RequestedItem = attempt.subject
    given = attempt.given
    item.outcome = str(given["outcome"])
    known = {one.key for one in GROUNDS}
    item.grounds = [str(one) for one in given.get("grounds") or [] if one in known]
    item.reasons = str(given.get("reasons") or "").strip()
    item.facts = _typed(given)
    item.earlier = _earlier(item, given.get("earlier"))
    item.decided_by = attempt.actor if isinstance(attempt.actor, Officer) else None
    item.decided_at = attempt.now
    item.save(update_fields=[*_FIELDS, "decided_by", "decided_at"])
    return {"what": replies.outcome(item.outcome).label, "outcome": item.outcome, "grounds": item.grounds}


def _earlier(item: RequestedItem, given: Any) -> Application | None:
    """The former reply of the agency itself that the decision rests on."""
    own = Application.objects.filter(agency_id=item.application.agency_id)
    return own.filter(pk=int(given)).first() if given else None


def _reopen(attempt: Attempt) -> Mapping[str, Any]:
    return {"reason": str(attempt.given.get("reason") or "")}


def _typed(given: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed with the decision, of what may be typed."""
    facts = given.get("facts")
    return {key: facts[key] for key in TYPED_FACTS if key in facts} if isinstance(facts, Mapping) else {}


def _adopt(attempt: Attempt) -> Mapping[str, Any]:
    """As the former ledger says it was decided; the law still says what row of the annual report that is."""
    item: RequestedItem = attempt.subject
    item.outcome = str(attempt.given["outcome"])
    decided = replies.outcome(item.outcome)
    item.grounds = list(attempt.given.get("grounds") or []) if decided.needs_ground else []
    try:
        replies.report_row(decided, item.grounds)
    except ValueError as error:
        raise Refused([f"第{item.position}项“{item.name}”：{error}。"]) from error
    item.reasons = str(attempt.given.get("reasons") or "").strip()
    item.facts = _typed(attempt.given)
    item.earlier = _earlier(item, attempt.given.get("earlier"))
    item.closed_on = attempt.given["on"]
    item.save(update_fields=[*_FIELDS, "closed_on"])
    said = {"what": decided.label, "outcome": item.outcome, "grounds": item.grounds}
    return said | {"on": item.closed_on.isoformat()}


def _known_to_the_law(attempt: Attempt) -> list[str]:
    """For what is not chosen from a list on a page."""
    outcome = attempt.given.get("outcome")
    known = outcome is None or outcome in {one.key for one in replies.all_outcomes()}
    grounds = {one.key for one in GROUNDS}
    strange = [one for one in attempt.given.get("grounds") or [] if one not in grounds]
    return ([] if known else ["没有这种处理决定。"]) + [f"没有“{one}”这种理由。" for one in strange]


def _close(attempt: Attempt) -> Mapping[str, Any]:
    item: RequestedItem = attempt.subject
    item.closed_on = attempt.given["on"]
    item.save(update_fields=["closed_on"])
    return {"what": replies.outcome(item.outcome).label, "outcome": item.outcome, "on": item.closed_on.isoformat()}


def _drop(attempt: Attempt) -> Mapping[str, Any]:
    item: RequestedItem = attempt.subject
    item.outcome, item.grounds, item.closed_on = attempt.given["outcome"], [], attempt.given["on"]
    item.save(update_fields=["outcome", "grounds", "closed_on"])
    return {"what": replies.outcome(item.outcome).label, "outcome": item.outcome, "on": item.closed_on.isoformat()}


ITEM = register(
    Procedure(
        key="requested_item",
        label="申请事项办理",
        basis="《中华人民共和国政府信息公开条例》第三十六条至第三十九条；一事项一决定。",
        states=(
            State(ItemState.OPEN, "待办理", waits="公开经办人、承办处室"),
            State(ItemState.DRAFTED, "已拟决定", waits="审核签发"),
            State(ItemState.SETTLED, "已审定", waits="公开经办人"),
            State(ItemState.CLOSED, "已办结", ends=True),
            State(ItemState.DROPPED, "不再处理", ends=True),
        ),
        start=ItemState.OPEN,
        role_labels=LABELS,
        roles_of=roles_of_part,
        agency_of=lambda item: item.application.agency,
        events=(
            Event(
                "draft",
                "拟定处理决定",
                roles={ItemState.OPEN: OFFICER | DEPARTMENT, ItemState.DRAFTED: OFFICER | DEPARTMENT},
                targets=(ItemState.DRAFTED,),
                kind=kinds.ITEM_DRAFTED,
                guards=(_case_is_in_hand, _known),
                asks=(Asked("outcome", "处理决定", kind="choice", choices=lambda attempt: outcomes()),),
                effect=_draft,
                tone="go",
            ),
            Event(
                "reopen",
                "撤销所拟决定",
                roles={ItemState.DRAFTED: OFFICER},
                targets=(ItemState.OPEN,),
                kind=kinds.ITEM_REOPENED,
                guards=(_case_is_in_hand,),
                asks=(Asked("reason", "理由", required=False),),
                effect=_reopen,
            ),
            Event(
                "settle",
                "审定",
                roles={ItemState.DRAFTED: _CLOCK},
                targets=(ItemState.SETTLED,),
                kind=kinds.ITEM_SETTLED,
            ),
            Event(
                "unsettle",
                "撤回审定",
                roles={ItemState.SETTLED: _CLOCK},
                targets=(ItemState.DRAFTED,),
                kind=kinds.ITEM_UNSETTLED,
                effect=_reopen,
                hint="签发被撤回。",
            ),
            Event(
                "close",
                "办结",
                roles={ItemState.SETTLED: _CLOCK},
                targets=(ItemState.CLOSED,),
                kind=kinds.ITEM_CLOSED,
                effect=_close,
            ),
            Event(
                "adopt",
                "按既有台账办结",
                roles=dict.fromkeys((ItemState.OPEN, ItemState.DRAFTED), _CLOCK),
                targets=(ItemState.CLOSED,),
                kind=kinds.ITEM_CLOSED,
                guards=(_known_to_the_law,),
                effect=_adopt,
            ),
            Event(
                "drop",
                "不再处理",
                roles=dict.fromkeys((ItemState.OPEN, ItemState.DRAFTED, ItemState.SETTLED), _CLOCK),
                targets=(ItemState.DROPPED,),
                kind=kinds.ITEM_DROPPED,
                effect=_drop,
            ),
        ),
    )
)


def outcomes() -> list[tuple[str, str]]:
    """Decisions a person may choose, in the order of the law."""
    return [(one.key, one.label) for one in chosen_outcomes()]
