"""How Chinese text becomes tokens, and how a question becomes phrases of them. Pure.

Runs of Chinese characters are kept as overlapping pairs, with their first and last character alone; runs of Latin
letters and digits are one token; everything between runs (punctuation, brackets, blanks) is one and the same border.
So 国办发〔2019〕54号, 国办发[2019]54号 and 国办发 【2019】 54 号 are the same tokens, and a question asked as a phrase
finds exactly what a scan for the normalised substring finds. The single characters at the ends let a phrase go over a
border (第26条的) and end right behind one (第3号) without inventing hits.

Characters are normalised one by one (NFKC, lower case, Traditional to Simplified), without looking at neighbours:
what is a part of a text has to stay a part of its normal form.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from opencc import OpenCC

VERSION = "pairs-1"
"""Names what this module makes of a text; an index made with another version is made anew."""

FOUR = 4
LONGEST_TOKEN = 64  # letters and digits in one; longer ones (a key, an encoded picture) are cut into pieces
BREAK = "\x1f"
"""Stands between parts of a text (title, body, attachment) that no phrase may reach across."""

HAN = "々〆〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+|\x1f")
_WITHIN = re.compile(rf"(?<=[{HAN}])[ \xa0]+(?=[{HAN}])")
_LINE = re.compile(rf"(?<=[{HAN}])[ \xa0]*\r?\n[ \xa0]*(?=[{HAN}])")
_FIRST_HAN = re.compile(rf"[{HAN}]")
_NUMERIC = re.compile(r"[0-9]+")


class _Table(dict[int, str]):
    """What each character becomes, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        made = unicodedata.normalize("NFKC", chr(code)).lower()
        if _FIRST_HAN.match(made):
            made = "".join(map(_simplified().convert, made))
        self[code] = made
        return made


@cache
def _simplified() -> OpenCC:
    return OpenCC("t2s")


_TABLE = _Table()


@dataclass(frozen=True)
class Phrase:
    """A question's word as it is looked for: its normalised runs, in order, none of them empty."""

    runs: tuple[str, ...]

    @property
    def is_one_character(self) -> bool:
        return len(self.runs) == 1 and len(self.runs[0]) == 1 and is_han(self.runs[0])

    @property
    def four(self) -> str:
        """The phrase when it is just four characters, else ""."""
        return self.runs[0] if len(self.runs) == 1 and len(self.runs[0]) == FOUR and is_han(self.runs[0]) else ""

    @property
    def fours(self) -> tuple[str, ...]:
        """Groups of four characters without overlap that the phrase contains: a text without them cannot match."""
        return tuple(
            run[at : at + FOUR] for run in self.runs if is_han(run) for at in range(0, len(run) - FOUR + 1, FOUR)
        )

    def __str__(self) -> str:
        return " ".join(self.runs)


def normal(text: str) -> str:
    """The normal form: NFKC, lower case, Simplified, character by character."""
    return text.translate(_TABLE)


def is_han(run: str) -> bool:
    """Whether it begins with a Chinese character (a run is all Chinese or not at all)."""
    return bool(_FIRST_HAN.match(run))


def runs(text: str, *, lines: bool = False) -> list[str]:
    """The runs of the text's normal form. Blanks between Chinese characters do not count (总　则 is 总则); with
    ``lines``, ends of lines do not either, as in text taken from the lines of a printed page."""
    made = _WITHIN.sub("", normal(text))
    if lines:
        made = _LINE.sub("", made)
    return _RUN.findall(made)


def tokens(found: Sequence[str]) -> list[str]:
    """The tokens of these runs, one position each."""
    out: list[str] = []
    for run in found:
        if not is_han(run):
            out += _pieces(run)
            continue
        out.append(run[0])
        if len(run) > 1:
            out += map("".join, pairwise(run))
            out.append(run[-1])
    return out


def grams(found: Sequence[str]) -> list[str]:
    """Every group of four characters, as often as it occurs, and every single character once."""
    out = [run[at : at + FOUR] for run in found if is_han(run) for at in range(len(run) - FOUR + 1)]
    out += {character for run in found if is_han(run) for character in run}
    return out


def phrase(text: str) -> Phrase | None:
    """The text as one phrase; None when there is nothing in it to look for."""
    found = [run for run in runs(text) if run != BREAK]
    return Phrase(tuple(found)) if found else None


def phrases(text: str) -> list[Phrase]:
    """A question's words, separated by blanks, each once."""
    return list(dict.fromkeys(made for word in text.split() if (made := phrase(word)) is not None))


def placed(asked: Phrase) -> list[tuple[int, str]]:
    """The phrase as tokens with their offsets, no more of them than prove it: every second pair is enough, because the
    pair between is made of characters that both its neighbours hold."""
    out: list[tuple[int, str]] = []
    at, last = 0, len(asked.runs) - 1
    for number, run in enumerate(asked.runs):
        if not is_han(run):
            pieces = _pieces(run)
            out += enumerate(pieces, at)
            at += len(pieces)
            continue
        if number > 0:
            out.append((at, run[0]))
            at += 1
        pairs = len(run) - 1
        out += [(at + one, run[one : one + 2]) for one in _enough(pairs)]
        at += pairs
        if number < last and (pairs or number == 0):
            out.append((at, run[-1]))
            at += 1
    return out


def _enough(pairs: int) -> Iterator[int]:
    """Which of so many pairs prove the run: every second one and the last."""
    yield from range(0, pairs, 2)
    if pairs and pairs % 2 == 0:
        yield pairs - 1


def _pieces(run: str) -> list[str]:
    if len(run) <= LONGEST_TOKEN:
        return [run]
    return [run[at : at + LONGEST_TOKEN] for at in range(0, len(run), LONGEST_TOKEN)]


def squeezed(text: str) -> str:
    """The text without any border: what two ways of typing a title have in common."""
    return "".join(runs(text, lines=True))


def serial_key(text: str) -> str:
    """An index number's parts without leading zeros: A02-2024-000183, "a02/2024/183" → "a02-2024-183"."""
    return "-".join(run.lstrip("0") or "0" if _NUMERIC.fullmatch(run) else run for run in runs(text))


def unbroken(text: str) -> str:
    """Text taken from the lines of a printed page, as it was before it was set in lines."""
    return _LINE.sub("", text)
