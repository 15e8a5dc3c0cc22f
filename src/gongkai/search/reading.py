"""How a question's text is taken: the ways to understand it, from the strictest to the loosest. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from gongkai.search import analysis, numbers
from gongkai.search.analysis import Phrase
from gongkai.search.asking import Matched
from gongkai.search.cutting import words_of

MOST_WORDS = 8
_SAY_LITTLE = frozenset(
    {
        "的",
        "了",
        "和",
        "与",
        "及",
        "在",
        "是",
        "为",
        "对",
        "将",
        "把",
        "被",
        "等",
        "有",
        "吗",
        "呢",
        "么",
        "之",
        "于",
        "关于",
        "什么",
        "怎么",
        "怎样",
        "如何",
        "哪里",
        "哪些",
        "哪个",
        "多少",
        "是否",
        "需要",
        "可以",
        "能否",
        "怎么办",
        "为什么",
        "多久",
        "几天",
        "办理",
        "请问",
        "我",
        "你",
        "我们",
        "有关",
        "相关",
        "一下",
        "以及",
        "或者",
        "这个",
        "那个",
        "要",
        "办",
        "想",
        "去",
        "到",
        "从",
        "不",
        "能",
        "会",
    }
)
"""Words of a question that do not say what it is about; in a phrase that is looked for as it stands they count."""


@dataclass(frozen=True)
class Reading:
    """One way to take the text: what the engine looks for, and the phrases to mark."""

    matched: Matched
    alternatives: tuple[tuple[Phrase, ...], ...] = ()
    numbers: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()

    @property
    def marked(self) -> tuple[Phrase, ...]:
        """The phrases to show in a hit."""
        return tuple(dict.fromkeys(phrase for way in self.alternatives for phrase in way))


@dataclass(frozen=True)
class Ways:
    """The readings of a text: ``numbered`` go first when they find anything, then ``strict``, then ``joined``."""

    numbered: tuple[Reading, ...] = ()
    strict: Reading | None = None
    joined: tuple[Reading, ...] = field(default=())


def ways(text: str, *, synonyms: Sequence[str] = (), exact: bool = False) -> Ways:
    """Every way to take the text. Nothing to look for (punctuation alone): no reading at all."""
    words = tuple(analysis.phrases(text)[:MOST_WORDS])
    if not words:
        return Ways()
    others = () if exact else tuple(synonyms)
    also = tuple(made for one in others if (made := tuple(analysis.phrases(one)[:MOST_WORDS])))
    strict = Reading(Matched.PHRASE, (words, *also), synonyms=others)
    return Ways(tuple(_numbered(text)), strict, () if exact else tuple(_joined(words, also, others)))


def _numbered(text: str) -> Iterator[Reading]:
    as_it_stands = analysis.phrase(text)
    phrase = ((as_it_stands,),) if as_it_stands is not None else ()
    if keys := numbers.index_number(text):
        yield Reading(Matched.INDEX_NUMBER, phrase, keys)
    if keys := numbers.document_number(text):
        cited = [made for one in numbers.cited_as(text) if (made := analysis.phrase(one)) is not None]
        yield Reading(Matched.NUMBER, tuple(dict.fromkeys((*phrase, *((one,) for one in cited)))), keys)


def _joined(
    asked: Sequence[Phrase], also: Sequence[tuple[Phrase, ...]], synonyms: tuple[str, ...]
) -> Iterator[Reading]:
    """The words the question consists of, all of them; then all but one."""
    words = list(dict.fromkeys(word for one in asked for word in _cut(one)))[:MOST_WORDS]
    phrases = [made for word in words if (made := analysis.phrase(word)) is not None]
    first = (tuple(asked), *also)
    if phrases and tuple(phrases) != tuple(asked):
        yield Reading(Matched.JOINED, (*first, tuple(phrases)), words=tuple(words), synonyms=synonyms)
    if len(phrases) > 1:
        fewer = tuple(combinations(phrases, len(phrases) - 1))
        yield Reading(Matched.PARTLY, (*first, *fewer), words=tuple(words), synonyms=synonyms)


def _cut(phrase: Phrase) -> list[str]:
    """The words of a phrase that say something; all of them when none does."""
    found = [word for run in phrase.runs for word in (words_of(run) if analysis.is_han(run) else [run])]
    telling = [word for word in found if word not in _SAY_LITTLE and (len(word) > 1 or not analysis.is_han(word))]
    return telling or found
