"""The review screen over HTTP: passing, returning, releasing, and every way of not being allowed to."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.factories import editions
from tests.factories.people import Staffed
from tests.publishing.desk.acts import TICKED, press

from gongkai.agencies.officers import Officer
from gongkai.catalog.editions import Edition
from gongkai.publishing.reviews import Answer, Review

pytestmark = pytest.mark.django_db
Desk = Callable[[Officer], Client]


def test_a_reviewer_passes_with_the_boxes_ticked_and_goes_on_to_the_next(at: Staffed, desk: Desk) -> None:
    edition = editions.submitted(at, title="甲公告", date_of_issue=timezone.localdate() - timedelta(days=9))
    below = editions.submitted(at, title="乙公告")
    client = desk(at.dept_reviewer)
    client.get(reverse("desk:tasks"))
    answer = press(client, edition, "pass", **TICKED, note="数据已核对")
    assert answer["Location"] == reverse("desk:edition", args=[below.pk])
    edition.refresh_from_db()
    assert edition.state == "office_review"
    review = Review.objects.get(edition=edition)
    assert (review.political, review.policy, review.content, review.note) == (True, True, True, "数据已核对")
    assert "已通过：《甲公告》" in client.get(answer["Location"]).content.decode()


def test_without_the_boxes_nothing_happens_and_nothing_typed_is_lost(at: Staffed, desk: Desk) -> None:
    edition = editions.submitted(at)
    answer = press(desk(at.dept_reviewer), edition, "pass", **{"pass-political": "on"}, note="基本可以")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "请确认政策关、内容关。" in page
    assert "基本可以" in page
    assert 'name="pass-political" form="act-pass" checked' in page
    edition.refresh_from_db()
    assert edition.state == "dept_review"


def test_an_empty_form_attests_nothing(at: Staffed, desk: Desk) -> None:
    edition = editions.submitted(at)
    assert press(desk(at.dept_reviewer), edition, "pass").status_code == 422
    assert not Review.objects.filter(edition=edition).exists()


def test_a_return_names_the_step_and_the_reason_and_reaches_the_drafter(at: Staffed, desk: Desk) -> None:
    edition = editions.at_step(at, "office_review")
    client = desk(at.office_reviewer)
    refused = press(client, edition, "return", to="drafting")
    assert "请填写“退回理由”。" in refused.content.decode()
    press(client, edition, "return", to="drafting", reason="第三条缺少服务电话")
    edition.refresh_from_db()
    assert edition.state == "drafting"
    page = desk(at.drafter).get(f"{reverse('desk:tasks')}?section=returned").content.decode()
    assert "第三条缺少服务电话" in page


def test_a_return_to_a_step_that_is_not_before_this_one_is_refused_at_the_field(at: Staffed, desk: Desk) -> None:
    edition = editions.at_step(at, "office_review")
    answer = press(desk(at.office_reviewer), edition, "return", to="leader_review", reason="请再看")
    assert answer.status_code == 422
    assert "请从列出的选项中选择。" in answer.content.decode()


def test_all_reasons_stand_on_the_page(at: Staffed, desk: Desk) -> None:
    edition = editions.draft(at, title="")
    page = desk(at.drafter).get(reverse("desk:edition", args=[edition.pk])).content.decode()
    assert "为什么还不能办" in page
    assert "项阻断检查未处理" in page
    assert "“紧急发布”由公开机构负责人、分管领导办理。" in page


def test_nobody_passes_their_own_work(at: Staffed, desk: Desk) -> None:
    edition = editions.at_step(at, "office_review")
    Edition.objects.filter(pk=edition.pk).update(editors=[*edition.editors, at.office_reviewer.pk])
    page = desk(at.office_reviewer).get(reverse("desk:edition", args=[edition.pk])).content.decode()
    assert "这一版由您起草或修改过，须由他人审核。" in page
    assert press(desk(at.office_reviewer), edition, "pass", **TICKED).status_code == 422


def test_of_two_people_the_second_sees_what_happened_meanwhile(at: Staffed, desk: Desk) -> None:
    edition = editions.submitted(at)
    slow = desk(at.dept_reviewer)
    page = slow.get(reverse("desk:edition", args=[edition.pk])).content.decode()
    seen = page.split('name="seen" value="')[1].split('"')[0]
    press(desk(at.dept_reviewer), edition, "return", to="drafting", reason="标题有误")
    sent = {"version": edition.version, "seen": seen, **TICKED, "pass-note": "我的意见"}
    answer = slow.post(reverse("desk:fire_edition", args=[edition.pk, "pass"]), sent)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "现在的状态是“起草”" in text
    assert "退回至“起草”：标题有误" in text
    assert "我的意见" in text, "what the second wrote is not lost with the act"
    assert Review.objects.filter(edition=edition).count() == 1


def test_an_act_without_a_version_is_never_current(at: Staffed, desk: Desk) -> None:
    edition = editions.submitted(at)
    url = reverse("desk:fire_edition", args=[edition.pk, "pass"])
    assert desk(at.dept_reviewer).post(url, TICKED).status_code == 409


def test_release_to_the_second_in_chinese_time_and_taken_back(at: Staffed, desk: Desk) -> None:
    edition = editions.approved(at)
    client = desk(at.disclosure_officer)
    assert "请填写日期和时间" in press(client, edition, "schedule", release_at="明天上午").content.decode()
    assert "发布时间已经过去" in press(client, edition, "schedule", release_at="2020-01-01T09:00:00").content.decode()
    day = timezone.localdate() + timedelta(days=2)
    answer = press(client, edition, "schedule", release_at=f"{day.isoformat()}T09:30:15")
    edition.refresh_from_db()
    assert edition.release_at == timezone.make_aware(datetime(day.year, day.month, day.day, 9, 30, 15))
    page = client.get(answer["Location"]).content.decode()
    assert "撤回刚才的操作" in page
    press(client, edition, "unschedule")
    edition.refresh_from_db()
    assert (edition.state, edition.release_at) == ("approved", None)


def test_what_was_submitted_can_be_taken_back_from_the_message(at: Staffed, desk: Desk) -> None:
    edition = editions.draft(at)
    client = desk(at.drafter)
    answer = press(client, edition, "submit")
    page = client.get(answer["Location"]).content.decode()
    assert reverse("desk:fire_edition", args=[edition.pk, "recall"]) in page
    edition.refresh_from_db()
    client.post(reverse("desk:fire_edition", args=[edition.pk, "recall"]), {"version": edition.version})
    edition.refresh_from_db()
    assert edition.state == "drafting"
    offered_again = client.get(reverse("desk:tasks")).content.decode()
    assert "撤回刚才的操作" not in offered_again


def test_release_now(at: Staffed, desk: Desk) -> None:
    edition = editions.approved(at)
    press(desk(at.disclosure_officer), edition, "release")
    edition.refresh_from_db()
    assert edition.state == "released"


def test_an_emergency_is_marked_and_waits_for_its_review(at: Staffed, desk: Desk) -> None:
    edition = editions.draft(at, title="关于道路塌陷绕行的紧急公告")
    head = desk(at.disclosure_head)
    assert press(head, edition, "emergency").status_code == 422
    press(head, edition, "emergency", reason="须立即告知绕行")
    edition.refresh_from_db()
    assert edition.state == "released"
    leader = desk(at.leader)
    page = leader.get(reverse("desk:tasks")).content.decode()
    assert "紧急发布，须在24小时内补审" in page
    assert "关于道路塌陷绕行的紧急公告" in page
    ticked = {"political": "on", "policy": "on", "content": "on"}
    assert press(leader, edition, "review_after", **ticked).status_code == 302
    assert "紧急发布，须在24小时内补审" not in leader.get(reverse("desk:tasks")).content.decode()


def test_a_finding_is_kept_with_a_reason(at: Staffed, desk: Desk) -> None:
    edition = editions.draft(at, body=f"{editions.BODY}<p>联系人手机13800138000。</p>")
    client = desk(at.drafter)
    url = reverse("desk:edition", args=[edition.pk])
    page = client.get(url).content.decode()
    assert "出现手机号码" in page
    assert 'data-mark="13800138000"' in page, "the place can be found although the message is masked"
    fingerprint = page.split('name="fingerprint" value="')[1].split('"')[0]
    answer_url = reverse("desk:answer", args=[edition.pk])
    without = client.post(answer_url, {"fingerprint": fingerprint, "note": ""})
    assert without.status_code == 422
    assert "请写明保留的理由。" in without.content.decode()
    client.post(answer_url, {"fingerprint": fingerprint, "note": "对外公布的工作电话"})
    assert Answer.objects.get(edition=edition).note == "对外公布的工作电话"
    assert "已说明保留的 1 项" in client.get(url).content.decode()


def test_the_paper_shows_the_text_and_the_way_it_came(at: Staffed, desk: Desk) -> None:
    edition = editions.at_step(at, "secrecy_review")
    page = desk(at.secrecy_reviewer).get(reverse("desk:edition", args=[edition.pk])).content.decode()
    assert "定于近期分段检修主管网" in page
    assert at.office_reviewer.name in page
    assert edition.document.index_number in page
    assert 'aria-current="step"' in page


def test_only_who_has_a_part_in_it_says_why_a_finding_may_stay(at: Staffed, desk: Desk) -> None:
    edition = editions.draft(at, body=f"{editions.BODY}<p>联系人手机13800138000。</p>")
    page = desk(at.drafter).get(reverse("desk:edition", args=[edition.pk])).content.decode()
    fingerprint = page.split('name="fingerprint" value="')[1].split('"')[0]
    sent = {"fingerprint": fingerprint, "note": "无妨"}
    answer = desk(at.secrecy_reviewer).post(reverse("desk:answer", args=[edition.pk]), sent)
    assert answer.status_code == 422
    assert not Answer.objects.exists()
    assert (
        "保留并说明" not in desk(at.secrecy_reviewer).get(reverse("desk:edition", args=[edition.pk])).content.decode()
    )


def test_when_the_list_is_empty_one_is_back_at_the_list(at: Staffed, desk: Desk) -> None:
    edition = editions.submitted(at)
    client = desk(at.dept_reviewer)
    answer = press(client, edition, "pass", **TICKED)
    assert answer["Location"] == reverse("desk:tasks")
    assert "现在没有等您办的事" in client.get(answer["Location"]).content.decode()


def test_a_message_of_another_act_does_not_offer_what_is_past(at: Staffed, desk: Desk) -> None:
    edition, document = editions.draft(at), editions.released(at, title="别的文件").document
    client = desk(at.disclosure_officer)
    press(client, edition, "submit")
    press(client, document, "take_offline", reason="临时下线")
    assert "撤回刚才的操作" not in client.get(reverse("desk:tasks")).content.decode()
