"""What an item can be suggested by before its words are typed whole: how its title sounds, how its number begins. Pure.

The engine keeps these terms beside the text of an item; a suggestion asks for all terms of what was typed and then
looks at the titles themselves (``heard``, ``begins``), because terms say nothing about order.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from gongkai.search.analysis import squeezed
from gongkai.search.pinyin import LETTERS, Sound, blurred, sounds, splits

_INITIALS = (2, 3, 4)
_NUMBER_FROM, _NUMBER_TO = 3, 24
_LONGEST = 40


def terms(title: str, numbers: Sequence[str] = ()) -> list[str]:
    """The terms of an item: initials by twos, threes and fours, syllables alone and by twos, beginnings of numbers."""
    found: dict[str, None] = {}
    for run in _runs(sounds(title)):
        syllables = [blurred(one.syllable) for one in run]
        found |= dict.fromkeys(_of_initials("".join(one.syllable[0] for one in run)))
        found |= dict.fromkeys(_of_syllables(syllables))
    for number in numbers:
        found |= dict.fromkeys(_of_number(number))
    return list(found)


def asked_by_sound(typed: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The ways to take typed letters: the syllables (or begun ones) of each, and the terms that an item must have.

    Whole syllables first, then initials; none for what is not letters alone or is too short to mean anything.
    """
    letters = "".join(typed.lower().replace("ü", "v").replace("'", "").split())
    if not 2 <= len(letters) <= _LONGEST or not LETTERS.fullmatch(letters):
        return []
    ways = splits(letters)
    if len(letters) <= 12:
        ways.append(tuple(letters))
    return [(way, wanted) for way in ways if (wanted := _wanted(way))]


def sound_terms(text: str) -> tuple[str, ...]:
    """Terms that an item must have in which this Chinese text can be heard, whichever characters it is written with."""
    runs = _runs(sounds(text))
    return tuple(dict.fromkeys(term for run in runs for term in _pairs([blurred(one.syllable) for one in run])))


def number_term(typed: str) -> str:
    """The term for the beginning of a document number or index number; "" when it is too short."""
    plain = squeezed(typed)
    return f"n:{plain[:_NUMBER_TO]}" if len(plain) >= _NUMBER_FROM else ""


def heard(title: str, way: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where in the title (start, end) the syllables, or beginnings of them, follow one another."""
    wanted = [blurred(one) for one in way]
    for run in _runs(sounds(title)):
        said = [(one.syllable, blurred(one.syllable)) for one in run]
        for at in range(len(said) - len(way) + 1):
            here = said[at : at + len(way)]
            if all(_fits(one, *there) for one, there in zip(zip(way, wanted, strict=True), here, strict=True)):
                yield run[at].at, run[at + len(way) - 1].at + 1


def _fits(typed: tuple[str, str], syllable: str, blurred_syllable: str) -> bool:
    """A single letter is any syllable's initial; more letters are the syllable or its beginning."""
    exact, vague = typed
    return vague == blurred_syllable or syllable.startswith(exact)


def _wanted(way: Sequence[str]) -> tuple[str, ...]:
    """Initials by fours over the whole, and pairs of the syllables that are complete."""
    initials = "".join(one[0] for one in way)
    size = min(len(initials), _INITIALS[-1])
    found = [f"i:{initials[at : at + size]}" for at in range(len(initials) - size + 1)] if size >= 2 else []
    whole = [blurred(one) for one in (way if len(way) == 1 else way[:-1]) if len(one) > 1]
    complete = len(whole) == len(way) - 1 and len(way) > 1
    if len(way) == 1:
        return (f"p:{whole[0]}",) if whole else ()
    return (*found, *(_pairs(whole) if complete else ()))


def _pairs(syllables: Sequence[str]) -> list[str]:
    if len(syllables) == 1:
        return [f"p:{syllables[0]}"]
    return [f"p:{one}-{two}" for one, two in pairwise(syllables)]


def _runs(said: Sequence[Sound]) -> list[list[Sound]]:
    """Characters that stand side by side."""
    runs: list[list[Sound]] = []
    for one in said:
        if runs and runs[-1][-1].at + 1 == one.at:
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def _of_initials(initials: str) -> Iterator[str]:
    for size in _INITIALS:
        for at in range(len(initials) - size + 1):
            yield f"i:{initials[at : at + size]}"


def _of_syllables(syllables: Sequence[str]) -> Iterator[str]:
    yield from (f"p:{one}" for one in syllables)
    yield from (f"p:{one}-{two}" for one, two in pairwise(syllables))


def _of_number(number: str) -> Iterator[str]:
    plain = squeezed(number)
    for end in range(_NUMBER_FROM, min(len(plain), _NUMBER_TO) + 1):
        yield f"n:{plain[:end]}"
