"""The document's page: notices, the next edition, and the list with its filters."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.factories import editions
from tests.factories.people import Staffed
from tests.publishing.desk.acts import press

from gongkai.agencies.officers import Officer
from gongkai.catalog.documents import Document
from gongkai.catalog.editions import Edition

pytestmark = pytest.mark.django_db
Desk = Callable[[Officer], Client]


def _notice(**more: object) -> dict[str, object]:
    return {"notice_kind": "repealed", "on": timezone.localdate().isoformat(), "ground": "由新规定废止", **more}


def test_a_document_is_withdrawn_with_the_one_that_replaces_it(at: Staffed, desk: Desk) -> None:
    old, new = editions.released(at, title="旧规定").document, editions.released(at, title="新规定").document
    client = desk(at.disclosure_head)
    press(client, old, "withdraw", **_notice(), **{"successor-words": new.index_number})
    old.refresh_from_db()
    assert (old.state, old.successor) == ("withdrawn", new)
    page = client.get(reverse("desk:document", args=[old.pk])).content.decode()
    assert "废止" in page
    assert "由新规定废止" in page


def test_words_that_fit_several_documents_are_offered_to_choose_from(at: Staffed, desk: Desk) -> None:
    old = editions.released(at, title="停用标志的通告").document
    one, two = (editions.released(at, title=f"收费规定（{year}年）").document for year in (2025, 2026))
    client = desk(at.disclosure_head)
    answer = press(client, old, "withdraw", **_notice(), **{"successor-words": "收费规定"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "有2份文件符合，请选择其中一份。" in page
    assert "由新规定废止" in page, "what was typed is still there"
    assert f'value="{one.pk}"' in page
    press(client, old, "withdraw", **_notice(), successor=str(two.pk))
    old.refresh_from_db()
    assert old.successor == two


def test_a_successor_nobody_knows_is_said_at_its_field(at: Staffed, desk: Desk) -> None:
    old = editions.released(at).document
    answer = press(desk(at.disclosure_head), old, "withdraw", **_notice(), **{"successor-words": "不存在的文件"})
    assert "没有找到“不存在的文件”" in answer.content.decode()
    old.refresh_from_db()
    assert old.state == "live"


def test_all_that_is_missing_is_said_at_once(at: Staffed, desk: Desk) -> None:
    old = editions.released(at).document
    page = press(desk(at.disclosure_head), old, "withdraw").content.decode()
    for label in ("标注为", "自哪一日起", "依据"):
        assert f"请填写“{label}”。" in page


def test_who_may_not_is_told_who_may(at: Staffed, desk: Desk) -> None:
    document = editions.released(at).document
    page = desk(at.drafter).get(reverse("desk:document", args=[document.pk])).content.decode()
    assert "“撤回（误发）”由公开机构负责人办理。" in page
    assert press(desk(at.drafter), document, "revoke", reason="误发").status_code == 422


def test_a_correction_begins_with_its_note(at: Staffed, desk: Desk) -> None:
    document = editions.released(at).document
    client = desk(at.drafter)
    url = reverse("desk:next_edition", args=[document.pk])
    without = client.post(url, {"kind": "correction", "change_note": " "})
    assert without.status_code == 422
    assert "请写明修改说明" in without.content.decode()
    answer = client.post(url, {"kind": "correction", "change_note": "更正联系电话"})
    draft = Edition.objects.get(document=document, number=2)
    assert answer["Location"] == reverse("desk:edit", args=[draft.pk])
    assert draft.change_note == "更正联系电话"


def test_a_reviewer_does_not_begin_editions(at: Staffed, desk: Desk) -> None:
    document = editions.released(at).document
    url = reverse("desk:next_edition", args=[document.pk])
    assert desk(at.leader).post(url, {"kind": "correction", "change_note": "更正"}).status_code == 403


def test_the_list_is_filtered_by_state_words_and_lateness(at: Staffed, desk: Desk) -> None:
    late = editions.submitted(at, title="早该公开的公告", date_of_issue=timezone.localdate() - timedelta(days=60))
    editions.released(at, title="已经公开的公告")
    client = desk(at.disclosure_officer)

    def shown(query: str) -> str:
        return client.get(f"{reverse('desk:documents')}?{query}").content.decode()

    assert "已经公开的公告" not in shown("state=edition.dept_review")
    assert "早该公开的公告" in shown("state=edition.dept_review")
    assert "早该公开的公告" not in shown("state=document.live")
    assert "已经公开的公告" not in shown("late=on")
    assert "早该公开的公告" in shown("late=on")
    assert late.document.index_number in shown(f"q={late.document.index_number}")
    assert "已经公开的公告" not in shown(f"q={late.document.index_number}")
    assert "早该公开的公告" in shown(f"drafter={at.drafter.name}")
    assert "请填写日期" in shown("since=去年")
    assert "没有符合的文件" in shown("q=没有这样的标题")


def test_old_addresses_and_links_both_ways_are_on_the_page(at: Staffed, desk: Desk) -> None:
    document = editions.released(at).document
    document.old_addresses.create(agency=at.agency, path="/art/2019/6/1/art_81_1.html")
    page = desk(at.disclosure_officer).get(reverse("desk:document", args=[document.pk])).content.decode()
    assert "/art/2019/6/1/art_81_1.html" in page


def test_documents_are_found_by_number_and_title_but_no_drafts(at: Staffed, desk: Desk) -> None:
    found = editions.released(at, title="关于垃圾分类的规定").document
    editions.draft(at, title="关于垃圾分类的草稿")
    answer = desk(at.drafter).get(reverse("desk:find_documents"), {"q": "垃圾分类"})
    assert [one["pk"] for one in answer.json()["results"]] == [found.pk]
    fragment = desk(at.drafter).get(
        reverse("desk:find_documents"),
        {"name": "withdraw-successor", "withdraw-successor-words": "垃圾"},
        headers={"HX-Request": "true"},
    )
    assert f'name="withdraw-successor" value="{found.pk}"' in fragment.content.decode()


def test_a_revoked_document_cannot_be_brought_back(at: Staffed, desk: Desk) -> None:
    document: Document = editions.released(at).document
    press(desk(at.disclosure_head), document, "revoke", reason="误发")
    document.refresh_from_db()
    assert document.state == "revoked"
    page = desk(at.disclosure_head).get(reverse("desk:document", args=[document.pk])).content.decode()
    assert "恢复上线" not in page
