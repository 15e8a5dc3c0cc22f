"""The built city is full of life: every state and role, something late, something waiting; its site hangs together."""

import hashlib
from collections import deque
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from lxml import html
from tests.catalog.portal.reading import labels

from gongkai.agencies.bodies import Agency, SiteHost
from gongkai.agencies.officers import Officer
from gongkai.agencies.roles import Role
from gongkai.applications import case_files
from gongkai.applications.aftermath import Correction, Proposal, Rating
from gongkai.applications.applications import OPEN_STATES, Application, Channel, Ending
from gongkai.applications.applications import ApplicationState as S
from gongkai.applications.clock_facts import CASE_FACTS
from gongkai.applications.clock_facts import Clocks as ApplicationClocks
from gongkai.applications.dispatch import Letter
from gongkai.applications.figures import figures
from gongkai.applications.files import CaseFile, Redaction
from gongkai.applications.items import Deliberation, Note, RequestedItem, SearchRecord
from gongkai.applications.parties import PartyKind
from gongkai.applications.portal import secrets
from gongkai.applications.remedies import Remedy
from gongkai.applications.steps import Clarification, Consultation, Extension, Fee, ReasonDemand
from gongkai.catalog import doctypes
from gongkai.catalog.columns import Column, ColumnKind
from gongkai.catalog.documents import Document, DocumentState
from gongkai.catalog.editions import Edition, EditionState
from gongkai.catalog.queries import documents_in
from gongkai.demo import build, script
from gongkai.demo.applications.city import former_ledger
from gongkai.demo.applications.years import Settled
from gongkai.demo.shapes import DemoDocument, Withdrawn
from gongkai.law import replies
from gongkai.law.clock import Status
from gongkai.ledger.entries import Entry
from gongkai.oversight.annual_report import comparing
from gongkai.oversight.annual_report.editions import AnnualReport
from gongkai.oversight.annual_report.standing import Standing
from gongkai.publishing import checking, worklist
from gongkai.publishing.clocks import Clocks
from gongkai.publishing.reviews import Review

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)
RECENT = timedelta(days=45)
FIRST_YEAR, LAST_MONTHS = 2020, timedelta(days=200)
EVERY = 7  # of the many released long ago, one in so many: three years take half a minute to fire
PAGES = {"sqlite": 350, "postgresql": 160}  # where a link leads is no matter of the database
SITE = {"SiteName", "SiteDomain", "SiteIDCode"}
COLUMN = {"ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"}
ARTICLE = {"ArticleTitle", "PubDate", "ContentSource", "Keywords", "Author", "Description", "Url"}


def chosen() -> list[DemoDocument]:
    """Everything that is not simply published, what is recent, what others name, and some of the rest."""
    stories = script.documents(TODAY)
    named = {one.fate.successor for one in stories if isinstance(one.fate, Withdrawn)}
    firsts = {one.type: one.key for one in reversed(stories)}
    return [
        one
        for number, one in enumerate(stories)
        if one.fate.kind != "released"
        or one.date_of_issue > TODAY - RECENT
        or one.key in named
        or one.key in firsts.values()
        or number % EVERY == 0
    ]


def some_of_the_ledger() -> list[Settled]:
    """The first year whole, with what it began and ended with, and the last months; the years between are planned the
    same way (``test_applications``)."""
    return [
        one
        for one in former_ledger(TODAY)
        if one.ended.year <= FIRST_YEAR or one.received.year <= FIRST_YEAR or one.ended > TODAY - LAST_MONTHS
    ]


@pytest.fixture(scope="module")
def _morning() -> Iterator[None]:
    """The day for which the city is built, whenever the tests run."""
    with time_machine.travel("2026-11-23 09:00 +0800", tick=False):
        yield


