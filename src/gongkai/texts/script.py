"""The two scripts of Chinese: Simplified 简体 into Traditional 繁體 and back, for plain text and for whole pages.

OpenCC's standard conversion (``s2t``: characters and their phrases, no vocabulary of any region, so 信息 stays 信息)
between two lists of our own, ``script.toml``: words that it gets wrong or might, taken out before and put back as they
are written; and characters in the form that readers of official pages know.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from ahocorasick_rs import AhoCorasick, MatchKind
from opencc import OpenCC

from gongkai.texts.tags import ATTRIBUTE, NAME, TAG

SIMPLIFIED, TRADITIONAL = "zh-Hans", "zh-Hant"

Link = Callable[[str], str]

# Each word stands for the time of the conversion as one character of the last private plane, which no dictionary knows.
_FIRST = 0x100000
_PRIVATE = re.compile("([\U00100000-\U0010ffff]+)")
_PLAIN = re.compile(r"[\x00-\x7f]*")
_BREAK = "\x1e"  # between pieces that are converted in one go; no text on a page has it

_OWN_SCRIPT = re.compile(r"""\s(?:lang\s*=\s*["']?zh-Han[st]|translate\s*=\s*["']?no\b)""", re.IGNORECASE)
_PAGE_LANGUAGE = re.compile(r"""(<html\b[^>]*?\slang\s*=\s*["'])zh-Hans(?=["'])""", re.IGNORECASE)
_SAID = frozenset(
    {"alt", "aria-description", "aria-label", "aria-roledescription", "content", "data-label", "label", "placeholder"}
    | {"summary", "title"}
)
_LEADING = {"a": "href", "area": "href", "form": "action", "button": "formaction", "input": "formaction"}
_BUTTONS = re.compile(r"""\stype\s*=\s*["']?(?:submit|button|reset)\b""", re.IGNORECASE)
_EMPTY = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})


@dataclass(frozen=True)
class _Words:
    """The words to look for, and what is written for each private character and for characters of another form."""

    search: AhoCorasick
    written: Mapping[int, str]


def protected_words() -> dict[str, str]:
    """Every word of ``script.toml``: Simplified → Traditional."""
    return {simple: written for group in _facts()["group"] for simple, written in _pairs(group["words"])}


def to_traditional(text: str) -> str:
    """The text in Traditional characters, as long as before; what is not Chinese stays as it is."""
    if _PLAIN.fullmatch(text):
        return text
    if _PRIVATE.search(text):  # its own private characters must not be taken for our words
        return "".join(part if _PRIVATE.match(part) else to_traditional(part) for part in _PRIVATE.split(text))
    words = _words()
    pieces: list[str] = []
    end = 0
    for number, start, stop in words.search.find_matches_as_indexes(text):
        pieces += text[end:start], chr(_FIRST + number)
        end = stop
    pieces.append(text[end:])
    converted: str = _converter("s2t").convert("".join(pieces))
    return converted.translate(words.written)


def to_simplified(text: str) -> str:
    """The text in Simplified characters: what a reader of Traditional Chinese types finds the texts as published."""
    if _PLAIN.fullmatch(text):
        return text
    simplified: str = _converter("t2s").convert(text)
    return simplified


def html_to_traditional(html: str, link: Link | None = None) -> str:
    """The page in Traditional characters: text and attributes that people read or hear; its language says ``zh-Hant``.

    Tags, names, ids, scripts and everything in ASCII stay. An element that names its own script (``lang="zh-Hans"``)
    or is not to be translated (``translate="no"``) is left alone. ``link`` is asked where the addresses of links and
    forms lead on to; it gets them as they are written in the page, escaped.
    """
    parts = TAG.split(_PAGE_LANGUAGE.sub(rf"\1{TRADITIONAL}", html, count=1))
    said: dict[int, str] = {}
    for index, tag in _told(parts):
        if not tag:
            said[index] = parts[index]
        else:
            _read_tag(parts, index, said, link)
    for index, words in zip(said, _all_at_once(list(said.values())), strict=True):
        parts[index] = words
    return "".join(parts)


def _told(parts: list[str]) -> Iterator[tuple[int, bool]]:
    """Indexes of the text pieces (False) and tags (True) that are to be converted; skips what keeps its own script."""
    kept, depth = "", 0
    for index, part in enumerate(parts):
        if not index % 2:
            if not kept and not part.isascii():
                yield index, False
            continue
        found = NAME.match(part)
        if found is None:
            continue
        closing, name = found[1], found[2].lower()
        if kept:
            if name == kept:
                depth += -1 if closing else 1
                kept = kept if depth else ""
        elif not closing and name != "html" and _OWN_SCRIPT.search(part):
            if name not in _EMPTY:
                kept, depth = name, 1
        elif not closing and name not in ("script", "style", "textarea"):
            yield index, True


def _read_tag(parts: list[str], index: int, said: dict[int, str], link: Link | None) -> None:
    """Lead the tag's address on; put a tag with words into ``said`` as pieces in ``parts``."""
    tag = parts[index]
    found = NAME.match(tag)
    name = found[2].lower() if found else ""
    leading = _LEADING.get(name) if link is not None else None
    if leading is None and tag.isascii():
        return
    is_button = name == "input" and _BUTTONS.search(tag)

    def attribute(match: re.Match[str]) -> str:
        key, equals, quoted = match[1].lower(), match[2], match[3]
        value = quoted[1:-1]
        if key == leading and link is not None:
            return f"{match[1]}{equals}{quoted[0]}{link(value)}{quoted[0]}"
        if not value.isascii() and (key in _SAID or (key == "value" and is_button)):
            return f"{match[1]}{equals}{quoted[0]}{to_traditional(value)}{quoted[0]}"
        return match[0]

    parts[index] = ATTRIBUTE.sub(attribute, tag)


def _all_at_once(texts: list[str]) -> list[str]:
    """Each text converted, in one call: what a call costs would be more than what it does."""
    joined = to_traditional(_BREAK.join(texts)).split(_BREAK)
    return joined if len(joined) == len(texts) else [to_traditional(one) for one in texts]


@lru_cache(maxsize=2)
def _converter(setting: str) -> OpenCC:
    return OpenCC(setting)


@lru_cache(maxsize=1)
def _words() -> _Words:
    words = protected_words()
    search = AhoCorasick(list(words), matchkind=MatchKind.LeftmostLongest)
    written = {_FIRST + number: one for number, one in enumerate(words.values())}
    forms = {ord(one): form for one, form in _pairs(_facts()["forms"]["characters"])}
    return _Words(search, written | forms)


@lru_cache(maxsize=1)
def _facts() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("script.toml").read_text(encoding="utf-8"))


def _pairs(listed: str) -> Iterator[tuple[str, str]]:
    for pair in listed.split():
        simple, _, written = pair.partition("=")
        yield simple, written
