"""The import itself: batch after batch, each in one short transaction, so that it can stop anywhere and go on there."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from gongkai.agencies.bodies import Agency
from gongkai.catalog.documents import Document
from gongkai.catalog.editions import Edition, EditionState
from gongkai.catalog.numbering import take
from gongkai.publishing import facts
from gongkai.publishing.importing.outcomes import Outcome
from gongkai.publishing.importing.sources import Item
from gongkai.publishing.importing.taking import Order, Prepared, Preparer, content_hash, likeness, sentence_of, write
from gongkai.publishing.imports import ImportItem, ImportRun, ImportStatus
from gongkai.texts.dates import BEIJING
from gongkai.texts.reading import UnreadableFile

BATCH = 25  # documents in a transaction: fewer commits, yet nobody else waits long for the database
BATCH_SECONDS = 1.0  # of reading; heavy documents make smaller batches
_SOURCE_LENGTH = 500
_MADE = (ImportStatus.TAKEN, ImportStatus.HELD)

Watch = Callable[[Outcome], None]


class NothingToResume(Exception):
    """There is no interrupted import of that source."""


@dataclass
class Result:
    """What an import did: every line, those told by an interrupted import before included."""

    run: ImportRun | None
    outcomes: list[Outcome] = field(default_factory=list)
    resumed: int = 0
    left: int = 0

    def count(self, status: ImportStatus) -> int:
        """How many lines have that status."""
        return sum(one.status == status for one in self.outcomes)


def unfinished(agency: Agency, label: str, *, adopts: bool) -> ImportRun | None:
    """The interrupted import of that source to the same end (drafts, or public), if there is one."""
    runs = ImportRun.objects.filter(agency=agency, source=label[-_SOURCE_LENGTH:], adopts=adopts)
    latest = runs.order_by("-id").first()
    return latest if latest is not None and latest.finished_at is None else None


def carry_out(
    order: Order, *, fresh: bool = False, resume: bool = False, limit: int | None = None, watch: Watch | None = None
) -> Result:
    """Import. An interrupted import of the same source is continued (``fresh`` begins anew, ``resume`` insists on it);
    ``limit`` stops after so many documents, to go on at the next call. Raises NothingToResume.
    """
    open_run = unfinished(order.agency, order.source.label, adopts=order.adopt)
    if resume and open_run is None:
        raise NothingToResume
    run = None if order.trial else _run(order, None if fresh else open_run)
    result = Result(run)
    told = _told_before(run)
    result.resumed = len(told)
    result.outcomes += [Outcome(path, reason=reason) for path, reason in order.source.refused]
    with facts.remembering():
        session = _Session(order, run, told)
        for outcome in session.outcomes(limit):
            result.outcomes.append(outcome)
            if watch is not None:
                watch(outcome)
    result.left = len(order.source.items) + len(order.source.refused) - len(result.outcomes)
    if run is not None and not result.left:
        ImportRun.objects.filter(pk=run.pk).update(finished_at=timezone.now())
    return result


def _run(order: Order, open_run: ImportRun | None) -> ImportRun:
    if open_run is not None:
        return open_run
    label = order.source.label[-_SOURCE_LENGTH:]
    return ImportRun.objects.create(agency=order.agency, source=label, adopts=order.adopt, by=order.by)


def _told_before(run: ImportRun | None) -> dict[tuple[str, str], Outcome]:
    if run is None:
        return {}
    return {(one.path, one.sha256): Outcome.from_dict(one.report) for one in run.items.all()}


class _Session:
    """One run in one process: what is there already, and how far it has come."""

    def __init__(self, order: Order, run: ImportRun | None, told: dict[tuple[str, str], Outcome]) -> None:
        self.order, self.run, self.told = order, run, told
        self.preparer = Preparer(order)
        self.known = _known_documents(order.agency)
        self.contents: dict[str, str] = {}
        self.there = self._taken_before(None)
        self.made = 0

    def outcomes(self, limit: int | None) -> Iterator[Outcome]:
        """Go through the source in its order; each line is yielded once its batch is committed."""
        ready: list[Prepared] = []
        began = time.monotonic()
        for item in self.order.source.items:
            before = self._before(item)
            if before is None and (limit is None or self.made < limit):
                ready.append(self._known_already(item) or self.preparer.prepare(item))
            full = len(ready) >= BATCH or (limit is not None and self.made + len(ready) >= limit)
            if full or before is not None or time.monotonic() - began > BATCH_SECONDS:
                yield from self._write(ready)
                ready, began = [], time.monotonic()
            if before is not None:
                yield before
        yield from self._write(ready)

    def _before(self, item: Item) -> Outcome | None:
        """What an interrupted import has told of it."""
        if not self.told:
            return None
        try:
            data = self.order.source.tree.read(item.file) if item.file else b""
        except UnreadableFile:
            return self.told.get((item.path, ""))
        return self.told.get((item.path, content_hash(item, data)))

    def _write(self, ready: list[Prepared]) -> list[Outcome]:
        """One transaction: documents, ledger, and the lines that say they are done, stand or fall together."""
        if not ready:
            return []
        with transaction.atomic():
            if self.run is not None:
                ImportRun.objects.select_for_update().get(pk=self.run.pk)  # two imports of one source take turns
            rows = self._write_all(self._without_told(ready))
            if self.order.trial:
                transaction.set_rollback(True)
            else:
                ImportItem.objects.bulk_create(rows)
        return [one.outcome for one in ready]

    def _without_told(self, ready: list[Prepared]) -> list[Prepared]:
        """Less what another process of the same run has done meanwhile."""
        if self.run is None:
            return ready
        there = {
            (one.path, one.sha256): one.report
            for one in self.run.items.filter(path__in=[one.outcome.path for one in ready])
        }
        for one in ready:
            report = there.get((one.outcome.path, one.outcome.sha256))
            if report is not None:
                one.outcome = Outcome.from_dict(report)
        return [one for one in ready if (one.outcome.path, one.outcome.sha256) not in there]

    def _write_all(self, ready: list[Prepared]) -> list[ImportItem]:
        before = self._taken_before(ready)
        wanted = []
        for one in ready:
            if one.arrival is not None:
                if reason := self._same_as(one, before):
                    one.outcome.status, one.outcome.reason = ImportStatus.SKIPPED, reason
                else:
                    wanted.append(one)
                    self._remember(one)
        documents = self._write_documents(wanted)
        return [
            ImportItem(
                run=self.run,
                path=one.outcome.path,
                sha256=one.outcome.sha256,
                status=one.outcome.status,
                document=documents.get(one.outcome.path),
                report=one.outcome.as_dict(),
            )
            for one in ready
        ]

    def _write_documents(self, wanted: list[Prepared]) -> dict[str, Document]:
        numbers = self._numbers(wanted)
        documents: dict[str, Document] = {}
        for one, number in zip(wanted, numbers, strict=True):
            try:
                edition = write(self.order, one, number)
            except ValidationError as error:
                one.outcome.status, one.outcome.reason = ImportStatus.REFUSED, sentence_of(error)
                self._forget(one)
                continue
            documents[one.outcome.path] = edition.document
            self.made += 1
        return documents

    def _numbers(self, wanted: list[Prepared]) -> list[str]:
        """The 索引号 each one keeps, where it is free, or a new one, all of them taken at once."""
        own = [one.arrival.index_number if one.arrival else "" for one in wanted]
        used = set(Document.objects.filter(index_number__in=filter(None, own)).values_list("index_number", flat=True))
        ours = re.compile(rf"{re.escape(self.order.agency.code)}-\d{{4}}-\d+")
        kept: list[str] = []
        for one, number in zip(wanted, own, strict=True):
            if number and (number in used or ours.fullmatch(number)):
                one.outcome.notes.append(f"原索引号 {number} 已被使用或与本系统的编号规则相同，另编了索引号")
                number = ""
            used.add(number)
            kept.append(number)
        new = iter(take(self.order.agency, timezone.localdate().year, kept.count("")) if "" in kept else [])
        return [number or next(new) for number in kept]

    def _same_as(self, one: Prepared, before: dict[str, str]) -> str:
        """Why a thing need not be taken: it is there already. "" when it is not."""
        outcome = one.outcome
        if outcome.path in before:
            return f"这个文件以前导入过，是{before[outcome.path]}。内容有变化的，请在该文件上更正或修订。"
        if outcome.sha256 in before or outcome.sha256 in self.contents:
            other = before.get(outcome.sha256) or self.contents[outcome.sha256]
            return f"内容与{other}完全相同，没有重复导入。"
        if one.likeness is not None and one.likeness in self.known:
            other = self.known[one.likeness]
            return f"标题、文号和日期与{other}相同，没有重复导入。确实是另一份文件的，请核对标题或日期。"
        return ""

    def _taken_before(self, ready: list[Prepared] | None) -> dict[str, str]:
        """Documents made from the same content, or from the same place of this source, by hash or path; for ``None``
        those of all content."""
        items = ImportItem.objects.filter(run__agency=self.order.agency, status__in=_MADE, document__isnull=False)
        items = items.exclude(document__editions__state=EditionState.DISCARDED)
        if ready is not None:
            hashes, paths = [one.outcome.sha256 for one in ready], [one.outcome.path for one in ready]
            items = items.filter(Q(sha256__in=hashes) | Q(run__source=self._label, path__in=paths))
        named: dict[str, str] = {}
        rows = items.values_list("sha256", "path", "run__source", "report__title", "document__index_number")
        for sha256, path, source, title, number in rows.iterator():
            named[sha256] = f"《{title}》（{number}）"
            if source == self._label:
                named[path] = named[sha256]
        return named

    def _known_already(self, item: Item) -> Prepared | None:
        """A thing that need not even be read, since it was taken before this process began."""
        if not self.there:
            return None
        try:
            data = self.order.source.tree.read(item.file) if item.file else b""
        except UnreadableFile:
            return None  # prepare() says why
        made = Prepared(Outcome(item.path, content_hash(item, data)))
        reason = self._same_as(made, self.there)
        if not reason:
            return None
        made.outcome.status, made.outcome.reason = ImportStatus.SKIPPED, reason
        return made

    @property
    def _label(self) -> str:
        return self.order.source.label[-_SOURCE_LENGTH:]

    def _remember(self, one: Prepared) -> None:
        if one.likeness is not None:
            self.known[one.likeness] = f"“{one.outcome.path}”"
        self.contents[one.outcome.sha256] = f"“{one.outcome.path}”"

    def _forget(self, one: Prepared) -> None:
        if one.likeness is not None:
            self.known.pop(one.likeness, None)
        self.contents.pop(one.outcome.sha256, None)


def _known_documents(agency: Agency) -> dict[tuple[str, str, str], str]:
    """Every document of the agency by title, number and published date (an unpublished one's date of issue)."""
    rows = (
        Edition.objects.filter(document__agency=agency)
        .exclude(state=EditionState.DISCARDED)
        .values_list("title", "document_number", "date_of_issue", "document__listed_at", "document__index_number")
        .order_by()
    )
    known: dict[tuple[str, str, str], str] = {}
    for title, number, issued, listed, index in rows.iterator():
        day: date | None = listed.astimezone(BEIJING).date() if listed else issued
        key = likeness(title, number, day)
        if key is not None:
            known.setdefault(key, f"《{title}》（{index}）")
    return known
