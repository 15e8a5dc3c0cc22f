"""What was withheld is looked at again after a year; what may be disclosed by now becomes a proposal."""

from collections.abc import Callable
from datetime import timedelta

from django.test import Client
from django.urls import reverse
from tests.factories import cases
from tests.factories.people import Staffed

from gongkai.agencies.officers import Officer
from gongkai.applications import later_queries
from gongkai.applications.aftermath import Proposal, WithheldReview
from gongkai.applications.items import RequestedItem
from gongkai.law import withheld_review
from gongkai.ledger import moment

Desk = Callable[[Officer], Client]


def _withheld(at: Staffed, days: int) -> RequestedItem:
    """Withheld so many days ago, as the former ledger has it."""
    case = cases.registered(at, arrived=moment.today() - timedelta(days=days + 10), imported=True)
    given = {"ending": "replied", "outcome": "refused", "withholding": "internal-affairs"}
    on = moment.today() - timedelta(days=days)
    item: RequestedItem = cases.act(case, "adopt", by=at.disclosure_officer, on=on, **given).items.get()
    return item


def _due(at: Staffed) -> set[int]:
    every = later_queries.access_withheld(at.disclosure_officer)
    return set(later_queries.due(every, moment.today()).values_list("pk", flat=True))


def _review(client: Client, item: RequestedItem, **given: str) -> int:
    data = {f"review-{item.pk}-{key}": value for key, value in given.items()}
    return client.post(reverse("applications:review_withheld", args=[item.pk]), data).status_code


def test_due_after_a_year_and_then_on_the_day_that_was_set(at: Staffed, desk: Desk) -> None:
    old, fresh = _withheld(at, 400), _withheld(at, 30)
    assert _due(at) == {old.pk}
    client = desk(at.disclosure_officer)
    page = client.get(reverse("applications:withheld")).content.decode()
    assert old.application.number in page
    assert fresh.application.number not in page
    assert _review(client, old, disclose="0", reason="情势没有变化") == 302
    assert WithheldReview.objects.get().next_on == withheld_review.next_review(moment.today())
    assert _due(at) == set()
    WithheldReview.objects.update(next_on=moment.today())
    assert _due(at) == {old.pk}


def test_what_may_be_disclosed_becomes_a_proposal(at: Staffed, desk: Desk) -> None:
    item = _withheld(at, 400)
    assert _review(desk(at.disclosure_officer), item, disclose="1", reason="已过敏感期") == 302
    made = Proposal.objects.get()
    assert (made.item_id, made.state) == (item.pk, "adopted")
    assert _due(at) == set()


def test_nothing_typed_is_lost(at: Staffed, desk: Desk) -> None:
    item = _withheld(at, 400)
    client = desk(at.disclosure_officer)
    data = {f"review-{item.pk}-reason": "情势没有变化"}
    answer = client.post(reverse("applications:review_withheld", args=[item.pk]), data)
    assert answer.status_code == 422
    assert "请选择“评估结果”" in answer.content.decode()
    assert "情势没有变化" in answer.content.decode()
    assert _review(client, item, disclose="0", reason="没有变化", next_on="2020-01-01") == 422
