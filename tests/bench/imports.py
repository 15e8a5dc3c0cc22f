"""Taking over documents: through actions, checks and ledger, against a bare bulk insert of the same rows."""

import random
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from tests.bench import populate
from tests.bench.figures import taken
from tests.bench.populate import City

from gongkai.catalog.actions import documents
from gongkai.catalog.documents import Document, DocumentState, new_code
from gongkai.catalog.editions import Edition
from gongkai.ledger.entries import Entry
from gongkai.procedures.engine import fire
from gongkai.publishing.procedures import EDITION
from gongkai.publishing.reviews import CheckRun

_ARTICLES = 24


def import_documents(city: City, count: int) -> dict[str, Any]:
    """Documents per second both ways, and the ratio."""
    before = Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0
    chance = random.Random(7)
    facts = [_facts(number, chance) for number in range(count)]
    made: list[Edition] = []
    full = taken(lambda: made.extend(_adopt(city, one) for one in facts))
    rows = _rows([edition.pk for edition in made], before)
    bare = taken(lambda: _insert(rows))
    return {
        "documents": count,
        "rows": sum(map(len, rows)),
        "characters": sum(len(one["body"]) for one in facts) // count,
        "per_second": count / full,
        "bare_per_second": count / bare,
        "ratio": full / bare,
    }


def _facts(number: int, chance: random.Random) -> dict[str, Any]:
    legal = number % 5 == 0
    issued = timezone.localdate() - timedelta(days=400)
    header = {"date_of_issue": issued, "subject": "城乡建设、环境保护", "summary": "告知有关事项的时间和范围。"}
    if legal:
        own = {"document_number": f"澜城管发〔{issued.year}〕{number + 1}号", "effective_on": issued, "genre": "办法"}
        return {"title": f"澜川市第{number + 1}号设施管理办法", "body": _legal_text(chance), **header, **own}
    return {
        "title": f"关于第{number + 1}处设施检修的公告",
        "body": populate.body(chance, 21),
        "genre": "公告",
        **header,
    }


def _legal_text(chance: random.Random) -> str:
    return "".join(
        f"<p>第{number}条　{populate.body(chance, 1).removeprefix('<p>')}" for number in range(1, _ARTICLES + 1)
    )


def _adopt(city: City, given: dict[str, Any]) -> Edition:
    """One document as an import takes it over: set up, marked as imported, checked and adopted at its own date."""
    at = city.measured
    with transaction.atomic():
        edition = documents.create_document(
            agency=at.agency,
            type_key="normative" if "effective_on" in given else "notice",
            by=at.disclosure_officer,
            facts=given,
        )
        Document.objects.filter(pk=edition.document_id).update(
            imported_from="bench", listed_at=timezone.now() - timedelta(days=399)
        )
        fresh = Edition.objects.select_related("document", "document__agency").get(pk=edition.pk)
        adopted: Edition = fire(EDITION, fresh, "adopt", by=at.disclosure_officer).subject
        return adopted


def _rows(editions: Sequence[int], last_entry: int) -> list[list[Any]]:
    """What the import wrote: documents, editions, findings kept, ledger entries."""
    return [
        list(Document.objects.filter(live__in=editions)),
        list(Edition.objects.filter(pk__in=editions)),
        list(CheckRun.objects.filter(edition__in=editions)),
        list(Entry.objects.filter(id__gt=last_entry)),
    ]


def _insert(rows: list[list[Any]]) -> None:
    """The same rows once more, in one transaction and with nothing but bulk_create; only keys are new."""
    documents_, editions, runs, _ = rows
    by_edition = {edition.pk: edition for edition in editions}
    by_document = {document.pk: document for document in documents_}
    for number, document in enumerate(documents_):
        document.code, document.index_number, document.live_id = new_code(), f"BARE-{number:07d}", None
        document.state = DocumentState.UNRELEASED  # out of sight of the pages measured later
    for edition in editions:
        edition.document = by_document[edition.document_id]
    for run in runs:
        run.edition = by_edition[run.edition_id]
    with transaction.atomic():
        for group in rows:
            for row in group:
                _as_new(row)
            _linked(group)
            type(group[0])._default_manager.bulk_create(group, batch_size=200)


def _as_new(row: models.Model) -> None:
    row.pk, row._state.adding = None, True


def _linked(group: list[Any]) -> None:
    """Foreign keys follow the objects they were set from, which have their keys by now."""
    for row in group:
        if isinstance(row, Edition):
            row.document_id = row.document.pk
        elif isinstance(row, CheckRun):
            row.edition_id = row.edition.pk
