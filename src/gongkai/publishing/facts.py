"""What the checks are told about an edition: gathered here from catalogue and dictionary, judged in ``checks``."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Q
from django.utils import timezone

from gongkai.agencies.bodies import Agency
from gongkai.catalog import header, queries
from gongkai.catalog.documents import Document
from gongkai.catalog.editions import Edition
from gongkai.catalog.files import EditionFile, FileRole
from gongkai.catalog.links import Link
from gongkai.publishing.checks.facts import AttachmentFacts, CitedFacts, DraftFacts, HiddenFact, LinkFacts, WordRule
from gongkai.publishing.checks.words import starter_words
from gongkai.publishing.reviews import Word
from gongkai.texts import richtext

_remembered: ContextVar[dict[Any, Any] | None] = ContextVar("facts remembered", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Inside, the dictionary and the names of the agencies are read once for all editions: for imports."""
    token = _remembered.set({})
    try:
        yield
    finally:
        _remembered.reset(token)


def gather(edition: Edition, today: date | None = None) -> DraftFacts:
    """The facts of an edition as it stands; a fixed number of queries whatever its size."""
    document = edition.document
    kind = document.type_info
    values = edition.header(kind.fields)
    values |= {
        "disclosure": edition.disclosure,
        "ground": edition.ground,
        "published_on": timezone.localdate(document.listed_at) if document.listed_at else None,
    }
    return DraftFacts(
        type_key=kind.key,
        title=edition.title,
        body_html=edition.body,
        today=today or timezone.localdate(),
        header=values,
        required_fields=tuple((key, header.LABELS[key]) for key in kind.required),
        attachments=_attachments(edition),
        links=_links(edition),
        cited=_cited(edition, today or timezone.localdate()),
        words=_once(("words", document.agency_id), lambda: words_for(document.agency)),
        answered=frozenset(
            edition.answers.model.objects.filter(edition__document=document).values_list("fingerprint", flat=True)
        ),
        agency_names=_once("names", _agency_names),
    )


def words_for(agency: Agency) -> tuple[WordRule, ...]:
    """The dictionary that comes with the software, overlaid by the installation's and the agency's own entries."""
    own = {
        one.word: WordRule(
            word=one.word,
            kind=one.kind,  # type: ignore[arg-type]
            severity=one.severity,
            suggestions=tuple(one.suggestions),
            note=one.note,
            exceptions=tuple(one.exceptions),
        )
        for one in Word.objects.filter(Q(agency=None) | Q(agency=agency)).order_by("-agency")
    }
    return (*(rule for rule in _shipped() if rule.word not in own), *own.values())


def _agency_names() -> frozenset[str]:
    return frozenset(Agency.objects.filter(abolished_on=None).values_list("name", flat=True))


def remembered() -> dict[Any, Any] | None:
    """The memory of the ``remembering`` block we are in, None outside of any."""
    return _remembered.get()


def _once(key: Any, read: Callable[[], Any]) -> Any:
    known = remembered()
    if known is None:
        return read()
    if key not in known:
        known[key] = read()
    return known[key]


@cache
def _shipped() -> tuple[WordRule, ...]:
    return starter_words()


def _attachments(edition: Edition) -> tuple[AttachmentFacts, ...]:
    uses = EditionFile.objects.filter(edition=edition, file__role=FileRole.ATTACHMENT).select_related("file")
    return tuple(
        AttachmentFacts(
            id=use.file.code,
            name=use.file.name,
            kind=use.file.kind,
            size=use.file.size,
            readable=use.file.readable,
            text=use.file.text,
            has_text=use.file.has_text or use.file.kind not in {"pdf", "ofd"},
            hidden=tuple(
                HiddenFact(one["label"], one["count"], one["excerpt"])
                for one in use.file.hidden
                if use.file.keep_original or not one["removed"]
            ),
        )
        for use in uses
    )


def _links(edition: Edition) -> tuple[LinkFacts, ...]:
    found = list(richtext.links(edition.body))
    codes = {code for one in found if (code := _document_code(one.href))}
    public = set(queries.public_documents().filter(code__in=codes).values_list("code", flat=True)) if codes else set()
    facts = []
    for one in found:
        code = _document_code(one.href)
        if code:
            state = "ok" if code in public else "broken"
        else:
            state = "external" if urlsplit(one.href).scheme in {"http", "https"} else "unknown"
        facts.append(LinkFacts(one.href, one.text, state))  # type: ignore[arg-type]
    return tuple(facts)


def _document_code(href: str) -> str | None:
    """The code of a document of this installation, from an address ``/info/<code>/`` on whatever host."""
    parts = urlsplit(href).path.split("/")
    return parts[2] if len(parts) >= 3 and parts[1] == "info" else None


def _cited(edition: Edition, today: date) -> tuple[CitedFacts, ...]:
    # Not joined: most drafts cite nothing, and five wide rows side by side take longer to ask for than all the rest.
    links = Link.objects.filter(edition=edition, target__isnull=False).prefetch_related(
        "target__live", "target__successor__live"
    )
    return tuple(_citation(one.target, today) for one in links if one.target and one.target.live)


def _citation(document: Document, today: date) -> CitedFacts:
    live = document.live
    successor = document.successor
    if live is None:
        raise ValueError("only released documents are cited")
    validity = queries.validity_of(document, live, today)
    return CitedFacts(
        title=live.title,
        validity=validity.value or "unknown",
        successor_title=successor.live.title if successor and successor.live else "",
        successor_url=successor.get_absolute_url() if successor else "",
    )
