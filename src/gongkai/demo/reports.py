"""The demo's annual reports: computed from its records, written, reviewed and published January by January.

What offices wrote stands in ``content/reports``; where it tells nothing of a year, the draft stands as the system made
it. One agency prepared its newest report elsewhere, in a file with mistakes.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import count
from typing import Any

from gongkai.agencies.bodies import Agency, Department
from gongkai.agencies.officers import Officer
from gongkai.agencies.queries import holders
from gongkai.demo.city import CONTENT, read_toml
from gongkai.demo.shapes import CHINA
from gongkai.law.annual_report.figures import read
from gongkai.law.annual_report.formats import CHAPTERS
from gongkai.law.annual_report.wording import Narrative
from gongkai.ledger import moment
from gongkai.ledger.refs import SYSTEM
from gongkai.oversight.actions import registers
from gongkai.oversight.actions import reports as actions
from gongkai.oversight.actions.registers import Entered
from gongkai.oversight.annual_report import composing
from gongkai.oversight.annual_report.collecting import tables
from gongkai.oversight.annual_report.composing import settled
from gongkai.oversight.annual_report.editions import ReportEdition
from gongkai.oversight.annual_report.procedures import REPORT, SUBMISSION
from gongkai.oversight.annual_report.rendering.forms import FORMS
from gongkai.oversight.annual_report.reports import Report, heading
from gongkai.oversight.annual_report.sources import SOURCES, Nature
from gongkai.procedures.engine import fire

AGENCIES = ("A00", "A01", "A02", "A03")
FIRST_YEAR = 2019
MISTAKEN = "A03"
"""Whose newest report was prepared elsewhere, with mistakes."""
_NUMERALS = {"一": 1, "五": 5, "六": 6}
_PLACE = "请写明本年的实际情况。"
_WAY = (
    (3, "complete", "disclosure_officer"),
    (5, "submit", "disclosure_officer"),
    (7, "pass_office", "office_reviewer"),
    (9, "pass_head", "disclosure_head"),
    (11, "approve", "leader"),
)
_HANDED_IN, _PUBLISHED, _ACCEPTED = 12, 15, 17

Progress = Any


def write(
    agencies: Mapping[str, Agency], departments: Mapping[tuple[str, str], Department], today: date, progress: Progress
) -> None:
    """Everything written down through the years, then every report that was due by ``today``."""
    _registers(agencies, departments, today)
    years = range(FIRST_YEAR, today.year)
    for number, year in enumerate(years):
        for code in AGENCIES:
            _Report(agencies[code], code, year, today, agencies["A01"]).write()
        progress("年度报告", number + 1, len(years))


@lru_cache
def texts() -> dict[tuple[str, int], dict[int, str]]:
    """Chapters as offices wrote them, by agency and year."""
    found: dict[tuple[str, int], dict[int, str]] = {}
    for name in ("a02.md", "a03.md"):
        pieces = CONTENT.joinpath("reports", name).read_text(encoding="utf-8").split("+++\n")[1:]
        for head, body in zip(pieces[::2], pieces[1::2], strict=True):
            told = tomllib.loads(head)
            found[told["agency"], told["year"]] = dict(_chapters(body))
    return found


def _chapters(body: str) -> Iterator[tuple[int, str]]:
    for part in body.split("# ")[1:]:
        numeral, _, text = part.partition("\n")
        yield _NUMERALS[numeral], text.strip()


def _at(year: int, month: int, day: int, hour: int = 10) -> datetime:
    return datetime(year, month, day, hour, tzinfo=CHINA)


def _registers(agencies: Mapping[str, Agency], departments: Mapping[tuple[str, str], Department], today: date) -> None:
    told = read_toml("reports", "registers.toml")
    monthly = date(told["monthly"], 1, 1)
    for row in told["figure"]:
        department = departments[row["agency"], row["department"]]
        with moment.at(_at(monthly.year, 1, 4)):
            registers.assign(department, row["source"], since=monthly, by=SYSTEM)
        entered = list(_figures(row, told, today))
        for year in sorted({one.year for one in entered}):
            with moment.at(min(_at(year, 12, 30), _at(today.year, today.month, today.day, 8))):
                registers.enter(department, [one for one in entered if one.year == year], by=_clerk(department))
    for row in told["training"]:
        month, day = (int(part) for part in row["on"].split("-"))
        for year in range(FIRST_YEAR, today.year + 1):
            held = date(year, month, day)
            if held < today:
                facts = {key: row[key] for key in ("subject", "lecturer", "people")}
                with moment.at(_at(year, month, day, 16)):
                    registers.save_training(agencies[row["agency"]], by=SYSTEM, held_on=held, **facts)


def _figures(row: Mapping[str, Any], told: Mapping[str, Any], today: date) -> Iterator[Entered]:
    """A year's number in December; from ``monthly`` on a share each month, the last month still missing."""
    numbers = {told["first"] + place: number for place, number in enumerate(row["numbers"])}
    stock = SOURCES[row["source"]].nature is Nature.STOCK
    for year in range(told["first"], today.year + 1):
        number = numbers.get(year, row["numbers"][-1])
        over = 12 if year < today.year else today.month - 2
        if stock or year < told["monthly"]:
            if year < today.year:
                yield Entered(row["source"], year, 12, Decimal(number))
                if stock and year >= told["monthly"]:
                    yield from (Entered(row["source"], year, month, Decimal(number)) for month in range(1, 12))
            else:
                yield from (Entered(row["source"], year, month, Decimal(number)) for month in range(1, over + 1))
            continue
        for month in range(1, over + 1):
            share = number * month // 12 - number * (month - 1) // 12
            yield Entered(row["source"], year, month, Decimal(share))


