"""What the public hands in is sealed for its owner, whatever happens between taking it and sealing it."""

from datetime import timedelta
from typing import Any

import pytest
from tests.applications.portal.filling import Visitor, hidden, photo, words

from gongkai.applications import case_files
from gongkai.applications.actions import filing
from gongkai.applications.files import CaseFile
from gongkai.interfaces.uploads import checking, scanning
from gongkai.interfaces.uploads.upload import Upload
from gongkai.ledger import clockwork, moment

pytestmark = pytest.mark.django_db


def applied(visitor: Visitor) -> CaseFile:
    """An application whose process died before its paper was sealed (nothing runs after the commit in a test)."""
    made = visitor.apply(identity=photo())
    file = CaseFile.objects.get(application=made)
    assert (file.place, file.scanned) == ("", filing.WAITING)
    return file


def test_what_a_dead_process_left_the_worker_seals(visitor: Visitor) -> None:
    file = applied(visitor)
    assert filing.seal_waiting(moment.now()) == 0  # it may be at work on it this very moment
    assert filing.seal_waiting(moment.now() + timedelta(minutes=2)) == 1
    file.refresh_from_db()
    assert case_files.content(file)[:3] == b"\xff\xd8\xff"
    assert Upload.objects.count() == 0
    assert filing.seal_all([file]) == 0
    assert "files of applications" in {one.name for one in clockwork.all_timed()}


def test_what_the_scanner_let_wait_is_sealed_once_it_answers(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    def no_answer(data: bytes) -> str:
        raise scanning.NoAnswer("away")

    monkeypatch.setattr(scanning, "scan", no_answer)
    file = applied(visitor)
    assert filing.seal_all([file]) == 0
    monkeypatch.setattr(scanning, "scan", lambda data: "")
    with django_capture_on_commit_callbacks(execute=True):
        checking.check(Upload.objects.get())
    file.refresh_from_db()
    assert case_files.content(file)[:3] == b"\xff\xd8\xff"


def test_a_virus_found_later_is_told_to_its_sender(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_answer(data: bytes) -> str:
        raise scanning.NoAnswer("away")

    monkeypatch.setattr(scanning, "scan", no_answer)
    file = applied(visitor)
    monkeypatch.setattr(scanning, "scan", lambda data: "Eicar")
    checking.check(Upload.objects.get())
    file.refresh_from_db()
    assert (file.scanned, file.place) == (filing.REFUSED, "")
    assert "没有通过病毒检查" in words(visitor.get(f"/apply/status/{file.application_id}/"))


def test_a_file_serves_one_submission(visitor: Visitor) -> None:
    review = visitor.look_over(visitor.fill(identity=photo()))
    token = hidden(review)["identity-token"]
    assert visitor.submit(review).status_code == 302
    again = visitor.look_over(visitor.fill(**{"identity-token": token}))
    refused = visitor.submit(again)
    assert refused.status_code == 422
    assert "已经随另一次提交使用" in words(refused)
