"""Which letters suit a case now: those its steps call for, those of its decisions, and the forms of the file."""

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.applications.applications import Application, ApplicationState, Ending
from gongkai.applications.letters import catalogue
from gongkai.applications.letters.catalogue import Letter as Form
from gongkai.applications.steps import Answer, Consultation, ConsultationKind, ExtensionState
from gongkai.law import replies

_CONSULTING = {
    ConsultationKind.THIRD_PARTY: "third-party",
    ConsultationKind.JOINT_AGENCY: "partner",
    ConsultationKind.OTHER_AGENCY: "assistance",
}
_DECIDED = (ApplicationState.SIGNED, ApplicationState.DELIVERED, ApplicationState.ARCHIVED)


@dataclass(frozen=True)
class Offer:
    """A letter that can be written now. ``due``: the case waits for it; ``consultation``: where it belongs."""

    form: Form
    due: bool
    consultation: Consultation | None = None


def offers(case: Application) -> list[Offer]:
    """What the case calls for first, then everything else of the catalogue that can be wanted."""
    due = list(_due(case))
    keys = {one.form.key for one in due}
    rest = [Offer(form, False) for key, form in catalogue.all_letters().items() if key not in keys]
    return [*due, *rest]


def _due(case: Application) -> Iterator[Offer]:
    written = {(one.key, one.consultation_id) for one in case.letters.all() if one.state != "void"}
    for key, consultation in _wanted(case):
        if (key, consultation.pk if consultation else None) not in written:
            yield Offer(catalogue.get(key), True, consultation)


def _wanted(case: Application) -> Iterator[tuple[str, Consultation | None]]:
    yield "receipt", None
    if case.clarifications.all():
        yield "clarification", None
    if any(one.state in (ExtensionState.APPROVED, ExtensionState.NOTIFIED) for one in case.extensions.all()):
        yield "extension", None
    for demand in case.reason_demands.all():
        yield "reason-demand", None
        if demand.later_due:
            yield "reasonable-delay", None
    consulted = list(case.consultations.all())
    if consulted:
        yield "consulting", None
    for one in consulted:
        yield _CONSULTING[ConsultationKind(one.kind)], one
        if one.answer == Answer.OBJECT and one.third_party_told_on:
            yield "third-party-decision", one
    if case.fees.all():
        yield "fee", None
    yield from _endings(case)


def _endings(case: Application) -> Iterator[tuple[str, Consultation | None]]:
    if case.ending == Ending.WITHDRAWN:
        yield "notice-withdrawn", None
    elif case.ending == Ending.ABANDONED:
        lapsed = next((one.outcome for one in case.items.all() if one.outcome), "clarification_lapsed")
        yield replies.outcome(lapsed).letter, None
    elif case.state in _DECIDED:
        yield reply_form(case), None


def reply_form(case: Application) -> str:
    """The reply that suits the decisions: the outcome's own, or one letter for items decided each in its way."""
    forms = {replies.outcome(one.outcome).letter for one in case.items.all() if one.outcome}
    return forms.pop() if len(forms) == 1 and len(case.items.all()) == 1 else "reply-mixed"
