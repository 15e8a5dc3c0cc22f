"""How Chinese text sounds, quickly enough for every title of a city, and how typed letters are taken as sounds. Pure.

Readings are those of pypinyin's dictionaries (one per character, and of some ten thousand words in which a character is
read otherwise: 银行, 重庆); its own segmentation would take longer than indexing the whole text. The dictionaries are
loaded when they are first asked: most processes of an installation never ask, and each would take half a second longer
to start.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from gongkai.search.analysis import normal

LETTERS = re.compile(r"[a-z]+")
_MOST_SPLITS = 4
_LONGEST_SYLLABLE = 6
# What many speakers do not tell apart (模糊音), and so do not type apart.
_BLURRED = ((re.compile(r"^([zcs])h"), r"\1"), (re.compile(r"ng$"), "n"))


@dataclass(frozen=True, slots=True)
class Sound:
    """A Chinese character of a text: where it stands and how it is read there (no tone; ü is v)."""

    at: int
    syllable: str


def sounds(text: str) -> list[Sound]:
    """Every Chinese character of the text with its reading; Traditional ones are read as the Simplified."""
    made = normal(text)
    read = _readings(made if len(made) == len(text) else text)
    return [Sound(at, syllable) for at, syllable in enumerate(read) if syllable]


def splits(letters: str) -> list[tuple[str, ...]]:
    """The ways to take letters as whole syllables, the last of which may be begun only; the fewest syllables first.

    "zhengwug" → ("zheng", "wu", "g"); "zwgk" → none.
    """
    found: list[tuple[str, ...]] = []
    _split(letters, (), found)
    return sorted(dict.fromkeys(found), key=len)[:_MOST_SPLITS]


def blurred(syllable: str) -> str:
    """What is left of a syllable when 平翘舌 and 前后鼻音 are not told apart."""
    for pattern, replacement in _BLURRED:
        syllable = pattern.sub(replacement, syllable)
    return syllable


def _split(rest: str, before: tuple[str, ...], found: list[tuple[str, ...]]) -> None:
    if not rest:
        found.append(before)
        return
    if len(found) >= 4 * _MOST_SPLITS:
        return
    for end in range(min(_LONGEST_SYLLABLE, len(rest)), 0, -1):
        piece = rest[:end]
        if piece in _syllables():
            _split(rest[end:], (*before, piece), found)
        elif end == len(rest) and before and piece in _beginnings():
            found.append((*before, piece))


def _readings(text: str) -> list[str]:
    """One reading per character, "" for what is not Chinese."""
    known = _characters()
    read = [known.get(character, "") for character in text]
    for start, end, syllables in _irregular(text):
        read[start:end] = syllables
    return read


def _irregular(text: str) -> Iterator[tuple[int, int, Sequence[str]]]:
    finder, words = _irregular_words()
    for number, start, end in finder.find_matches_as_indexes(text):
        yield start, end, words[number]


@cache
def _characters() -> dict[str, str]:
    from pypinyin.pinyin_dict import pinyin_dict

    return {chr(code): _plain(read.split(",")[0]) for code, read in pinyin_dict.items()}


@cache
def _irregular_words() -> tuple[AhoCorasick, list[list[str]]]:
    """Words in which a character is not read as it mostly is."""
    from pypinyin.phrases_dict import phrases_dict

    known = _characters()
    words, readings = [], []
    for word, read in phrases_dict.items():
        syllables = [_plain(one[0]) for one in read]
        if len(syllables) == len(word) and syllables != [known.get(one, "") for one in word]:
            words.append(word)
            readings.append(syllables)
    return AhoCorasick(words, matchkind=MatchKind.LeftmostLongest), readings


@cache
def _syllables() -> frozenset[str]:
    vowels = set("aeiouv")
    return frozenset(one for one in _characters().values() if one.isascii() and one.isalpha() and vowels & set(one))


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(one[:end] for one in _syllables() for end in range(1, len(one)))


def _plain(syllable: str) -> str:
    """Without its tone: "lǜ" → "lv"."""
    apart = unicodedata.normalize("NFD", syllable).replace("u\u0308", "v")
    return "".join(one for one in apart if not unicodedata.combining(one))
