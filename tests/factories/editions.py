"""Documents and editions at any point of their way, brought there by firing the procedure."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.utils import timezone
from tests.factories.people import Staffed

from gongkai.catalog.actions import documents
from gongkai.catalog.documents import Document
from gongkai.catalog.editions import ChangeKind, Edition, EditionState
from gongkai.procedures.engine import fire
from gongkai.publishing import facts as checking
from gongkai.publishing.edition_effects import chain_of
from gongkai.publishing.procedures import DOCUMENT, EDITION

P = ParamSpec("P")
T = TypeVar("T")
ATTESTED = {"political": True, "policy": True, "content": True, "secrecy": True, "note": "同意"}
BODY = "<p>各有关单位：</p><p>为做好冬季供热设施检修，定于近期分段检修主管网，请沿线用户提前做好准备。</p>"
_REVIEWER = {
    "dept_review": "dept_reviewer",
    "legal_review": "legal_reviewer",
    "office_review": "office_reviewer",
    "secrecy_review": "secrecy_reviewer",
    "leader_review": "leader",
}


def _at_once(make: Callable[P, T]) -> Callable[P, T]:
    """One way through the review: every step asks the checks, the dictionary is read for the first."""

    @wraps(make)
    def made(*args: P.args, **facts: P.kwargs) -> T:
        if checking.remembered() is not None:
            return make(*args, **facts)
        with checking.remembering():
            return make(*args, **facts)

    return made


def draft(at: Staffed, *, type_key: str = "notice", title: str = "关于供热主管网检修的公告", **facts: Any) -> Edition:
    """A complete draft without blocking findings."""
    values: dict[str, Any] = {
        "title": title,
        "body": BODY,
        "date_of_issue": timezone.localdate() - timedelta(days=1),
        "subject": "城乡建设、环境保护",
        "genre": "公告",
        "summary": "告知供热主管网检修的时间和范围。",
    }
    return documents.create_document(
        agency=at.agency, type_key=type_key, by=at.drafter, department=at.department, facts=values | facts
    )


@_at_once
def submitted(at: Staffed, **facts: Any) -> Edition:
    """A draft handed in: at the first step of its chain."""
    return _fire(draft(at, **facts), "submit", at.drafter)


@_at_once
def at_step(at: Staffed, state: str, **facts: Any) -> Edition:
    """An edition waiting in that state of the review (or approved)."""
    return passed_on(at, submitted(at, **facts), state)


@_at_once
def passed_on(at: Staffed, edition: Edition, state: str) -> Edition:
    """An edition under review, passed by everybody before that state."""
    while edition.state != state:
        edition = _fire(edition, "pass", at.officers[_REVIEWER[edition.state]], ATTESTED)
    return edition


@_at_once
def approved(at: Staffed, **facts: Any) -> Edition:
    """An edition that may be released."""
    return at_step(at, EditionState.APPROVED, **facts)


def schedule(at: Staffed, edition: Edition, when: datetime) -> Edition:
    """Set an approved edition to be released at that moment."""
    return _fire(edition, "schedule", at.disclosure_officer, {"release_at": when})


@_at_once
def scheduled(at: Staffed, when: datetime, **facts: Any) -> Edition:
    """An edition to be released at that moment."""
    return schedule(at, approved(at, **facts), when)


@_at_once
def released(at: Staffed, **facts: Any) -> Edition:
    """A released edition; its ``document`` is fresh."""
    return _fire(approved(at, **facts), "release", at.disclosure_officer)


def next_edition(
    at: Staffed, document: Document, *, kind: ChangeKind = ChangeKind.REVISION, note: str = "修订"
) -> Edition:
    """A draft of the document's next edition."""
    return documents.draft_next_edition(document, by=at.drafter, kind=kind, note=note)


@_at_once
def release_through(at: Staffed, edition: Edition) -> Edition:
    """Bring a draft all the way out."""
    edition = _fire(edition, "submit", at.drafter)
    for _ in chain_of(edition):
        edition = _fire(edition, "pass", at.officers[_REVIEWER[edition.state]], ATTESTED)
    return _fire(edition, "release", at.disclosure_officer)


def withdrawn(at: Staffed, *, kind: str = "expired", ground: str = "有效期届满", **facts: Any) -> Document:
    """A document under a notice."""
    document = released(at, **facts).document
    given = {"notice_kind": kind, "on": date.today(), "ground": ground}
    subject: Document = fire(DOCUMENT, document, "withdraw", by=at.disclosure_head, given=given).subject
    return subject


def _fire(edition: Edition, event: str, by: Any, given: dict[str, Any] | None = None) -> Edition:
    subject: Edition = fire(EDITION, edition, event, by=by, given=given).subject
    return Edition.objects.select_related("document", "document__agency").get(pk=subject.pk)
