"""From a letter and its facts to what stands on the sheet: frame, body, enclosed slips. Paper comes after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from html import escape

from django.template.loader import render_to_string

from gongkai.applications.letters import wording
from gongkai.applications.letters.catalogue import Addressee, Letter, Paragraph, get
from gongkai.applications.letters.facts import ItemReply, LetterFacts, inline, is_known
from gongkai.law.numerals import chinese_date, to_chinese

_TEMPLATES = "applications/letters"


class IncompleteLetter(ValueError):
    """Facts are missing; ``missing`` names all of them in Chinese."""

    def __init__(self, names: list[str]) -> None:
        self.missing = names
        super().__init__(f"还缺少：{'、'.join(names)}。补齐后才能出具这份文书。")


@dataclass(frozen=True, slots=True)
class House:
    """How an agency writes: its own wordings (letter key → paragraph key → text), red head, seal."""

    wordings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    red_head: str = ""
    seal: bytes = b""
    seal_mm: int = 42

    def of(self, letter: Letter) -> Mapping[str, str]:
        """The own wordings of a letter; empty for what it leaves as it comes."""
        return self.wordings.get(letter.key, {})


PLAIN = House()


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A sheet that goes with the letter, to be filled in and sent back."""

    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Composed:
    """A letter as it will stand on paper. ``body`` and enclosures are markup; everything else plain text."""

    key: str
    title: str
    agency: str
    number: str
    salutation: str
    body: str
    enclosed: tuple[str, ...]
    enclosures: tuple[Enclosure, ...]
    signature: str
    signed_on: str
    red_head: str = ""
    seal: bytes = b""
    seal_mm: int = 42
    is_table: bool = False

    def with_body(self, body: str) -> Composed:
        """The same frame around a body that came back from Word, which knows nothing of our kinds of tables."""
        return replace(self, body=body.replace("<table>", '<table class="sheet">') if self.is_table else body)


def missing(letter: Letter, facts: LetterFacts, house: House = PLAIN) -> list[str]:
    """Chinese names of all facts that are still needed; empty when the letter can be written.

    The parts of a combined reply name theirs with their position: 第（二）项：检索情况.
    """
    wanted = [name for name in letter.required_in(house.of(letter)) if not is_known(facts, name)]
    for position, part in enumerate(facts.parts, 1):
        needed = [name for one in _operative(part, house) for name in one.names if not one.needs]
        within = _within(part, facts)
        lacking = [name for name in dict.fromkeys(needed) if not is_known(within, name)]
        wanted += [f"第（{to_chinese(position)}）项：{name}" for name in lacking]
    return wanted


def compose(letter: Letter, facts: LetterFacts, house: House = PLAIN) -> Composed:
    """The letter. Raises IncompleteLetter with everything that is missing."""
    if lacking := missing(letter, facts, house):
        raise IncompleteLetter(lacking)
    if letter.table:
        body, signature, signed_on = _drawn(letter.table, facts), "", ""
    else:
        own = house.of(letter)
        shown = [one for one in letter.paragraphs if all(is_known(facts, name) for name in one.needs)]
        body = "\n".join(_written(one, letter, facts, house, own) for one in shown)
        signature, signed_on = facts.agency, inline(facts, "成文日期")
    return Composed(
        key=letter.key,
        title=letter.title,
        agency=facts.agency,
        number=facts.number if letter.series else "",
        salutation="" if letter.table else f"{inline(facts, letter.to)}：",
        body=body,
        enclosed=() if letter.table else (*letter.enclosures, *facts.enclosures),
        enclosures=(Enclosure(letter.enclosures[0], _drawn(letter.slip, facts)),) if letter.slip else (),
        signature=signature,
        signed_on=signed_on,
        red_head="" if letter.addressee is Addressee.INTERNAL else house.red_head,
        seal=b"" if letter.table else house.seal,
        seal_mm=house.seal_mm,
        is_table=bool(letter.table),
    )


def _written(one: Paragraph, letter: Letter, facts: LetterFacts, house: House, own: Mapping[str, str]) -> str:
    if one.block == "parts":
        return "\n".join(_part(position, part, facts, house) for position, part in enumerate(facts.parts, 1))
    if one.block:
        return _drawn(one.block, facts)
    return wording.as_html(wording.paragraphs(own.get(one.key, one.text), facts, letter.citation))


def _part(position: int, part: ItemReply, facts: LetterFacts, house: House) -> str:
    """The reply to one item: its heading, and what a letter of its own would decide."""
    letter, within = get(part.letter), _within(part, facts)
    shown = [one for one in _operative(part, house) if all(is_known(within, name) for name in one.needs)]
    heading = f"<h3>（{to_chinese(position)}）{escape(inline(within, '申请内容'), quote=False)}</h3>"
    texts = [text for one in shown for text in wording.paragraphs(one.text, within, letter.citation)]
    if letter.articles and wording.CITATION not in "".join(one.text for one in shown):
        texts[0] = f"根据{letter.citation}的规定，{texts[0]}"
    return f"{heading}\n{wording.as_html(texts)}"


def _operative(part: ItemReply, house: House) -> list[Paragraph]:
    """What of a letter decides, in the agency's own wording."""
    letter = get(part.letter)
    own = house.of(letter)
    return [replace(one, text=own.get(one.key, one.text)) for one in letter.paragraphs if one.operative]


def _within(part: ItemReply, facts: LetterFacts) -> LetterFacts:
    return replace(part.facts, form_of_address=facts.form_of_address)


def _drawn(name: str, facts: LetterFacts) -> str:
    """A table, of what is known; the rest is left to be filled in by hand."""
    context = {"facts": facts, "day": _days(facts)}
    return render_to_string(f"{_TEMPLATES}/{name}.html", context).strip()


def _days(facts: LetterFacts) -> dict[str, str]:
    """Days as they are written, by field; what is open is left blank."""
    named = ("submitted_on", "received_on", "due_on", "served_on", "signed_on", "noticed_on")
    return {name: chinese_date(day) if (day := getattr(facts, name)) else "" for name in named}
