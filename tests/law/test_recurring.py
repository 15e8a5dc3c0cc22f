"""When what is disclosed again and again is due next, by dated examples."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.periods import PeriodUnit
from gongkai.law.recurring import next_expected, recurs
from gongkai.law.upkeep import Period
from gongkai.law.wordings import parse


@pytest.mark.parametrize(
    ("wording", "last", "expected"),
    [
        ("每季度公开一次", date(2026, 8, 10), date(2026, 12, 31)),
        ("每季度公开一次", date(2026, 9, 30), date(2026, 12, 31)),
        ("每月公开一次", date(2026, 1, 31), date(2026, 2, 28)),
        ("每年公开一次", date(2025, 3, 1), date(2026, 12, 31)),
        ("每半年公开一次", date(2026, 2, 28), date(2026, 8, 31)),
        ("每周公开一次", date(2026, 11, 25), date(2026, 12, 6)),
        # Before the date, after it, and so late that it nearly was the next year's.
        ("每年1月31日前", date(2026, 1, 20), date(2027, 1, 31)),
        ("每年1月31日前", date(2026, 2, 10), date(2027, 1, 31)),
        ("每年1月31日前", date(2026, 7, 1), date(2027, 1, 31)),
        ("每年1月31日前", date(2026, 9, 1), date(2028, 1, 31)),
        ("每月10日前", date(2026, 11, 5), date(2026, 12, 10)),
        ("每月10日前", date(2026, 11, 28), date(2027, 1, 10)),
        ("每月底前", date(2026, 1, 31), date(2026, 2, 28)),
        ("自信息形成或者变更之日起20个工作日内", date(2026, 1, 20), None),
        ("及时公开", date(2026, 1, 20), None),
        ("长期公开", date(2026, 1, 20), None),
        ("每个工作日公开一次", date(2026, 1, 20), None),
    ],
)
def test_the_next_disclosure_follows_from_wording_and_last(wording: str, last: date, expected: date | None) -> None:
    limit = parse(wording)
    assert next_expected(limit, last) == expected
    assert recurs(limit) == (expected is not None)


def test_a_duty_the_agency_set_goes_first() -> None:
    two_weeks = Period(2, PeriodUnit.WEEK)
    assert next_expected(parse("每年1月31日前"), date(2026, 1, 20), two_weeks) == date(2026, 2, 3)
    assert next_expected(parse("及时公开"), date(2026, 1, 20), two_weeks) == date(2026, 2, 3)


@given(
    last=st.dates(date(2010, 1, 1), date(2090, 1, 1)),
    wording=st.sampled_from(
        ["每季度公开一次", "每月公开一次", "每年3月31日前", "每年2月29日前", "每月31日前", "每周公开一次"]
    ),
)
def test_the_next_one_is_always_later_and_within_two_periods(last: date, wording: str) -> None:
    found = next_expected(parse(wording), last)
    assert found is not None
    assert last < found <= last + timedelta(days=2 * 366)
