"""Working days by dated examples: the State Council's arrangements, and what we say before they are announced."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import chinese_calendar
import pytest

from gongkai.law.calendar import (
    FIRST_DAY,
    LAST_DAY,
    MAX_WORKING_DAYS,
    Calendar,
    CalendarRangeError,
    DayKind,
    Override,
)

CALENDAR = Calendar()


@pytest.mark.parametrize(
    ("day", "kind", "reason"),
    [
        ("2019-05-02", DayKind.HOLIDAY, "劳动节调休放假"),
        ("2019-05-05", DayKind.MAKEUP, "劳动节调休上班"),
        ("2020-01-31", DayKind.HOLIDAY, "春节放假"),
        ("2020-02-01", DayKind.HOLIDAY, "春节放假"),
        ("2020-02-02", DayKind.HOLIDAY, "春节放假"),
        ("2020-02-03", DayKind.WORKDAY, "周一"),
        ("2021-02-07", DayKind.MAKEUP, "春节调休上班"),
        ("2022-01-03", DayKind.HOLIDAY, "元旦放假"),
        ("2023-04-23", DayKind.MAKEUP, "劳动节调休上班"),
        ("2024-02-09", DayKind.WORKDAY, "周五"),
        ("2024-02-10", DayKind.HOLIDAY, "春节放假"),
        ("2024-04-07", DayKind.MAKEUP, "清明节调休上班"),
        ("2025-01-26", DayKind.MAKEUP, "春节调休上班"),
        ("2025-01-28", DayKind.HOLIDAY, "春节放假"),
        ("2025-10-08", DayKind.HOLIDAY, "国庆节调休放假"),
        ("2026-01-02", DayKind.HOLIDAY, "元旦调休放假"),
        ("2026-01-04", DayKind.MAKEUP, "元旦调休上班"),
        ("2026-02-14", DayKind.MAKEUP, "春节调休上班"),
        ("2026-02-28", DayKind.MAKEUP, "春节调休上班"),
        ("2026-05-09", DayKind.MAKEUP, "劳动节调休上班"),
        ("2026-09-20", DayKind.MAKEUP, "国庆节调休上班"),
        ("2026-10-01", DayKind.HOLIDAY, "国庆节放假"),
        ("2026-10-10", DayKind.MAKEUP, "国庆节调休上班"),
        ("2026-11-21", DayKind.WEEKEND, "周六"),
        ("2026-11-23", DayKind.WORKDAY, "周一"),
    ],
)
def test_each_day_is_what_the_state_council_arranged(day: str, kind: DayKind, reason: str) -> None:
    found = CALENDAR.day(date.fromisoformat(day))
    assert (found.kind, found.reason, found.provisional) == (kind, reason, False)
    assert found.working is (kind in (DayKind.WORKDAY, DayKind.MAKEUP))
    assert found.source == "国务院办公厅放假安排"


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        # Spring Festival 2020 with its extension: 01-24 to 02-02 off, 02-01 not made up.
        ("2020-01-23", 1, "2020-02-03"),
        ("2020-01-20", 20, "2020-02-25"),
        # 02-04 and 02-18 (Sundays) worked, the eve 02-09 worked, 02-10 to 02-17 off.
        ("2024-02-02", 7, "2024-02-18"),
        ("2024-04-03", 2, "2024-04-08"),
        # 01-26 worked; 01-28 to 02-04 off; 02-08 worked.
        ("2025-01-24", 3, "2025-02-05"),
        ("2026-09-18", 20, "2026-10-22"),
        # Received on a Sunday that is worked: the next working day is the first.
        ("2026-09-20", 1, "2026-09-21"),
        ("2026-11-20", 0, "2026-11-20"),
        ("2026-11-21", 0, "2026-11-21"),
    ],
)
def test_the_nth_working_day_after_the_start(start: str, n: int, due: str) -> None:
    assert CALENDAR.add(date.fromisoformat(start), n) == date.fromisoformat(due)


def test_the_explanation_lists_every_day_with_its_number_or_its_reason() -> None:
    explained = CALENDAR.explain(date(2026, 4, 29), 7)
    assert explained.due == date(2026, 5, 12)
    assert [(str(counted.day.date)[5:], counted.label) for counted in explained.days] == [
        ("04-30", "第1日"),
        ("05-01", "不计（劳动节放假）"),
        ("05-02", "不计（劳动节放假）"),
        ("05-03", "不计（劳动节放假）"),
        ("05-04", "不计（劳动节放假）"),
        ("05-05", "不计（劳动节调休放假）"),
        ("05-06", "第2日"),
        ("05-07", "第3日"),
        ("05-08", "第4日"),
        ("05-09", "第5日"),
        ("05-10", "不计（周日）"),
        ("05-11", "第6日"),
        ("05-12", "第7日"),
    ]
    assert explained.skipped == {"劳动节放假": 4, "劳动节调休放假": 1, "周末": 1}
    assert not explained.provisional
    assert explained.sentence() == (
        "自2026年4月29日起7个工作日（始日不计），至2026年5月12日；其间不计劳动节放假4天、劳动节调休放假1天、周末1天，计入调休上班1天。"
    )


def test_zero_days_are_explained_by_nothing() -> None:
    explained = CALENDAR.explain(date(2026, 11, 21), 0)
    assert (explained.due, explained.days, explained.provisional) == (date(2026, 11, 21), (), False)


def test_days_across_the_turn_of_years() -> None:
    days = CALENDAR.days(date(2024, 12, 30), date(2026, 1, 2))
    assert [day.date for day in days] == [date(2024, 12, 30) + timedelta(days=offset) for offset in range(369)]
    assert [day.date for day in CALENDAR.days(date(2026, 1, 1), date(2026, 1, 1))] == [date(2026, 1, 1)]
    assert CALENDAR.days(date(2026, 1, 2), date(2026, 1, 1)) == ()


class TestRemaining:
    def test_counts_down_to_zero_on_the_last_day(self) -> None:
        due = date(2026, 11, 27)
        left = [CALENDAR.remaining(date(2026, 11, 20) + timedelta(days=offset), due) for offset in range(8)]
        assert left == [5, 5, 5, 4, 3, 2, 1, 0]

    def test_is_overdue_from_the_next_day_even_on_a_saturday(self) -> None:
        due = date(2026, 11, 27)
        over = [CALENDAR.remaining(date(2026, 11, 28) + timedelta(days=offset), due) for offset in range(4)]
        assert over == [-1, -1, -1, -2]

    def test_a_due_date_on_a_day_of_rest_is_not_overdue_yet(self) -> None:
        assert CALENDAR.remaining(date(2026, 11, 28), date(2026, 11, 29)) == 0


def test_neighbours() -> None:
    assert CALENDAR.next_working(date(2026, 9, 30)) == date(2026, 10, 8)
    assert CALENDAR.previous_working(date(2026, 10, 8)) == date(2026, 9, 30)
    assert CALENDAR.next_working(date(2026, 10, 9)) == date(2026, 10, 10)
    assert CALENDAR.previous_working(date(2026, 10, 12)) == date(2026, 10, 10)


class TestYearsNotAnnounced:
    """2027 and after: the statute alone, marked provisional, final by itself when the notice is there."""

    notice = "国办发明电〔2026〕99号"

    @pytest.fixture(autouse=True)
    def _november_2026(self, package_covers: Callable[[int], None]) -> None:
        package_covers(2026)

    def test_festivals_and_what_makes_them_good_are_off_and_no_weekend_is_worked(self) -> None:
        calendar = Calendar()
        year = calendar.days(date(2030, 1, 1), date(2030, 12, 31))
        assert all(day.provisional for day in year)
        assert not [day for day in year if day.kind is DayKind.MAKEUP]
        assert {str(day.date)[5:]: day.reason for day in year if day.kind is DayKind.HOLIDAY} == {
            "01-01": "元旦放假",
            "02-02": "春节放假",
            "02-03": "春节放假",
            "02-04": "春节放假",
            "02-05": "春节放假",
            "02-06": "春节补假",
            "02-07": "春节补假",
            "04-05": "清明节放假",
            "05-01": "劳动节放假",
            "05-02": "劳动节放假",
            "06-05": "端午节放假",
            "09-12": "中秋节放假",
            "10-01": "国庆节放假",
            "10-02": "国庆节放假",
            "10-03": "国庆节放假",
        }

    def test_a_limit_that_crosses_into_such_a_year_is_provisional(self) -> None:
        calendar = Calendar()
        explained = calendar.explain(date(2026, 12, 10), 20)
        assert (explained.due, explained.provisional) == (date(2027, 1, 8), True)
        assert calendar.is_provisional(date(2026, 12, 10), date(2027, 1, 8))
        assert explained.sentence().endswith("其中有的日期放假安排尚未公布，暂按法定节日推算，公布后自动更新。")
        assert not calendar.explain(date(2026, 12, 10), 5).provisional

    def test_the_last_days_of_december_wait_for_the_next_year_too(self) -> None:
        # The notice for 2019 gave 2018-12-31 off and had 2018-12-29 worked.
        assert CALENDAR.day(date(2018, 12, 29)).kind is DayKind.MAKEUP
        assert Calendar().day(date(2026, 12, 31)).provisional
        assert not Calendar().day(date(2026, 12, 27)).provisional
        assert not Calendar(announced=[2027]).day(date(2026, 12, 31)).provisional

    def test_a_new_release_of_the_data_makes_the_date_final(
        self, package_covers: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        start = date(2026, 12, 21)
        assert Calendar().explain(start, 9).due == date(2027, 1, 4)
        monkeypatch.setitem(chinese_calendar.holidays, date(2027, 1, 1), "New Year's Day")
        monkeypatch.setitem(chinese_calendar.holidays, date(2027, 1, 4), "New Year's Day")
        monkeypatch.setitem(chinese_calendar.in_lieu_days, date(2027, 1, 4), "New Year's Day")
        package_covers(2027)
        after = Calendar().explain(start, 9)
        assert (after.due, after.provisional) == (date(2027, 1, 5), False)
        assert after.skipped == {"周末": 4, "元旦放假": 1, "元旦调休放假": 1}

    def test_the_official_override_makes_the_date_final_and_moves_it(self) -> None:
        start = date(2026, 12, 21)
        before = Calendar().explain(start, 9)
        assert (before.due, before.provisional) == (date(2027, 1, 4), True)
        announced = Calendar(
            [
                Override(date(2027, 1, 1), DayKind.HOLIDAY, self.notice, "元旦放假"),
                Override(date(2027, 1, 4), DayKind.HOLIDAY, self.notice, "元旦放假"),
                Override(date(2027, 1, 9), DayKind.MAKEUP, self.notice),
            ],
            announced=[2027],
        )
        after = announced.explain(start, 9)
        assert (after.due, after.provisional) == (date(2027, 1, 5), False)
        assert announced.day(date(2027, 1, 9)).reason == "调休补班"
        assert announced.day(date(2027, 1, 9)).source == self.notice
        assert announced.is_working(date(2027, 1, 9))

    def test_one_override_settles_its_own_day_only(self) -> None:
        calendar = Calendar([Override(date(2030, 2, 8), DayKind.HOLIDAY, self.notice, "春节调休放假")])
        assert not calendar.day(date(2030, 2, 8)).provisional
        assert calendar.day(date(2030, 2, 11)).provisional
        assert not calendar.is_final(2030)

    def test_an_announced_year_keeps_the_festivals_but_guesses_nothing_made_good(self) -> None:
        calendar = Calendar(announced=[2030])
        assert calendar.is_final(2030)
        assert calendar.day(date(2030, 2, 4)).kind is DayKind.HOLIDAY
        assert calendar.day(date(2030, 2, 6)).kind is DayKind.WORKDAY
        assert not calendar.day(date(2030, 2, 6)).provisional

    def test_an_override_wins_over_the_package_and_the_later_one_over_the_earlier(self) -> None:
        # What happened in January 2020: a second notice changed a day already arranged.
        day = date(2026, 10, 10)
        first = Override(day, DayKind.WEEKEND, "甲号")
        second = Override(day, DayKind.HOLIDAY, "乙号", "国庆节假期延长")
        assert Calendar([first]).day(day).reason == "周六"
        assert Calendar([first, second]).day(day).reason == "国庆节假期延长"
        assert CALENDAR.is_working(day)


class TestBadInput:
    @pytest.mark.parametrize("day", [FIRST_DAY - timedelta(days=1), LAST_DAY + timedelta(days=1), date(1, 1, 1)])
    def test_days_outside_the_data(self, day: date) -> None:
        for ask in (CALENDAR.day, CALENDAR.next_working, CALENDAR.previous_working):
            with pytest.raises(
                CalendarRangeError, match="不在工作日历范围内（2004年1月1日至2099年12月31日），请核对日期"
            ):
                ask(day)
        with pytest.raises(CalendarRangeError):
            Calendar([Override(day, DayKind.HOLIDAY, "甲号")])

    def test_before_the_first_day_there_is_nothing(self) -> None:
        with pytest.raises(CalendarRangeError, match="2003年12月31日"):
            CALENDAR.previous_working(FIRST_DAY)

    def test_counts_that_make_no_sense(self) -> None:
        with pytest.raises(CalendarRangeError, match="不能是负数：-1"):
            CALENDAR.add(date(2026, 1, 1), -1)
        with pytest.raises(CalendarRangeError, match="工作日数过大"):
            CALENDAR.add(date(2026, 1, 1), MAX_WORKING_DAYS + 1)
        with pytest.raises(CalendarRangeError, match="超出工作日历范围"):
            CALENDAR.explain(date(2099, 12, 1), 40)

    def test_the_wrong_order(self) -> None:
        with pytest.raises(CalendarRangeError, match="结束日期2026年1月1日早于开始日期2026年1月2日"):
            CALENDAR.between(date(2026, 1, 2), date(2026, 1, 1))

    def test_a_time_is_not_a_day(self) -> None:
        with pytest.raises(CalendarRangeError, match="不要带时间"):
            CALENDAR.add(datetime(2026, 1, 1, 12), 1)

    def test_a_year_out_of_range(self) -> None:
        with pytest.raises(CalendarRangeError, match="2100年不在工作日历范围内"):
            Calendar(announced=[2100])


def test_equal_facts_make_equal_calendars() -> None:
    override = Override(date(2027, 1, 4), DayKind.HOLIDAY, "甲号")
    assert Calendar([override], [2027]) == Calendar([override], [2027])
    assert hash(Calendar([override], [2027])) == hash(Calendar([override], [2027]))
    assert Calendar([override]) != Calendar()
    assert Calendar() != "calendar"
    assert repr(Calendar([override], [2027])) == "Calendar(1 overrides, announced=[2027])"
