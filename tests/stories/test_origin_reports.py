"""The two annual reports from which it began move in by one command and are found in two taps on a phone."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser import LiveSite
from tests.factories import people
from tests.factories.people import Staffed

from gongkai.catalog.documents import Document
from gongkai.config.command import call

pytestmark = [pytest.mark.long, pytest.mark.shared, pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FURNITURE = 200
"""Characters of title, labels and buttons of the former page that are no part of the report."""


def test_both_reports_are_found_in_two_taps_from_the_citys_home(
    shared_data: Path, live_site: LiveSite, page_of: Callable[..., Page], tmp_path: Path
) -> None:
    people.agency("澜川市人民政府", is_city=True, host="lanchuan.localhost")
    urban = people.staffed("澜川市城市管理委员会", host="csgw.localhost")
    stations = people.staffed("澜川市重点站区管理委员会", host="zdzq.localhost")
    first, second = sorted((shared_data / "seeds").glob("*.txt"))
    moved_in(urban, first, tmp_path / "urban")
    moved_in(stations, second, tmp_path / "stations", title="2020年政府信息公开工作年度报告", date="2021-01-28")
    for at, seed, host in ((urban, first, "csgw.localhost"), (stations, second, "zdzq.localhost")):
        document = Document.objects.select_related("live").get(agency=at.agency)
        assert document.state == "live"
        assert document.live is not None
        reader = page_of(375, 800, has_touch=True, is_mobile=True)
        reader.goto(live_site.url(host="lanchuan.localhost"))
        reader.get_by_role("main").get_by_role("link", name="政府信息公开年报").first.tap()
        reader.get_by_role("main").get_by_role("link", name=document.live.title).last.tap()
        expect(reader.get_by_role("heading", level=1)).to_have_text(document.live.title)
        assert reader.url == live_site.url(document.get_absolute_url(), host=host)
        shown, handed_in = (words(one) for one in (reader.locator("#text").inner_text(), seed.read_text("utf-8")))
        assert shown in handed_in, "nothing was added or changed"
        assert len(handed_in) - len(shown) < FURNITURE
        wide = reader.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide == 0, "the report is wider than the phone"


def moved_in(at: Staffed, seed: Path, folder: Path, **facts: str) -> None:
    """``gongkai import`` as the operator types it; a list beside the file says what the text does not."""
    folder.mkdir()
    (folder / seed.name).write_bytes(seed.read_bytes())
    if facts:
        (folder / "manifest.json").write_text(json.dumps([{"file": seed.name, **facts}]), encoding="utf-8")
    who = ["--agency", at.agency.code, "--by", at.disclosure_officer.username]
    assert call("import", str(folder), *who, "--as", "adopted", "--set", "主题分类=综合政务") == 0


def words(text: str) -> str:
    """The text without what only sets it: blanks and lines."""
    return "".join(text.split())
