"""One thing is taken: prepared outside any transaction (reading is slow), then written in that of its batch."""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from gongkai.agencies.bodies import Agency, Department
from gongkai.agencies.officers import Officer
from gongkai.catalog import doctypes, header
from gongkai.catalog.actions import arrivals
from gongkai.catalog.documents import Document, NoticeKind
from gongkai.catalog.editions import Disclosure, Edition
from gongkai.procedures.engine import Refused, fire
from gongkai.publishing import checking
from gongkai.publishing.checks.personal import mask_personal
from gongkai.publishing.checks.registry import Report
from gongkai.publishing.importing import classify, companions, mapping
from gongkai.publishing.importing.outcomes import Outcome
from gongkai.publishing.importing.reading import read
from gongkai.publishing.importing.sources import TEXTS, Item, Source, parts_of
from gongkai.publishing.imports import ImportStatus
from gongkai.publishing.procedures import DOCUMENT, EDITION
from gongkai.texts.dates import BEIJING
from gongkai.texts.reading import UnreadableFile

_ADDRESS_LENGTH = 500
_INDEX_LENGTH = 40
_FINDINGS_TOLD = 50
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:[:_]\d+)?", re.IGNORECASE)
_HOME = frozenset({"", "/", "/index.html", "/index.htm", "/index.shtml"})


@dataclass(frozen=True)
class Order:
    """What was asked of an import. ``adopt``: public at once under its first date, unless something is against it."""

    agency: Agency
    by: Officer
    source: Source
    adopt: bool = False
    type_key: str = ""
    department: Department | None = None
    defaults: Mapping[str, str] = field(default_factory=dict)
    trial: bool = False


@dataclass
class Prepared:
    """A thing that was read and understood, ready to be written; one that was refused has no ``facts``."""

    outcome: Outcome
    facts: dict[str, Any] = field(default_factory=dict)
    arrival: arrivals.Arrival | None = None
    department: Department | None = None
    doubts: list[str] = field(default_factory=list)
    lapsed: str = ""
    lapsed_on: date | None = None
    likeness: tuple[str, str, str] | None = None


