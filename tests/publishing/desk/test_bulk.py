"""Several at once: each looked at, each with its own result."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.factories import editions, people
from tests.factories.people import Staffed

from gongkai.agencies.officers import Officer
from gongkai.catalog.editions import Edition

pytestmark = pytest.mark.django_db
Desk = Callable[[Officer], Client]
TICKED = {"pass-political": "on", "pass-policy": "on", "pass-content": "on"}


def _picked(*picked: Edition) -> list[str]:
    return [f"{one.pk}.{one.version}" for one in picked]


def test_those_that_cannot_are_listed_with_their_reasons_before_anything_happens(at: Staffed, desk: Desk) -> None:
    ready, draft = editions.submitted(at, title="可以通过的"), editions.draft(at, title="还在起草的")
    page = (
        desk(at.dept_reviewer)
        .post(reverse("desk:bulk"), {"event": "pass", "edition": _picked(ready, draft)})
        .content.decode()
    )
    assert "1 件可以办，1 件暂不能" in page
    assert "现在的状态是“起草”，不能通过。" in page
    ready.refresh_from_db()
    assert ready.state == "dept_review"


def test_each_gets_its_result_and_one_failure_stops_nobody(at: Staffed, desk: Desk) -> None:
    one, two, three = (editions.submitted(at, title=f"第{number}份公告") for number in (1, 2, 3))
    sent = {"event": "pass", "edition": _picked(one, two, three), "confirmed": "1", **TICKED}
    Edition.objects.filter(pk=two.pk).update(version=two.version + 1)
    page = desk(at.dept_reviewer).post(reverse("desk:bulk"), sent).content.decode()
    assert "办成 2 件，共 3 件" in page
    assert "他人已经办理过" in page
    states = dict(Edition.objects.values_list("pk", "state"))
    assert [states[one.pk], states[two.pk], states[three.pk]] == ["office_review", "dept_review", "office_review"]


def test_what_all_need_is_asked_once_and_demanded(at: Staffed, desk: Desk) -> None:
    edition = editions.submitted(at)
    sent = {"event": "pass", "edition": _picked(edition), "confirmed": "1", "pass-political": "on"}
    answer = desk(at.dept_reviewer).post(reverse("desk:bulk"), sent)
    assert answer.status_code == 422
    assert "请确认政策关。" in answer.content.decode()
    edition.refresh_from_db()
    assert edition.state == "dept_review"


def test_several_are_scheduled_for_one_second(at: Staffed, desk: Desk) -> None:
    one, two = editions.approved(at), editions.approved(at)
    day = timezone.localdate() + timedelta(days=1)
    sent = {
        "event": "schedule",
        "edition": _picked(one, two),
        "confirmed": "1",
        "schedule-release_at": f"{day.isoformat()}T08:00:00",
    }
    desk(at.disclosure_officer).post(reverse("desk:bulk"), sent)
    assert set(Edition.objects.values_list("state", flat=True)) == {"scheduled"}


def test_editions_of_another_agency_are_not_even_listed(at: Staffed, desk: Desk) -> None:
    theirs = editions.submitted(at, title="别家的稿件")
    stranger = people.staffed().dept_reviewer
    answer = desk(stranger).post(
        reverse("desk:bulk"), {"event": "pass", "edition": _picked(theirs), "confirmed": "1", **TICKED}, follow=True
    )
    assert "别家的稿件" not in answer.content.decode()
    theirs.refresh_from_db()
    assert theirs.state == "dept_review"


def test_nothing_picked_says_what_to_do(at: Staffed, desk: Desk) -> None:
    answer = desk(at.dept_reviewer).post(reverse("desk:bulk"), {"event": "pass"}, follow=True)
    assert "请先在列表左侧勾选" in answer.content.decode()


def test_only_what_is_offered_in_bulk_is_done_in_bulk(at: Staffed, desk: Desk) -> None:
    edition = editions.draft(at)
    sent = {"event": "emergency", "edition": _picked(edition), "confirmed": "1", "emergency-reason": "x"}
    assert desk(at.disclosure_head).post(reverse("desk:bulk"), sent).status_code == 404