@pytest.fixture(scope="module")
def _built(
    _morning: None, django_db_setup: None, django_db_blocker: Any, _test_settings: None
) -> Iterator[build.Built]:
    """Built once, by the real procedures, and never committed."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build.build(TODAY, lambda what, done, total: None, chosen(), some_of_the_ledger())
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def city(_built: build.Built, db: None) -> build.Built:
    return _built


def test_every_body_and_every_role_is_there(city: build.Built) -> None:
    assert {one.code for one in city.agencies.values()} >= {"A00", "A01", "A02", "A03"}
    for code in ("A01", "A02", "A03"):
        roles = {role for one in Officer.objects.filter(agency__code=code) for role in one.roles}
        assert roles == set(Role.values), code
    assert all(one.check_password(build.PASSWORD) for one in Officer.objects.order_by("pk")[:3])


def test_documents_stand_in_every_state_there_is() -> None:
    states = set(Edition.objects.values_list("state", flat=True))
    under_review = {"dept_review", "office_review", "leader_review"}
    assert {"drafting", "scheduled", "released", "superseded"} | under_review <= states
    assert set(Document.objects.values_list("state", flat=True)) >= {
        DocumentState.UNRELEASED,
        DocumentState.LIVE,
        DocumentState.WITHDRAWN,
        DocumentState.REVOKED,
    }
    assert {one.type for one in Document.objects.all()} >= set(doctypes.all_types()) - {"topic_page"}
    assert Edition.objects.filter(emergency=True).exists()
    assert Document.objects.filter(notice_kind="repealed", successor__isnull=False).exists()


def test_something_is_late_something_waits_and_something_was_returned() -> None:
    clocks = Clocks()
    officers = list(Officer.objects.filter(appointments__role="disclosure_officer").distinct())
    assert any(worklist.late_editions(one, clocks).exists() for one in officers)
    everybody = list(Officer.objects.prefetch_related("appointments"))
    busy = {role for one in everybody if worklist.waiting_count(one) for role in one.roles}
    assert {"drafter", "dept_reviewer", "office_reviewer", "leader"} <= busy
    assert Review.objects.filter(verdict="returned").exists()


def test_what_is_scheduled_lies_ahead_and_what_is_out_was_reviewed() -> None:
    scheduled = Edition.objects.filter(state=EditionState.SCHEDULED)
    assert scheduled.exists()
    assert all(one.release_at and one.release_at > timezone.now() for one in scheduled)
    for one in Edition.objects.filter(state=EditionState.RELEASED, emergency=False)[:40]:
        reviewers = {review.reviewer_id for review in one.reviews.filter(verdict="passed")}
        assert len(reviewers) >= 2, f"{one} was reviewed in grades"
        assert not reviewers & set(one.editors), f"{one}: nobody approves their own work"


def test_each_act_happened_at_its_own_time() -> None:
    assert not Entry.objects.filter(at__gt=timezone.now()).exists()
    assert len({entry.at.date() for entry in Entry.objects.filter(kind="publishing.released")}) > 40


def test_what_is_out_stands_in_a_column_and_columns_are_not_empty() -> None:
    for agency in Agency.objects.filter(code__in=["A02", "A03"]):
        columns = [one for one in Column.objects.filter(agency=agency) if one.kind == ColumnKind.LIST]
        gathered = {pk for one in columns for pk in documents_in(one).values_list("pk", flat=True)}
        public = set(Document.objects.filter(agency=agency, state=DocumentState.LIVE).values_list("pk", flat=True))
        assert public <= gathered


def test_drafts_of_the_city_carry_findings_to_look_at() -> None:
    drafts = Edition.objects.filter(state__in=[EditionState.DRAFTING, EditionState.DEPT_REVIEW])
    assert any(checking.current_report(one).findings for one in drafts)


def test_the_site_hangs_together() -> None:
    """From the city's home over all hosts: every link of ours leads to a page, and every page carries its labels."""
    hosts = set(SiteHost.objects.values_list("host", flat=True))
    portal = SiteHost.objects.get(agency__is_city=True, primary=True).host
    client = Client()
    waiting, seen = deque([f"http://{portal}/"]), {f"http://{portal}/"}
    broken, unlabelled, shown = [], {}, 0
    while waiting and shown < PAGES[connection.vendor]:
        url = waiting.popleft()
        parts = urlsplit(url)
        answer = client.get(
            f"{parts.path}?{parts.query}" if parts.query else parts.path, headers={"host": parts.netloc}
        )
        shown += 1
        if answer.status_code in {301, 302}:
            targets = [answer["Location"]]
        elif answer.status_code != 200:
            broken.append((url, answer.status_code))
            continue
        elif not answer["Content-Type"].startswith("text/html"):
            continue
        else:
            missing = _missing_labels(parts.path, labels(answer))
            if missing:
                unlabelled[url] = missing
            targets = html.fromstring(answer.content).xpath("//a/@href | //img/@src")
        for target in targets:
            onward = urldefrag(urljoin(url, target)).url
            there = urlsplit(onward)
            if there.hostname in hosts and not there.path.startswith(("/desk/", "/static/")) and onward not in seen:
                seen.add(onward)
                waiting.append(onward)
    assert broken == []
    assert unlabelled == {}
    assert shown > 150
    assert {urlsplit(url).hostname for url in seen} >= {"csgw.localhost", portal}


