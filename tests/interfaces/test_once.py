"""A form sent twice counts once."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, connections
from django.utils import timezone

from gongkai.interfaces import once
from gongkai.interfaces.once import Outcome, Submission, SubmissionField, submit_once


@pytest.mark.django_db
def test_the_second_sending_is_answered_with_the_first() -> None:
    done: list[str] = []

    def act() -> str:
        done.append("done")
        return f"/receipt/{len(done)}/"

    token = once.new_token()
    assert submit_once(token, purpose="applications", act=act) == Outcome("/receipt/1/", repeated=False)
    assert submit_once(token, purpose="applications", act=act) == Outcome("/receipt/1/", repeated=True)
    assert submit_once(token, purpose="another", act=act) == Outcome("/receipt/2/", repeated=False)
    assert once.first_result(once.new_token(), purpose="applications") is None
    assert len(done) == 2


@pytest.mark.django_db
def test_what_failed_may_be_sent_again_and_the_row_tells_nothing() -> None:
    token = once.new_token()

    def fail() -> str:
        raise ValueError("not yet")

    with pytest.raises(ValueError, match="not yet"):
        submit_once(token, purpose="applications", act=fail)
    assert submit_once(token, purpose="applications", act=lambda: "/receipt/secret/").repeated is False
    row = Submission.objects.get()
    assert b"secret" not in bytes(row.address)
    assert token not in row.token_digest


@pytest.mark.django_db
def test_submissions_are_forgotten_in_time() -> None:
    submit_once(once.new_token(), purpose="applications", act=lambda: "/")
    due = once.next_expiry()
    assert due is not None
    assert once.expire(due - timedelta(seconds=1)) == 0
    assert once.expire(due) == 1
    assert due > timezone.now()


@pytest.mark.django_db(transaction=True)
def test_of_many_at_the_same_moment_one_is_carried_out() -> None:
    token, together = once.new_token(), threading.Barrier(6)
    outcomes: list[Outcome] = []

    def act() -> str:
        with connection.cursor() as cursor:  # something that holds the transaction open
            cursor.execute("SELECT 1")
        return f"/receipt/{threading.get_ident()}/"

    def send() -> None:
        try:
            together.wait()
            outcomes.append(submit_once(token, purpose="applications", act=act))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == 6
    assert len({one.address for one in outcomes}) == 1
    assert sorted(one.repeated for one in outcomes) == [False] + [True] * 5


def test_a_form_brings_a_fresh_token_and_keeps_it(settings: Any) -> None:
    from django import forms

    class Asking(forms.Form):
        submission = SubmissionField()

    first, second = str(Asking()["submission"]), str(Asking()["submission"])
    assert first != second
    token = once.new_token()
    assert token in str(Asking({"submission": token})["submission"])
    assert "刷新" in Asking({"submission": ""}).errors["submission"][0]
