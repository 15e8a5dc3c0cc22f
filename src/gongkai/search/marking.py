"""Showing where the words of a question stand in a text: escaped, marked, with what stands around them."""

import re
from collections.abc import Iterable, Sequence
from html import escape

from django.utils.safestring import SafeString, mark_safe

from gongkai.search import analysis
from gongkai.search.analysis import Phrase

LENGTH = 120  # characters of a fragment: two or three lines of a result
_BEFORE = 30
_SENTENCE = re.compile(r"[。！？；\n]")
_LETTER = rf"[^\W_{analysis.HAN}]"


class Marker:
    """Marks these phrases. A text is looked at in its normal form, character for character."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        longest_first = sorted(set(phrases), key=lambda one: -len(str(one)))
        self._patterns = [re.compile(_pattern(one)) for one in longest_first]

    def title(self, text: str) -> SafeString:
        """The whole text, escaped and marked."""
        return self._marked(text, 0, len(text))

    def fragment(self, texts: Iterable[tuple[str, str]]) -> tuple[str, SafeString]:
        """Of (name, text) pairs the one that has most of the words (the first of equals), and the place in it where
        most of them stand together. Without any, the beginning of the first text that says anything."""
        best: tuple[int, str, str, int] | None = None
        first: tuple[str, str] | None = None
        for name, text in texts:
            if first is None and text.strip():
                first = (name, text)
            places = self._places(text)
            if not places:
                continue
            count, at = _densest(places)
            if best is None or count > best[0]:
                best = (count, name, text, at)
            if count == len(self._patterns):
                break
        if best is not None:
            _, name, text, at = best
            return name, self._cut(text, at)
        return ("", self._cut(first[1], 0)) if first else ("", mark_safe(""))

    def _places(self, text: str) -> list[tuple[int, int, int]]:
        """(begin, end, which phrase) of every place, in order."""
        plain = _same_length(text)
        found = [(*match.span(), number) for number, one in enumerate(self._patterns) for match in one.finditer(plain)]
        return sorted(found)

    def _cut(self, text: str, at: int) -> SafeString:
        begin = max(0, at - _BEFORE)
        for match in _SENTENCE.finditer(text, begin, at):
            begin = match.end()
        end = min(len(text), begin + LENGTH)
        before, after = "…" if begin > 0 else "", "…" if end < len(text) else ""
        cut = " ".join(text[begin:end].split())
        return mark_safe(f"{before}{self._marked(cut, 0, len(cut))}{after}")

    def _marked(self, text: str, begin: int, end: int) -> SafeString:
        out, at = [], begin
        for first, last, _ in self._places(text[begin:end]):
            first, last = first + begin, last + begin
            if first < at:
                continue
            out.append(f"{escape(text[at:first])}<mark>{escape(text[first:last])}</mark>")
            at = last
        return mark_safe("".join([*out, escape(text[at:end])]))


def _densest(places: Sequence[tuple[int, int, int]]) -> tuple[int, int]:
    """How many different phrases stand within one fragment at best, and where it begins."""
    best = (0, 0)
    for number, (begin, _, _) in enumerate(places):
        within = {which for first, last, which in places[number : number + 50] if last <= begin + LENGTH - _BEFORE}
        if len(within) > best[0]:
            best = (len(within), begin)
    return best


def _pattern(phrase: Phrase) -> str:
    """A phrase in normalised text: blanks between Chinese characters do not count, between runs stands no letter."""
    parts = []
    for number, run in enumerate(phrase.runs):
        if number:
            alike = analysis.is_han(run) == analysis.is_han(phrase.runs[number - 1])
            parts.append(r"[\W_]+" if alike else r"[\W_]*")
        parts.append(r"\s*".join(map(re.escape, run)) if analysis.is_han(run) else re.escape(run))
    first, last = phrase.runs[0], phrase.runs[-1]
    before = "" if analysis.is_han(first) else rf"(?<!{_LETTER})"
    after = "" if analysis.is_han(last) else rf"(?!{_LETTER})"
    return f"{before}{''.join(parts)}{after}"


def _same_length(text: str) -> str:
    """The normal form with every character at its place: what would become several characters stays what it is."""
    made = analysis.normal(text)
    if len(made) == len(text):
        return made
    return "".join(one if len(one := analysis.normal(character)) == 1 else character for character in text)