def _clerk(department: Department) -> Any:
    found = holders(department.agency_id, "drafter", department.pk)
    return found[0] if found else SYSTEM


class _Report:
    """One agency's report of one year."""

    def __init__(self, agency: Agency, code: str, year: int, today: date, supervisor: Agency) -> None:
        self.agency, self.code, self.year, self.today, self.supervisor = agency, code, year, today, supervisor
        self.people: dict[str, list[Officer]] = {}
        self.begins = date(year + 1, 3 if agency.is_city else 1, 6)

    def write(self) -> None:
        """As far as the days have come."""
        if not self._is_over(0):
            return
        if self.code == MISTAKEN and self.year == self.today.year - 1:
            self._prepared_elsewhere()
            return
        with moment.at(self._moment(0)):
            edition = actions.begin(self.agency, self.year, by=self._officer("disclosure_officer"))
            edition = actions.save(
                edition, by=self._officer("disclosure_officer"), version=None, chapters=self._text(edition)
            )
        for days, event, role in _WAY:
            if not self._is_over(days):
                return
            with moment.at(self._moment(days)):
                fire(REPORT, edition, event, by=self._officer(role))
        self._to_the_public(edition)

    def _to_the_public(self, edition: ReportEdition) -> None:
        officer = self._officer("disclosure_officer")
        if self._is_over(_HANDED_IN) and not self.agency.is_city:
            with moment.at(self._moment(_HANDED_IN)):
                submission = actions.submit(edition.report, by=officer)
        if self._is_over(_PUBLISHED):
            with moment.at(self._moment(_PUBLISHED)):
                fire(REPORT, edition, "publish", by=officer)
        newest = self.year == self.today.year - 1 and self.code == "A02"
        if self._is_over(_ACCEPTED) and not self.agency.is_city and not newest:
            head = holders(self.supervisor.pk, "disclosure_head")[0]
            with moment.at(self._moment(_ACCEPTED)):
                fire(SUBMISSION, submission, "accept", by=head)

    def _text(self, edition: ReportEdition) -> dict[int, str]:
        """What the office wrote, or the draft with its open places filled."""
        said = read_toml("reports", "registers.toml")
        sentences: Sequence[str] = said["sentences"]
        turn = count(self.year + len(self.code))

        def after(part: str) -> str:
            fitting = (one["says"] for one in said["after"] if part.endswith(one["ends"]))
            return next(fitting, None) or sentences[next(turn) % len(sentences)]

        drafted = {}
        for number, text in edition.text_of.items():
            parts = settled(text).split(_PLACE)
            filled = "".join(part + after(part) for part in parts[:-1]) + parts[-1]
            drafted[number] = filled
        return drafted | texts().get((self.code, self.year), {})

    def _prepared_elsewhere(self) -> None:
        """A file written without the system: totals that do not add up, typed numbers, another year's basis."""
        officer = self._officer("disclosure_officer")
        value = Report(
            agency=self.agency.name,
            figures=tables.compute(self.agency, self.year),
            narrative=Narrative(
                f"{self.agency.name}{self.year}年政府信息公开工作年度报告",
                composing.preface(self.agency.name, self.year).replace("〔2021〕30号", "〔2019〕60号"),
                self._mistaken_words(),
                {one.number: heading(one.number) for one in CHAPTERS},
            ),
        )
        figures = dict(value.figures.values)
        for key, number in (
            ("table3.total.natural_person", 3),
            ("table3.granted.total", 1),
            ("table4.review.total", 1),
        ):
            figures[key] = read(f"{figures[key].counted + number:f}")
        told = replace(value, figures=replace(value.figures, values=figures))
        data = FORMS["docx"].make(told)
        with moment.at(self._moment(1)):
            actions.read_file(self.agency, f"{self.year}年度报告（送审稿）.docx", data, by=officer, year=self.year)

    def _mistaken_words(self) -> dict[int, str]:
        """Last year's words with a number that was never true, and nothing about the fee."""
        last_year = texts().get((self.code, self.year - 1), {})
        first = last_year.get(1, "").split("本年收到")[0]
        return {1: f"{first}全年新收政府信息公开申请29件。", 5: last_year.get(5, "没有。"), 6: "无。"}

    def _officer(self, role: str) -> Officer:
        if role not in self.people:
            self.people[role] = holders(self.agency.pk, role)
        found = self.people[role]
        if not found:
            raise LookupError(f"{self.agency.name}：没有人担任“{role}”")
        return found[self.year % len(found)] if role in ("leader", "office_reviewer") else found[0]

    def _is_over(self, days: int) -> bool:
        return self.begins + timedelta(days=days) < self.today

    def _moment(self, days: int) -> datetime:
        day = self.begins + timedelta(days=days)
        return _at(day.year, day.month, day.day, 10)
