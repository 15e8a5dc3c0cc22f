"""A new arrangement of holidays: due dates follow by derivation, and each case that moved is told of once."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone
from tests.factories import cases
from tests.factories.people import Staffed

from gongkai.agencies.actions import workdays
from gongkai.applications.actions import due_moves
from gongkai.applications.actions.due_moves import changed_days, workdays_of
from gongkai.applications.applications import Application
from gongkai.applications.clock_facts import Clocks
from gongkai.law.calendar import Calendar, DayKind, Override
from gongkai.ledger import moment
from gongkai.ledger.entries import Entry

NOW = timezone.make_aware(datetime(2026, 3, 9, 9))


def test_only_days_that_are_worked_on_otherwise_have_changed() -> None:
    day = date(2026, 3, 18)
    before = workdays_of(Calendar(), 2026)
    after = workdays_of(Calendar([Override(day, DayKind.HOLIDAY, "国办发明电〔2026〕2号")]), 2026)
    assert changed_days(before, after) == [day]
    assert changed_days(before, before) == []


def test_a_year_that_comes_into_sight_changes_nothing() -> None:
    assert changed_days(workdays_of(Calendar(), 2026), workdays_of(Calendar(), 2027)) == []


def _told() -> list[tuple[str, str, str]]:
    entries = Entry.objects.filter(kind="applications.due_moved").order_by("id")
    return [(one.subject_id, one.data["before"], one.data["after"]) for one in entries]


def _closed_office(at: Staffed, day: date) -> None:
    workdays.enter_day(day=day, kind="holiday", document_number="国办发明电〔2026〕2号", by=at.admin)


def test_a_case_whose_due_date_moved_is_told_of_once(at: Staffed) -> None:
    with moment.at(NOW):
        moved = cases.registered(at, arrived=date(2026, 3, 2))
        earlier = cases.registered(at, arrived=date(2026, 2, 9))
        cases.archived(at, arrived=date(2026, 3, 3))
        before = Clocks().of(moved).due_date
        due_moves.tell_all(NOW)
        assert _told() == []
        _closed_office(at, date(2026, 3, 25))
        due_moves.tell_all(NOW)
        after = Clocks().of(moved).due_date
        assert before is not None
        assert after is not None
        assert after > before
        assert Clocks().of(earlier).due_date < date(2026, 3, 25)
        assert _told() == [(str(moved.pk), before.isoformat(), after.isoformat())]
        due_moves.tell_all(NOW)
        assert len(_told()) == 1


def test_taken_back_it_moves_back(at: Staffed) -> None:
    with moment.at(NOW):
        case = cases.registered(at, arrived=date(2026, 3, 2))
        _closed_office(at, date(2026, 3, 25))
        due_moves.tell_all(NOW)
        from gongkai.agencies.workdays import WorkdayNotice

        workdays.remove_day(WorkdayNotice.objects.get(), by=at.admin)
        due_moves.tell_all(NOW)
        (_, first, then), (_, again, back) = _told()
        assert (first, then) == (back, again)
        assert Clocks().of(case).due_date == date.fromisoformat(back)


def test_it_goes_on_where_it_stopped(at: Staffed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(due_moves, "CHUNK", 2)
    with moment.at(NOW):
        made = [cases.registered(at, arrived=date(2026, 3, 2)) for _ in range(3)]
        _closed_office(at, date(2026, 3, 25))
        assert due_moves.look(NOW)
        assert due_moves.advance(NOW) == 2
        assert [one[0] for one in _told()] == [str(case.pk) for case in made[:2]]
        late = cases.registered(at, arrived=date(2026, 3, 9))
        Application.objects.filter(pk=late.pk).update(created_at=NOW + timedelta(hours=1))
        assert due_moves.advance(NOW) == 1
        assert due_moves.advance(NOW) == 0
        assert [one[0] for one in _told()] == [str(case.pk) for case in made]


def test_the_queries_do_not_grow_with_the_cases(at: Staffed, django_assert_num_queries: object) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries(number: int) -> int:
        for _ in range(number):
            cases.registered(at, arrived=date(2026, 3, 2))
        due_moves.look(NOW)
        with CaptureQueriesContext(connection) as asked:
            due_moves.advance(NOW)
        return len(asked)

    with moment.at(NOW):
        _closed_office(at, date(2026, 3, 25))
        few = queries(2)
        _closed_office(at, date(2026, 3, 26))
        assert queries(4) == few
