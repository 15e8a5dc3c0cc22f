"""Taking over documents through the product's own import, against a bare bulk insert of the same rows."""

import csv
import random
import tempfile
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from tests.bench import populate
from tests.bench.figures import taken
from tests.bench.populate import City

from gongkai.catalog.documents import Document, DocumentState, new_code
from gongkai.catalog.editions import Edition
from gongkai.ledger.entries import Entry
from gongkai.publishing.importing.run import Result, carry_out
from gongkai.publishing.importing.sources import open_source
from gongkai.publishing.importing.taking import Order
from gongkai.publishing.imports import ImportItem, ImportStatus
from gongkai.publishing.reviews import CheckRun

_ARTICLES = 24
_HEAD = ("文件路径", "标题", "类型", "发文字号", "成文日期", "发布日期", "施行日期", "主题分类", "体裁", "内容概述")


def import_documents(city: City, count: int) -> dict[str, Any]:
    """Documents per second both ways, and the ratio. Everything has to be taken and public, or nothing is told."""
    before = Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-import-") as name:
        size = _write_folder(Path(name), count)
        order = Order(
            agency=city.measured.agency,
            by=city.measured.disclosure_officer,
            source=open_source(Path(name)),
            adopt=True,
        )
        results: list[Result] = []
        full = taken(lambda: results.append(carry_out(order)))
    [result] = results
    if result.count(ImportStatus.TAKEN) != count:
        raise AssertionError([outcome for outcome in result.outcomes if outcome.status != ImportStatus.TAKEN][:3])
    rows = _rows(result, before)
    bare = taken(lambda: _insert(rows))
    return {
        "documents": count,
        "rows": sum(map(len, rows)),
        "characters": size // count,
        "per_second": count / full,
        "bare_per_second": count / bare,
        "ratio": full / bare,
    }


def _write_folder(folder: Path, count: int) -> int:
    """A folder of web pages with a list 清单; returns the characters of all bodies together."""
    chance, size = random.Random(7), 0
    with (folder / "清单.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(_HEAD)
        for number, (row, body) in enumerate(_documents(count, chance)):
            name = f"{number:05d}.html"
            rows.writerow([name, *row])
            page = f"<!DOCTYPE html><html><head><title>{row[0]}</title></head><body>{body}</body></html>"
            (folder / name).write_text(page, encoding="utf-8")
            size += len(body)
    return size


def _documents(count: int, chance: random.Random) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every fifth one is a regulation with articles, the others are notices."""
    for number in range(count):
        issued = timezone.localdate() - timedelta(days=400 + number % 300)
        days = (issued.isoformat(), (issued + timedelta(days=1)).isoformat())
        about = ("城乡建设、环境保护", "告知有关事项的时间和范围。")
        if number % 5 == 0:
            own = (f"澜川市第{number + 1}号设施管理办法", "normative", f"澜城管发〔{issued.year}〕{number + 1}号")
            yield (*own, *days, issued.isoformat(), about[0], "办法", about[1]), _legal_text(chance)
        else:
            own = (f"关于第{number + 1}处设施检修的公告", "notice", "")
            yield (*own, *days, "", about[0], "公告", about[1]), populate.body(chance, 21)


def _legal_text(chance: random.Random) -> str:
    return "".join(
        f"<p>第{number}条　{populate.body(chance, 1).removeprefix('<p>')}" for number in range(1, _ARTICLES + 1)
    )


def _rows(result: Result, last_entry: int) -> list[list[Any]]:
    """What the import wrote: documents, editions, findings kept, ledger entries, its own notes."""
    items = list(ImportItem.objects.filter(run=result.run))
    documents = [item.document_id for item in items]
    return [
        list(Document.objects.filter(pk__in=documents)),
        list(Edition.objects.filter(document__in=documents)),
        list(CheckRun.objects.filter(edition__document__in=documents)),
        list(Entry.objects.filter(id__gt=last_entry)),
        items,
    ]


def _insert(rows: list[list[Any]]) -> None:
    """The same rows once more, in one transaction and with nothing but bulk_create; only keys are new."""
    documents, editions, runs, _, items = rows
    by_edition = {edition.pk: edition for edition in editions}
    by_document = {document.pk: document for document in documents}
    for number, document in enumerate(documents):
        document.code, document.index_number, document.live_id = new_code(), f"BARE-{number:07d}", None
        document.state = DocumentState.UNRELEASED  # out of sight of the pages measured later
    for edition in editions:
        edition.document = by_document[edition.document_id]
    for run in runs:
        run.edition = by_edition[run.edition_id]
    for item in items:
        item.document, item.path = by_document[item.document_id], f"bare/{item.path}"
    with transaction.atomic():
        for group in rows:
            for row in group:
                _as_new(row)
            type(group[0])._default_manager.bulk_create(_linked(group), batch_size=200)


def _as_new(row: models.Model) -> None:
    row.pk, row._state.adding = None, True


def _linked(group: Sequence[Any]) -> Sequence[Any]:
    """Foreign keys follow the objects they were set from, which have their keys by now."""
    for row in group:
        if isinstance(row, Edition | ImportItem):
            row.document_id = row.document.pk
        elif isinstance(row, CheckRun):
            row.edition_id = row.edition.pk
    return group
