"""Figures at the desk, as workbooks, for the public; the list of cases with and without who people are."""

import io
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl
import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.applications.importing import ledgers
from tests.applications.importing.test_taking_over import carried_out
from tests.factories import people
from tests.factories.people import Staffed

from gongkai.agencies.officers import Officer
from gongkai.applications.applications import Application
from gongkai.applications.clock_facts import Clocks
from gongkai.applications.figure_periods import year
from gongkai.applications.figures import by_agency, figures
from gongkai.ledger.entries import Entry

Desk = Callable[[Officer], Client]


@pytest.fixture
def ledger(at: Staffed) -> Staffed:
    carried_out(at, ledgers.messy())
    return at


def table(data: bytes) -> list[Sequence[Any]]:
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    return list(sheet.iter_rows(values_only=True))


def test_one_agency_counts_as_it_does_among_all(ledger: Staffed) -> None:
    whole = year(2025)
    one = figures(Application.objects.all(), whole.first, whole.last, Clocks())
    among = by_agency(Application.objects.all(), whole.first, whole.last, Clocks())[ledger.agency.pk]
    assert (one.received, one.closed, one.replied) == (6, 6, 4)
    assert (among.received, among.closed, among.open, among.replied) == (one.received, one.closed, one.open, 4)
    assert among.working_days == one.working_days
    assert among.on_time == one.on_time


def test_the_page_says_them_for_a_quarter(ledger: Staffed, desk: Desk) -> None:
    page = desk(ledger.leader).get(reverse("applications:figures"), {"period": "2025Q1"}).content.decode()
    assert "2025年第1季度" in page
    assert "互联网渠道" in page
    assert "当面提交" not in page


def test_the_queries_do_not_grow(ledger: Staffed) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            figures(Application.objects.all(), year(2025).first, year(2025).last, clocks)
        return len(asked)

    clocks = Clocks()
    few = queries()
    more = [[*row] for row in ledgers.messy()]
    for row in more:
        row[0] = f"again-{row[0]}"
    carried_out(ledger, more)
    assert queries() == few


def test_the_supervising_office_sees_all_and_each(ledger: Staffed, desk: Desk) -> None:
    above = people.staffed("澜川市人民政府办公室", is_supervising=True)
    client = desk(above.disclosure_officer)
    page = client.get(reverse("applications:figures"), {"period": "2025"}).content.decode()
    assert ledger.agency.name in page
    of_one = {"period": "2025", "agency": str(ledger.agency.pk)}
    assert "政府信息不存在" not in client.get(reverse("applications:figures"), of_one).content.decode()
    assert "无法提供" in client.get(reverse("applications:figures"), of_one).content.decode()
    data = client.get(reverse("applications:figures_workbook"), {"period": "2025"}).content
    assert "各机关" in openpyxl.load_workbook(io.BytesIO(data)).sheetnames
    other = people.staffed("澜川市水务局")
    hers = desk(other.disclosure_officer).get(reverse("applications:figures"), of_one).content.decode()
    assert ledger.agency.name not in hers


def test_the_list_is_masked_unless_asked_with_its_purpose(ledger: Staffed, desk: Desk) -> None:
    client, url = desk(ledger.disclosure_officer), reverse("applications:export_cases")
    rows = table(client.post(url, {"period": "2025"}).content)
    assert len(rows) == 2 + 5
    assert "周**" in rows[2]
    assert not any("周予安" in str(cell) for row in rows for cell in row)
    refused = client.post(url, {"period": "2025", "personal": "on"})
    assert refused.status_code == 422
    assert "须写明用途" in refused.content.decode()
    named = table(client.post(url, {"period": "2025", "personal": "on", "why": "年度归档"}).content)
    assert "周予安" in named[2]
    said = [one.data["what"] for one in Entry.objects.filter(kind="applications.exported").order_by("id")]
    assert said == ["2025年，5件，申请人已掩码", "2025年，5件，含个人信息：年度归档"]


def test_who_is_not_in_charge_of_people_gets_no_names(ledger: Staffed, desk: Desk) -> None:
    url, asked = reverse("applications:export_cases"), {"period": "2025", "personal": "on", "why": "看看"}
    assert desk(ledger.leader).post(url, asked).status_code == 422
    assert desk(ledger.drafter).post(url, asked).status_code == 403


def test_the_public_page_tells_the_year_and_no_small_numbers(ledger: Staffed) -> None:
    cache.clear()
    host = ledger.agency.hosts.get(primary=True).host
    client = Client(headers={"host": host})
    answer = client.get(reverse("apply:figures"))
    page = answer.content.decode()
    assert answer.headers["Cache-Control"] == "public, max-age=600"
    assert "2025年依申请公开统计" in page
    assert "不予公开" in page
    assert "商业秘密" not in page
    assert "平均办理工作日" not in page
    assert client.get(reverse("apply:figures_of", args=[2019])).status_code == 404
