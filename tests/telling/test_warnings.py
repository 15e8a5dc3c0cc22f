"""Before the last lawful day: once when it is near, once on the day, once when it is past; a day that moves again."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.factories.people import Staffed

from gongkai.ledger.refs import Ref
from gongkai.telling import status, warnings
from gongkai.telling.arrangements import WarnedDay
from gongkai.telling.messages import Channel, Message
from gongkai.telling.registry import ToOfficer
from gongkai.telling.warnings import Deadline

pytestmark = pytest.mark.django_db
Due = Callable[..., None]


@pytest.fixture
def due(at: Staffed) -> Iterator[Due]:
    """``due(date, step)``: an open step of a case of the agency's disclosure officer."""
    there: dict[tuple[str, str], Deadline] = {}

    def set_(day: date, step: str = "reply", case: str = "2026-17", **to: Any) -> None:
        officer = to.get("officer", at.disclosure_officer)
        there[case, step] = Deadline(
            Ref("case", case, "供热管网改造"),
            at.agency.pk,
            step,
            "答复",
            day,
            (ToOfficer(officer.pk),),
            f"/desk/c/{case}/",
        )

    def read(first: date, last: date) -> list[Deadline]:
        return [one for one in there.values() if first <= one.due <= last]

    warnings.register("tests", read)
    yield set_
    del warnings._SOURCES["tests"]


def told() -> list[str]:
    return list(Message.objects.filter(channel=Channel.BELL).order_by("id").values_list("title", flat=True))


def live(now: Any, days: int) -> None:
    """The worker on each of so many mornings."""
    for _ in range(days):
        for _ in range(2):
            warnings.warn_due(timezone.now())
        now.shift(timedelta(days=1))


def test_each_step_is_warned_of_three_times_and_no_more(due: Due, frozen_time: Any) -> None:
    due(date(2026, 3, 12))  # a Thursday
    live(frozen_time("2026-03-02 09:00"), 20)
    assert told() == ["还剩3个工作日：答复", "今天到期：答复", "已经逾期：答复"]
    days = [f"{timezone.localdate(one.created_at):%m-%d}" for one in Message.objects.order_by("id")]
    assert days == ["03-09", "03-12", "03-13"]
    assert [one.urgent for one in Message.objects.order_by("id")] == [False, True, True]


def test_a_day_that_moves_is_warned_of_anew(due: Due, frozen_time: Any) -> None:
    now = frozen_time("2026-03-09 09:00")
    due(date(2026, 3, 12))
    live(now, 1)
    due(date(2026, 4, 9))
    live(now, 25)
    assert told() == ["还剩3个工作日：答复"] * 2


def test_days_of_rest_are_counted_as_the_law_counts(due: Due, frozen_time: Any) -> None:
    """2026: holiday from 1 to 7 October, of which nobody is warned while it lasts."""
    due(date(2026, 10, 8))
    live(frozen_time("2026-09-24 09:00"), 20)
    days = [f"{timezone.localdate(one.created_at):%m-%d}" for one in Message.objects.order_by("id")]
    assert days == ["09-28", "10-08", "10-09"]


def test_nothing_before_the_hour_and_the_worker_knows_when(due: Due, frozen_time: Any, settings: Any) -> None:
    settings.GONGKAI_WARNINGS_HOUR = 8
    due(date(2026, 3, 3))
    frozen_time("2026-03-02 07:59")
    assert warnings.warn_due(timezone.now()) == 0
    assert warnings.next_warning() == timezone.now() + timedelta(minutes=1)
    now = frozen_time("2026-03-02 08:00")
    assert warnings.warn_due(timezone.now()) > 0
    assert warnings.next_warning() == timezone.now() + timedelta(days=1)
    now.shift(timedelta(hours=5))
    assert warnings.next_warning() == timezone.now() + timedelta(hours=19)


class Killed(BaseException):
    """The process ends here."""


def test_a_crash_in_the_middle_loses_and_doubles_nothing(
    due: Due, frozen_time: Any, monkeypatch: pytest.MonkeyPatch, at: Staffed
) -> None:
    now = frozen_time("2026-03-09 09:00")
    for number in range(5):
        due(date(2026, 3, 12), case=str(number))
    monkeypatch.setattr(warnings, "_BATCH", 2)
    write, batches = warnings._write, [0]

    def failing(batch: Any, moment: Any) -> int:
        batches[0] += bool(batch)  # other sources have nothing to warn of
        if batch and batches[0] == 2:
            raise Killed
        return write(batch, moment)

    monkeypatch.setattr(warnings, "_write", failing)
    with pytest.raises(Killed):
        warnings.warn_due(timezone.now())
    assert len(told()) == 2
    live(now, 1)
    assert len(told()) == 5
    assert status.unread(at.disclosure_officer) == 5


def test_a_source_that_fails_keeps_nobody_else_from_being_warned(due: Due, frozen_time: Any) -> None:
    now = frozen_time("2026-03-09 09:00")
    due(date(2026, 3, 12))
    broken = {"is": True}

    def read(first: date, last: date) -> list[Deadline]:
        if broken["is"]:
            raise RuntimeError("读不出")
        return []

    warnings.register("broken", read)
    try:
        assert warnings.warn_due(timezone.now()) > 0
        assert warnings.next_warning() == timezone.now() + timedelta(minutes=10)
        assert "读不出" in WarnedDay.objects.get().last_error
        assert warnings.warn_due(timezone.now()) == 0, "not again and again"
        broken["is"] = False
        now.shift(timedelta(minutes=10))
        warnings.warn_due(timezone.now())
    finally:
        del warnings._SOURCES["broken"]
    assert len(told()) == 1
    assert WarnedDay.objects.get().retry_at is None


def test_the_last_day_is_urgent_and_the_bell_leads_to_the_case(due: Due, frozen_time: Any, at: Staffed) -> None:
    frozen_time("2026-03-12 09:00")
    due(date(2026, 3, 12), officer=at.leader)
    warnings.warn_due(timezone.now())
    one = status.access_bell(at.leader).get()
    assert (one.url, one.urgent, one.subject) == ("/desk/c/2026-17/", True, Ref("case", "2026-17", "供热管网改造"))


def test_forty_cost_what_one_costs(due: Due, frozen_time: Any) -> None:
    frozen_time("2026-03-09 09:00")
    counts = []
    for number in (1, 40):
        for case in range(number):
            due(date(2026, 3, 12), case=f"{number}-{case}")
        with CaptureQueriesContext(connection) as asked:
            warnings.warn(date(2026, 3, 9), timezone.now())
        counts.append(len(asked))
    assert counts[0] == counts[1]
