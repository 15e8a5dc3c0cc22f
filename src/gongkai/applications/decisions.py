"""What a decision on an item still lacks, asked of the law with the facts of the case."""

from dataclasses import fields
from datetime import date
from typing import Any

from gongkai.applications.files import CaseFile, FileRole
from gongkai.applications.items import RequestedItem
from gongkai.applications.steps import Answer, Consultation, ConsultationKind, ConsultationState
from gongkai.law import replies
from gongkai.law.replies import Missing
from gongkai.law.requirements import Facts

_TYPED = {
    "way_to_get",
    "time_to_get",
    "other_agency_name",
    "other_agency_contact",
    "other_agency_unknown",
    "earlier_reply",
    "third_party",
    "override_reasons",
    "special_provision",
    "excess",
    "proper_channel",
}
"""Facts a person types with the decision; all others are read from the case."""
TYPED_FACTS = tuple(one.name for one in fields(Facts) if one.name in _TYPED)

BY_ITSELF = frozenset({"clarification_lapsed", "fee_lapsed", "withdrawn"})
"""Outcomes that an event of the case brings about; nobody chooses them."""


def chosen_outcomes() -> list[replies.Outcome]:
    """Decisions a person may choose, in the order of the law."""
    return [one for one in replies.all_outcomes() if one.key not in BY_ITSELF]


def facts_of(item: RequestedItem) -> Facts:
    """The facts that ``law.replies`` may demand of an outcome, as they stand in the case."""
    case = item.application
    files = [one for one in case.files.all() if one.item_id in (None, item.pk) and one.role == FileRole.PROVIDED]
    asked = [one for one in case.consultations.all() if one.item_id in (None, item.pk)]
    third = [
        one for one in asked if one.kind == ConsultationKind.THIRD_PARTY and one.state != ConsultationState.CANCELLED
    ]
    typed = {name: item.facts[name] for name in TYPED_FACTS if name in item.facts}
    if isinstance(typed.get("time_to_get"), str):
        typed["time_to_get"] = date.fromisoformat(typed["time_to_get"])
    return Facts(
        **{
            **_of_the_case(item),
            "provided_files": len(files),
            "redactions": _withheld_places(files),
            "reasons": item.reasons.strip(),
            "third_party": "；".join(_told(one) for one in third),
            "third_party_objects": any(one.answer == Answer.OBJECT for one in third),
            **typed,
        }
    )


def _of_the_case(item: RequestedItem) -> dict[str, Any]:
    case = item.application
    notices = list(case.clarifications.all())
    demands = list(case.reason_demands.all())
    return {
        "search_records": len(item.searches.all()),
        "earlier_reply": item.earlier.number if item.earlier else "",
        "clarification_notice": notices[-1].notified_on if notices else None,
        "supplement": notices[-1].answered_on if notices else None,
        "fee_notice": next((one.received_on for one in case.fees.all() if one.received_on), None),
        "reasons_demanded": demands[-1].demanded_on if demands else None,
        "withdrawn_on": case.closed_on,
        "override_reasons": "；".join(one.public_interest for one in case.consultations.all() if one.public_interest),
    }


def _withheld_places(files: list[CaseFile]) -> int:
    """Boxes drawn over what is provided; a redacted file without boxes left cannot have been made."""
    return sum(1 for one in files if one.derived_from_id)


def _told(consultation: Consultation) -> str:
    answer = consultation.get_answer_display() or consultation.get_state_display()
    return f"{consultation}：{answer}"


def missing_of(item: RequestedItem) -> list[Missing]:
    """Everything that the item's decision lacks; empty when it is complete."""
    if not item.outcome:
        return [Missing("outcome", "请选择处理决定")]
    return replies.missing(replies.outcome(item.outcome), facts_of(item), item.grounds)
