"""A former ledger moves in: closed cases with their history, open ones with their clock, none twice."""

from datetime import date, timedelta

import pytest
from tests.applications.importing import ledgers
from tests.factories.people import Staffed

from gongkai.applications.actions import taking_over
from gongkai.applications.applications import Application, ApplicationState
from gongkai.applications.clock_facts import Clocks
from gongkai.applications.importing import planning, reading
from gongkai.applications.importing.planning import Fate
from gongkai.applications.taking_over import LedgerImport, LineStatus
from gongkai.ledger import moment, persons
from gongkai.ledger.entries import Entry

pytestmark = pytest.mark.django_db


def kept(at: Staffed, rows: list[list[object]]) -> LedgerImport:
    cases = reading.read(ledgers.workbook(rows)).cases
    return taking_over.keep(at.agency, cases, name="台账.xlsx", by=at.disclosure_officer)


def carried_out(at: Staffed, rows: list[list[object]]) -> LedgerImport:
    one = taking_over.start(kept(at, rows), by=at.disclosure_officer)
    assert taking_over.advance(one)
    return LedgerImport.objects.get(pk=one.pk)


def test_the_plan_says_what_would_be_made(at: Staffed) -> None:
    read = reading.read(ledgers.workbook(ledgers.messy()))
    plan = planning.plan(read.cases, at.agency)
    assert [one.problems for one in plan.rows] == [()] * 5
    assert plan.counts == {Fate.CLOSED: 5, Fate.OPEN: 0, Fate.SKIPPED: 0, Fate.REFUSED: 0}
    assert plan.rows[0].applicant == "周**"
    assert not Application.objects.exists()


def test_closed_cases_come_with_their_history(at: Staffed) -> None:
    one = carried_out(at, ledgers.messy())
    assert [(line.status, line.told) for line in one.lines.all()] == [(LineStatus.MADE, "")] * 5
    cases = {case.source_number: case for case in Application.objects.all()}
    assert {case.state for case in cases.values()} == {ApplicationState.ARCHIVED}
    assert cases["2025-001"].number == f"{at.agency.code}-申-2025-0001"
    assert cases["2025-001"].arrived_on == date(2025, 3, 3)
    assert cases["2025-001"].confirmed_on == date(2025, 3, 4)
    facts = persons.unseal(cases["2025-001"].applicant.person, bytes(cases["2025-001"].applicant.sealed))
    assert facts["phone"] == "13800138000"
    assert [(item.outcome, item.grounds, item.state) for item in cases["2025-003"].items.all()] == [
        ("partial", ["privacy"], "closed"),
        ("not_held", [], "closed"),
    ]
    assert cases["2025-003"].items.last().reasons == "经查无此件"
    assert cases["2025-004"].ending == "withdrawn"
    assert cases["2025-002"].remedies.get().result == "upheld"
    assert cases["2025-002"].clarifications.get().answered_on == date(2025, 4, 18)
    assert cases["2025-005"].extensions.get().state == "notified"
    line = Clocks().of(cases["2025-005"])
    assert line.due_date == date(2025, 9, 28)


def test_entries_stand_at_their_own_time(at: Staffed) -> None:
    carried_out(at, ledgers.messy())
    case = Application.objects.get(source_number="2025-002")
    entries = Entry.objects.filter(subject_kind="application", subject_id=str(case.pk)).order_by("id")
    said = [(one.kind.removeprefix("applications."), moment_of(one)) for one in entries]
    assert said == [
        ("received", date(2025, 4, 7)),
        ("clarification", date(2025, 4, 10)),
        ("supplemented", date(2025, 4, 18)),
        ("adopted", date(2025, 5, 15)),
        ("remedy_filed", date(2025, 6, 3)),
    ]


def moment_of(entry: Entry) -> date:
    from django.utils import timezone

    return timezone.localdate(entry.at)


def test_a_second_run_takes_nothing_twice(at: Staffed) -> None:
    carried_out(at, ledgers.messy())
    again = carried_out(at, ledgers.messy())
    assert Application.objects.count() == 5
    assert {line.status for line in again.lines.all()} == {LineStatus.SKIPPED}


def test_it_goes_on_where_it_stopped(at: Staffed) -> None:
    one = taking_over.start(kept(at, ledgers.messy()), by=at.disclosure_officer)
    assert not taking_over.advance(one, limit=2)
    assert Application.objects.count() == 2
    taking_over.advance_started(moment.now())
    one.refresh_from_db()
    assert Application.objects.count() == 5
    assert one.done_at is not None
    assert not one.sealed


def test_what_was_read_is_sealed_and_then_forgotten(at: Staffed) -> None:
    one = kept(at, ledgers.messy())
    assert "周予安".encode() not in bytes(one.sealed)
    assert len(taking_over.cases_of(one)) == 5
    assert taking_over.cases_of(carried_out(at, ledgers.messy())) == []


def test_open_cases_run_on_with_their_clock(at: Staffed) -> None:
    arrived = moment.today() - timedelta(days=5)
    rows = ledgers.in_hand(arrived)
    rows[0][ledgers.NAMED["承办科室"]] = at.department.name
    carried_out(at, rows)
    case = Application.objects.get(source_number="2026-099")
    assert case.state == ApplicationState.HANDLING
    assert case.assignments.get().department == at.department
    line = Clocks().of(case)
    assert line.status.open
    assert line.receipt.day == arrived


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"收到日期": "3月5日"}, "“收到日期”：无法识别日期“3月5日”"),
        ({"办理结果": "按程序处理"}, "“办理结果”：看不懂“按程序处理”，请写：已主动公开、予以公开"),
        ({"办理结果": "不予公开"}, "“不予公开理由”：“不予公开”须填写法定理由"),
        ({"答复日期": ""}, "“答复日期”：填写了处理决定的，须填写答复日期"),
        ({"答复日期": "2025-02-28"}, "“答复日期”：日期有矛盾"),
        ({"申请渠道": "口头"}, "“申请渠道”：看不懂“口头”"),
        ({"承办科室": "没有的处"}, "“承办科室”：本机关没有“没有的处”这个处室"),
        ({"复议日期": "2025-05-06"}, "“复议机关”：填写了“复议日期”的，须填写向谁申请"),
        ({"补正通知日期": "2025-03-05"}, "“补正期限”：填写了“补正通知日期”的，须填写要求补正的最后一日"),
    ],
)
def test_what_is_wrong_is_told_at_its_cell(at: Staffed, change: dict[str, str], told: str) -> None:
    """In the words of the office, not of the template."""
    rows = ledgers.messy()[:1]
    for heading, value in change.items():
        rows[0][ledgers.NAMED[heading]] = value
    plan = planning.plan(reading.read(ledgers.workbook(rows)).cases, at.agency)
    assert plan.rows[0].fate is Fate.REFUSED
    assert f"第3行{told}" in "；".join(plan.rows[0].problems)
    one = carried_out(at, rows)
    assert one.lines.get().status == LineStatus.REFUSED
    assert not Application.objects.exists()
