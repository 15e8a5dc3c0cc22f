"""Whatever happened, made by firing the procedures: the tables computed from it add up, each number opens to its
records, and the years follow on each other."""

import os
from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.factories import cases, people
from tests.factories.people import Staffed
from tests.oversight.reports import histories
from tests.oversight.reports.histories import Story

from gongkai.applications.applications import Application
from gongkai.applications.items import RequestedItem
from gongkai.applications.parties import PartyKind
from gongkai.law.annual_report import arithmetic, checking
from gongkai.law.annual_report.checking import Before
from gongkai.law.annual_report.formats import BLOCKS
from gongkai.law.report_rows import format_of, rows
from gongkai.oversight.annual_report.collecting import tables
from gongkai.oversight.annual_report.collecting.records import behind
from gongkai.oversight.annual_report.definitions import Origin, definitions

pytestmark = pytest.mark.django_db

_EXAMPLES = int(os.environ.get("GONGKAI_HISTORIES", "8"))
_SUMS = {"T3-1", "T3-2", "T3-3", "T4-1", "Y-1"}


@pytest.fixture
def at() -> Staffed:
    return people.staffed()


@settings(max_examples=_EXAMPLES, suppress_health_check=list(HealthCheck))
@given(st.lists(histories.STORIES, min_size=1, max_size=5))
@example([histories.SET_RIGHT_TWICE])
def test_the_tables_of_any_years_add_up_and_open(at: Staffed, stories: list[Story]) -> None:
    """``GONGKAI_HISTORIES`` asks for more histories than the suite has time for."""
    with transaction.atomic():
        for one in stories:
            histories.live_through(at, one)
        _hold(at, stories)
        transaction.set_rollback(True)


def _hold(at: Staffed, stories: list[Story]) -> None:
    """Every year adds up, follows on the one before, says what happened in it, and opens to its records."""
    before = None
    for year in range(min(one.arrived.year for one in stories), histories.LAST + 3):
        figures = tables.compute(at.agency, year)
        found = {one.code for one in checking.check(figures, before=before)}
        assert not found & _SUMS
        verdicts = {one.verdict for one in arithmetic.comparisons(figures)}
        assert verdicts <= {arithmetic.Verdict.HOLDS, arithmetic.Verdict.NOT_ASSESSABLE}
        items = [(one.arrived.year, one.ended, len(one.decisions)) for one in stories]
        came = sum(number for arrived, _, number in items if arrived == year)
        done = sum(number for _, ended, number in items if ended and ended.year == year)
        assert figures.applications("new_received", "total").counted == came
        assert figures.applications("total", "total").counted == done
        pending = sum(
            filed.year <= year and (decided is None or decided.year > year)
            for one in stories
            for filed, decided in one.filed
        )
        assert sum(figures.remedies(block.key, "pending").counted for block in BLOCKS) == pending
        # An empty cell opens to nothing; the rest is looked at cell by cell.
        for key in definitions(figures.format):
            if figures[key].counted:
                assert behind(at.agency, year, key).number == figures[key].counted, key
        before = Before(figures)


def test_every_cell_of_both_formats_opens_to_its_records(at: Staffed) -> None:
    """One item in every cell of the details: decided in every way there is, by every kind of applicant."""
    from gongkai.applications.items import ItemState
    from gongkai.law import replies

    case = cases.registered(at, arrived=date(2021, 3, 1))
    other = {one: Application.objects.get(pk=case.pk) for one in PartyKind}
    for number, (kind, one) in enumerate(other.items()):
        one.pk, one.number, one.query_code, one.submission = None, f"N{number}", f"Q{number}", ""
        one.applicant_kind = kind
        one.save()
    made = []
    for one in other.values():
        for outcome in replies.all_outcomes():
            for ground in outcome.grounds if outcome.row is None and outcome.grounds else [""]:
                made.append(
                    RequestedItem(
                        application=one,
                        name="某信息",
                        state=ItemState.CLOSED,
                        outcome=outcome.key,
                        grounds=[ground, "process"] if ground else [],
                        closed_on=date(2021, 5, 6),
                    )
                )
        made.append(RequestedItem(application=one, name="迁入的", outcome="", closed_on=date(2021, 5, 6)))
    RequestedItem.objects.bulk_create(made)
    Application.objects.filter(agency=at.agency).update(arrived_on=date(2021, 3, 1))
    figures = tables.compute(at.agency, 2021)
    details = [row.key for row in rows(format_of(2021)) if row.key not in ("carried_over", "carry_forward")]
    assert all(figures.applications(row, "research").counted for row in details)
    for key, one in definitions(figures.format).items():
        if one.origin in (Origin.APPLICATIONS, Origin.REMEDIES, Origin.DOCUMENTS):
            opened = behind(at.agency, 2021, key)
            assert opened.records.count() == figures[key].counted, key
            assert one.words.endswith("。")
    Application.objects.filter(agency=at.agency).update(arrived_on=date(2020, 3, 1))
    RequestedItem.objects.exclude(closed_on=None).update(closed_on=date(2020, 5, 6))
    earlier = tables.compute(at.agency, 2020)
    divided = ("other_overdue_correction", "other_overdue_fee", "other_other")
    assert earlier.applications("other", "total").counted == sum(
        figures.applications(one, "total").counted for one in divided
    )
    for key, one in definitions(earlier.format).items():
        if one.origin is Origin.APPLICATIONS:
            assert behind(at.agency, 2020, key).records.count() == earlier[key].counted, key


def test_an_agency_s_tables_take_the_same_few_queries_whatever_it_has(at: Staffed) -> None:
    tables.compute(at.agency, 2021)
    with CaptureQueriesContext(
        connection,
    ) as few:
        tables.compute(at.agency, 2021)
    for number in range(3):
        cases.registered(at, arrived=date(2021, 1, 10 + number))
    with CaptureQueriesContext(connection) as more:
        assert tables.compute(at.agency, 2021).applications("new_received", "total").counted == 3
    assert len(more) == len(few) <= 6
