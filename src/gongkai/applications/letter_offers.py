"""Which letters suit a case now: those its steps call for, those of its decisions, and the forms of the file."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.applications.applications import Application, ApplicationState
from gongkai.applications.dispatch import LetterState
from gongkai.applications.letter_keys import is_reply
from gongkai.applications.letters import catalogue
from gongkai.applications.letters.catalogue import Letter as Form
from gongkai.applications.steps import Answer, Consultation, ConsultationKind, ConsultationState, ExtensionState
from gongkai.law import replies

CONSULTING = {
    ConsultationKind.THIRD_PARTY: "third-party",
    ConsultationKind.JOINT_AGENCY: "partner",
    ConsultationKind.OTHER_AGENCY: "assistance",
}
"""The letter that asks, by whom it asks."""
_DECIDED = (ApplicationState.SIGNED, ApplicationState.DELIVERED)
_LAPSED = ("clarification_lapsed", "fee_lapsed")


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
    """Every letter that is called for and was not written yet, as often as the step happened."""
    written = Counter((one.key, one.consultation_id) for one in case.letters.all() if one.state != LetterState.VOID)
    for key, consultation in _wanted(case):
        one = (key, consultation.pk if consultation else None)
        if written[one]:
            written[one] -= 1
        else:
            yield Offer(catalogue.get(key), True, consultation)


def _wanted(case: Application) -> Iterator[tuple[str, Consultation | None]]:
    yield from _endings(case)
    if case.is_open:
        yield from _steps(case)


def _steps(case: Application) -> Iterator[tuple[str, Consultation | None]]:
    if case.state != ApplicationState.UNCONFIRMED:
        yield "receipt", None
    for _ in case.clarifications.all():
        yield "clarification", None
    if any(one.state in (ExtensionState.APPROVED, ExtensionState.NOTIFIED) for one in case.extensions.all()):
        yield "extension", None
    for demand in case.reason_demands.all():
        yield "reason-demand", None
        if demand.later_due:
            yield "reasonable-delay", None
    consulted = [one for one in case.consultations.all() if one.state != ConsultationState.CANCELLED]
    if consulted:
        yield "consulting", None
    for one in consulted:
        yield CONSULTING[ConsultationKind(one.kind)], one
        if one.answer == Answer.OBJECT and one.third_party_told_on:
            yield "third-party-decision", one
    for _ in case.fees.all():
        yield "fee", None


def _endings(case: Application) -> Iterator[tuple[str, Consultation | None]]:
    if case.state == ApplicationState.WITHDRAWN:
        yield "notice-withdrawn", None
    elif case.state == ApplicationState.ABANDONED:
        lapsed = next((one.outcome for one in case.items.all() if one.outcome in _LAPSED), _LAPSED[0])
        yield replies.outcome(lapsed).letter, None
    elif case.state == ApplicationState.TRANSFERRED:
        yield "transfer", None
    elif case.state in _DECIDED and not _has_reply(case):
        yield reply_form(case), None


def _has_reply(case: Application) -> bool:
    """A reply was chosen, perhaps of another form than the usual one."""
    return any(is_reply(one.key) and one.state != LetterState.VOID for one in case.letters.all())


def reply_form(case: Application) -> str:
    """The reply that suits the decisions: the outcome's own, or one letter for items decided each in its way."""
    forms = {replies.outcome(one.outcome).letter for one in case.items.all() if one.outcome}
    return forms.pop() if len(forms) == 1 and len(case.items.all()) == 1 else "reply-mixed"
