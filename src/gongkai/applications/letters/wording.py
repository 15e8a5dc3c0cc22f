"""Wordings: sentences with ``{{ 名称 }}`` where a fact stands. The syntax of Django's templates, and nothing else.

No tags, filters or code: an agency may write its own wordings, and what it writes is never executed.
"""

from __future__ import annotations

import re
from html import escape

from gongkai.applications.letters.facts import LetterFacts, inline, lines, names

PLACE = re.compile(r"\{\{\s*([^\s{}]+)\s*\}\}")
MAX_CHARS = 2000
# Names that are not facts: the citation of the letter's own articles, and what the frame of a letter knows.
CITATION = "条款"


class BadWording(ValueError):
    """A wording that cannot be used; the message says in Chinese what to change."""


def check(text: str, allowed: frozenset[str] | None = None) -> str:
    """The wording, tidied. Raises BadWording for unknown names, for anything but plain replacement, for nothing."""
    tidy = "\n".join(line.strip() for line in text.replace("\r\n", "\n").split("\n") if line.strip())
    if not tidy:
        raise BadWording("请填写这一段的文字；要用系统原来的文字，请点“恢复原文”。")
    if len(tidy) > MAX_CHARS:
        raise BadWording(f"一段最多{MAX_CHARS}个字，请精简。")
    known = allowed if allowed is not None else frozenset(names()) | {CITATION}
    strange = sorted({name for name in used(tidy) if name not in known})
    if strange:
        shown = "、".join(f"{{{{ {name} }}}}" for name in strange)
        raise BadWording(f"本文书没有{shown}。可用的名称列在下方，请改用其中的名称，或者直接写出文字。")
    rest = PLACE.sub("", tidy)
    if any(mark in rest for mark in ("{{", "}}", "{%", "%}", "{#", "#}")):
        raise BadWording("只能用 {{ 名称 }} 这一种写法代入内容，名称前后各一对花括号。请检查花括号是否成对。")
    return tidy


def used(text: str) -> list[str]:
    """The names a wording calls, in their order, each once."""
    return list(dict.fromkeys(PLACE.findall(text)))


def paragraphs(text: str, facts: LetterFacts, citation: str) -> list[str]:
    """The paragraphs of a wording, filled in, as plain text.

    A name alone in its line brings all its lines as paragraphs of their own; within a sentence they are joined.
    """
    filled: list[str] = []
    for line in text.split("\n"):
        alone = PLACE.fullmatch(line.strip())
        if alone and alone[1] != CITATION:
            filled += lines(facts, alone[1])
        else:
            filled.append(fill(line, facts, citation))
    return filled


def fill(line: str, facts: LetterFacts, citation: str) -> str:
    """One line, filled in."""
    return PLACE.sub(lambda place: citation if place[1] == CITATION else inline(facts, place[1]), line)


def as_html(texts: list[str]) -> str:
    """Plain paragraphs as markup."""
    return "\n".join(f"<p>{escape(text, quote=False)}</p>" for text in texts)
