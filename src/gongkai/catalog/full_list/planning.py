"""What an import would do to a list, before anything is written: added, changed, left, missing, refused."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError

from gongkai.agencies.bodies import Agency
from gongkai.catalog.actions.matters import FIELDS, amended, check, made
from gongkai.catalog.documents import Topic
from gongkai.catalog.full_list.headings import LABELS
from gongkai.catalog.matters import Matter, MatterImport


@dataclass(frozen=True)
class Change:
    """One field of one matter, in words."""

    label: str
    before: str
    after: str


@dataclass
class Planned:
    """One row with the (unsaved) matter it becomes. ``told``: before and after by label, as the ledger keeps it."""

    row: int
    matter: Matter
    told: dict[str, dict[str, str]] = field(default_factory=dict)
    problems: Sequence[str] = ()

    @property
    def changes(self) -> list[Change]:
        return [Change(label, self.told["before"][label], new) for label, new in self.told.get("after", {}).items()]


@dataclass(frozen=True)
class Plan:
    """``refused``: rows with what is wrong; they are left out, and a matter they mean is left as it is. ``missing``:
    matters that no row of the file means. ``digest`` is of the list and the rows for which it was made."""

    added: Sequence[Planned]
    changed: Sequence[Planned]
    same: Sequence[Planned]
    missing: Sequence[Matter]
    refused: Sequence[Planned]
    digest: str

    @property
    def does_nothing(self) -> bool:
        return not (self.added or self.changed or self.missing)


def plan(one: MatterImport, agency: Agency) -> Plan:
    """Compare the rows that were read with the agency's list; six queries whatever their number."""
    present = list(Matter.objects.filter(agency=agency, abolished_on=None))
    rows = [_Row.of(at, stored) for at, stored in enumerate(one.rows)]
    _pair(rows, present)
    ties = _Ties.of(agency)
    digest = _digest(present, one)
    next_number = max([row.given.get("number", 0) for row in rows] + [matter.number for matter in present], default=0)
    planned: list[Planned] = []
    for row in rows:
        given = ties.resolved(row.given)
        if row.matter is None and not given.get("number"):
            next_number += 1
            given["number"] = next_number
        if row.matter is None:
            planned.append(Planned(row.number, made(agency, given)))
        else:
            planned.append(Planned(row.number, row.matter, amended(row.matter, given)))
    _judge(planned, rows, present, ties)
    good = [pair for pair in planned if not pair.problems]
    meant = {row.matter.pk for row in rows if row.matter is not None}
    return Plan(
        added=[pair for pair in good if pair.matter.pk is None],
        changed=[pair for pair in good if pair.matter.pk is not None and pair.told["after"]],
        same=[pair for pair in good if pair.matter.pk is not None and not pair.told["after"]],
        missing=[matter for matter in present if matter.pk not in meant],
        refused=[pair for pair in planned if pair.problems],
        digest=digest,
    )


@dataclass
class _Row:
    number: int
    given: dict[str, Any]
    problems: dict[str, str]
    matter: Matter | None = None

    @classmethod
    def of(cls, at: int, stored: Mapping[str, Any]) -> "_Row":
        return cls(int(stored["number"]), dict(stored["given"]), dict(stored["problems"]))

    @property
    def names(self) -> tuple[str, str, str]:
        return (self.given.get("first", ""), self.given.get("second", ""), self.given.get("content", ""))


@dataclass(frozen=True)
class _Ties:
    """Departments, columns and topics of the agency, read once for all rows."""

    departments: Mapping[int, Any]
    columns: Mapping[int, Any]
    topics: frozenset[str]

    @classmethod
    def of(cls, agency: Agency) -> "_Ties":
        return cls(
            {one.pk: one for one in agency.departments.all()},
            {one.pk: one for one in agency.columns.all()},
            frozenset(Topic.objects.filter(agency=agency).values_list("slug", flat=True)),
        )

    def resolved(self, given: Mapping[str, Any]) -> dict[str, Any]:
        facts = {key: value for key, value in given.items() if key in FIELDS}
        if "department" in facts:
            facts["department"] = self.departments.get(facts["department"])
        if "column" in facts:
            facts["column"] = self.columns.get(facts["column"])
        return facts


def _pair(rows: Sequence[_Row], present: Sequence[Matter]) -> None:
    """Find the matter each row means: the same names and content, then the same names, then the same number with a name
    or the content in common. A matter is meant by one row only."""
    left = {one.pk: one for one in present}
    for keys in (_whole_name, _short_name):
        offered = _only_once((keys(one.first, one.second, one.content), one) for one in left.values())
        wanted = _only_once((keys(*row.names), row) for row in rows if row.matter is None)
        for key, row in wanted.items():
            if key in offered:
                row.matter = left.pop(offered[key].pk)
    by_number = _only_once((one.number, one) for one in left.values())
    for row in rows:
        candidate = by_number.get(row.given.get("number", 0))
        if row.matter is None and candidate is not None and candidate.pk in left and _alike(row, candidate):
            row.matter = left.pop(candidate.pk)


def _whole_name(first: str, second: str, content: str) -> tuple[str, ...]:
    return (first, second, content)


def _short_name(first: str, second: str, content: str) -> tuple[str, ...]:
    return (first, second)


def _only_once(pairs: Iterable[tuple[Any, Any]]) -> dict[Any, Any]:
    """By key, without the keys that came twice: they name nothing in particular."""
    found: dict[Any, Any] = {}
    twice = set()
    for key, one in pairs:
        if key in found:
            twice.add(key)
        found[key] = one
    return {key: one for key, one in found.items() if key not in twice}


def _alike(row: _Row, matter: Matter) -> bool:
    first, second, content = row.names
    return (
        (first == matter.first and bool(first))
        or (second == matter.second and bool(second))
        or (content == matter.content and bool(content))
    )


def _judge(planned: Sequence[Planned], rows: Sequence[_Row], present: Sequence[Matter], ties: _Ties) -> None:
    """Say of every row what is wrong with it; a name that several rows bear is wrong in the later ones."""
    said: dict[tuple[str, str, str], int] = {}
    for pair, row in zip(planned, rows, strict=True):
        problems = dict(row.problems)
        try:
            check(pair.matter, topics=ties.topics)
        except ValidationError as error:
            problems = {key: "；".join(told) for key, told in error.message_dict.items()} | problems
        names = (pair.matter.first, pair.matter.second, pair.matter.content)
        if names in said:
            problems.setdefault("second", f"与第{said[names]}行的事项完全相同，请删去一行。")
        said.setdefault(names, pair.row)
        pair.problems = [_told(key, text) for key, text in problems.items()]


def _told(key: str, text: str) -> str:
    """The problem with the name of its column, unless the sentence says it."""
    label = LABELS.get(key, "")
    return text if not label or label in text else f"{label}：{text}"


def _digest(present: Sequence[Matter], read: MatterImport) -> str:
    """A fingerprint of the list and of what was read, so that what was looked at is what is carried out: also where a
    database gives the id of an import that was thrown away to the next one."""
    fields = [field.attname for field in Matter._meta.concrete_fields]
    rows = [[str(getattr(one, name)) for name in fields] for one in present]
    return hashlib.sha256(json.dumps([rows, read.rows], sort_keys=True).encode()).hexdigest()
