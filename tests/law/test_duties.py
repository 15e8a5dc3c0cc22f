"""When information must be public: article 26, the full list's own limits, and how a document stands today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from gongkai.law.calendar import Calendar, CalendarRangeError, DayKind, Override
from gongkai.law.duties import (
    ARTICLE_26,
    DisclosureState,
    Limit,
    LimitKind,
    disclosure_status,
    due,
    exceeds_article_26,
    parse,
)

CALENDAR = Calendar()


@pytest.mark.parametrize(
    ("wording", "formed", "last"),
    [
        ("自信息形成或者变更之日起20个工作日内", "2026-09-18", "2026-10-22"),
        ("3个工作日内", "2026-09-30", "2026-10-10"),
        ("15日内", "2026-09-20", "2026-10-05"),
        ("两周内", "2026-09-20", "2026-10-04"),
        ("6个月内", "2026-08-31", "2027-02-28"),
        ("1年内", "2024-02-29", "2025-02-28"),
        ("实时公开", "2026-10-03", "2026-10-03"),
        ("及时公开", "2026-09-18", "2026-10-22"),
        ("长期公开", "2026-09-18", "2026-10-22"),
        ("每周", "2026-11-18", "2026-11-22"),
        ("每月", "2026-02-03", "2026-02-28"),
        ("每季度公开一次", "2026-05-10", "2026-06-30"),
        ("每季度公开一次", "2026-12-31", "2026-12-31"),
        ("每年公开一次", "2026-05-10", "2026-12-31"),
        ("每半年", "2026-08-31", "2027-02-28"),
        ("每日", "2026-10-03", "2026-10-03"),
        ("每个工作日", "2026-10-03", "2026-10-08"),
        ("每个工作日", "2026-10-10", "2026-10-10"),
        ("每年1月31日前", "2026-01-31", "2026-01-31"),
        ("每年1月31日前", "2026-02-01", "2027-01-31"),
        ("每年2月底前", "2026-02-01", "2026-02-28"),
        ("每年2月底前", "2028-02-01", "2028-02-29"),
        ("每月10日前", "2026-11-11", "2026-12-10"),
        ("每月底前", "2026-02-10", "2026-02-28"),
        ("每月31日前", "2026-04-30", "2026-04-30"),
    ],
)
def test_the_last_day(wording: str, formed: str, last: str) -> None:
    found = due(parse(wording), date.fromisoformat(formed), CALENDAR)
    assert found is not None
    assert found.date == date.fromisoformat(last)
    assert found.reason


def test_what_only_a_law_sets_has_no_date() -> None:
    assert due(Limit(LimitKind.BY_LAW), date(2026, 9, 18), CALENDAR) is None


def test_working_days_come_with_their_explanation() -> None:
    found = due(ARTICLE_26, date(2026, 9, 18), CALENDAR)
    assert found is not None
    assert found.explanation is not None
    assert found.explanation.days[1].day.reason == "国庆节调休上班"
    assert found.reason.startswith("自2026年9月18日起20个工作日（始日不计），至2026年10月22日")
    prompt = due(Limit(LimitKind.PROMPT), date(2026, 9, 18), CALENDAR)
    assert prompt is not None
    assert prompt.reason.startswith("及时公开，首次公开不晚于条例第二十六条的期限：")


def test_a_limit_into_an_unannounced_year_is_provisional_until_the_notice(
    package_covers: Callable[[int], None],
) -> None:
    package_covers(2026)
    formed = date(2026, 12, 15)
    before = due(ARTICLE_26, formed, Calendar())
    assert before is not None
    assert (before.date, before.provisional) == (date(2027, 1, 13), True)
    notice = [Override(date(2027, 1, 4), DayKind.HOLIDAY, "甲号"), Override(date(2027, 1, 9), DayKind.MAKEUP, "甲号")]
    after = due(ARTICLE_26, formed, Calendar(notice, [2027]))
    assert after is not None
    assert (after.date, after.provisional) == (date(2027, 1, 13), False)
    shorter = due(ARTICLE_26, formed, Calendar(notice[:1], [2027]))
    assert shorter is not None
    assert shorter.date == date(2027, 1, 14)


def test_a_day_of_rest_extends_only_where_asked() -> None:
    limit = parse("15日内")
    strict = due(limit, date(2026, 9, 20), CALENDAR)
    extended = due(limit, date(2026, 9, 20), CALENDAR, rest_day_extends=True)
    assert strict is not None
    assert extended is not None
    assert (strict.date, extended.date) == (date(2026, 10, 5), date(2026, 10, 8))
    assert extended.reason.endswith("该日为休息日，顺延至2026年10月8日")
    on_a_workday = due(limit, date(2026, 11, 1), CALENDAR, rest_day_extends=True)
    assert on_a_workday is not None
    assert on_a_workday.date == date(2026, 11, 16)


def test_dates_the_calendar_cannot_answer_for() -> None:
    for limit in (ARTICLE_26, parse("15日内"), Limit(LimitKind.BY_LAW)):
        with pytest.raises(CalendarRangeError):
            due(limit, date(1999, 1, 1), CALENDAR)
    with pytest.raises(CalendarRangeError):
        due(parse("99年内"), date(2026, 1, 1), CALENDAR)
    with pytest.raises(ValueError, match="缺少数值或者单位"):
        due(Limit(LimitKind.WITHIN), date(2026, 1, 1), CALENDAR)


def test_only_a_law_may_allow_more_than_article_26() -> None:
    formed = date(2026, 9, 18)
    wordings = (
        "20个工作日内",
        "15日内",
        "及时公开",
        "实时公开",
        "按规定公开",
        "21个工作日内",
        "6个月内",
        "每年1月31日前",
    )
    longer = [text for text in wordings if exceeds_article_26(parse(text), formed, CALENDAR)]
    assert longer == ["21个工作日内", "6个月内", "每年1月31日前"]


class TestStatus:
    """A document formed on 2026-09-18; its twenty working days end on 2026-10-22 (a Thursday)."""

    formed = date(2026, 9, 18)

    @pytest.mark.parametrize(
        ("published", "today", "state", "days", "sentence"),
        [
            (None, "2026-09-18", DisclosureState.PENDING, 20, "期限内，期满日2026年10月22日"),
            (None, "2026-10-14", DisclosureState.PENDING, 6, "期限内，期满日2026年10月22日"),
            (None, "2026-10-15", DisclosureState.DUE_SOON, 5, "还有5个工作日，期满日2026年10月22日"),
            (None, "2026-10-22", DisclosureState.DUE_SOON, 0, "今天（2026年10月22日）期满"),
            (None, "2026-10-23", DisclosureState.OVERDUE, 1, "已逾期1个工作日，期满日2026年10月22日，请尽快公开"),
            (None, "2026-10-26", DisclosureState.OVERDUE, 2, "已逾期2个工作日，期满日2026年10月22日，请尽快公开"),
            ("2026-10-22", "2026-11-30", DisclosureState.ON_TIME, 0, "按时公开（期满日2026年10月22日）"),
            ("2026-09-18", "2026-11-30", DisclosureState.ON_TIME, 20, "按时公开（期满日2026年10月22日）"),
            ("2026-10-26", "2026-11-30", DisclosureState.LATE, 2, "逾期2个工作日公开（期满日2026年10月22日）"),
        ],
    )
    def test_against_article_26(
        self, published: str | None, today: str, state: DisclosureState, days: int, sentence: str
    ) -> None:
        status = disclosure_status(
            self.formed, date.fromisoformat(published) if published else None, date.fromisoformat(today), CALENDAR
        )
        assert (status.state, status.days) == (state, days)
        assert status.sentence() == sentence

    def test_a_release_in_the_future_is_not_one_yet(self) -> None:
        status = disclosure_status(self.formed, date(2026, 10, 20), date(2026, 10, 16), CALENDAR)
        assert status.state is DisclosureState.DUE_SOON

    def test_without_a_date_of_its_own(self) -> None:
        limit = Limit(LimitKind.BY_LAW)
        waiting = disclosure_status(self.formed, None, date(2026, 12, 1), CALENDAR, limit)
        assert (waiting.state, waiting.due, waiting.days) == (DisclosureState.UNDATED, None, None)
        assert waiting.sentence() == "时限按有关规定执行，未定日期"
        done = disclosure_status(self.formed, date(2026, 11, 1), date(2026, 12, 1), CALENDAR, limit)
        assert (done.state, done.sentence()) == (DisclosureState.ON_TIME, "按时公开")

    def test_a_provisional_date_says_so(self, package_covers: Callable[[int], None]) -> None:
        package_covers(2026)
        status = disclosure_status(date(2026, 12, 15), None, date(2026, 12, 16), Calendar())
        assert status.sentence() == "期限内，期满日2027年1月13日（暂定）"

    def test_how_soon_is_soon_is_the_desks_choice(self) -> None:
        status = disclosure_status(self.formed, None, date(2026, 10, 14), CALENDAR, soon=10)
        assert status.state is DisclosureState.DUE_SOON

    def test_every_state_has_its_own_word(self) -> None:
        assert len({state.label for state in DisclosureState}) == len(DisclosureState)
        assert len({kind.label for kind in LimitKind}) == len(LimitKind)
