"""The same push from several sides at one moment: one document, one answer for all."""

import threading
from typing import Any

import pytest
from django.db import connections
from tests.factories import people, tokens
from tests.factories.tokens import System

from gongkai.catalog.documents import Document
from gongkai.publishing.pushes import Push

pytestmark = pytest.mark.django_db(transaction=True)
SIDES = 4


def test_one_key_at_one_moment_makes_one_document() -> None:
    people.agency("澜川市人民政府", is_city=True)
    _, secret = tokens.issued(people.staffed())
    begin, answers = threading.Barrier(SIDES), []

    def send(oa: System) -> None:
        try:
            begin.wait()
            answers.append(oa.push(tokens.draft()))
        finally:
            connections.close_all()

    systems = [System(secret) for _ in range(SIDES)]
    for oa in systems:
        oa.client.get("/api/v1/types")  # middleware is loaded before the race
    threads = [threading.Thread(target=send, args=(oa,)) for oa in systems]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    told: list[Any] = [one.json() for one in answers]
    assert [one.status_code for one in answers] == [201] * SIDES, told
    assert all(one == told[0] for one in told)
    assert sum("Idempotent-Replayed" in one for one in answers) == SIDES - 1
    assert (Document.objects.count(), Push.objects.count()) == (1, 1)
