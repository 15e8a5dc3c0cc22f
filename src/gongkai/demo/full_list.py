"""The full lists 主动公开全清单 of the demo: from ``content/matters``, as rows of a list that moves in. Pure.

Matters that every trade of an agency has (许可, 检查, 收费 …) are written once as kinds and made for each trade.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from gongkai.demo.city import content_names, read_toml

_WEBSITE = ["website"]


@dataclass(frozen=True)
class DemoMatter:
    """One matter; department and column by the names of the agency's own, topics by slug."""

    first: str
    second: str
    content: str
    basis: str
    limit_text: str
    body: str
    department: str
    column: str
    channels: tuple[str, ...]
    tiers: tuple[str, ...]
    way: str
    item: str
    duty: str
    types: tuple[str, ...]
    topics: tuple[str, ...]


@dataclass(frozen=True)
class DemoList:
    """An agency's list, in order, and the name of the file it came in."""

    agency: str
    file: str
    matters: tuple[DemoMatter, ...]


def full_lists() -> list[DemoList]:
    """Every list there is."""
    found = [read_toml("matters", name) for name in content_names("matters", ".toml")]
    return [DemoList(told["agency"], told["file"], tuple(_matters(told))) for told in found]


def _matters(told: Mapping[str, Any]) -> Iterator[DemoMatter]:
    for group in told["matter"]:
        for row in group["rows"]:
            yield _matter(told, {**{key: value for key, value in group.items() if key != "rows"}, **row})
    for trade in told.get("trade", ()):
        for kind in told["kind"]:
            yield _matter(told, _of_trade(kind, trade))


def _of_trade(kind: Mapping[str, Any], trade: Mapping[str, str]) -> dict[str, Any]:
    """A kind of matter for one trade. What is about the trade alone is found by its topic, where it has one."""
    facts = {**kind, "first": trade["first"], "department": trade["department"]}
    facts |= {key: kind[key].format(**trade) for key in ("second", "content")}
    item = _ITEM_NAMES[kind["item"]]
    facts["basis"] = f"{trade['basis']}；《中华人民共和国政府信息公开条例》第二十条第（{item}）项"
    facts["topics"] = [trade["topic"]]
    facts["tied"] = trade["topic"] in kind["bound_for"]
    return facts


_ITEM_NAMES = dict(
    enumerate(
        ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五"), start=1
    )
)


def _matter(told: Mapping[str, Any], facts: Mapping[str, Any]) -> DemoMatter:
    tied = facts.get("tied", True)
    return DemoMatter(
        first=facts["first"],
        second=facts["second"],
        content=facts["content"],
        basis=facts["basis"],
        limit_text=facts["limit"],
        body=told["body"],
        department=facts["department"],
        column=facts.get("column", ""),
        channels=tuple(facts.get("channels", _WEBSITE)),
        tiers=tuple(told["tiers"]),
        way=facts.get("way", "proactive"),
        item=f"20-{facts['item']:02d}",
        duty=facts.get("duty", ""),
        types=tuple(facts.get("types", ())) if tied else (),
        topics=tuple(facts.get("topics", ())) if tied else (),
    )