def _missing_labels(path: str, found: dict[str, str]) -> set[str]:
    wanted = SITE | COLUMN | (ARTICLE if path.startswith("/info/") else set())
    return {name for name in wanted if not found.get(name)}


def test_the_first_year_of_applications_is_the_one_its_report_tells() -> None:
    office = Application.objects.filter(agency__code="A02")
    assert office.filter(arrived_on__year=FIRST_YEAR).count() == 53
    assert all(one.items.count() == 1 for one in office.filter(arrived_on__year=FIRST_YEAR))
    told = figures(office, date(FIRST_YEAR, 1, 1), date(FIRST_YEAR, 12, 31), ApplicationClocks(today=TODAY))
    assert (told.received, told.closed, told.open) == (53, 52, 4)
    assert [line.number for line in told.by_outcome] == [21, 7, 3, 15, 4, 2]
    assert told.on_time == 1


def test_every_years_applications_are_closed_or_carried_over() -> None:
    """T3-1: received and carried in are closed and carried out, in every year and at every agency."""
    for code in ("A01", "A02", "A03"):
        carried = 0
        items = RequestedItem.objects.filter(application__agency__code=code)
        for year in range(FIRST_YEAR - 1, TODAY.year + 1):
            last = date(year, 12, 31)
            received = items.filter(application__arrived_on__year=year).count()
            closed = items.filter(closed_on__year=year).count()
            open_then = items.filter(application__arrived_on__lte=last).exclude(closed_on__lte=last).count()
            assert carried + received == closed + open_then, (code, year)
            carried = open_then


def test_applications_came_every_way_and_ended_every_way() -> None:
    office = Application.objects.filter(agency__code="A02")
    assert set(office.values_list("channel", flat=True)) == set(Channel.values)
    assert set(office.values_list("applicant_kind", flat=True)) == set(PartyKind.values)
    outcomes = set(RequestedItem.objects.values_list("outcome", flat=True))
    assert {one.key for one in replies.all_outcomes()} - outcomes <= {"other", "needs_processing"}
    # What was signed and has gone out was so in a system that can print; elsewhere it waits for its letter.
    passing = {S.SIGNED} if Letter.objects.exists() else {S.DELIVERED}
    ended = {S.ARCHIVED, S.TRANSFERRED, S.WITHDRAWN, S.ABANDONED}
    assert set(S.values) - ended - passing <= set(office.values_list("state", flat=True))
    assert set(Ending.values) == set(office.exclude(ending="").values_list("ending", flat=True))


