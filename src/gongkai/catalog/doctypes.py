"""Document types as declared data: one TOML file each under ``types/``, every property explicit, nothing inferred.

No code names a concrete type; what differs between types is read here.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from gongkai.catalog.header import BY_KEY
from gongkai.law import articles
from gongkai.law.limits import Limit
from gongkai.law.wordings import parse as parse_limit

_FOLDER = Path(__file__).parent / "types"
_KEYS = frozenset(
    {
        "key", "label", "order", "item", "matter", "fields", "required", "genres", "review", "legal_text", "validity",
        "limit", "advice", "not_for", "skip_checks",
    }
)  # fmt: skip
REVIEW_STEPS: dict[str, str] = {
    "dept_review": "处室初审",
    "legal_review": "法制审核",
    "office_review": "办公室复审",
    "secrecy_review": "保密审查",
    "leader_review": "分管领导终审",
}
"""The steps a review chain may consist of, in the only order in which they can stand (初审 → 复审 → 终审)."""


class BadTypeFile(ValueError):
    """A type's file does not say what it must; the message names file and property."""


@dataclass(frozen=True)
class DocumentType:
    """A declared type. ``fields`` are the header keys it has, ``required`` those without which it is not submitted,
    ``review`` the steps of its usual chain, ``item`` its item of article 20, ``matter`` the 事项 it
    belongs to, ``limit`` its time limit."""

    key: str
    label: str
    order: int
    item: str
    matter: str
    fields: tuple[str, ...]
    required: tuple[str, ...]
    genres: tuple[str, ...]
    review: tuple[str, ...]
    legal_text: bool
    validity: bool
    limit: Limit
    advice: str
    not_for: str
    skip_checks: frozenset[str]

    @property
    def item_label(self) -> str:
        return articles.item(self.item).name


@cache
def all_types() -> dict[str, DocumentType]:
    """Every declared type by key, in the order of display. Raises BadTypeFile."""
    found = [_read(path) for path in sorted(_FOLDER.glob("*.toml"))]
    found.sort(key=lambda one: one.order)
    return {one.key: one for one in found}


def get(key: str) -> DocumentType:
    """The type of that key; raises KeyError."""
    return all_types()[key]


def choices() -> list[tuple[str, str]]:
    """(key, label) pairs for a form."""
    return [(one.key, one.label) for one in all_types().values()]


def _read(path: Path) -> DocumentType:
    facts = tomllib.loads(path.read_text(encoding="utf-8"))
    _demand(set(facts) == _KEYS, path, f"properties differ: {sorted(set(facts) ^ _KEYS)}")
    _demand(facts["key"] == path.stem, path, "key and file name differ")
    _demand(set(facts["fields"]) <= set(BY_KEY), path, "unknown header field")
    _demand(set(facts["required"]) <= set(facts["fields"]), path, "a required field is not among the fields")
    steps = [step for step in REVIEW_STEPS if step in facts["review"]]
    _demand(bool(steps) and steps == facts["review"], path, "review steps unknown, out of order or none")
    return _made(facts)


def _made(facts: dict[str, Any]) -> DocumentType:
    articles.item(facts["item"])
    return DocumentType(
        key=facts["key"],
        label=facts["label"],
        order=facts["order"],
        item=facts["item"],
        matter=facts["matter"],
        fields=tuple(facts["fields"]),
        required=tuple(facts["required"]),
        genres=tuple(facts["genres"]),
        review=tuple(facts["review"]),
        legal_text=facts["legal_text"],
        validity=facts["validity"],
        limit=parse_limit(facts["limit"]),
        advice=facts["advice"],
        not_for=facts["not_for"],
        skip_checks=frozenset(facts["skip_checks"]),
    )


def _demand(holds: bool, path: Path, otherwise: str) -> None:
    if not holds:
        raise BadTypeFile(f"{path.name}: {otherwise}")
