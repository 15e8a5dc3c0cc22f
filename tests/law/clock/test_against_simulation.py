"""The clock agrees with a walk from day to day; ``python -m tests.law.clock.simulate`` asks it far more often."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.law.clock.simulate import CALENDAR, both, differing
from tests.law.clock.stories import readings, story

from gongkai.law.clock import dump, timeline
from gongkai.law.clock.counting import Stretch, count_out, counted, merged


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32))
def test_the_clock_agrees_with_the_simulation(seed: int) -> None:
    random = Random(seed)
    made = story(random)
    assume(made is not None)
    assert made is not None
    said = both(*made, readings(random))
    assume(said is not None)
    assert said is not None
    assert differing(*said) == {}


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32))
def test_whatever_happened_can_be_told(seed: int) -> None:
    random = Random(seed)
    made = story(random)
    assume(made is not None)
    assert made is not None
    told = dump(timeline(made[0], CALENDAR, made[1], readings(random)))
    assert told["explanation"]
    assert all(sentence.endswith("。") and "None" not in sentence for sentence in told["explanation"])
    dates = [one["date"] for one in told["days"]]
    assert dates == sorted(set(dates))
    ends = [day for one in told["segments"] for day in (one["first"], one["last"])]
    assert ends == sorted(ends)
    assert len({one["first"] for one in told["segments"]}) == len(told["segments"])
    assert told["due_date"] is None or told["original_due"] <= told["due_date"]


DAYS = st.dates(date(2020, 1, 1), date(2020, 6, 30))
STRETCHES = st.lists(st.builds(lambda a, n: Stretch(a, a + timedelta(days=n)), DAYS, st.integers(0, 30)), max_size=4)


@given(DAYS, st.integers(1, 40), STRETCHES)
def test_counting_out_and_counting_agree(start: date, n: int, stretches: list[Stretch]) -> None:
    stopped = merged(stretches)
    due = count_out(start, n, stopped, CALENDAR)
    assert due is not None
    assert counted(start, due, stopped, CALENDAR) == n
    assert CALENDAR.is_working(due)
    assert not any(one.holds(due) for one in stretches)
