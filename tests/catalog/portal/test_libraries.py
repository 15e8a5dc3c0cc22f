"""规章库 and 规范性文件库: what stands under each title, and which of them still hold."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html
from tests.catalog.portal.reading import get, links, text
from tests.factories import editions, sites
from tests.factories.people import Staffed

from gongkai.catalog.actions.columns import create_column
from gongkai.catalog.documents import Document
from gongkai.catalog.links import LinkKind
from gongkai.catalog.portal import captions
from gongkai.ledger.refs import SYSTEM
from gongkai.pages.keys import expiry

pytestmark = pytest.mark.django_db

RULE = sites.NORMATIVE | {"body": "<p>第一条　为规范设置，制定本办法。</p>", "title": "投放设施办法"}
CHANGE = {"title": "关于修改《投放设施办法》的决定", "document_number": "澜城管发〔2026〕6号", "body": "<p>修改。</p>"}


@pytest.fixture
def library(at: Staffed) -> Staffed:
    """An agency with a library of normative documents."""
    create_column(at.agency, by=SYSTEM, key="gfxwj", name="行政规范性文件", rule={"types": ["normative"]})
    return at


def _captions(at: Staffed, path: str = "/lm/gfxwj/") -> dict[str, str]:
    rows = html.fromstring(get(at.agency, path).content).xpath("//main//ul[@class='list']/li")
    return {
        row.xpath("./a")[0].text_content(): "".join(row.xpath("./p[@class='list-caption']//text()")) for row in rows
    }


def _caption_on_its_page(at: Staffed, document: Document) -> str:
    found = html.fromstring(get(at.agency, document.get_absolute_url()).content).xpath(
        "//p[@class='doc-caption']/text()"
    )
    return found[0] if found else ""


def test_a_text_says_when_it_was_made_public_by_which_number_and_from_when_it_holds(library: Staffed) -> None:
    document = editions.released(library, **RULE).document
    note = "（2025年5月13日澜城管发〔2025〕17号公布　自2025年7月1日起施行）"
    assert _captions(library) == {"投放设施办法": note}
    assert _caption_on_its_page(library, document) == note


def test_an_amendment_is_named_once_whether_or_not_it_was_worked_in(library: Staffed) -> None:
    document = editions.released(library, **RULE).document
    amending = RULE | CHANGE | {"date_of_issue": date(2026, 3, 3)}
    sites.linked(library, LinkKind.AMENDS, document, **amending)
    wanted = (
        "（2025年5月13日澜城管发〔2025〕17号公布　"
        "根据2026年3月3日《关于修改〈投放设施办法〉的决定》（澜城管发〔2026〕6号）修改　自2025年7月1日起施行）"
    )
    assert _captions(library)["投放设施办法"] == wanted
    sites.revised(library, document, note="按决定修改", body="<p>第一条　为规范设置和使用，制定本办法。</p>")
    assert _captions(library)["投放设施办法"] == wanted
    assert _caption_on_its_page(library, document) == wanted


def test_a_revision_without_another_document_is_told_by_its_day(
    library: Staffed, frozen_time: Callable[[str], Any]
) -> None:
    document = editions.released(library, **RULE).document
    frozen_time("2027-02-03 10:00")
    sites.revised(library, document, note="修订", body="<p>第一条　为规范使用，制定本办法。</p>")
    assert "　2027年2月3日修订　" in _captions(library)["投放设施办法"]


def test_a_note_that_the_text_has_itself_is_not_told_twice(library: Staffed) -> None:
    own = "（2025年5月13日市人民政府令第3号公布，自2025年7月1日起施行）"
    document = editions.released(library, **(RULE | {"body": f"<p>{own}</p><p>第一条　为规范设置。</p>"})).document
    assert text(get(library.agency, document.get_absolute_url())).count("起施行") == 1
    assert "澜城管发〔2025〕17号公布" in _captions(library)["投放设施办法"]
    assert captions.has_its_own("（一）为规范设置") is False


def test_a_library_is_sifted_by_what_holds_today(library: Staffed, frozen_time: Callable[[str], Any]) -> None:
    today = timezone.localdate() + timedelta(days=30)
    tomorrow = today + timedelta(days=1)
    frozen_time(f"{today} 09:00")
    editions.released(library, **(RULE | {"title": "长期有效的"}))
    editions.released(library, **(RULE | {"title": "明天失效的", "expires_on": tomorrow}))
    editions.released(library, **(RULE | {"title": "今天失效的", "expires_on": today}))
    editions.withdrawn(library, **(RULE | {"title": "已经废止的"}))
    later = editions.released(library, **(RULE | {"title": "将要废止的"})).document
    repealed_on = today + timedelta(days=30)
    sites.changed(library, later, "withdraw", notice_kind="repealed", on=repealed_on, ground="由新办法废止")
    assert set(_captions(library, "/lm/gfxwj/valid/")) == {"长期有效的", "明天失效的", "将要废止的"}
    assert set(_captions(library, "/lm/gfxwj/expired/")) == {"今天失效的", "已经废止的"}
    assert len(_captions(library)) == 5
    valid = get(library.agency, "/lm/gfxwj/valid/")
    assert timezone.localdate(expiry(valid)) == tomorrow
    frozen_time(f"{tomorrow} 00:00")
    assert set(_captions(library, "/lm/gfxwj/expired/")) == {"今天失效的", "已经废止的", "明天失效的"}


def test_a_sifted_list_is_paged_within_what_it_sifts(library: Staffed) -> None:
    sites.many(library, 25, type_key="normative")
    first = links(get(library.agency, "/lm/gfxwj/valid/"))
    assert first["较早"].startswith("/lm/gfxwj/valid/before/")
    second = links(get(library.agency, first["较早"]))
    assert {title for title in second if title.startswith("第")} == {f"第{number}号公告" for number in range(21, 26)}
    assert second["较新"].startswith("/lm/gfxwj/valid/after/")
    assert "没有失效和废止的文件" in text(get(library.agency, "/lm/gfxwj/expired/"))


def test_notes_cost_two_queries_however_many_texts_there_are(library: Staffed) -> None:
    counts = []
    for number in (1, 12):
        for one in range(number):
            document = editions.released(library, **(RULE | {"title": f"第{number}-{one}号办法"})).document
            if one % 4 == 0:
                sites.linked(library, LinkKind.AMENDS, document, **(RULE | CHANGE))
        with CaptureQueriesContext(connection) as captured:
            assert get(library.agency, "/lm/gfxwj/").status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]
