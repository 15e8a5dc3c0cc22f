"""The demo's 民生实事 and 重点工作: what was promised, its steps, what each month said. Pure; ``today`` passed in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from gongkai.catalog.project_state import due_on
from gongkai.demo.city import read_toml
from gongkai.demo.days import working_day_from, working_day_until
from gongkai.demo.shapes import CHINA

DUE_DAY = 10
_FIRST_MONTHS = 4  # before April a year has little to tell: the year before is shown
_LATE_MONTH, _MISSING_MONTH, _CORRECTED_MONTH, _DONE_MONTH = 6, 8, 5, 9


@dataclass(frozen=True)
class DemoStep:
    """A milestone; ``done`` None while it lies ahead."""

    name: str
    planned: date
    done: date | None


@dataclass(frozen=True)
class DemoMonth:
    """What a month said, when; ``corrected`` is what it had said before, with another percentage."""

    month: date
    at: datetime
    percent: int
    stage: str
    text: str
    corrected: DemoMonth | None = None


@dataclass(frozen=True)
class DemoProject:
    """One project of one year, as it stands on the day it was asked for."""

    agency: str
    kind: str
    year: int
    name: str
    goal: str
    responsible: str
    department: str
    steps: tuple[DemoStep, ...]
    months: tuple[DemoMonth, ...]
    finished_on: date | None


def projects(today: date) -> list[DemoProject]:
    """Every project of this year and the one before, in order."""
    year = today.year if today.month >= _FIRST_MONTHS else today.year - 1
    told = read_toml("projects.toml")["project"]
    before = [_project(one, year - 1, today, "") for one in told if one.get("before")]
    return before + [_project(one, year, today, one.get("fate", "")) for one in told]


def _project(told: Mapping[str, Any], year: int, today: date, fate: str) -> DemoProject:
    done_month = _DONE_MONTH if fate == "done" else 12
    months = tuple(_months(told, year, fate, done_month, today))
    finished = bool(months) and months[-1].percent == 100
    return DemoProject(
        agency=told["agency"],
        kind=told["kind"],
        year=year,
        name=told["name"],
        goal=f"{year}年{told['verb']}{told['target']}{told['unit']}。" if told["unit"] != "%" else _whole(told, year),
        responsible=told["partners"],
        department=told["department"],
        steps=tuple(_steps(told, year, done_month, today)),
        months=months,
        finished_on=min(_last_day(months[-1].month), today) if finished else None,
    )


def _whole(told: Mapping[str, Any], year: int) -> str:
    return f"{year}年底前{told['verb'].replace('完成', '全部完成', 1)}，{told['stages'][-1][2]}。"


def _months(told: Mapping[str, Any], year: int, fate: str, done_month: int, today: date) -> Iterator[DemoMonth]:
    before = 0
    for number in range(1, done_month + 1):
        month = date(year, number, 1)
        due = due_on(month, DUE_DAY)
        day = working_day_until(due - timedelta(days=len(told["name"]) % 4))
        if fate == "late" and number == _LATE_MONTH:
            day = working_day_from(due + timedelta(days=6))
        percent = _percent(told["name"], number, done_month)
        if day >= today or (fate == "missing" and number == _MISSING_MONTH):
            continue
        at = datetime.combine(day, time(10, 5 * (number % 12)), tzinfo=CHINA)
        said = DemoMonth(month, at, percent, _stage(told, number)[1], _text(told, number, percent, before))
        before = percent
        if fate == "corrected" and number == _CORRECTED_MONTH:
            first = DemoMonth(month, at, percent + 6, said.stage, _text(told, number, percent + 6, before))
            said = DemoMonth(month, at + timedelta(days=2), percent, said.stage, said.text, first)
        yield said


_PACES = (1.0, 1.9, 0.8, 1.4, 2.6, 1.15, 1.65)
"""Exponents of the share of the year: above 1 is a late start."""


def _percent(name: str, number: int, done_month: int) -> int:
    """Slow at first, quick in the middle of the year, whole in the last month; each project at a pace of its own."""
    share: float = (number / done_month) ** _PACES[sum(map(ord, name)) % len(_PACES)]
    return round(100 * share * share * (3 - 2 * share))


def _stage(told: Mapping[str, Any], number: int) -> list[Any]:
    found: list[Any] = next(stage for stage in told["stages"] if number <= stage[0])
    return found


def _text(told: Mapping[str, Any], number: int, percent: int, before: int) -> str:
    doing = f"{_stage(told, number)[2]}。"
    if told["unit"] == "%":
        return f"{doing}累计完成{percent}%。"
    whole = told["target"] * percent // 100
    fresh = whole - told["target"] * before // 100
    if whole == 0:
        return f"{doing}本月尚无{told['verb'].removeprefix('完成')}完成。"
    return f"本月{told['verb']}{fresh}{told['unit']}，累计{whole}{told['unit']}，占年度目标的{percent}%。{doing}"


def _steps(told: Mapping[str, Any], year: int, done_month: int, today: date) -> Iterator[DemoStep]:
    for last, name, _ in told["stages"]:
        planned = _last_day(date(year, last, 1))
        done = working_day_until(min(planned, _last_day(date(year, min(last, done_month), 1))) - timedelta(days=2))
        yield DemoStep(name, planned, done if done < today else None)


def _last_day(month: date) -> date:
    return due_on(month, 1) - timedelta(days=1)
