"""The checker as people meet it: upload, result, on a desk and on a phone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser import LiveSite, faults
from tests.factories import people
from tests.oversight.portal import wrong

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1280, 375])
def test_a_report_is_uploaded_and_read(
    width: int, live_site: LiveSite, page_of: Callable[[int], Page], tmp_path: Path
) -> None:
    people.staffed("澜川市人民政府", is_city=True, host="localhost")
    file = tmp_path / "report.html"
    file.write_bytes(wrong.html())
    page = page_of(width)
    page.goto(live_site.url("/reports/check/"))
    assert faults(page, views=[(width, "light"), (width, "dark")]) == []
    page.get_by_label("年度报告", exact=False).first.set_input_files(file)
    page.get_by_role("button", name="检查").click()
    expect(page.get_by_role("heading", name="澜川市城市管理委员会2023年度报告：错误 1 项")).to_be_visible()
    assert faults(page, views=[(width, "light"), (width, "dark")]) == []
    page.locator("td.is-error a").first.click()
    expect(page.locator("#finding-1")).to_be_in_viewport()
