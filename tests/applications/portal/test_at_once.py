"""The same form sent by several at the same moment is one application; different ones all get their own number."""

import threading
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from tests.applications.portal.filling import Visitor, answer, hidden
from tests.factories import people

from gongkai.applications.applications import Application

pytestmark = pytest.mark.django_db(transaction=True)
SENDERS = 4


def send_all(posts: list[tuple[Visitor, dict[str, Any]]]) -> list[Any]:
    """All of them at once, each from its own thread and connection."""
    answers: list[Any] = [None] * len(posts)
    gate = threading.Barrier(len(posts))

    def send(place: int, visitor: Visitor, data: dict[str, Any]) -> None:
        gate.wait()
        try:
            answers[place] = visitor.post("/apply/", data)
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=(place, *post)) for place, post in enumerate(posts)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return answers


def filled(visitor: Visitor) -> dict[str, Any]:
    review = visitor.look_over(visitor.fill())
    return hidden(review) | {"step": "submit", "captcha": answer(review)}


def test_one_form_sent_at_once_is_one_application() -> None:
    cache.clear()
    agency = people.agency("澜川市城市管理委员会")
    data = filled(Visitor(agency))
    answers = send_all([(Visitor(agency), data) for _ in range(SENDERS)])
    assert [one.status_code for one in answers] == [302] * SENDERS
    assert Application.objects.count() == 1


def test_different_forms_sent_at_once_are_all_there_with_their_own_numbers() -> None:
    cache.clear()
    agency = people.agency("澜川市城市管理委员会")
    visitors = [Visitor(agency, f"192.0.2.{number + 1}") for number in range(SENDERS)]
    answers = send_all([(one, filled(one)) for one in visitors])
    assert [one.status_code for one in answers] == [302] * SENDERS
    numbers = sorted(Application.objects.values_list("number", flat=True))
    assert [one[-4:] for one in numbers] == [f"{number:04d}" for number in range(1, SENDERS + 1)]
