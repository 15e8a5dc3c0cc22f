"""What is known for a letter: what its case's rows say, and what somebody typed for it, which goes before."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from gongkai.applications.clock_facts import Clocks
from gongkai.applications.dispatch import Letter
from gongkai.applications.letter_reading import CaseReader
from gongkai.applications.letters.facts import ItemReply, LetterFacts, names
from gongkai.law import replies

TYPED = "本文书填写"
"""Where a fact comes from that was typed for this letter."""
DATES = frozenset(one.name for one in fields(LetterFacts) if one.name.endswith("_on") or one.name == "answer_by")
LISTS = frozenset(one.name for one in fields(LetterFacts) if one.type == "tuple[str, ...]")
READ_ONLY = frozenset({"parts", "fee_lines", "opinions", "remedies", "number", "signed_on"})
"""What the law or the case says, and nobody types."""


@dataclass(frozen=True)
class Known:
    """The facts, and of each (by its field) in officials' words where it comes from."""

    facts: LetterFacts
    sources: Mapping[str, str]


def facts_for(letter: Letter, *, clocks: Clocks, masked: bool = False) -> LetterFacts:
    """Everything that is known for the letter. Raises nothing: what is missing is empty, and the letter says so."""
    return known_for(letter, clocks=clocks, masked=masked).facts


def known_for(letter: Letter, *, clocks: Clocks, masked: bool = False) -> Known:
    """The same with the sources. ``masked``: as lists show people, for pages that nobody deliberately asked for."""
    case = letter.application
    reader = CaseReader(case, letter, clocks, masked=masked)
    chosen = list(letter.items.all())
    items = chosen or list(case.items.all())
    found: dict[str, Any] = {}
    sources: dict[str, str] = {}
    for source, part in reader.parts(items):
        found |= part
        sources |= dict.fromkeys((name for name, value in part.items() if value), source)
    facts = LetterFacts(**found)
    if letter.key == "reply-mixed":
        each = tuple(
            ItemReply(replies.outcome(one.outcome).letter, replace(facts, **reader.decision([one])))
            for one in items
            if one.outcome
        )
        facts, sources["parts"] = replace(facts, parts=each), "处理决定"
    typed = typed_facts(letter.given)
    return Known(replace(facts, **typed), sources | dict.fromkeys(typed, TYPED))


def typed_facts(given: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed for a letter, by Chinese name: dates as ISO, several texts one under the other."""
    known = names()
    found: dict[str, Any] = {}
    for name, value in given.items():
        field_name = known.get(name)
        if not value or field_name is None or field_name in READ_ONLY:
            continue
        if field_name in DATES:
            found[field_name] = date.fromisoformat(str(value))
        elif field_name in LISTS:
            found[field_name] = tuple(line.strip() for line in str(value).splitlines() if line.strip())
        elif field_name == "working_days":
            found[field_name] = int(value)
        else:
            found[field_name] = str(value).strip()
    return found
