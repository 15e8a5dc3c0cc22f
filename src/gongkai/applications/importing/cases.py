"""A case as it stands in a former ledger: facts by column, its items, what is wrong with which cell."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from gongkai.applications.importing.headings import BY_KEY
from gongkai.law.clock import (
    Act,
    ClarificationNotice,
    Closed,
    ConsultationAnswered,
    ConsultationKind,
    ConsultationSent,
    ExtensionGranted,
    Received,
    Replied,
    Supplement,
    Withdrawn,
)
from gongkai.law.receipt import Channel


@dataclass(frozen=True)
class Problem:
    """What is wrong with a cell, and how to write it."""

    row: int
    column: str
    text: str

    def sentence(self, case: "LedgerCase") -> str:
        """For the office, in its own words for its columns."""
        label = case.column(self.column) if self.column in BY_KEY else ""
        return f"第{self.row}行{f'“{label}”' if label else ''}：{self.text}"


@dataclass(frozen=True)
class LedgerItem:
    """One row: what is asked for, and the decision on it (``outcome`` "" : none yet)."""

    row: int
    name: str
    document_number: str = ""
    features: str = ""
    outcome: str = ""
    grounds: tuple[str, ...] = ()
    reasons: str = ""


@dataclass
class LedgerCase:
    """A case: its former number, its facts by column key (days as ISO text), its items, its problems; what its ledger
    calls a column (by key), where it is not the template's name."""

    number: str
    facts: dict[str, Any] = field(default_factory=dict)
    items: list[LedgerItem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    named: Mapping[str, str] = field(default_factory=dict)

    def column(self, key: str) -> str:
        """What its ledger calls the column."""
        return self.named.get(key) or BY_KEY[key].label

    def day(self, key: str) -> date | None:
        """A day of the case."""
        written = self.facts.get(key)
        return date.fromisoformat(written) if written else None

    def said(self, key: str) -> str:
        """A text of the case; "" where there is none."""
        return str(self.facts.get(key) or "")

    @property
    def row(self) -> int:
        return self.items[0].row if self.items else 0

    @property
    def closed(self) -> bool:
        """Whether it had ended when the ledger was handed over."""
        return bool(self.facts.get("replied"))

    @property
    def ending(self) -> str:
        """How it ended: a value of ``applications.Ending``."""
        keys = {one.outcome for one in self.items}
        if keys == {"withdrawn"}:
            return "withdrawn"
        return "abandoned" if keys and keys <= {"clarification_lapsed", "fee_lapsed"} else "replied"

    def stored(self) -> dict[str, Any]:
        """JSON, to be sealed."""
        return {
            "number": self.number,
            "facts": self.facts,
            "items": [asdict(one) for one in self.items],
            "problems": [asdict(one) for one in self.problems],
        }

    @classmethod
    def of(cls, stored: Mapping[str, Any], named: Mapping[str, str]) -> "LedgerCase":
        """The case again; ``named`` is one and the same for all cases of a ledger, and kept once."""
        items = [LedgerItem(**one | {"grounds": tuple(one["grounds"])}) for one in stored["items"]]
        problems = [Problem(**one) for one in stored["problems"]]
        return cls(stored["number"], dict(stored["facts"]), items, problems, named)

    def acts(self) -> Iterator[Act]:
        """What the clock of the law will read of it."""
        arrived = self.day("arrived")
        if arrived is None:
            return
        channel = Channel(self.facts["channel"])
        signed = self.day("signed") or (arrived if channel is Channel.SIGNED_MAIL else None)
        yield Received(channel, arrived, signed, self.day("confirmed"))
        if (notified := self.day("clarified")) is not None:
            yield ClarificationNotice(notified, self.day("clarify_until"))
        if (supplemented := self.day("supplemented")) is not None:
            yield Supplement(supplemented)
        if (approved := self.day("extension_approved")) is not None:
            days = int(self.facts.get("extension_days") or 0)
            yield ExtensionGranted(approved, self.day("extension_notified"), days)
        if (sent := self.day("consulted_on")) is not None:
            kind = ConsultationKind(self.facts.get("consulted_kind") or "third_party")
            yield ConsultationSent("1", kind, sent, self.day("consulted_received"))
            if (answered := self.day("consulted_answered")) is not None:
                yield ConsultationAnswered("1", answered)
        ended = self.day("replied")
        if ended is not None:
            yield self._ended(ended)

    def _ended(self, on: date) -> Act:
        if self.ending == "withdrawn":
            return Withdrawn(on)
        return Replied(on) if self.ending == "replied" else Closed(on, "视为放弃")
