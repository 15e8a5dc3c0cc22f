"""What ``content/applications`` tells: who applies, what for, how many in which year. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from random import Random
from typing import Any

from gongkai.demo.city import read_toml

GROUPS = ("granted", "partial", "denied", "not_provided", "not_processed", "other")
"""The order of ``decided`` in the content: the groups of the annual report."""
AGENCIES = {"A02": "urban.toml", "A03": "stations.toml"}
_SLOT = re.compile(r"\{([^{}]+)\}")
_CITIZENS = 0.74
_KINDS = ("enterprise", "enterprise", "legal_service", "research", "public_interest", "other")


@dataclass(frozen=True)
class DemoWanted:
    """One kind of information asked for, and how such a request is decided; ``facts`` as ``law.replies`` wants them."""

    outcome: str
    department: str
    names: tuple[str, ...]
    features: str
    grounds: tuple[str, ...]
    reasons: str
    facts: Mapping[str, Any]
    unclear: str = ""
    supplement: str = ""
    place: str = ""
    terms: str = ""
    found: str = ""

    def named(self, rng: Random, day: date) -> str:
        """One of its names, filled for an application of that day."""
        return filled(rng.choice(self.names), rng, day)


@dataclass(frozen=True)
class DemoApplicant:
    """Who applies: ``kind`` of ``PartyKind``, ``personal`` facts of ``Party.PERSONAL``."""

    kind: str
    personal: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class DemoYear:
    """The numbers of an agency's year: decided by group, and of the cases how many had a certain step."""

    received: int
    decided: Mapping[str, int]
    carried: int
    third_party: int
    extended: int
    clarified: int
    joint: int


@dataclass(frozen=True)
class DemoRemedy:
    """A remedy against a reply of the year ``filed``; ``decided`` 0: not yet."""

    agency: str
    kind: str
    filed: int
    result: str
    decided: int
    claim: str
    decision: str


_FACTS = ("way_to_get", "other_agency_name", "other_agency_contact", "special_provision", "proper_channel")
_TYPED = (*_FACTS, "third_party", "earlier_reply")


@lru_cache
def wanted(agency: str) -> tuple[DemoWanted, ...]:
    """Everything that agency is asked for."""
    told = read_toml("applications", AGENCIES[agency])["wanted"]
    return tuple(_wanted(one) for one in told)


def _wanted(told: Mapping[str, Any]) -> DemoWanted:
    texts = ("unclear", "supplement", "place", "terms", "found")
    return DemoWanted(
        outcome=told["outcome"],
        department=told["department"],
        names=tuple(told["names"]),
        features=told["features"],
        grounds=tuple(told.get("grounds", ())),
        reasons=told.get("reasons", ""),
        facts={key: told[key] for key in _TYPED if key in told},
        **{key: told.get(key, "") for key in texts},
    )


def first_year(agency: str) -> int:
    """The first year that is told."""
    return min(int(key) for key in read_toml("applications", "years.toml")[agency] if key.isdigit())


def first_carried(agency: str) -> int:
    """How many came in before the first year and were decided in it."""
    return int(read_toml("applications", "years.toml")[agency]["first_carried"])


def year(agency: str, number: int) -> DemoYear:
    """The numbers of that year; of a year after those told, those of ``later``."""
    told = read_toml("applications", "years.toml")[agency]
    one = told.get(str(number), told["later"])
    return DemoYear(
        received=one["received"],
        decided=dict(zip(GROUPS, one["decided"], strict=True)),
        carried=one["carried"],
        third_party=one.get("third_party", one["received"] // 12),
        extended=one.get("extended", one["received"] // 18),
        clarified=one.get("clarified", one["received"] // 14),
        joint=one.get("joint", one["received"] // 50),
    )


def remedies(agency: str) -> list[DemoRemedy]:
    """Remedies told of that agency's years."""
    return [DemoRemedy(**one) for one in read_toml("applications", "years.toml")["remedy"] if one["agency"] == agency]


def applicant(rng: Random, kind: str = "") -> DemoApplicant:
    """Somebody; a citizen more often than not."""
    people = read_toml("applications", "people.toml")
    kind = kind or ("citizen" if rng.random() < _CITIZENS else rng.choice(_KINDS))
    phone = f"0000-555{rng.randint(1000, 9999)}"
    person = rng.choice(people["surnames"]) + rng.choice(people["names"])
    address = f"澜川市{rng.choice(_gazetteer()['区'])}{rng.choice(people['streets'])}{rng.randint(1, 120)}号"
    if kind == "citizen":
        mail = {"email": f"user{rng.randint(100, 999)}@lanchuan.example"}
        return DemoApplicant(kind, {"name": person, "phone": phone, "address": address, **mail})
    name = rng.choice(people["organisations"][kind])
    return DemoApplicant(kind, {"name": name, "contact_person": person, "phone": phone, "address": address})


def filled(text: str, rng: Random, day: date) -> str:
    """With years of that day and names of the gazetteer in the braces."""

    def fill(match: re.Match[str]) -> str:
        years = {"年": day.year, "去年": day.year - 1}
        slot = match.group(1)
        return str(years[slot]) if slot in years else str(rng.choice(_gazetteer()[slot]))

    return _SLOT.sub(fill, text)


def _gazetteer() -> dict[str, list[str]]:
    return read_toml("gazetteer.toml")
