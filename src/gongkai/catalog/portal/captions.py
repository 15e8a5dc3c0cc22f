"""题注: what stands under the title of a legal text: when and by which number it was made public, amended, in force.

Composed from the document's editions and links (国办公开办函〔2021〕33号), so that it is never out of date.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.utils import timezone

from gongkai.catalog.documents import PUBLIC_STATES, Document
from gongkai.catalog.editions import SAID, ChangeKind, Edition
from gongkai.catalog.links import Link, LinkKind
from gongkai.catalog.presenting import quoted
from gongkai.texts.dates import official

_FACTS = ("document_id", "change_kind", "date_of_issue", "document_number", "effective_on", "released_at", "title")
_SAYS_SO = ("公布", "发布", "通过", "印发", "施行")
_LONGEST = 400


@dataclass(frozen=True)
class Amendment:
    """What changed the text: ``title`` is empty when the document itself was revised without another one."""

    day: date | None
    number: str
    title: str = ""


def composed(first: Edition, shown: Edition, amendments: Sequence[Amendment]) -> str:
    """The note in brackets; empty when not even the day is known. No query."""
    if first.date_of_issue is None:
        return ""
    parts = [f"{official(first.date_of_issue)}{first.document_number}公布"]
    parts += [_amended(one) for one in amendments]
    if shown.effective_on is not None:
        parts.append(f"自{official(shown.effective_on)}起施行")
    return f"（{'　'.join(parts)}）"


def of_document(said: Sequence[Edition], to: Sequence[Link], shown: Edition) -> str:
    """The note of one document, from editions and links that were read already; empty where the text has its own."""
    first = next((one for one in said if one.change_kind == ChangeKind.FIRST), shown)
    return "" if has_its_own(shown.text) else composed(first, shown, amendments(said, to))


def of_documents(documents: Iterable[Document]) -> dict[int, str]:
    """Notes by document for a list, in two queries however many documents it has."""
    listed = {one.pk: one for one in documents}
    editions: dict[int, list[Edition]] = defaultdict(list)
    rows = Edition.objects.filter(document__in=listed, state__in=SAID).order_by("document_id", "number")
    for one in rows.only(*_FACTS):
        editions[one.document_id].append(one)
    links: dict[int, list[Link]] = defaultdict(list)
    for link in _amending(listed):
        links[link.target_id or 0].append(link)
    return {
        pk: composed(said[0], document.live, amendments(said, links[pk]))
        for pk, document in listed.items()
        if document.live is not None and (said := editions[pk])
    }


def amendments(said: Iterable[Edition], to: Iterable[Link]) -> list[Amendment]:
    """By other documents and by its own revisions, oldest first. A revision that works another document in is not told
    twice: it came after that document, and no other revision did before it."""
    by_others = sorted((one.edition for one in to if one.kind == LinkKind.AMENDS), key=_when)
    found = [Amendment(one.date_of_issue, one.document_number, one.title) for one in by_others]
    waiting = list(by_others)
    for one in sorted((one for one in said if one.change_kind == ChangeKind.REVISION), key=_when):
        worked_in = next((other for other in waiting if _when(other) <= _when(one)), None)
        if worked_in is not None:
            waiting.remove(worked_in)
        else:
            found.append(Amendment(_when(one), ""))
    return sorted(found, key=lambda one: one.day or date.min)


def has_its_own(text: str) -> bool:
    """Whether the text begins with such a note, as rules usually do in their source."""
    first = text.lstrip().partition("\n")[0].strip()
    in_brackets = first[:1] in ("（", "(") and first[-1:] in ("）", ")") and len(first) < _LONGEST
    return in_brackets and any(word in first for word in _SAYS_SO)


def _amended(one: Amendment) -> str:
    day = official(one.day) if one.day else ""
    if not one.title:
        return f"{day}修订"
    number = f"（{one.number}）" if one.number else ""
    return f"根据{day}{quoted(one.title)}{number}修改"


def _amending(listed: Iterable[int]) -> Iterable[Link]:
    return (
        Link.objects.filter(
            target__in=listed,
            kind=LinkKind.AMENDS,
            edition__document__live=F("edition"),
            edition__document__state__in=PUBLIC_STATES,
        )
        .select_related("edition")
        .only("kind", "target_id", *(f"edition__{name}" for name in _FACTS))
    )


def _when(edition: Edition) -> date:
    """The day an edition changed something: an amending document's date of issue, a revision's day of release."""
    released = timezone.localdate(edition.released_at) if edition.released_at else date.min
    return released if edition.change_kind == ChangeKind.REVISION else edition.date_of_issue or released