class Preparer:
    """Prepares the things of one run; knows the agency's departments and columns from the start."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.departments = {one.name: one for one in order.agency.departments.all()}
        self.names = classify.Names.of(order.agency.columns.all())

    def prepare(self, item: Item) -> Prepared:
        """Read an item and find its values. What cannot be read is refused with its reason, never raised."""
        made = Prepared(Outcome(item.path))
        try:
            data = self.order.source.tree.read(item.file) if item.file else b""
            made.outcome.sha256 = content_hash(item, data)
            reading = read(self.order.source, item, data)
            found = mapping.find_values(item, reading, self.order.defaults)
            url = str(found.get("url") or "")
            company = companions.gather(self.order.source, item, reading, url=url, keep=not self.order.trial)
            self._complete(made, item, data, found, company)
        except UnreadableFile as error:
            made.outcome.reason = str(error)
        except ValidationError as error:
            made.outcome.reason = sentence_of(error)
        return made

    def _complete(
        self, made: Prepared, item: Item, data: bytes, found: mapping.Mapped, company: companions.Company
    ) -> None:
        outcome = made.outcome
        kind = classify.find_type(found, item.path, self.names, self.order.type_key)
        title = str(found.get("title") or "")
        outcome.title = title
        outcome.type, outcome.type_origin = kind.value, kind.origin
        outcome.type_label = doctypes.get(kind.value).label
        if not title:
            outcome.reason = "没有找到标题。请在清单（manifest.csv）里为这个文件写明标题，再导入一次。"
            return
        found.offer("genre", classify.find_genre(title, kind.value), "标题")
        outcome.header = _told(found)
        outcome.missing = company.missing
        made.department = self._department(found)
        made.facts = {key: found.get(key) for key in header.BY_KEY if found.get(key) is not None}
        made.facts |= {"body": company.html}
        if found.get("disclosure"):
            made.facts["disclosure"] = found.get("disclosure")
        outcome.files, outcome.taken_files = [one.name for one in company.files], company.taken
        source = arrivals.source_kept(name=_source_name(item), data=data or _row_bytes(item), keep=not self.order.trial)
        outcome.old_addresses = old_addresses(item, str(found.get("url") or ""))
        made.arrival = arrivals.Arrival(
            origin=str(found.get("url") or f"{self.order.source.label}：{item.path}"),
            listed_at=_moment(found.get("published_on")),
            index_number=str(found.get("index_number") or "")[:_INDEX_LENGTH],
            old_addresses=outcome.old_addresses,
            files=[*company.files, source],
        )
        made.doubts = found.doubts + company.doubts
        made.lapsed, made.lapsed_on = found.lapsed, found.get("expires_on")
        outcome.notes = list(found.notes)
        made.likeness = likeness(title, str(found.get("document_number") or ""), found.day("published_on"))

    def _department(self, found: mapping.Mapped) -> Department | None:
        written = str(found.get("department") or "")
        if written and written not in self.departments:
            found.notes.append(f"本机关没有“{written}”这个处室，没有归到处室")
        return self.departments.get(written) or self.order.department


def write(order: Order, made: Prepared, index_number: str) -> Edition:
    """Make the document, run and keep the checks, and open it to the public where that was asked and nothing stands
    against it. Inside the transaction of the batch; raises ValidationError, then nothing was written."""
    if made.arrival is None:
        raise ValueError("what was refused is not written")
    arrival = arrivals.Arrival(**{**vars(made.arrival), "index_number": index_number})
    edition = arrivals.take_over(
        agency=order.agency,
        type_key=made.outcome.type,
        by=order.by,
        facts=made.facts,
        arrival=arrival,
        department=made.department,
    )
    report = checking.current_report(edition)
    checking.keep(edition, report)
    outcome = made.outcome
    if not order.trial:  # a trial leaves nothing under these
        outcome.code, outcome.index_number = edition.document.code, index_number
    outcome.findings = [
        {"severity": one.severity.value, "check": one.check, "message": one.message}
        for one in report.findings[:_FINDINGS_TOLD]
    ]
    against = _against(order, made, report)
    if order.adopt and not against:
        against = _adopt(order, made, edition)
    if order.adopt and against:
        outcome.status = ImportStatus.HELD
    else:
        outcome.status = ImportStatus.TAKEN
    outcome.released = order.adopt and not against
    outcome.reason = "；".join(against if order.adopt else made.doubts)
    return edition


def likeness(title: str, number: str, day: date | None) -> tuple[str, str, str] | None:
    """What two documents that are the same have in common; None when too little is known to say."""
    if not title or not (number or day):
        return None
    return ("".join(title.split()), number, day.isoformat() if day else "")


def content_hash(item: Item, data: bytes) -> str:
    """SHA-256 of what an item says: its file, and the title and number the list gives it; or the whole row."""
    values = dict(item.row.values) if item.row else {}
    if item.file:
        values = {key: values[key] for key in ("title", "document_number") if key in values}
    told = json.dumps(values, ensure_ascii=False, sort_keys=True).encode() if values else b""
    return hashlib.sha256(data + told).hexdigest()


def old_addresses(item: Item, url: str) -> list[str]:
    """Where the text could be found before, as paths of the site: by its address, else by a web page's place in the
    source, whose root is then the site's root (a folder named like a host is that host's root)."""
    if url:
        parts = parts_of(url)
        path = parts.path if parts.path.startswith("/") else f"/{parts.path}"
        paths = [f"{path}?{parts.query}" if parts.query else path]
    elif TEXTS.get(posixpath.splitext(item.file)[1].lower()) == "html":
        head, _, rest = item.file.partition("/")
        paths = [f"/{rest if rest and _HOST.fullmatch(head) else item.file}"]
    else:
        return []
    if re.search(r"/(?:index|default)\.s?html?$", paths[0], re.IGNORECASE):
        paths.append(paths[0].rpartition("/")[0] + "/")
    return [path for path in paths if path not in _HOME and len(path) <= _ADDRESS_LENGTH]


def sentence_of(error: ValidationError) -> str:
    """What a refused document is refused for, each value under its Chinese name."""
    if not hasattr(error, "message_dict"):
        return "；".join(error.messages)
    return "；".join(
        f"{header.LABELS.get(key, key)}：{message}" if key != "__all__" else message
        for key, messages in error.message_dict.items()
        for message in messages
    )


def _against(order: Order, made: Prepared, report: Report) -> list[str]:
    """Why the document must not be public yet."""
    reasons = [one.message for one in report.blocking]
    if made.arrival and made.arrival.listed_at is None:
        reasons.append("没有原发布日期，也没有成文日期，请补上")
    disclosure = made.facts.get("disclosure", Disclosure.PROACTIVE)
    if disclosure != Disclosure.PROACTIVE:
        reasons.append(f"清单写明公开属性为“{Disclosure(disclosure).label}”")
    return list(dict.fromkeys(reasons + made.doubts))


def _adopt(order: Order, made: Prepared, edition: Edition) -> list[str]:
    """Fire the procedure's own event; what it refuses for, or nothing."""
    try:
        fire(EDITION, edition, "adopt", by=order.by, version=edition.version)
        if made.lapsed:
            _mark_lapsed(order, made, edition.document)
    except Refused as refusal:
        return refusal.reasons
    return []


def _mark_lapsed(order: Order, made: Prepared, document: Document) -> None:
    kind = NoticeKind.REPEALED if made.lapsed == "废止" else NoticeKind.EXPIRED
    today = timezone.localdate()
    on = made.lapsed_on or today
    unknown = "" if made.lapsed_on else "，原日期不详，按迁入之日记"
    given = {"notice_kind": kind, "on": on, "ground": f"迁入前原网站已标注“{made.lapsed}”{unknown}"}
    fire(DOCUMENT, document, "withdraw", by=order.by, given=given)


def _told(found: mapping.Mapped) -> dict[str, dict[str, str]]:
    """The values for the report, which is kept and sent around: without numbers of persons."""
    labels = header.LABELS | {"url": "原网址", "column": "栏目", "department": "处室", "type": "类型"}
    return {
        key: {"label": labels.get(key, key), "value": mask_personal(_as_text(one.value)), "origin": one.origin}
        for key, one in found.values.items()
    }


def _as_text(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M")
    return value.isoformat() if isinstance(value, date) else str(value)


def _moment(value: date | datetime | None) -> datetime | None:
    if value is None or isinstance(value, datetime):
        return value
    return datetime.combine(value, time(), BEIJING)


def _source_name(item: Item) -> str:
    return posixpath.basename(item.file) if item.file else f"{item.path}.json"


def _row_bytes(item: Item) -> bytes:
    return json.dumps(dict(item.row.values) if item.row else {}, ensure_ascii=False, indent=1).encode()
