"""``/reports/check/`` and ``/api/v1/report-checks``: for anyone, nothing kept, bounded."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import html as markup
from tests.factories import people
from tests.oversight.portal import wrong

from gongkai.oversight import limits
from gongkai.oversight.annual_report import apart, apart_work, checking
from gongkai.oversight.annual_report.reading.report import read

pytestmark = pytest.mark.django_db
PAGE, API = "/reports/check/", "/api/v1/report-checks"


@pytest.fixture(autouse=True)
def _site() -> None:
    people.staffed("澜川市人民政府", is_city=True, host="testserver")


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    """In this process; that it is done in one of its own is shown by ``annual_report/test_apart.py``."""
    monkeypatch.setattr(apart, "_answer", lambda asked, limits: apart_work.answered(asked))


@pytest.fixture
def client() -> Iterator[Client]:
    cache.clear()
    yield Client()
    cache.clear()


def upload(data: bytes, name: str = "report.html") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def words(response: Any) -> str:
    return " ".join(markup.fromstring(response.content).text_content().split())


def test_the_empty_form_is_kept_by_nobody(client: Client) -> None:
    response = client.get(PAGE)
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    assert "不保存" in words(response)


def test_wrong_cells_are_marked_and_lead_to_their_findings(client: Client) -> None:
    response = client.post(PAGE, {"file": upload(wrong.html())})
    assert response.status_code == 200
    page = markup.fromstring(response.content)
    marked = page.xpath("//td[contains(@class, 'is-error')]")
    assert [one.text for one in marked] == ["10", "1", "0", "0", "0"]
    (first, *_) = page.xpath("//td[contains(@class, 'is-error')]//a/@href")
    (finding,) = page.xpath(f"//li[@id='{first[1:]}']")
    assert "T4-1" in finding.text_content()
    assert "之和为11，总计为0，相差11" in finding.text_content()
    assert "TXT-1" in words(response)
    assert "S-4" in words(response)


def test_every_number_names_its_headings(client: Client) -> None:
    page = markup.fromstring(client.post(PAGE, {"file": upload(wrong.html())}).content)
    ids = set(page.xpath("//table[contains(@class, 'report-table')]//th/@id"))
    numbers = page.xpath("//table[contains(@class, 'report-table')]//td[@headers]")
    assert len(numbers) == 200
    assert all(set(one.get("headers").split()) <= ids and len(one.get("headers").split()) >= 2 for one in numbers)
    (cell,) = [one for one in numbers if one.text == "10"]
    assert [page.get_element_by_id(one).text for one in cell.get("headers").split()] == ["行政复议", "结果维持"]


def test_pasted_text_and_last_years_report(client: Client) -> None:
    pasted = wrong.html().decode()
    response = client.post(PAGE, {"text": pasted, "before": upload(wrong.html(2022))})
    assert response.status_code == 200
    assert "S-3" in words(response)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, "请选择报告文件，或者把报告粘贴在下面"),
        ({"text": "<p>会议通知</p>"}, "没有找到年度报告"),
        ({"text": "x", "year": "23"}, "请填写四位数的年度"),
        ({"file": SimpleUploadedFile("a.pdf", b"%PDF-1.4 broken")}, "无法打开这个 PDF 文件"),
        ({"file": SimpleUploadedFile("a.pdf", b"")}, "文件是空的"),
        ({"file": SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n0000")}, "不是能读的文件"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_field(client: Client, given: dict[str, Any], told: str) -> None:
    response = client.post(PAGE, given)
    assert response.status_code == 422
    assert told in words(response)
    if "text" in given:
        assert given["text"] in markup.fromstring(response.content).xpath("//textarea")[0].text


def test_a_year_that_does_not_go_before_is_told(client: Client) -> None:
    response = client.post(PAGE, {"file": upload(wrong.html()), "before": upload(wrong.html(2020))})
    assert response.status_code == 422
    assert "2020年度不是2023年度的上一年度" in words(response)


def test_too_large_is_refused(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai.oversight.portal.check_form.LARGEST_BYTES", 1024 * 1024)
    response = client.post(PAGE, {"file": upload(b"<p>" + b" " * (1024 * 1024))})
    assert (response.status_code, "超过 1 MB" in words(response)) == (422, True)


def test_page_and_interface_share_what_one_side_may_ask(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CHECKS", "2/10m")
    assert client.post(PAGE, {"text": "x"}).status_code == 422
    assert client.post(API, {"text": "x"}).status_code == 422
    refused = client.post(PAGE, {"text": "什么都没有丢"})
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0
    assert "什么都没有丢" in markup.fromstring(refused.content).xpath("//textarea")[0].text
    assert client.post(API, {"text": "x"}).status_code == 429


def test_when_others_are_checking_it_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_PATIENCE_SECONDS", 0)
    with limits.room(), limits.room():
        assert "正在检查" in words(client.post(PAGE, {"file": upload(wrong.html())}))
        assert client.post(API, {"file": upload(wrong.html())}).status_code == 429


def test_a_strange_form_from_elsewhere_is_refused() -> None:
    assert Client(enforce_csrf_checks=True).post(PAGE, {"text": "x"}).status_code == 403


def test_the_interface_answers_as_the_command_does(client: Client) -> None:
    answer = client.post(API, {"file": upload(wrong.html()), "makes_rules": "false"})
    assert answer.status_code == 200
    told = checking.told(checking.check(read("report.html", wrong.html()), makes_rules=False))
    assert answer.json() == told
    assert [one["rule"] for one in told["findings"]] == ["T4-1", "TXT-1", "S-4"]
    assert told["findings"][0]["values"] == ["11", "0"]


def test_the_interface_says_at_which_field_something_is_wrong(client: Client) -> None:
    answer = client.post(API, {"file": upload(wrong.html()), "before": upload(b"<p>x</p>")})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "form.before"
    assert client.post(API, {}).json()["errors"][0]["field"] == "form.file"
