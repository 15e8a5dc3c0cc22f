"""Reviewers hear of what waits for them, drafters of what comes back; nobody of what they did themselves."""

import pytest
from tests.factories import editions, people
from tests.factories.people import Staffed

from gongkai.ledger.entries import Entry
from gongkai.procedures.engine import fire
from gongkai.publishing.procedures import EDITION
from gongkai.telling import following
from gongkai.telling.messages import Channel, Message

pytestmark = pytest.mark.django_db


def bells(after: int) -> list[tuple[str, int | None]]:
    before = list(Message.objects.values_list("pk", flat=True))
    following.follow(list(Entry.objects.filter(pk__gt=after).order_by("id")))
    new = Message.objects.exclude(pk__in=before).filter(channel=Channel.BELL)
    return list(new.values_list("template", "officer_id"))


def last() -> int:
    return Entry.objects.latest("id").pk


def test_a_submitted_edition_waits_for_its_reviewer_and_comes_back_to_its_drafter() -> None:
    at: Staffed = people.staffed()
    edition = editions.draft(at)
    since = last()
    fire(EDITION, edition, "submit", by=at.drafter)
    edition.refresh_from_db()
    assert edition.state == "dept_review"
    assert bells(since) == [("publishing.waiting", at.dept_reviewer.pk)]
    since = last()
    fire(EDITION, edition, "return", by=at.dept_reviewer, given={"to": "drafting", "reason": "补充依据"})
    assert bells(since) == [("publishing.returned", at.drafter.pk)]
