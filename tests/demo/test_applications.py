"""The demo's applications, before they happen: the years are those of the annual reports, and nothing is half told."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date

import pytest

from gongkai.demo.applications import ledger_cases, scene, told, years
from gongkai.demo.applications.acts import ACTS
from gongkai.demo.applications.stage import at, play
from gongkai.demo.city import body
from gongkai.law.replies import all_outcomes, outcome, report_row
from gongkai.ledger import moment

TODAY = date(2026, 11, 23)
OTHER_DAYS = [TODAY, date(2026, 1, 10), date(2027, 2, 18), date(2025, 8, 9)]
REPORTED = range(2020, 2026)


@pytest.mark.parametrize("agency", ["A02", "A03"])
def test_every_year_is_as_told_and_follows_on_the_one_before(agency: str) -> None:
    cases = years.settled(agency, TODAY)
    carried = told.first_carried(agency)
    for year in REPORTED:
        wanted = told.year(agency, year)
        groups = Counter(outcome(one.wanted.outcome).disposal.value for one in cases if one.ended.year == year)
        assert sum(one.received.year == year for one in cases) == wanted.received
        assert sum(one.received.year < year == one.ended.year for one in cases) == carried
        assert {key: groups[key] for key in told.GROUPS} == wanted.decided
        assert wanted.received + carried == sum(wanted.decided.values()) + wanted.carried
        carried = wanted.carried
        assert sum(one.received.year == year < one.ended.year for one in cases) == carried


@pytest.mark.parametrize("agency", ["A02", "A03"])
def test_remedies_are_those_told(agency: str) -> None:
    filed = Counter(one.remedy.told.filed for one in years.settled(agency, TODAY) if one.remedy)
    assert sum(filed.values()) == len(told.remedies(agency))
    for one in years.settled(agency, TODAY):
        if one.remedy and one.remedy.decided:
            assert one.remedy.decided.year == one.remedy.told.decided


@pytest.mark.parametrize("today", OTHER_DAYS, ids=str)
def test_days_follow_each_other_whenever_the_demo_is_built(today: date) -> None:
    for agency in told.AGENCIES:
        for one in years.settled(agency, today):
            asked = [day for day in (one.asked and one.asked.sent, one.asked and one.asked.answered) if day]
            steps = [day for day in (one.notice, one.supplement, *asked, one.extended) if day]
            assert one.received <= min(steps, default=one.ended), one
            assert sorted(steps) == steps, one
            assert max(steps, default=one.received) <= one.ended < today, one


def test_the_same_day_tells_the_same() -> None:
    assert years.settled("A02", TODAY) == years.settled("A02", TODAY)


def test_what_is_wanted_counts_somewhere_and_names_departments_that_exist() -> None:
    for agency in told.AGENCIES:
        departments = {one.name for one in body(agency).departments}
        for one in told.wanted(agency):
            assert report_row(outcome(one.outcome), one.grounds)
            assert one.department in departments, one
    assert {one.outcome for one in told.wanted("A02")} >= {one.key for one in all_outcomes()} - {
        "fee_lapsed",
        "excessive",
    }


def test_told_cases_have_steps_that_exist_in_the_order_of_time() -> None:
    cases = scene.cases()
    assert len({one["key"] for one in cases}) == len(cases)
    for one in cases:
        assert {step["do"] for step in one["steps"]} <= set(ACTS), one["key"]
        days = [step["ago"] for step in one["steps"]]
        assert days == sorted(days, reverse=True), one["key"]
        assert days[-1] >= 1, one["key"]


def test_a_machine_that_cannot_print_tells_the_same_without_letters() -> None:
    one = next(case for case in scene.cases() if case["key"] == "heat-meter")

    def steps(prints: bool) -> list[str]:
        played: list[str] = []

        def noted(name: str) -> Callable[..., None]:
            return lambda scene, step: played.append(name)

        hand = ledger_cases.Hand(None, "heat-meter")  # type: ignore[arg-type]
        told_case = scene.Scene(one, hand, TODAY, {}, prints)
        list(scene.live(told_case, {name: noted(name) for name in ACTS}))
        return played

    assert steps(True) == [step["do"] for step in one["steps"]]
    assert steps(False)[-1] == "sign"


def test_stories_happen_side_by_side_in_the_order_of_time() -> None:
    seen = []

    def story(name: str, days: list[int]) -> Iterator[object]:
        for day in days:
            yield at(date(2026, 3, day), "10:00")
            seen.append((name, moment.today().day))

    play([story("a", [2, 9]), story("b", [5, 6])], "x", lambda *told: None, at(date(2026, 3, 9), "12:00"))  # type: ignore[list-item]
    assert seen == [("a", 2), ("b", 5), ("b", 6), ("a", 9)]
    with pytest.raises(ValueError, match="2026-03-10"):
        play([story("a", [2, 10])], "x", lambda *told: None, at(date(2026, 3, 9), "12:00"))  # type: ignore[list-item]
