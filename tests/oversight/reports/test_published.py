"""What the public finds: the document in its column, the years drawn and in tables, the files."""

from decimal import Decimal

import pytest
from django.test import Client
from tests.factories import reports
from tests.factories.people import Staffed

from gongkai.catalog.queries import documents_in
from gongkai.oversight.annual_report.charts import Chart, Series
from gongkai.oversight.annual_report.reading import report as reading
from gongkai.oversight.annual_report.standing import Standing

pytestmark = pytest.mark.django_db
YEAR = reports.YEAR


def _site(at: Staffed) -> Client:
    host = at.agency.hosts.get().host
    return Client(headers={"host": host})


def test_the_report_stands_in_its_column_and_its_years_are_drawn(at: Staffed) -> None:
    edition = reports.in_state(at, "published")
    document = edition.report.document
    assert document is not None
    assert list(documents_in(at.agency.columns.get(key="nianbao"))) == [document]
    site = _site(at)
    shown = site.get(document.get_absolute_url()).content.decode()
    assert "表格" in shown or "<table" in shown
    assert f"/reports/of/{at.agency.slug}/{YEAR}.pdf" in shown
    years = site.get("/reports/").content.decode()
    assert f"{YEAR}年度报告" in years
    assert site.get(f"/reports/of/{at.agency.slug}/").status_code == 301


def test_files_say_what_was_published(at: Staffed) -> None:
    edition = reports.in_state(at, "published")
    site = _site(at)
    for ending in ("json", "xml", "xlsx", "docx"):
        answer = site.get(f"/reports/of/{at.agency.slug}/{YEAR}.{ending}")
        assert answer.status_code == 200
        read = reading.read(f"x.{ending}", answer.content, year=YEAR)
        told = Standing(edition).figures
        assert {key: value.counted for key, value in read.figures.values.items()} == {
            key: value.counted for key, value in told.values.items()
        }
    assert site.get(f"/reports/of/{at.agency.slug}/{YEAR}.html").status_code == 404
    assert site.get(f"/reports/of/{at.agency.slug}/{YEAR - 1}.json").status_code == 404


def test_nothing_of_a_draft_is_public(at: Staffed) -> None:
    reports.in_state(at, "approved")
    site = _site(at)
    assert site.get(f"/reports/of/{at.agency.slug}/{YEAR}.json").status_code == 404
    years = site.get("/reports/").content.decode()
    assert "还没有公布年度报告" in years
    assert "每年1月31日前公布" in years


def test_the_empty_page_of_a_government_names_the_last_day_of_governments(at: Staffed) -> None:
    type(at.agency).objects.filter(pk=at.agency.pk).update(is_city=True)
    assert "每年3月31日前公布" in _site(at).get("/reports/").content.decode()


def test_bars_stand_on_their_base_and_end_at_the_highest() -> None:

    beside = Chart(
        "甲", "件", [2020, 2021], [Series("一", [Decimal(10), None]), Series("二", [Decimal(5), Decimal(0)])]
    )
    highest, half, none = beside.bars
    assert highest.height == 2 * half.height
    assert highest.y + highest.height == half.y + half.height == 128
    assert none.height == 0
    stacked = Chart("乙", "件", [2020], [Series("一", [Decimal(3)]), Series("二", [Decimal(1)])], stacked=True)
    lower, upper, total = stacked.bars
    assert upper.y + upper.height == lower.y
    assert (total.text, total.y) == ("4", 18.0)
    assert stacked.rows == [(2020, ["3", "1"])]
