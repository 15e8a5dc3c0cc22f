"""Budgets and final accounts of the agencies, with tables that add up and narratives that differ from year to year."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from gongkai.demo.city import body, read_toml
from gongkai.demo.days import season_day
from gongkai.demo.entries import Entry, entry
from gongkai.demo.prose import Names
from gongkai.demo.series.tables import summed
from gongkai.demo.series.told import deal

_KINDS = {"budget": ("01-30", "部门预算", 0), "final": ("08-19", "部门决算", -1)}
_MORE = ("新增民生项目", "人员经费政策性增长", "跨年度工程进入付款期")
_LESS = ("部分工程完工结算", "压减一般性支出", "上年一次性项目不再安排")


def entries(today: date) -> list[Entry]:
    """Budgets (January) and final accounts of the year before (August), of the last three years."""
    told = read_toml("accounts.toml")
    return [
        _entry(agency, told[agency], kind, season_day(_KINDS[kind][0], ago, today))
        for agency in told
        for kind in _KINDS
        for ago in range(3)
    ]


def _entry(agency: str, told: dict[str, Any], kind: str, day: date) -> Entry:
    _, label, shift = _KINDS[kind]
    year = day.year + shift
    rng = Random(f"{kind} {agency} {year}")
    names = Names(read_toml("gazetteer.toml"), rng)
    total, before = _total(agency, told, year), _total(agency, told, year - 1)
    notes = [told[kind][place] for place in deal(f"{kind} {agency}", year, len(told[kind]), 4)]
    change = (total - before) / before * 100
    direction, causes = ("增加", _MORE) if change >= 0 else ("减少", _LESS)
    parts = [
        f"{body(agency).name}{year}年度{label}按照有关规定公开如下，单位：万元。",
        "## 一、收支总体情况",
        f"全年收入、支出总计均为{total}万元，比上年{direction}{abs(change):.1f}%，主要原因是{rng.choice(causes)}。",
        "\n" + _table(told, total) + "\n",
        "## 二、有关说明",
        *(f"{place}. {names.fill(note)}" for place, note in enumerate(notes, 1)),
        "## 三、“三公”经费",
        "\n" + _three_expenses(rng, total) + "\n",
    ]
    row = {
        "key": f"{kind}-{agency.lower()}-{year}",
        "agency": agency,
        "department": told["department"],
        "type": "budget",
        "genre": label[-2:],
        "title": f"{body(agency).name}{year}年度{label}",
        "issued": day,
        "keywords": [label, f"{year}年"],
        "subject": "财政、金融、审计",
        "attachments": [{"name": f"{year}年度{label}公开表", "kind": "xlsx", "lines": _sheet(told, total)}],
    }
    return entry(row, "\n".join(parts), handwritten=False)


def _total(agency: str, told: dict[str, Any], year: int) -> int:
    """The year's total, in 万元: the same in this year's account and in the next year's comparison."""
    return round(told["total"] * Random(f"total {agency} {year}").uniform(0.94, 1.09))


def _rows(told: dict[str, Any], total: int) -> list[tuple[str, int]]:
    projects = [(name, round(total * share)) for name, share in told["projects"]]
    staff = round(total * 0.27)
    return [("人员经费", staff), ("日常公用经费", total - staff - sum(amount for _, amount in projects)), *projects]


def _table(told: dict[str, Any], total: int) -> str:
    return summed(("支出", "金额（万元）"), _rows(told, total))


def _sheet(told: dict[str, Any], total: int) -> list[str]:
    rows = _rows(told, total)
    return ["支出\t金额（万元）", *(f"{name}\t{amount}" for name, amount in rows), f"合计\t{total}"]


def _three_expenses(rng: Random, total: int) -> str:
    cars = round(total * rng.uniform(0.004, 0.007))
    return summed(
        ("项目", "金额（万元）"), [("因公出国（境）", 0), ("公务接待", rng.randint(2, 9)), ("公务用车购置和运行", cars)]
    )
