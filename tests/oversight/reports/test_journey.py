"""A report from its beginning to the public, corrected afterwards: figures freeze, words follow them, history stays."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from tests.factories import cases, people, reports
from tests.factories.people import Staffed

from gongkai.catalog.documents import Document
from gongkai.catalog.editions import ChangeKind
from gongkai.law.annual_report import figures as law_figures
from gongkai.oversight.actions import registers
from gongkai.oversight.actions import reports as actions
from gongkai.oversight.actions.registers import Entered
from gongkai.oversight.annual_report.collecting import tables
from gongkai.oversight.annual_report.composing import MARK
from gongkai.oversight.annual_report.editions import ReportEdition
from gongkai.oversight.annual_report.standing import Standing, digest
from gongkai.procedures.engine import Refused

pytestmark = pytest.mark.django_db
YEAR = reports.YEAR


@pytest.fixture
def at() -> Staffed:
    return people.staffed()


def test_from_the_first_draft_to_the_public(at: Staffed) -> None:
    cases.delivered(at, arrived=date(YEAR, 3, 3))
    cases.handling_(at, arrived=date(YEAR, 12, 30))
    registers.save_training(
        at.agency, by=at.disclosure_officer, held_on=date(YEAR, 5, 6), subject="公开条例", people=40
    )
    edition = reports.drafting(at, edited=False)
    assert MARK in edition.chapters["1"]
    assert "{{表三.新收.总计}}" in edition.chapters["1"]
    told = Standing(edition).narrative.chapters[1]
    assert "全年新收政府信息公开申请2件，其中自然人2件" in told
    assert "培训1次，参加40人次" in told
    with pytest.raises(Refused, match="拟稿没有核对"):
        reports.onward(at, edition, "office_review")
    edition = reports.again(edition)
    chapters = {number: text.replace(MARK, "") for number, text in edition.text_of.items()}
    edition = reports.again(actions.save(edition, by=at.disclosure_officer, version=edition.version, chapters=chapters))
    edition = reports.onward(at, edition, "published")
    report = edition.report
    document = Document.objects.get(pk=report.document_id)
    assert document.is_public
    assert document.live is not None
    assert "2件" in document.live.text
    assert "<table" in document.live.body
    assert edition.digest == digest(edition.figures, edition.chapters, edition.preface)
    assert {one.finding.code for one in Standing(edition).findings if one.finding.is_error} == set()


def test_what_is_published_stands_whatever_is_recorded_later(at: Staffed) -> None:
    edition = reports.in_state(at, "published")
    assert Standing(edition).figures.applications("new_received", "total").counted == 0
    cases.registered(at, arrived=date(YEAR, 6, 1))
    assert Standing(reports.again(edition)).figures.applications("new_received", "total").counted == 0
    assert tables.compute(at.agency, YEAR).applications("new_received", "total").counted == 1
    later = reports.onward(at, reports.correction(at, edition), "published")
    assert Standing(later).figures.applications("new_received", "total").counted == 1
    assert reports.again(edition).state == "superseded"
    document = later.report.document
    assert document is not None
    assert document.live is not None
    assert document.live.change_kind == ChangeKind.CORRECTION
    assert "更正说明" in document.live.text
    assert document.editions.count() == 2


def test_review_looks_at_what_will_be_published(at: Staffed) -> None:
    edition = reports.in_state(at, "office_review")
    cases.registered(at, arrived=date(YEAR, 6, 1))
    assert Standing(edition).figures.applications("new_received", "total").counted == 0
    back = reports.act(edition, "return", at.office_reviewer, reason="再核对")
    assert Standing(back).figures.applications("new_received", "total").counted == 1


def test_a_reference_to_nothing_is_refused_at_its_field(at: Staffed) -> None:
    edition = reports.drafting(at)
    with pytest.raises(ValidationError) as refused:
        actions.save(edition, by=at.disclosure_officer, version=None, chapters={1: "共{{表三.新收.外国人}}件"})
    assert list(refused.value.message_dict) == ["chapter_1"]
    with pytest.raises(actions.ReportConflict):
        actions.save(edition, by=at.disclosure_officer, version=edition.version - 1, chapters={1: "改了"})


def test_an_error_is_answered_and_the_answer_stays_until_the_numbers_change(at: Staffed) -> None:
    former = tables.compute(at.agency, YEAR - 1)
    document = law_figures.dump(former) | {"year": YEAR - 1} | {"chapters": reports.READ["chapters"]}
    document["table3"]["rows"]["carry_forward"] = [3, 0, 0, 0, 0, 0, 3]
    document["table3"]["rows"]["new_received"] = [3, 0, 0, 0, 0, 0, 3]
    import json

    actions.read_file(at.agency, "上年.json", json.dumps(document).encode(), by=at.disclosure_officer)
    edition = reports.drafting(at)
    errors = Standing(edition).errors
    assert {one.finding.code for one in errors} == {"Y-1"}
    with pytest.raises(Refused, match="错误没有改正"):
        reports.onward(at, edition, "office_review")
    for one in errors:
        actions.answer(edition, key=one.finding.key, note="机构改革，结转件移交其他机关。", by=at.disclosure_officer)
    assert Standing(edition).errors == []
    assert reports.onward(at, reports.again(edition), "office_review").state == "office_review"
    actions.take_back(edition, key=errors[0].finding.key, by=at.disclosure_officer)
    assert len(Standing(edition).errors) == 1


def test_missing_figures_are_named_or_explained(at: Staffed) -> None:
    registers.assign(at.department, "penalty_decisions", since=date(YEAR, 1, 1), by=at.disclosure_officer)
    edition = reports.drafting(at)
    with pytest.raises(Refused, match="行政处罚处理决定1至12月"):
        reports.act(edition, "complete", at.disclosure_officer)
    months = [Entered("penalty_decisions", YEAR, month, Decimal(10)) for month in range(1, 12)]
    registers.enter(at.department, months, by=at.drafter)
    with pytest.raises(Refused, match="12月"):
        reports.act(reports.again(edition), "complete", at.disclosure_officer)
    edition = reports.act(reports.again(edition), "complete", at.disclosure_officer, lacking="12月没有处罚")
    assert edition.lacking == "12月没有处罚"
    key = "table2.art20_6.行政处罚.decisions"
    assert Standing(edition).figures[key].number == 110


def test_the_first_edition_cannot_be_thrown_away_and_nobody_approves_their_own(at: Staffed) -> None:
    edition = reports.drafting(at)
    with pytest.raises(Refused, match="第一版不能作废"):
        reports.act(edition, "discard", at.disclosure_officer, reason="x")
    actions.save(edition, by=at.office_reviewer, version=None, chapters={1: "改一句。"})
    edition = reports.onward(at, reports.again(edition), "office_review")
    with pytest.raises(Refused, match="由您编写或修改过"):
        reports.act(edition, "pass_office", at.office_reviewer)
    assert ReportEdition.objects.get(pk=edition.pk).state == "office_review"
