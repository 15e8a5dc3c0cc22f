"""The desk of annual reports over HTTP: years, report, text, the records behind numbers, registers, supervision."""

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.factories import cases, people, reports
from tests.factories.people import Staffed

from gongkai.agencies.officers import Officer
from gongkai.law.annual_report import figures as law_figures
from gongkai.oversight.actions import registers
from gongkai.oversight.actions.registers import Entered
from gongkai.oversight.annual_report.collecting import tables
from gongkai.oversight.annual_report.editions import Reminder, ReportEdition, Submission
from gongkai.oversight.annual_report.registers import MonthlyFigure, Training

pytestmark = pytest.mark.django_db
Desk = Callable[[Officer], Client]
YEAR = reports.YEAR


def page(client: Client, name: str, *args: object, **query: object) -> str:
    """The page, which is there."""
    answer = client.get(reverse(f"oversight:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_one_button_begins_the_report_and_every_number_leads_to_its_records(at: Staffed, desk: Desk) -> None:
    case = cases.registered(at, arrived=date(YEAR, 3, 3), wanted=["环卫车辆采购合同"])
    client = desk(at.disclosure_officer)
    assert "开始编写" in page(client, "reports")
    client.post(reverse("oversight:begin", args=[YEAR]))
    shown = page(client, "report", YEAR)
    address = reverse("oversight:cell", args=[YEAR, "table3.new_received.natural_person"])
    assert f'<a href="{address}">1</a>' in shown
    assert "（一）主动公开" in shown
    behind = client.get(address).content.decode()
    assert case.number in behind
    assert "环卫车辆采购合同" in behind
    assert "申请到达之日" in behind
    assert client.get(reverse("oversight:cell", args=[YEAR, "table3.nothing.total"])).status_code == 404


def test_writing_refuses_unknown_references_and_keeps_what_was_typed(at: Staffed, desk: Desk) -> None:
    reports.drafting(at, edited=False)
    client = desk(at.disclosure_officer)
    editor = reverse("oversight:text", args=[YEAR])
    shown = client.get(editor).content.decode()
    assert "〔拟〕" in shown
    assert "{{表三.新收.自然人}}" in shown
    typed = {"version": 1, "chapter_1": "收到{{表三.新收.火星人}}件。", "chapter_5": "我的话", "preface": "引言"}
    refused = client.post(editor, typed)
    assert refused.status_code == 422
    told = refused.content.decode()
    assert "没有“表三.新收.火星人”这个数据" in told
    assert "我的话" in told
    typed["chapter_1"] = "收到{{表三.新收.总计}}件。"
    assert client.post(editor, typed).status_code == 302
    assert client.post(editor, typed | {"chapter_1": "他人的"}).status_code == 409
    assert "收到0件。" in page(client, "report", YEAR)


def test_the_way_to_the_public_over_http(at: Staffed, desk: Desk) -> None:
    reports.drafting(at)
    way = [
        ("disclosure_officer", "complete"),
        ("disclosure_officer", "submit"),
        ("office_reviewer", "pass_office"),
        ("disclosure_head", "pass_head"),
        ("leader", "approve"),
        ("disclosure_officer", "publish"),
    ]
    for version, (role, event) in enumerate(way, start=2):
        client = desk(at.officers[role])
        edition = reports.again(ReportEdition.objects.get())
        assert edition.version == version
        address = reverse("oversight:fire", args=[YEAR, "annual-report", event])
        answer = client.post(address, {"version": edition.version, "seen": 0})
        assert answer.status_code == 302, answer.content.decode()
    shown = page(desk(at.disclosure_officer), "report", YEAR)
    assert "公开页面" in shown
    assert "更正这份报告" in shown
    client = desk(at.disclosure_officer)
    editor = reverse("oversight:text", args=[YEAR])
    fixed = page(client, "text", YEAR)
    assert "这一版不能再改" in fixed
    assert 'action="' + reverse("oversight:correct", args=[YEAR]) in fixed
    assert 'name="chapter_1"' not in fixed
    late = client.post(editor, {"version": 1, "chapter_1": "晚到的一句。"})
    assert late.status_code == 422
    assert "晚到的一句。" in late.content.decode()
    assert client.post(reverse("oversight:submit", args=[YEAR])).status_code == 302
    assert Submission.objects.get().edition.number == 1
    assert "完全一致" in page(client, "changes", YEAR)
    cases.registered(at, arrived=date(YEAR, 6, 6))
    differs = page(client, "changes", YEAR)
    assert "本年新收" in differs
    assert "收到申请" in differs
    assert client.get(reverse("oversight:preview", args=[YEAR, "json"])).json()["year"] == YEAR


def test_departments_enter_their_own_months_and_nobody_else_s(at: Staffed, desk: Desk) -> None:
    registers.assign(at.department, "penalty_decisions", since=date(YEAR, 1, 1), by=at.disclosure_officer)
    client = desk(at.drafter)
    place = reverse("oversight:figures")
    typed = {"year": YEAR, "department": at.department.pk, "penalty_decisions-1": "12", "penalty_decisions-2": "x"}
    refused = client.post(place, typed)
    assert refused.status_code == 422
    assert "“x”不是数字" in refused.content.decode()
    assert 'value="12"' in refused.content.decode()
    client.post(place, typed | {"penalty_decisions-2": "3"})
    assert list(MonthlyFigure.objects.values_list("month", "value", "by")) == [
        (1, Decimal(12), at.drafter.pk),
        (2, Decimal(3), at.drafter.pk),
    ]
    assert client.post(place, typed | {"department": at.other_department.pk}).status_code == 404
    assert "3至12月" in page(client, "figures", year=YEAR)
    office = desk(at.disclosure_officer)
    assert f"{YEAR}年年报数据：{at.department.name}" in page(office, "figures", year=YEAR)
    remind = {"year": YEAR, "department": at.department.pk, "text": "请填报"}
    office.post(reverse("oversight:figures_remind"), remind)
    assert Reminder.objects.get().department == at.department
    reports.drafting(at)
    behind = page(office, "cell", YEAR, "table2.art20_6.行政处罚.decisions")
    assert "15" in behind
    assert at.drafter.name in behind


def test_months_come_in_from_a_workbook_or_not_at_all(at: Staffed, desk: Desk) -> None:
    book = openpyxl.Workbook()
    book.active.append(["月份", "行政处罚处理决定", "行政事业性收费金额（万元）"])
    book.active.append(["1月", 7, 12.5])
    book.active.append(["2月", "若干", 3])
    held = BytesIO()
    book.save(held)
    client = desk(at.disclosure_officer)
    place = reverse("oversight:figures_import")
    sent = {"year": YEAR, "department": at.department.pk}
    refused = client.post(place, sent | {"file": SimpleUploadedFile("月报.xlsx", held.getvalue())})
    assert refused.status_code == 422
    assert "“若干”不是数字" in refused.content.decode()
    assert not MonthlyFigure.objects.exists()
    book.active["B3"] = 8
    held = BytesIO()
    book.save(held)
    client.post(place, sent | {"file": SimpleUploadedFile("月报.xlsx", held.getvalue())})
    sums = {one.source: one.value for one in MonthlyFigure.objects.filter(month=1)}
    assert sums == {"penalty_decisions": 7, "fee_amount": Decimal("12.5")}
    assert set(MonthlyFigure.objects.values_list("imported_from", flat=True)) == {"月报.xlsx"}


def test_stocks_give_last_year_s_number_and_the_change(at: Staffed) -> None:
    def enter(department: object, year: int, month: int, value: int) -> None:
        registers.enter(department, [Entered("licence_items", year, month, Decimal(value))], by=at.disclosure_officer)  # type: ignore[arg-type]

    enter(at.department, 2018, 12, 10)
    enter(at.department, 2019, 3, 12)
    enter(at.other_department, 2018, 6, 5)
    figures = tables.compute(at.agency, 2019)
    assert figures["table2.art20_5.行政许可.prev_items"].number == 15
    assert figures["table2.art20_5.行政许可.delta"].number == 2
    from gongkai.oversight.annual_report.collecting.records import behind

    for column in ("prev_items", "delta"):
        key = f"table2.art20_5.行政许可.{column}"
        assert behind(at.agency, 2019, key).number == figures[key].number


def test_trainings_are_written_down(at: Staffed, desk: Desk) -> None:
    client = desk(at.disclosure_officer)
    place = reverse("oversight:trainings")
    assert client.post(place, {"held_on": "", "subject": "条例", "people": "0"}).status_code == 422
    client.post(place, {"held_on": "2025-05-06", "subject": "条例解读", "people": "40"})
    made = Training.objects.get()
    assert "条例解读" in page(client, "trainings")
    client.post(reverse("oversight:training_remove", args=[made.pk]))
    assert not Training.objects.exists()


def test_a_report_file_is_read_and_its_errors_are_shown(at: Staffed, desk: Desk) -> None:
    document = law_figures.dump(tables.compute(at.agency, 2023)) | reports.READ | {"year": 2023}
    document["table3"]["rows"]["total"] = [5, 0, 0, 0, 0, 0, 4]
    client = desk(at.disclosure_head)
    data = SimpleUploadedFile("2023.json", json.dumps(document).encode())
    assert client.post(reverse("oversight:read"), {"file": data}).status_code == 302
    shown = page(client, "report", 2023)
    assert "T3-1" in shown
    assert "T3-3" in shown
    bad = SimpleUploadedFile("x.json", b"{}")
    assert "无法读取" in client.post(reverse("oversight:read"), {"file": bad}).content.decode()
    fired = reverse("oversight:fire", args=[2023, "annual-report", "adopt"])
    version = ReportEdition.objects.get().version
    answer = client.post(fired, {"version": version, "adopt-published_on": "2024-01-20"})
    assert answer.status_code == 302
    edition = reports.again(ReportEdition.objects.get())
    assert edition.published_on == date(2024, 1, 20)
    assert edition.report.document is not None
    assert edition.report.document.listed_at is not None
    assert edition.report.document.listed_at.year == 2024


def test_the_supervising_office_sees_judges_reminds_and_adds_up(at: Staffed, desk: Desk) -> None:
    office = people.staffed("澜川市人民政府办公室", is_supervising=True)
    made = reports.submission(at)
    client = desk(office.disclosure_officer)
    listed = page(client, "supervised", year=YEAR)
    assert at.agency.name in listed
    assert "已报送" in listed
    seen = page(client, "submitted", made.pk)
    assert "检查结果" in seen
    judge = reverse("oversight:judge", args=[made.pk, "send_back"])
    assert client.post(judge, {"version": made.version}).status_code == 422
    client.post(judge, {"version": made.version, "send_back-reason": "请核对表三"})
    assert "请核对表三" in page(desk(at.disclosure_officer), "report", YEAR)
    again = reverse("oversight:fire", args=[YEAR, "report-submission", "submit_again"])
    desk(at.disclosure_officer).post(again, {"version": 2})
    client.post(reverse("oversight:judge", args=[made.pk, "accept"]), {"version": 3})
    assert Submission.objects.get().state == "accepted"
    client.post(reverse("oversight:remind", args=[office.agency.pk]), {"year": YEAR, "text": "请报送"})
    assert Reminder.objects.get().agency == office.agency
    whole = page(client, "aggregate", YEAR)
    assert "缺少 1 个机关" in whole
    assert office.agency.name in whole
    found = client.get(reverse("oversight:aggregate_file", args=[YEAR, "json"])).json()
    assert found["format_version"] == "2021"


def test_drafts_of_others_are_nobody_s_business(at: Staffed, desk: Desk) -> None:
    office = people.staffed("澜川市人民政府办公室", is_supervising=True)
    edition = reports.drafting(at)
    client = desk(office.disclosure_head)
    assert client.get(reverse("oversight:report", args=[YEAR])).status_code == 404
    assert "编写" in page(client, "supervised", year=YEAR)
    assert desk(at.disclosure_head).get(reverse("oversight:supervised")).status_code == 403
    assert desk(at.drafter).get(reverse("oversight:report", args=[edition.report.year])).status_code == 403
