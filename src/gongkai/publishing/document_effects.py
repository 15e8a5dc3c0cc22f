"""What the events of a document change; called by the procedure engine inside its transaction."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from gongkai.catalog.documents import Document, NoticeKind
from gongkai.procedures.tables import Attempt


def notice_kinds(attempt: Attempt) -> list[tuple[str, str]]:
    """失效 or 废止."""
    return [(kind.value, str(kind.label)) for kind in NoticeKind]


def withdraw(attempt: Attempt) -> Mapping[str, Any]:
    """The text stays under a notice: kind, ground, from when, replaced by what."""
    document: Document = attempt.subject
    given = attempt.given
    document.notice_kind = NoticeKind(given["notice_kind"])
    document.notice_ground = str(given["ground"]).strip()[:300]
    document.notice_on = given["on"]
    document.successor = given.get("successor") or None
    document.save(update_fields=["notice_kind", "notice_ground", "notice_on", "successor"])
    successor = document.successor
    return {
        "notice": document.notice_kind,
        "notice_label": str(NoticeKind(document.notice_kind).label),
        "ground": document.notice_ground,
        "on": given["on"].isoformat(),
        "successor": successor.pk if successor else None,
        "successor_title": successor.live.title if successor and successor.live else "",
    }


def reinstate(attempt: Attempt) -> Mapping[str, Any]:
    """The notice was a mistake: it goes, the ledger keeps it."""
    document: Document = attempt.subject
    document.notice_kind, document.notice_ground, document.notice_on, document.successor = "", "", None, None
    document.save(update_fields=["notice_kind", "notice_ground", "notice_on", "successor"])
    return _reason(attempt)


def plan_offline(attempt: Attempt) -> Mapping[str, Any]:
    """Set the time of going offline."""
    document: Document = attempt.subject
    document.offline_at = attempt.given["offline_at"]
    document.save(update_fields=["offline_at"])
    local = timezone.localtime(document.offline_at)
    return {"offline_at_label": f"{local:%Y-%m-%d %H:%M}"} | _reason(attempt)


def take_offline(attempt: Attempt) -> Mapping[str, Any]:
    """Down for now; the planned time is used up."""
    document: Document = attempt.subject
    document.offline_at = None
    document.save(update_fields=["offline_at"])
    return _reason(attempt)


def revoke(attempt: Attempt) -> Mapping[str, Any]:
    """误发撤回: the address answers 410 with a trace; what was said stays in the ledger and the editions."""
    return take_offline(attempt)


def redirect(attempt: Attempt) -> Mapping[str, Any]:
    """The address leads elsewhere from now on."""
    document: Document = attempt.subject
    document.redirect_to = str(attempt.given["target"]).strip()
    document.save(update_fields=["redirect_to"])
    return {"target": document.redirect_to}


def _reason(attempt: Attempt) -> dict[str, Any]:
    return {"reason": str(attempt.given.get("reason") or "").strip()}
