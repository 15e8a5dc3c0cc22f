"""What the events of an edition change, and where they lead; called by the procedure engine inside its transaction."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from gongkai.agencies.officers import Officer
from gongkai.catalog.doctypes import REVIEW_STEPS
from gongkai.catalog.documents import DocumentState
from gongkai.catalog.editions import ChangeKind, Disclosure, Edition, EditionState
from gongkai.procedures.engine import Refused, fire
from gongkai.procedures.tables import Attempt
from gongkai.publishing import checking, guards
from gongkai.publishing.document_procedure import DOCUMENT
from gongkai.publishing.powers import CLOCK
from gongkai.publishing.reviews import Review, Verdict, chain_for

_ATTESTED = {"political": "政治关", "policy": "政策关", "content": "内容关", "secrecy": "保密审查"}


def chain_of(edition: Edition) -> tuple[str, ...]:
    """The steps this edition goes through."""
    return chain_for(edition.document.agency, edition.document.type)


def first_step(attempt: Attempt) -> str:
    """Where a submitted draft goes first."""
    return chain_of(attempt.subject)[0]


def next_step(attempt: Attempt) -> str:
    """Where a passed edition goes: the next step of its chain; after the last one out to release, or into the file."""
    edition: Edition = attempt.subject
    chain = chain_of(edition)
    rank = list(REVIEW_STEPS)
    later = [step for step in chain if rank.index(step) > rank.index(edition.state)]
    if later:
        return later[0]
    return EditionState.APPROVED if edition.disclosure == Disclosure.PROACTIVE else EditionState.FILED


def earlier_steps(attempt: Attempt) -> list[tuple[str, str]]:
    """Where an edition may be returned to: drafting, or any step of its chain before the present one."""
    edition: Edition = attempt.subject
    chain = chain_of(edition)
    rank = list(REVIEW_STEPS)
    here = rank.index(edition.state) if edition.state in rank else len(rank)
    steps = [(step, REVIEW_STEPS[step]) for step in chain if rank.index(step) < here]
    return [(EditionState.DRAFTING.value, "起草"), *steps]


def return_to(attempt: Attempt) -> str:
    """The step the reviewer chose; raises Refused for one that is not before the present one."""
    wanted = str(attempt.given.get("to") or "")
    if wanted not in dict(earlier_steps(attempt)):
        raise Refused(["请选择退回到哪一步。"])
    return wanted


def submit(attempt: Attempt) -> Mapping[str, Any]:
    """The text is frozen for review; what the checks found is kept."""
    edition: Edition = attempt.subject
    checking.keep(edition, checking.current_report(edition))
    edition.submitted_at = attempt.now
    edition.save(update_fields=["submitted_at"])
    return {}


def passed(attempt: Attempt) -> Mapping[str, Any]:
    """A reviewer's verdict with what was attested."""
    return _review(attempt, Verdict.PASSED)


def reviewed_after(attempt: Attempt) -> Mapping[str, Any]:
    """The review after an emergency release."""
    return _review(attempt, Verdict.AFTERWARDS)


def returned(attempt: Attempt) -> Mapping[str, Any]:
    """A return with its reason; a set time of release falls away."""
    edition: Edition = attempt.subject
    to = return_to(attempt)
    reason = str(attempt.given["reason"]).strip()
    Review.objects.create(
        edition=edition,
        edition_version=edition.version,
        step=edition.state,
        reviewer=_officer(attempt),
        verdict=Verdict.RETURNED,
        note=reason,
        at=attempt.now,
    )
    _clear_schedule(edition)
    labels = dict(earlier_steps(attempt))
    return {"step_label": edition.state_label, "to": to, "to_label": labels[to], "reason": reason}


def back_to_drafting(attempt: Attempt) -> Mapping[str, Any]:
    """The drafter takes it back; approvals so far no longer count because review starts anew."""
    _clear_schedule(attempt.subject)
    return {"reason": attempt.given.get("reason", "")}


def schedule(attempt: Attempt) -> Mapping[str, Any]:
    """Set the second of release."""
    edition: Edition = attempt.subject
    edition.release_at = attempt.given["release_at"]
    edition.save(update_fields=["release_at"])
    local = timezone.localtime(edition.release_at)
    return {"release_at": edition.release_at.isoformat(), "release_at_label": f"{local:%Y-%m-%d %H:%M:%S}"}


def unschedule(attempt: Attempt) -> Mapping[str, Any]:
    """Take the set time away."""
    _clear_schedule(attempt.subject)
    return {"reason": attempt.given.get("reason", "")}


def release(attempt: Attempt) -> Mapping[str, Any]:
    """The edition becomes what the document says; the one before becomes history; the document opens to the public."""
    edition: Edition = attempt.subject
    checking.keep(edition, checking.current_report(edition))
    document = type(edition.document).objects.select_for_update().get(pk=edition.document_id)
    if document.live_id and document.live_id != edition.pk and document.live is not None:
        fire(attempt.procedure, document.live, "supersede", by=CLOCK, now=attempt.now)
    edition.released_at, edition.release_at = attempt.now, None
    edition.save(update_fields=["released_at", "release_at", "emergency", "emergency_reason"])
    document.live = edition
    document.listed_at = document.listed_at or attempt.now
    document.save(update_fields=["live", "listed_at"])
    if document.state == DocumentState.UNRELEASED:
        fire(DOCUMENT, document, "open", by=CLOCK, now=attempt.now)
    edition.document.refresh_from_db()
    return {
        "document": document.pk,
        "number": edition.number,
        "change_label": str(ChangeKind(edition.change_kind).label),
        "change_note": edition.change_note,
        "emergency_reason": edition.emergency_reason,
    }


def emergency_release(attempt: Attempt) -> Mapping[str, Any]:
    """Released without review: marked for ever, with its reason."""
    edition: Edition = attempt.subject
    edition.emergency = True
    edition.emergency_reason = str(attempt.given["reason"]).strip()[:300]
    return release(attempt)


def adopt(attempt: Attempt) -> Mapping[str, Any]:
    """Taken over from a former site, listed under the date it was first published there (set by the import)."""
    return release(attempt)


def _review(attempt: Attempt, verdict: Verdict) -> Mapping[str, Any]:
    edition: Edition = attempt.subject
    missing = list(guards.missing_attestations(attempt))
    if missing:
        raise Refused(missing)
    given = attempt.given
    ticked = {key: bool(given.get(key)) for key in _ATTESTED}
    note = str(given.get("note") or "").strip()
    Review.objects.create(
        edition=edition,
        edition_version=edition.version,
        step=edition.state,
        reviewer=_officer(attempt),
        verdict=verdict,
        note=note,
        at=attempt.now,
        **ticked,
    )
    return {
        "step_label": edition.state_label,
        "attested": [label for key, label in _ATTESTED.items() if ticked[key]],
        "note": note,
    }


def _officer(attempt: Attempt) -> Officer:
    if not isinstance(attempt.actor, Officer):
        raise TypeError("a review is an officer's")
    return attempt.actor


def _clear_schedule(edition: Edition) -> None:
    if edition.release_at is not None:
        edition.release_at = None
        edition.save(update_fields=["release_at"])
