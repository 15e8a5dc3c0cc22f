"""Files of a case: put in by staff, opened by those whose work it is, provided with the reply, fetched."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.applications.letters_desk import outcomes
from tests.factories import cases
from tests.factories.people import Staffed

from gongkai.agencies.officers import Officer
from gongkai.agencies.queries import primary_host
from gongkai.applications import case_files
from gongkai.applications.actions import papers
from gongkai.applications.applications import Application
from gongkai.applications.files import CaseFile, FileRole
from gongkai.interfaces.uploads import scanning
from gongkai.ledger import moment
from gongkai.ledger.entries import Entry
from gongkai.procedures.engine import Refused

pytestmark = pytest.mark.django_db
Desk = Callable[[Officer], Client]
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def put(client: Client, case: Application, role: str, data: bytes = PDF, name: str = "合同.pdf") -> Any:
    fields = {"paper-role": role, "paper-file": SimpleUploadedFile(name, data)}
    return client.post(reverse("applications:paper_add", args=[case.pk]), fields)


def fetch(client: Client, file: CaseFile) -> Any:
    return client.post(reverse("applications:file", args=[file.application_id, file.code]))


def test_a_record_is_put_in_found_again_and_can_be_redacted(at: Staffed, desk: Desk) -> None:
    case = cases.handling_(at)
    client = desk(at.disclosure_officer)
    assert put(client, case, "record").status_code == 302
    file = case.files.get()
    assert case_files.content(file) == PDF
    shown = client.get(case.get_absolute_url()).content.decode()
    assert reverse("redaction:begin", args=[case.pk, file.code]) in shown
    answer = fetch(client, file)
    assert b"".join(answer.streaming_content) == PDF
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment")
    assert Entry.objects.get(kind="applications.file_opened").actor_id == str(at.disclosure_officer.pk)


def test_what_is_not_what_it_says_is_refused_at_the_field(at: Staffed, desk: Desk) -> None:
    case = cases.handling_(at)
    answer = put(desk(at.disclosure_officer), case, "record", b"<script>alert(1)</script>")
    assert answer.status_code == 422
    assert "field-error" in answer.content.decode()
    assert put(desk(at.disclosure_officer), case, "record", b"").status_code == 422
    assert not case.files.exists()


def test_departments_put_in_what_they_found_and_open_no_papers_of_the_applicant(at: Staffed, desk: Desk) -> None:
    case = cases.handling_(at)
    cases.assigned(at, case, "accepted")
    client = desk(at.handler)
    assert put(client, case, "record").status_code == 302
    assert put(client, case, "identity").status_code == 422
    assert fetch(client, case.files.get()).status_code == 200
    identity = papers.add(case, PDF, name="证.pdf", role=FileRole.IDENTITY, by=at.disclosure_officer)
    assert fetch(client, identity).status_code == 403
    assert fetch(desk(at.disclosure_officer), identity).status_code == 200


def test_a_virus_and_a_silent_scanner_keep_a_file_out(
    at: Staffed, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = cases.handling_(at)
    settings.GONGKAI_CLAMD = "tcp://scanner.test:3310"
    add = {"name": "合同.pdf", "role": FileRole.RECORD, "by": at.disclosure_officer}
    monkeypatch.setattr(scanning, "scan", lambda data: "Eicar")
    with pytest.raises(Refused, match="病毒"):
        papers.add(case, PDF, **add)

    def silent(data: bytes) -> str:
        raise scanning.NoAnswer("away")

    monkeypatch.setattr(scanning, "scan", silent)
    with pytest.raises(Refused, match="没有应答"):
        papers.add(case, PDF, **add)
    assert not case.files.exists()
    monkeypatch.setattr(scanning, "scan", lambda data: "")
    assert papers.add(case, PDF, **add).scanned == "clean"


def test_what_is_provided_becomes_the_applicants_with_the_reply_and_its_fetching_is_evidence(
    at: Staffed,
) -> None:
    case = outcomes.signed(at, "partial")
    cases.frozen_reply(at, case, "reply-partial")
    provided = case.files.get(role=FileRole.PROVIDED)
    original = case.files.get(role=FileRole.RECORD)
    client = Client(headers={"host": str(primary_host(at.agency))})
    session = client.session
    session["applications"] = {str(case.pk): int(moment.now().timestamp())}
    session.save()
    url = reverse("apply:given_file", args=[case.pk, provided.code])
    assert client.post(url).status_code == 404
    cases.act(case, "deliver", by=at.disclosure_officer, replied_on=moment.today())
    assert provided.name in client.get(reverse("apply:case", args=[case.pk])).content.decode()
    assert b"".join(client.post(url).streaming_content) == case_files.content(provided)
    entry = Entry.objects.get(kind="applications.file_opened")
    assert (entry.actor_kind, entry.data["why"]) == ("applicant", "申请人下载")
    assert client.post(reverse("apply:given_file", args=[case.pk, original.code])).status_code == 404
