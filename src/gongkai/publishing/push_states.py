"""How far it is with what a system sent: the same to whoever asks and to whoever is told."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from gongkai.catalog.doctypes import REVIEW_STEPS
from gongkai.catalog.documents import DocumentState
from gongkai.catalog.editions import Edition, EditionState
from gongkai.publishing.checks.registry import Report
from gongkai.publishing.procedures import EDITION
from gongkai.publishing.pushes import Push
from gongkai.publishing.reviews import Review, Verdict

_STEPS = REVIEW_STEPS | {EditionState.APPROVED.value: "待发布", EditionState.SCHEDULED.value: "定时发布"}


def findings(report: Report) -> list[dict[str, Any]]:
    """What the checks found, as a system shows it to its own people."""
    return [
        {
            "check": one.check,
            "severity": one.severity.value,
            "severity_label": one.severity.label,
            "message": one.message,
            "where": one.place.where.value,
            "excerpt": one.place.excerpt,
            "suggestion": one.suggestion,
            "blocks": one.blocks,
        }
        for one in report.findings
    ]


def state_of(push: Push, edition: Edition, reviews: Iterable[Review], url: str) -> dict[str, Any]:
    """Where it stands, who is asked next, what reviewers said; no query. ``url`` is its public address."""
    document = push.document
    decided = list(reviews)
    waits = EDITION.state(edition.state).waits
    return {
        "id": push.code,
        "source_id": push.source_id,
        "index_number": document.index_number,
        "code": document.code,
        "title": edition.title,
        "department": document.department.name if document.department else "",
        "pushed_at": push.created_at,
        "state": {"key": edition.state, "label": edition.state_label},
        "waits_for": waits or "",
        "submitted_at": edition.submitted_at,
        "reviews": [_review(one) for one in decided],
        "returned": _returned(edition, decided),
        "release_at": edition.release_at,
        "released_at": edition.released_at,
        "document_state": {"key": document.state, "label": str(DocumentState(document.state).label)},
        "url": url if document.is_public else None,
    }


def reviews_of(editions: Sequence[Edition]) -> Mapping[int, list[Review]]:
    """Every decision on these, by edition, in order; one query."""
    found: dict[int, list[Review]] = {one.pk: [] for one in editions}
    for review in Review.objects.filter(edition__in=found).order_by("id"):
        found[review.edition_id].append(review)
    return found


def _review(review: Review) -> dict[str, Any]:
    """The office's decision: the step and what was said; who said it stays in the house."""
    step = {"key": review.step, "label": _STEPS.get(review.step, review.step)}
    verdict = {"key": review.verdict, "label": str(Verdict(review.verdict).label)}
    return {"step": step, "verdict": verdict, "note": review.note, "at": review.at}


def _returned(edition: Edition, reviews: Sequence[Review]) -> str | None:
    """Why it lies with its drafter again; None when it does not, or was never returned."""
    last = reviews[-1] if reviews else None
    if edition.state == EditionState.DRAFTING and last is not None and last.verdict == Verdict.RETURNED:
        return last.note
    return None