def test_cases_had_every_step_there_is() -> None:
    assert set(Consultation.objects.values_list("state", flat=True)) >= {"sent", "answered", "lapsed"}
    assert {"consent", "object"} <= set(Consultation.objects.values_list("answer", flat=True))
    assert set(Consultation.objects.values_list("kind", flat=True)) >= {"third_party", "joint_agency"}
    assert {"proposed", "notified"} <= set(Extension.objects.values_list("state", flat=True))
    assert Clarification.objects.filter(answered_on__isnull=False).exists()
    assert Clarification.objects.filter(excused_on__isnull=False).exists()
    assert set(ReasonDemand.objects.values_list("reasonable", flat=True)) == {True, False, None}
    assert Fee.objects.filter(paid_on__isnull=False).exists()
    assert Application.objects.filter(round_of__isnull=False).exists()
    assert Application.objects.filter(moved_from__isnull=False).count() == 2
    assert Application.objects.filter(repeats__isnull=False).exists()
    remedies = set(Remedy.objects.values_list("kind", "result"))
    assert remedies >= {("reconsideration", ""), ("reconsideration", "corrected"), ("litigation_direct", "")}
    assert set(Correction.objects.values_list("state", flat=True)) == {"filed", "corrected", "passed_on"}
    assert set(Proposal.objects.values_list("state", "by_applicant")) == {("adopted", True), ("adopted", False)}
    assert Redaction.objects.filter(made=None).exists()
    for made in (Rating, SearchRecord, Deliberation, Note, CaseFile):
        assert made.objects.exists(), made


def test_something_waits_at_each_step_is_due_soon_and_late() -> None:
    clocks = ApplicationClocks(today=TODAY)
    standing = {
        one.number: clocks.of(one)
        for one in Application.objects.filter(agency__code="A02", state__in=OPEN_STATES).prefetch_related(*CASE_FACTS)
    }
    due = [line.due_date for line in standing.values() if line.due_date]
    assert sum(day < TODAY for day in due) == 1, standing
    assert sum(TODAY <= day <= TODAY + timedelta(days=7) for day in due) >= 2
    assert Status.STOPPED in {line.status for line in standing.values()}


def test_letters_of_the_demo_are_real_and_whoever_has_the_code_reads_them(city: build.Built) -> None:
    assert city.applications is not None
    assert city.applications.printed == Letter.objects.filter(state="frozen").exists()
    if not city.applications.printed:
        pytest.skip("this machine has nothing to print letters with")
    for letter in Letter.objects.filter(state="frozen").select_related("pdf")[:2]:
        assert letter.pdf is not None
        data = case_files.content(letter.pdf)
        assert data.startswith(b"%PDF-")
        assert hashlib.sha256(data).hexdigest() == letter.sha256
    for _, code, secret in city.applications.secrets:
        found = secrets.find(code, secret)
        assert found is not None
        assert found.letters.exists()


def test_every_agency_s_reports_are_published_and_say_what_its_records_say() -> None:
    assert told_years("A02") == told_years("A01") == told_years("A00") == list(range(2019, 2026))
    assert told_years("A03") == list(range(2019, 2025))
    report = AnnualReport.objects.get(agency__code="A02", year=2020)
    edition = report.editions.get()
    standing = Standing(edition)
    assert standing.figures.applications("new_received", "total").number == 53
    assert "政府信息公开申请53件" in standing.narrative.chapters[1]
    assert "150项主动公开事项" in standing.narrative.chapters[1]
    assert "规范性文件22件" in standing.narrative.chapters[1]
    assert [one.finding.message for one in standing.findings if one.finding.is_error] == []
    assert comparing.differences(edition) == []
    assert report.document is not None
    assert report.document.is_public


def told_years(code: str) -> list[int]:
    """The years whose reports that agency has published."""
    published = AnnualReport.objects.filter(agency__code=code, editions__state="published")
    return sorted(published.values_list("year", flat=True))


def test_one_draft_has_mistakes_that_the_checks_find() -> None:
    draft = AnnualReport.objects.get(agency__code="A03", year=2025).editions.get()
    codes = {one.finding.code for one in Standing(draft).findings}
    assert draft.state == "drafting"
    assert {"T3-1", "T3-2", "T3-3", "T4-1", "TXT-1", "S-2", "S-4"} <= codes
