"""Random years of cases, made by firing the procedures: the tables computed from them always add up, each number opens
to exactly its records, and the years follow on each other."""

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import cases, people
from tests.factories.people import Staffed

from gongkai.applications.actions import later
from gongkai.applications.applications import Application, Channel
from gongkai.applications.parties import PartyKind
from gongkai.applications.powers import ApplicantActor
from gongkai.applications.procedures import REMEDY
from gongkai.applications.remedies import RemedyKind, RemedyResult
from gongkai.law.annual_report import arithmetic, checking
from gongkai.law.annual_report.checking import Before
from gongkai.law.report_rows import format_of, rows
from gongkai.oversight.annual_report.collecting import tables
from gongkai.oversight.annual_report.collecting.records import behind
from gongkai.oversight.annual_report.definitions import Origin, definitions
from gongkai.procedures.engine import fire

pytestmark = pytest.mark.django_db

_DECISIONS: tuple[dict[str, Any], ...] = (
    cases.GRANTED,
    cases.REFUSED,
    {"outcome": "refused", "grounds": ["process", "internal-affairs"], "reasons": "过程性信息。"},
    {"outcome": "needs_processing", "reasons": "需要另行制作。"},
    {"outcome": "reconfirm", "reasons": "已经提供过。"},
    {"outcome": "petition", "facts": {"proper_channel": "信访部门"}},
    {"outcome": "other", "reasons": "其他情形。"},
)
_YEARS = (2019, 2020, 2021, 2022)
_SUMS = {"T3-1", "T3-2", "T3-3", "T4-1", "Y-1"}


def _live_through(at: Staffed, lot: Random, arrived: date) -> None:
    """One case comes in and goes as far as its lot says."""
    kind = lot.choice(list(PartyKind))
    wanted = [f"信息{number}" for number in range(lot.choice((1, 1, 1, 2)))]
    case = cases.received(at, arrived=arrived, kind=kind, wanted=wanted, channel=Channel.COUNTER)
    end = arrived + timedelta(days=lot.randint(1, 40))
    way = lot.choice(("open", "withdrawn", "lapsed", "replied", "replied", "replied", "replied"))
    if way == "withdrawn":
        cases.act(case, "withdraw", by=ApplicantActor(case.pk), day=end)
    elif way == "lapsed":
        given = {
            "unclear": "不明确",
            "wanted": "写明年份",
            "notified_on": arrived,
            "until": arrived + timedelta(days=9),
        }
        case = cases.act(case, "clarify", by=at.disclosure_officer, day=arrived, **given)
        cases.act(case, "lapse", by=at.disclosure_officer, day=arrived + timedelta(days=30))
    elif way == "replied":
        _reply(at, lot, case, end)


def _reply(at: Staffed, lot: Random, case: Application, day: date) -> None:
    case = cases.act(case, "take_up", by=at.disclosure_officer, day=case.arrived_on)
    given = [lot.choice(_DECISIONS) for _ in case.items.all()]
    for item, decision in zip(case.items.all(), given, strict=True):
        cases.draft(item, by=at.disclosure_officer, day=day, **decision)
    case = cases.act(cases.again(case), "submit", by=at.disclosure_officer, day=day)
    if case.state == "legal_review":
        case = cases.act(case, "pass", by=at.legal_reviewer, day=day)
    case = cases.act(case, "pass_head", by=at.disclosure_head, day=day)
    case = cases.act(case, "sign", by=at.leader, day=day)
    cases.frozen_reply(at, case)
    case = cases.act(case, "deliver", by=at.disclosure_officer, day=day, replied_on=day)
    if lot.random() < 0.4:
        _challenge(at, lot, case, day + timedelta(days=lot.randint(5, 50)))


def _challenge(at: Staffed, lot: Random, case: Application, day: date) -> None:
    kind = lot.choice((RemedyKind.RECONSIDERATION, RemedyKind.RECONSIDERATION, RemedyKind.LITIGATION_DIRECT))
    with cases.on(day):
        made = later.file_remedy(case, kind=kind, body="澜川市人民政府", filed_on=day, by=at.disclosure_officer)
    if lot.random() < 0.7:
        decided = day + timedelta(days=lot.randint(20, 90))
        given = {"result": lot.choice(RemedyResult.values), "decided_on": decided}
        given["orders_new_reply"] = given["result"] == "corrected"
        with cases.on(decided):
            fire(REMEDY, made, "decide", by=at.legal_reviewer, given=given)


@pytest.fixture
def at() -> Staffed:
    return people.staffed()


@pytest.mark.parametrize("seed", [1, 2])
def test_the_tables_of_any_years_add_up_and_open(at: Staffed, seed: int) -> None:
    lot = Random(seed)
    for year in (2019, 2020, 2021):
        for _ in range(7):
            _live_through(at, lot, date(year, 1, 1) + timedelta(days=lot.choice((0, 30, 150, 340, 355, 364))))
    before = None
    for year in _YEARS:
        figures = tables.compute(at.agency, year)
        found = {one.code for one in checking.check(figures, before=before)}
        assert not found & _SUMS
        verdicts = {one.verdict for one in arithmetic.comparisons(figures)}
        assert verdicts <= {arithmetic.Verdict.HOLDS, arithmetic.Verdict.NOT_ASSESSABLE}
        # An empty cell opens to nothing; the rest is looked at cell by cell.
        for key, one in definitions(figures.format).items():
            if figures[key].counted or one.cell.column == "total":
                assert behind(at.agency, year, key).number == figures[key].counted, key
        before = Before(figures)
    assert tables.compute(at.agency, 2020).applications("new_received", "total").counted >= 7


def test_every_cell_of_both_formats_opens_to_its_records(at: Staffed) -> None:
    """One item in every cell of the details: decided in every way there is, by every kind of applicant."""
    from gongkai.applications.items import ItemState, RequestedItem
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
    assert len(more) == len(few) <= 5
