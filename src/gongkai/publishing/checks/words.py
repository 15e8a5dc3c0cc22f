"""Words: wrong, sensitive, former and forbidden ones, from the dictionary in the facts.

The dictionary shipped with the product is ``starter_words()``; whoever gathers the facts joins it with the operator's
own.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from importlib.resources import files

from ahocorasick_rs import AhoCorasick, MatchKind

from gongkai.publishing.checks.facts import DraftFacts, WordRule
from gongkai.publishing.checks.places import Passage
from gongkai.publishing.checks.registry import Remark, Severity, register

_FORMERLY = re.compile(r"(?:原|时任)[^，。；、《》]{0,12}$")
_NUMBERED = re.compile(r"(?:令|公告)\s?(?:第|[0-9〔])")
_KIND_SAYS = {
    "wrong": "“{word}”写法有误",
    "sensitive": "“{word}”需要斟酌",
    "former": "“{word}”已经更名、撤并或者停止使用",
    "forbidden": "“{word}”在本单位的禁用词库中",
}


class InvalidDictionary(ValueError):
    """A dictionary that cannot be used; the message is Chinese and names the entry."""


@lru_cache(maxsize=1)
def starter_words() -> tuple[WordRule, ...]:
    """The dictionary shipped with the product (``data/words.toml``)."""
    return read_dictionary(files(__package__).joinpath("data/words.toml").read_text(encoding="utf-8"))


def read_dictionary(toml: str) -> tuple[WordRule, ...]:
    """Word rules from a dictionary in the form of ``data/words.toml``. Raises InvalidDictionary."""
    try:
        groups = tomllib.loads(toml).get("group", [])
        return tuple(
            WordRule(
                word=entry["word"],
                kind=group["kind"],
                severity=Severity(entry.get("severity", group["severity"])).value,
                suggestions=tuple(entry.get("to", ())),
                note=entry.get("note", ""),
                exceptions=tuple(entry.get("except", ())),
                since=entry.get("since", group.get("since")),
            )
            for group in groups
            for entry in group["entries"]
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as problem:
        raise InvalidDictionary(f"词库格式有误，请对照说明修改：{problem}") from problem


class _Dictionary:
    """Words and their exceptions in one automaton: 30,000 words cost one pass over the text."""

    def __init__(self, rules: Iterable[WordRule]) -> None:
        self.rules = {rule.word: rule for rule in rules if rule.word}
        exceptions = {phrase for rule in self.rules.values() for phrase in rule.exceptions if phrase}
        self._patterns = [*self.rules, *sorted(exceptions - set(self.rules))]
        self._automaton = AhoCorasick(self._patterns, matchkind=MatchKind.Standard)

    def hits(self, text: str, applies: Callable[[WordRule], bool]) -> list[tuple[int, int, WordRule]]:
        """(start, end, rule) in order: of overlapping words the longest, and none inside a phrase where it is right."""
        found: dict[str, list[int]] = {}
        for index, start, _ in self._automaton.find_matches_as_indexes(text, overlapping=True):
            found.setdefault(self._patterns[index], []).append(start)
        spans = [
            (start, start + len(rule.word), rule)
            for rule in (self.rules[pattern] for pattern in found if pattern in self.rules)
            if applies(rule)
            for start in _outside_exceptions(rule, found)
        ]
        covered = bytearray(len(text))
        kept = []
        for start, end, rule in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
            if not any(covered[start:end]):
                covered[start:end] = b"\x01" * (end - start)
                kept.append((start, end, rule))
        return sorted(kept, key=lambda span: span[0])


def _outside_exceptions(rule: WordRule, found: dict[str, list[int]]) -> list[int]:
    right = {
        phrase_start + match.start()
        for phrase in rule.exceptions
        for phrase_start in found.get(phrase, ())
        for match in re.finditer(re.escape(rule.word), phrase)
    }
    return [start for start in found[rule.word] if start not in right]


@lru_cache(maxsize=4)
def _dictionary(rules: tuple[WordRule, ...]) -> _Dictionary:
    return _Dictionary(rules)


def _applies(rule: WordRule, facts: DraftFacts) -> bool:
    """Not to a document older than the change, nor to a body of this installation that still bears the name."""
    formed = facts.header_date("date_of_issue") or facts.today
    if rule.since is not None and formed < rule.since:
        return False
    return not (rule.kind == "former" and any(rule.word in name for name in facts.agency_names))


@register(
    key="words",
    label="错别字、敏感词、旧称和禁用词",
    description="按词库查找错别字和不规范用语、需要斟酌的词、已经更名或者撤并的机构和废止的法律、本单位的禁用词。"
    "重叠的取最长的一个，词库中的例外不算；旧称只对更名以后形成的文件提示，"
    "写明“原”、在旧文件标题中的不算。有建议写法的可以一键改正。"
    "“禁用词”由各单位自行维护，产品不带。",
    severities=tuple(Severity),
    law_or_source="《政府信息公开条例》第六条；《通用规范汉字表》；国办秘函〔2019〕19号（严重表述错误为单项否决）",
)
def words(facts: DraftFacts) -> Iterator[Remark]:
    dictionary = _dictionary(facts.words)
    for passage in facts.passages:
        for start, end, rule in dictionary.hits(passage.value, lambda rule: _applies(rule, facts)):
            if rule.kind == "former" and _is_history(passage, start, end):
                continue
            yield Remark(
                Severity(rule.severity),
                _message(rule),
                passage.place(start, end),
                code=rule.kind,
                suggestion=rule.suggestions[0] if rule.suggestions else "",
                replacement=rule.suggestions[0] if rule.suggestions else None,
            )


def _is_history(passage: Passage, start: int, end: int) -> bool:
    """A former name that is right where it stands: 原国土资源局, in the title of an old document, before its number."""
    before = passage.before(start, 60)
    in_title = before.rfind("《") > before.rfind("》")
    return in_title or bool(_FORMERLY.search(before)) or bool(_NUMBERED.match(passage.value, end))


def _message(rule: WordRule) -> str:
    instead = "或者".join(f"“{suggestion}”" for suggestion in rule.suggestions)
    what_to_do = f"，建议改为{instead}" if instead else "，请核对后修改或者删去"
    says = "“{word}”不是推荐的写法" if (rule.kind, rule.severity) == ("wrong", "info") else _KIND_SAYS[rule.kind]
    return says.format(word=rule.word) + what_to_do + (f"（{rule.note}）" if rule.note else "")
