"""Writing: every valid value is kept, wrong ones stay as typed with the reason, nobody overwrites anybody."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from tests.factories import editions
from tests.factories.people import Staffed
from tests.publishing.editor.conftest import Writer

from gongkai.catalog.actions import columns
from gongkai.catalog.editions import Edition
from gongkai.procedures.engine import Conflict
from gongkai.publishing.actions import drafting
from gongkai.publishing.reviews import Answer

Writes = Callable[..., Writer]


def fresh(edition: Edition) -> Edition:
    return Edition.objects.select_related("document").get(pk=edition.pk)


def test_the_page_saves_by_itself_again_and_again(at: Staffed, writes: Writes) -> None:
    writer, edition = writes(at.drafter), editions.draft(at)
    sheet = writer.sheet(edition)
    assert writer.autosave(edition, sheet, title="第一次").status_code == 200
    assert writer.autosave(edition, sheet, body="<p>第二次<script>x</script></p>").status_code == 200
    assert (fresh(edition).title, fresh(edition).body) == ("第一次", "<p>第二次</p>")


def test_a_malformed_number_keeps_its_text_and_hinders_nothing_else(at: Staffed, writes: Writes) -> None:
    writer, edition = writes(at.drafter), editions.draft(at, document_number="澜城管发〔2026〕6号")
    sheet = writer.sheet(edition)
    answer = writer.autosave(edition, sheet, document_number="澜城管发2026-9", title="同时改的标题")
    assert "document_number" in answer.json()["problems"]
    assert (fresh(edition).title, fresh(edition).document_number) == ("同时改的标题", "澜城管发〔2026〕6号")

    page = writer.open(edition)
    assert 'value="澜城管发2026-9"' in page
    assert answer.json()["problems"]["document_number"].replace("“", "").split("”")[0] in page.replace("“", "")

    plain = writer.save(edition, sheet, document_number="澜城管发2026-9", then="submit")
    assert plain.status_code == 422
    assert 'value="澜城管发2026-9"' in plain.content.decode()
    assert fresh(edition).state == "drafting"

    assert writer.save(edition, writer.sheet(edition), document_number="澜城管发2026年9号").status_code == 302
    assert fresh(edition).document_number == "澜城管发〔2026〕9号"
    assert "澜城管发2026-9" not in writer.open(edition)


def test_dates_are_taken_as_people_write_them(at: Staffed, writes: Writes) -> None:
    writer, edition = writes(at.drafter), editions.draft(at)
    writer.save(edition, writer.sheet(edition), date_of_issue="2026年3月5日")
    assert str(fresh(edition).date_of_issue) == "2026-03-05"
    answer = writer.save(edition, writer.sheet(edition), date_of_issue="2026年13月5日")
    assert answer.status_code == 422
    assert "月份" in answer.content.decode()


def test_a_save_between_two_others_is_shown_with_both_texts(at: Staffed, writes: Writes) -> None:
    mine, theirs, edition = writes(at.drafter), writes(at.disclosure_officer), editions.draft(at)
    sheet = mine.sheet(edition)
    theirs.save(edition, theirs.sheet(edition), title="他人的标题", body="<p>他人的正文</p>")

    refused = mine.autosave(edition, sheet, title="我的标题", body="<p>我的正文</p>")
    assert refused.status_code == 409
    assert at.disclosure_officer.name in refused.json()["error"]
    page = mine.save(edition, sheet, title="我的标题", body="<p>我的<script>1</script>正文</p>")
    assert page.status_code == 409
    shown = page.content.decode()
    for words in ("我的标题", "他人的标题", "我的正文", "他人的正文", at.disclosure_officer.name):
        assert words in shown
    assert "<script>1" not in shown
    assert 'name="choose-title" value="mine" checked' in shown
    assert fresh(edition).title == "他人的标题"

    chosen = {"title": "我的标题", "choose-title": "mine", "body": "<p>我的正文</p>", "choose-body": "theirs"}
    stamp = {"version": mine.sheet(edition)["version"]}
    assert mine.client.post(reverse("desk:save", args=[edition.pk]), chosen | stamp).status_code == 302
    assert (fresh(edition).title, fresh(edition).body) == ("我的标题", "<p>他人的正文</p>")


def test_what_i_did_not_touch_is_proposed_as_others_left_it(at: Staffed, writes: Writes) -> None:
    mine, theirs, edition = writes(at.drafter), writes(at.disclosure_officer), editions.draft(at)
    sheet = mine.sheet(edition)
    theirs.save(edition, theirs.sheet(edition), summary="他人补写的概述")
    shown = mine.save(edition, sheet, body="<p>我的正文</p>").content.decode()
    assert 'name="choose-summary" value="theirs" checked' in shown
    assert 'name="choose-body"' in shown


def test_files_and_links_added_meanwhile_are_no_conflict(at: Staffed, writes: Writes) -> None:
    mine, theirs, edition = writes(at.drafter), writes(at.disclosure_officer), editions.draft(at)
    sheet = mine.sheet(edition)
    assert theirs.upload(edition, "附表.txt", "附表".encode()).status_code == 200
    assert mine.autosave(edition, sheet, title="我的标题").status_code == 200


def test_what_was_typed_into_a_text_that_went_to_review_can_be_copied(at: Staffed, writes: Writes) -> None:
    writer, edition = writes(at.drafter), editions.draft(at)
    sheet = writer.sheet(edition)
    editions._fire(edition, "submit", at.disclosure_officer)
    assert writer.autosave(edition, sheet, title="晚了一步").status_code == 409
    page = writer.save(edition, sheet, title="晚了一步").content.decode()
    assert "晚了一步" in page
    assert "处室初审" in page
    assert fresh(edition).title != "晚了一步"


def test_reviewers_read_the_editor_is_for_writers(at: Staffed, writes: Writes) -> None:
    edition = editions.draft(at)
    assert writes(at.office_reviewer).client.get(reverse("desk:edit", args=[edition.pk])).status_code == 403
    editions._fire(edition, "submit", at.drafter)
    answer = writes(at.drafter).client.get(reverse("desk:edit", args=[edition.pk]), follow=True)
    assert "不能修改" in answer.content.decode()


def test_a_draft_is_handed_in_with_what_is_on_the_page(at: Staffed, writes: Writes) -> None:
    writer, edition = writes(at.drafter), editions.draft(at)
    answer = writer.save(edition, writer.sheet(edition), title="最后改的标题", then="submit")
    assert answer.status_code == 302
    assert (fresh(edition).title, fresh(edition).state) == ("最后改的标题", "dept_review")


def test_what_somebody_saved_in_between_is_not_handed_in_unseen(at: Staffed, writes: Writes) -> None:
    edition = editions.draft(at)
    theirs = writes(at.disclosure_officer)
    theirs.save(edition, theirs.sheet(edition), title="没有看过的标题")
    with pytest.raises(Conflict):
        drafting.hand_in(edition, by=at.drafter)
    assert fresh(edition).state == "drafting"


def test_an_incomplete_draft_stays_with_every_reason(at: Staffed, writes: Writes) -> None:
    writer, edition = writes(at.drafter), editions.draft(at)
    answer = writer.save(edition, writer.sheet(edition), summary="", subject="", then="submit")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "内容概述" in page
    assert fresh(edition).state == "drafting"


def test_a_number_of_a_person_is_masked_at_one_click(at: Staffed, writes: Writes) -> None:
    body = "<p>联系人程某（手机<strong>1380</strong>0001234）。</p>"
    writer, edition = writes(at.drafter), editions.draft(at, body=body)
    page = writer.open(edition)
    fingerprint = page.split('data-mend="')[1].split('"')[0]
    assert "遮盖" in page
    answer = writer.client.post(reverse("desk:replace", args=[edition.pk]), {"fingerprint": fingerprint})
    assert answer.json()["field"] == "body"
    assert fresh(edition).text == "联系人程某（手机138****1234）。"
    gone = writer.client.post(reverse("desk:replace", args=[edition.pk]), {"fingerprint": fingerprint})
    assert gone.status_code == 422
    assert "不在了" in gone.json()["error"]


def test_a_finding_may_stay_with_a_reason(at: Staffed, writes: Writes) -> None:
    writer, edition = writes(at.drafter), editions.draft(at, body="<p>可拨打手机13800001234。</p>")
    fingerprint = writer.open(edition).split('name="fingerprint" value="')[1].split('"')[0]
    keep = reverse("desk:keep", args=[edition.pk])
    assert "请写明保留的理由" in writer.client.post(keep, {"fingerprint": fingerprint, "note": " "}).content.decode()
    answer = writer.client.post(keep, {"fingerprint": fingerprint, "note": "对外公布的工作电话"})
    assert "已说明保留的 1 项" in answer.content.decode()
    assert Answer.objects.get().note == "对外公布的工作电话"


def test_the_columns_it_will_stand_in_follow_the_header(at: Staffed, writes: Writes) -> None:
    rule = {"types": ["notice"], "genres": ["公告"]}
    columns.create_column(at.agency, by=at.disclosure_head, key="gg", name="公告栏目", rule=rule)
    writer, edition = writes(at.drafter), editions.draft(at)
    assert "公告栏目" in writer.open(edition)
    writer.save(edition, writer.sheet(edition), genre="通告")
    assert "公告栏目" not in writer.open(edition)


def test_topics_are_kept_with_the_draft(at: Staffed, writes: Writes) -> None:
    topic = columns.save_topic(at.agency, slug="heating", name="冬季供热", by=at.disclosure_head)
    writer, edition = writes(at.drafter), editions.draft(at)
    writer.save(edition, writer.sheet(edition), **{"topics-sent": "1", "topics": str(topic.pk)})
    assert list(edition.document.topics.all()) == [topic]
    writer.save(edition, writer.sheet(edition))
    assert list(edition.document.topics.all()) == [topic]
    writer.save(edition, writer.sheet(edition), **{"topics-sent": "1"})
    assert list(edition.document.topics.all()) == []


def test_the_clock_says_its_day_and_why(at: Staffed, writes: Writes) -> None:
    page = writes(at.drafter).open(editions.draft(at))
    assert "个工作日" in page
    assert "始日不计" in page
    assert "不计（" in page


def test_a_next_edition_asks_what_changed(at: Staffed, writes: Writes) -> None:
    writer = writes(at.drafter)
    draft = editions.next_edition(at, editions.released(at).document, note="原来的说明")
    assert "原来的说明" in writer.open(draft)
    writer.save(draft, writer.sheet(draft), change_note="补充了联系电话")
    assert fresh(draft).change_note == "补充了联系电话"


def test_the_screen_costs_the_same_whatever_the_text(
    at: Staffed, writes: Writes, django_assert_max_num_queries: Callable[..., object]
) -> None:
    writer = writes(at.drafter)
    small, large = editions.draft(at), editions.draft(at, body=editions.BODY * 200)
    for edition in (small, large):
        with django_assert_max_num_queries(60):  # type: ignore[attr-defined]
            writer.open(edition)
