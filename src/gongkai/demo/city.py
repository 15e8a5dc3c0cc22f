"""The demo city's bodies, officers and columns, read from ``content/``: who discloses, and where it is shown."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

CONTENT = files("gongkai.demo") / "content"


@dataclass(frozen=True)
class DemoLeader:
    """A leader as the 领导信息 column shows them."""

    name: str
    post: str
    duties: str


@dataclass(frozen=True)
class DemoDepartment:
    """A department 处室 and what it is charged with."""

    name: str
    duties: str
    phone: str


@dataclass(frozen=True)
class DemoOfficer:
    """A sign-in of the demo; ``department`` is empty for a leader, ``roles`` are keys of ``shapes.ROLES``."""

    username: str
    name: str
    roles: tuple[str, ...]
    department: str


@dataclass(frozen=True)
class DemoSuccession:
    """How a body ended: ``kind`` is merged (合并) or renamed (更名)."""

    kind: str
    on: date
    successor: str
    ground: str


@dataclass(frozen=True)
class DemoBody:
    """A body of the city with the contacts article 12 wants in its guide."""

    code: str
    name: str
    short_name: str
    slug: str
    host: str
    document_prefix: str
    parent: str
    supervisor: bool
    site_name: str
    site_id: str
    icp: str
    disclosure_office: str
    address: str
    postcode: str
    hours: str
    phone: str
    fax: str
    mailbox: str
    functions: tuple[str, ...]
    leaders: tuple[DemoLeader, ...]
    departments: tuple[DemoDepartment, ...]
    officers: tuple[DemoOfficer, ...]
    succession: DemoSuccession | None


@dataclass(frozen=True)
class DemoColumn:
    """A column 栏目: a saved rule with its place and update duty. The required columns come from the catalogue.

    The rule is of types, topics and items of article 20; empty means any. ``path`` is unique within the agency, its
    parts separated by a slash; ``duty`` is a key of ``gongkai.law.upkeep``; ``reach`` is own or city.
    """

    agency: str
    path: str
    title: str
    order: int
    duty: str
    description: str
    types: tuple[str, ...]
    topics: tuple[str, ...]
    items: tuple[int, ...]
    reach: str

    @property
    def parent(self) -> str:
        """The path of the column above, empty at the top."""
        return self.path.rpartition("/")[0]

    @property
    def key(self) -> str:
        """The column's address within its agency."""
        return self.path.replace("/", "-")


@lru_cache
def read_toml(*path: str) -> dict[str, Any]:
    """One content file."""
    return tomllib.loads(CONTENT.joinpath(*path).read_text(encoding="utf-8"))


def content_names(folder: str, suffix: str) -> list[str]:
    """Names of the content files in a folder, in a fixed order."""
    return sorted(entry.name for entry in CONTENT.joinpath(folder).iterdir() if entry.name.endswith(suffix))


@lru_cache
def bodies() -> tuple[DemoBody, ...]:
    """Every body of the city, parents first, bodies that ended last."""
    rows = [row for name in content_names("city", ".toml") for row in read_toml("city", name)["body"]]
    return tuple(_body(row) for row in sorted(rows, key=lambda row: row["code"]))


def body(code: str) -> DemoBody:
    """The body with a code; KeyError when there is none."""
    return {one.code: one for one in bodies()}[code]


@lru_cache
def columns() -> tuple[DemoColumn, ...]:
    """Every agency's own columns, a parent before its children."""
    found: list[DemoColumn] = []
    for name in content_names("columns", ".toml"):
        tree = read_toml("columns", name)
        rows = sorted(tree["column"], key=lambda row: (row["path"].count("/"), row["order"]))
        found += [_column(tree["agency"], row) for row in rows]
    return tuple(found)


def topics() -> dict[str, str]:
    """Names of the topics 专题 by slug."""
    return dict(read_toml("topics.toml"))


def _body(row: dict[str, Any]) -> DemoBody:
    plain = {key: row[key] for key in DemoBody.__dataclass_fields__ if isinstance(row.get(key), str | bool)}
    succession = row.get("succession")
    return DemoBody(
        **plain,
        functions=tuple(row["functions"]),
        leaders=tuple(DemoLeader(**one) for one in row["leaders"]),
        departments=tuple(DemoDepartment(**{"phone": row["phone"], **one}) for one in row["departments"]),
        officers=tuple(DemoOfficer(**{**one, "roles": tuple(one["roles"])}) for one in row["officers"]),
        succession=DemoSuccession(**succession) if succession else None,
    )


def _column(agency: str, row: dict[str, Any]) -> DemoColumn:
    return DemoColumn(
        agency=agency,
        path=row["path"],
        title=row["title"],
        order=row["order"],
        duty=row["duty"],
        description=row["description"],
        types=tuple(row.get("types", ())),
        topics=tuple(row.get("topics", ())),
        items=tuple(row.get("items", ())),
        reach=row.get("reach", "own"),
    )
