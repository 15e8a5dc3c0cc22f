"""What the clock starts: releases at a set second, going offline, and what happens when it cannot be done."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.factories import editions, people

from gongkai.catalog.documents import Document
from gongkai.catalog.editions import Edition, EditionState
from gongkai.ledger.entries import Entry
from gongkai.procedures.engine import Refused, fire
from gongkai.publishing import schedule
from gongkai.publishing.actions.settings import save_word
from gongkai.publishing.procedures import DOCUMENT, EDITION

pytestmark = pytest.mark.django_db


def test_nothing_goes_out_before_its_second_and_everything_at_it() -> None:
    at = people.staffed()
    when = timezone.now() + timedelta(hours=3)
    edition = editions.scheduled(at, when)
    assert schedule.next_release() == when
    assert schedule.release_due(when - timedelta(seconds=1)) == 0
    assert schedule.release_due(when) == 1
    assert schedule.release_due(when) == 0
    edition.refresh_from_db()
    assert (edition.state, edition.released_at) == (EditionState.RELEASED, when)
    assert Document.objects.get(pk=edition.document_id).listed_at == when


def test_a_time_that_is_over_cannot_be_set() -> None:
    at = people.staffed()
    with pytest.raises(Refused, match="已经过去"):
        editions.scheduled(at, timezone.now() - timedelta(minutes=1))


def test_a_set_time_can_be_taken_back() -> None:
    at = people.staffed()
    edition = editions.scheduled(at, timezone.now() + timedelta(hours=1))
    fire(EDITION, edition, "unschedule", by=at.disclosure_officer)
    edition.refresh_from_db()
    assert (edition.state, edition.release_at) == (EditionState.APPROVED, None)
    assert schedule.next_release() is None


def test_what_may_no_longer_be_said_goes_back_to_people_with_the_reason() -> None:
    """Between approval and the set second a word of the text was forbidden."""
    at = people.staffed()
    when = timezone.now() + timedelta(hours=1)
    edition = editions.scheduled(at, when)
    save_word(agency=None, word="主管网", kind="forbidden", severity="block", by=at.disclosure_head)
    schedule.release_due(when)
    edition.refresh_from_db()
    assert edition.state == EditionState.APPROVED
    entry = Entry.objects.filter(kind="publishing.unscheduled").latest("id")
    assert "阻断检查" in entry.data["reason"]
    assert not Edition.objects.filter(state=EditionState.RELEASED).exists()


def test_one_that_cannot_go_out_does_not_hold_up_the_next() -> None:
    at = people.staffed()
    when = timezone.now() + timedelta(hours=1)
    bad = editions.scheduled(at, when, title="关于老城区检修的公告")
    good = editions.scheduled(at, when + timedelta(seconds=1))
    save_word(agency=at.agency, word="老城区", kind="forbidden", severity="block", by=at.disclosure_head)
    schedule.release_due(when + timedelta(seconds=1))
    assert set(Edition.objects.filter(pk__in=[bad.pk, good.pk]).values_list("pk", "state")) == {
        (bad.pk, EditionState.APPROVED),
        (good.pk, EditionState.RELEASED),
    }


def test_a_document_goes_offline_at_its_time_and_can_come_back() -> None:
    at = people.staffed()
    document = editions.released(at).document
    when = timezone.now() + timedelta(days=7)
    given = {"offline_at": when, "reason": "招聘公告到期"}
    fire(DOCUMENT, document, "plan_offline", by=at.disclosure_officer, given=given)
    assert schedule.next_offline() == when
    assert schedule.offline_due(when - timedelta(seconds=1)) == 0
    assert schedule.offline_due(when) == 1
    document.refresh_from_db()
    assert (document.state, document.offline_at) == ("offline", None)
    fire(DOCUMENT, document, "bring_back", by=at.disclosure_officer, given={"reason": "延期"})
    document.refresh_from_db()
    assert document.is_public


def test_an_emergency_is_marked_for_ever_and_reviewed_once_afterwards() -> None:
    at = people.staffed()
    draft = editions.draft(at)
    with pytest.raises(Refused, match="紧急发布理由"):
        fire(EDITION, draft, "emergency", by=at.leader)
    edition = fire(EDITION, draft, "emergency", by=at.leader, given={"reason": "管线爆裂"}).subject
    assert (edition.state, edition.emergency, edition.emergency_reason) == ("released", True, "管线爆裂")
    fire(EDITION, edition, "review_after", by=at.office_reviewer, given=editions.ATTESTED)
    with pytest.raises(Refused, match="已经补审"):
        fire(EDITION, edition, "review_after", by=at.leader, given=editions.ATTESTED)


def test_an_edit_after_approval_starts_the_review_anew() -> None:
    at = people.staffed()
    edition = editions.approved(at)
    back = fire(EDITION, edition, "recall", by=at.drafter).subject
    assert back.state == EditionState.DRAFTING
    with pytest.raises(Refused):
        fire(EDITION, back, "release", by=at.disclosure_officer)
    again = fire(EDITION, back, "submit", by=at.drafter).subject
    assert again.state == EditionState.DEPT_REVIEW


def test_what_is_not_to_be_disclosed_is_filed_after_the_same_review() -> None:
    at = people.staffed()
    edition = editions.draft(at, disclosure="withheld", ground="internal-affairs")
    edition = fire(EDITION, edition, "submit", by=at.drafter).subject
    for reviewer in ("dept_reviewer", "office_reviewer", "secrecy_reviewer", "leader"):
        edition = fire(EDITION, edition, "pass", by=at.officers[reviewer], given=editions.ATTESTED).subject
    assert edition.state == EditionState.FILED
    assert not edition.document.is_public


def test_a_withheld_draft_needs_its_ground() -> None:
    at = people.staffed()
    with pytest.raises(Refused, match="依据"):
        fire(EDITION, editions.draft(at, disclosure="withheld"), "submit", by=at.drafter)
