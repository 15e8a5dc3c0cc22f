"""Who is told of a review: those whose turn it is, and whoever handed in what comes back."""

from collections.abc import Iterator, Mapping

from django.urls import reverse

from gongkai.agencies.queries import holders
from gongkai.catalog.editions import Edition, EditionState
from gongkai.ledger.entries import Entry
from gongkai.publishing import ledger_kinds as kinds
from gongkai.publishing.procedures import EDITION
from gongkai.telling.registry import ToOfficer, tells
from gongkai.telling.wordings import Audience, Template, declare

_NAMES = (("label", "标题"), ("who", "经手人"), ("step", "所到环节"), ("reason", "退回理由"))
WAITING = declare(
    Template(
        "publishing.waiting",
        "稿件待审核",
        Audience.STAFF,
        "待您审核：{{ step }}",
        "{{ who }}送来“{{ label }}”，现在是“{{ step }}”，请审核。",
        "【待审核】有稿件到{{ step }}，请登录工作台办理。",
        _NAMES,
    )
)
RETURNED = declare(
    Template(
        "publishing.returned",
        "稿件退回",
        Audience.STAFF,
        "稿件退回修改",
        "{{ who }}退回“{{ label }}”：{{ reason }}",
        "【稿件退回】有稿件退回修改，请登录工作台办理。",
        _NAMES,
    )
)


def _next_reviewers(entry: Entry) -> Iterator[ToOfficer]:
    """Who may pass the step that it has come to, without who brought it there."""
    roles = EDITION.event("pass").roles.get(entry.data["to_state"], frozenset())
    edition = Edition.objects.select_related("document").filter(pk=entry.subject_id).first() if roles else None
    if edition is None:
        return
    found = {
        one.pk
        for role in roles
        for one in holders(edition.document.agency_id, role, edition.document.department_id)
        if str(one.pk) != entry.actor_id
    }
    yield from (ToOfficer(pk) for pk in sorted(found))


def _who_handed_in(entry: Entry) -> Iterator[ToOfficer]:
    """When it comes back to be drafted anew."""
    if entry.data["to_state"] != EditionState.DRAFTING:
        return
    earlier = Entry.objects.filter(kind=kinds.SUBMITTED, subject_kind=entry.subject_kind, subject_id=entry.subject_id)
    last = earlier.filter(pk__lt=entry.pk).order_by("-id").first()
    if last is not None and last.actor_kind == "officer" and last.actor_id != entry.actor_id:
        yield ToOfficer(int(last.actor_id))


def _values(entry: Entry) -> Mapping[str, str]:
    return {
        "label": entry.subject_label,
        "who": entry.actor_label,
        "step": EDITION.state(entry.data["to_state"]).label,
        "reason": str(entry.data.get("reason") or ""),
    }


def _page(entry: Entry) -> str:
    return reverse("desk:edition", args=[entry.subject_id])


def register() -> None:
    """Declare who is told; called once, when the application is ready."""
    for kind in (kinds.SUBMITTED, kinds.PASSED, kinds.RETURNED):
        tells(kind, WAITING.key, _next_reviewers, values=_values, url=_page)
    tells(kinds.RETURNED, RETURNED.key, _who_handed_in, values=_values, url=_page)
