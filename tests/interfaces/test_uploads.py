"""Resumable uploads, as a tus client and as a plain form meet them."""

import base64
import hashlib
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client, RequestFactory
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from tests.factories import people
from tests.interfaces.conftest import PURPOSE, Scanner

from gongkai.interfaces.downloads import attachment, file_name
from gongkai.interfaces.uploads import claiming, clearing, parts
from gongkai.interfaces.uploads.claiming import InQuarantine, NotUsable, claim, contents, release
from gongkai.interfaces.uploads.fields import Kept, UploadField
from gongkai.interfaces.uploads.upload import State, Upload, find
from gongkai.ledger.entries import Entry
from gongkai.ledger.refs import Ref

pytestmark = pytest.mark.django_db
CASE = Ref("application", "7")
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 40 + b"\n%%EOF"


def metadata(**values: str) -> str:
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in values.items())


class Tus:
    """The least of a tus client."""

    def __init__(self) -> None:
        people.staffed(host="testserver")
        self.client = Client()
        self.address = ""

    def ask(self, method: str, address: str = "", data: bytes = b"", **headers: str) -> Any:
        sent = {"Tus-Resumable": "1.0.0", **{name.replace("_", "-"): value for name, value in headers.items()}}
        kind = sent.pop("Content-Type", "application/offset+octet-stream")
        return self.client.generic(method, address or self.address, data, content_type=kind, headers=sent)

    def create(self, size: int = len(PDF), name: str = "身份证明.pdf", purpose: str = PURPOSE, **headers: str) -> Any:
        told = metadata(filename=name, purpose=purpose)
        kind = {"Content_Type": "text/plain"} | headers
        answer = self.ask("POST", "/uploads/", Upload_Length=str(size), Upload_Metadata=told, **kind)
        self.address = answer.headers.get("Location", "").removeprefix("http://testserver")
        return answer

    def patch(self, offset: int, data: bytes, **headers: str) -> Any:
        return self.ask("PATCH", data=data, Upload_Offset=str(offset), **headers)

    @property
    def token(self) -> str:
        return self.address.rsplit("/", 1)[-1]

    @property
    def upload(self) -> Upload:
        found = find(self.token)
        assert found is not None
        return found


@pytest.fixture
def tus() -> Tus:
    return Tus()


def test_what_the_server_can_do_is_told_without_a_version(tus: Tus) -> None:
    answer = tus.client.options("/uploads/")
    assert answer.status_code == 204
    assert answer["Tus-Version"] == "1.0.0"
    assert set(answer["Tus-Extension"].split(",")) >= {"creation", "checksum", "expiration", "termination"}
    assert "sha1" in answer["Tus-Checksum-Algorithm"]


def test_a_file_arrives_in_pieces_and_is_the_same(tus: Tus) -> None:
    created = tus.create()
    assert (created.status_code, created["Upload-Offset"]) == (201, "0")
    assert tus.patch(0, PDF[:1000]).headers["Upload-Offset"] == "1000"
    head = tus.ask("HEAD")
    assert (head.status_code, head["Upload-Offset"], head["Upload-Length"]) == (200, "1000", str(len(PDF)))
    assert head["Cache-Control"] == "no-store"
    assert "filename" in head["Upload-Metadata"]
    last = tus.patch(1000, PDF[1000:])
    assert (last.status_code, last["Gongkai-Upload-State"]) == (204, "accepted")
    assert last["Upload-Expires"].endswith("GMT")
    assert b"".join(contents(tus.upload)) == PDF
    assert tus.upload.sha256 == hashlib.sha256(PDF).hexdigest()
    assert tus.upload.name == "身份证明.pdf"


def test_on_disk_and_in_the_database_nothing_can_be_read(tus: Tus) -> None:
    tus.create()
    tus.patch(0, PDF)
    raw = tus.upload.parts.path.read_bytes()
    assert len(raw) == len(PDF)
    assert b"PDF" not in raw
    stored = Upload.objects.values().get()
    assert tus.token not in str(stored)
    assert "身份证明".encode() not in bytes(stored["sealed_name"])


def test_creation_may_bring_the_first_bytes(tus: Tus) -> None:
    told = metadata(filename="a.pdf", purpose=PURPOSE)
    answer = tus.ask("POST", "/uploads/", PDF[:700], Upload_Length=str(len(PDF)), Upload_Metadata=told)
    assert (answer.status_code, answer["Upload-Offset"]) == (201, "700")


@pytest.mark.parametrize(
    ("offset", "data", "headers", "status"),
    [
        (5, b"abc", {}, 409),
        (0, bytes(len(PDF) + 1), {}, 413),
        (0, b"abc", {"Content_Type": "text/plain"}, 415),
        (0, b"abc", {"Tus_Resumable": "0.2.2"}, 412),
        (0, b"abc", {"Upload_Checksum": "crc32 AAAA"}, 400),
        (0, b"abc", {"Upload_Checksum": "sha1 " + base64.b64encode(bytes(20)).decode()}, 460),
    ],
)
def test_what_is_wrong_is_refused_and_nothing_moves(
    tus: Tus, offset: int, data: bytes, headers: dict[str, str], status: int
) -> None:
    tus.create()
    answer = tus.patch(offset, data, **headers)
    assert answer.status_code == status
    assert answer["Tus-Resumable"] == "1.0.0"
    assert tus.ask("HEAD")["Upload-Offset"] == "0"


def test_a_right_checksum_is_accepted_and_a_method_may_be_written_otherwise(tus: Tus) -> None:
    tus.create()
    digest = base64.b64encode(hashlib.sha1(PDF).digest()).decode()
    answer = tus.ask(
        "POST", data=PDF, Upload_Offset="0", Upload_Checksum=f"sha1 {digest}", X_HTTP_Method_Override="PATCH"
    )
    assert (answer.status_code, answer["Gongkai-Upload-State"]) == (204, "accepted")


@pytest.mark.parametrize(
    ("told", "status", "words"),
    [
        ({"size": 0}, 422, "0 字节"),
        ({"size": 2 * 1024 * 1024}, 413, "超过 1 MB"),
        ({"purpose": "nobody's"}, 422, "purpose"),
        ({"name": "长" * 300}, 422, "文件名"),
    ],
)
def test_what_cannot_be_taken_is_said_before_any_byte(tus: Tus, told: dict[str, Any], status: int, words: str) -> None:
    answer = tus.create(**told)
    assert answer.status_code == status
    assert words in answer.json()["detail"]
    assert not Upload.objects.exists()


def test_one_address_cannot_fill_the_disk_and_neither_can_all(tus: Tus, settings: Any) -> None:
    settings.GONGKAI_UPLOADS_PER_ADDRESS_BYTES = 3 * len(PDF)
    assert [tus.create().status_code for _ in range(4)] == [201, 201, 201, 429]
    settings.GONGKAI_UPLOADS_PER_ADDRESS_BYTES = settings.GONGKAI_UPLOADS_MAX_BYTES
    settings.GONGKAI_UPLOADS_MAX_BYTES = 3 * len(PDF)
    assert tus.create().status_code == 507


def test_a_disguised_file_is_refused_at_its_end_and_its_bytes_are_gone(tus: Tus) -> None:
    tus.create(name="照片.jpg")
    answer = tus.patch(0, PDF)
    assert answer.status_code == 422
    assert "扩展名" in answer.json()["detail"]
    assert not tus.upload.parts.path.exists()
    assert tus.ask("HEAD").status_code == 410
    with pytest.raises(NotUsable, match="扩展名"), transaction.atomic():
        claim(tus.token, purpose=PURPOSE, by=CASE)


def test_a_kind_that_is_not_for_this_purpose_says_what_is(tus: Tus) -> None:
    data = b"a,b\n1,2\n"
    tus.create(size=len(data), name="名单.csv")
    assert "可以上传 pdf" in tus.patch(0, data).json()["detail"]


def test_two_requests_at_once_do_not_write_into_each_other(tus: Tus) -> None:
    tus.create()
    with tus.upload.parts.locked():
        assert tus.patch(0, PDF).status_code == 423
    assert tus.patch(0, PDF).status_code == 204


def test_who_takes_it_back_leaves_nothing(tus: Tus, django_capture_on_commit_callbacks: Any) -> None:
    tus.create()
    path = tus.upload.parts.path
    with django_capture_on_commit_callbacks(execute=True):
        assert tus.ask("DELETE").status_code == 204
    assert not path.exists()
    assert tus.ask("HEAD").status_code == 404


def test_a_claim_is_for_one_and_ends_what_its_sender_may_do(tus: Tus, django_capture_on_commit_callbacks: Any) -> None:
    tus.create()
    tus.patch(0, PDF[:10])
    with pytest.raises(NotUsable, match="还没有传完"):
        claim(tus.token, purpose=PURPOSE, by=CASE)
    tus.patch(10, PDF[10:])
    with pytest.raises(NotUsable, match="重新上传"):
        claim(tus.token, purpose="another", by=CASE)
    upload = claim(tus.token, purpose=PURPOSE, by=CASE)
    assert claim(tus.token, purpose=PURPOSE, by=CASE).pk == upload.pk
    with pytest.raises(NotUsable, match="另一次提交"):
        claim(tus.token, purpose=PURPOSE, by=Ref("application", "8"))
    assert tus.ask("DELETE").status_code == 410
    clearing.expire(timezone.now() + timedelta(days=9))
    path = upload.parts.path
    assert path.exists()
    with django_capture_on_commit_callbacks(execute=True):
        release(upload)
    assert not path.exists()


def test_what_nobody_claims_expires_and_what_has_no_row_is_swept(tus: Tus) -> None:
    tus.create()
    path, when = tus.upload.parts.path, tus.upload.expires_at
    assert clearing.next_expiry() == when
    assert clearing.expire(when - timedelta(seconds=1)) == 0
    assert clearing.expire(when) == 1
    assert not path.exists()
    stray = parts.folder() / "ab" / ("ab" + "0" * 62)
    stray.parent.mkdir(parents=True, exist_ok=True)
    stray.write_bytes(b"x")
    clearing.sweep(timezone.now())
    assert stray.exists()
    clearing.sweep(timezone.now() + timedelta(days=3))
    assert not stray.exists()


def test_an_infected_file_is_refused_with_words_and_an_entry(tus: Tus, scanner: Scanner) -> None:
    scanner.answer = b"stream: Eicar-Test-Signature FOUND\0"
    tus.create()
    answer = tus.patch(0, PDF)
    assert answer.status_code == 422
    assert "病毒" in answer.json()["detail"]
    assert scanner.scanned == [PDF]
    entry = Entry.objects.get(kind="interfaces.upload_infected")
    assert entry.sentence == "证明材料：Eicar-Test-Signature"
    assert "身份证明" not in str(entry.data)
    assert entry.agency_id


@pytest.mark.parametrize("answer", [None, b"INSTREAM size limit exceeded. ERROR\0", b"\0"])
def test_without_an_answer_of_the_scanner_a_file_waits_and_nobody_reads_it(
    tus: Tus, scanner: Scanner, settled: list[Upload], answer: bytes | None
) -> None:
    scanner.answer = answer
    tus.create()
    assert tus.patch(0, PDF).headers["Gongkai-Upload-State"] == "quarantined"
    upload = claim(tus.token, purpose=PURPOSE, by=CASE)
    with pytest.raises(InQuarantine):
        contents(upload)
    due = clearing.next_look()
    assert due is not None
    assert clearing.look_again(due) == 0
    scanner.answer = b"stream: OK\0"
    assert clearing.look_again(due + timedelta(hours=1)) == 1
    assert [(one.state, one.claimed_by) for one in settled] == [(State.ACCEPTED, CASE.key)]
    assert b"".join(contents(tus.upload)) == PDF
    assert tus.upload.scanned


def test_a_scanner_that_is_away_is_no_acceptance(tus: Tus, settings: Any, tmp_path: Any) -> None:
    settings.GONGKAI_CLAMD = f"unix:{tmp_path}/nobody.ctl"
    tus.create()
    assert tus.patch(0, PDF).headers["Gongkai-Upload-State"] == "quarantined"


class Papers(forms.Form):
    papers = UploadField(PURPOSE, label="证明", most=2)


def sent(files: dict[str, bytes], tokens: list[str] | None = None) -> Papers:
    people_request = RequestFactory().post("/")
    uploaded = [SimpleUploadedFile(name, data) for name, data in files.items()]
    form = Papers({"papers-token": tokens or []}, MultiValueDict({"papers": uploaded}))
    form.fields["papers"].for_request(people_request)  # type: ignore[attr-defined]
    return form


def test_a_plain_form_brings_files_too_and_keeps_them_when_it_returns() -> None:
    form = sent({"证.pdf": PDF, "照片.jpg": PDF})
    assert not form.is_valid()
    assert "扩展名" in form.errors["papers"][0]
    html = str(form["papers"])
    assert "证.pdf" in html
    token = Upload.objects.get(state=State.ACCEPTED)
    again = sent({}, [html.split('value="')[1].split('"')[0]])
    assert again.is_valid(), again.errors
    kept: list[Kept] = again.cleaned_data["papers"]
    assert [one.upload.pk for one in kept] == [token.pk]


def test_a_large_file_of_a_plain_form_lies_nowhere_open(tmp_path: Path, settings: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 64  # of the request
    large = PDF * 30
    request = RequestFactory().post("/", {"files": SimpleUploadedFile("证.pdf", large)})
    (sent,) = request.FILES.getlist("files")
    assert list(tmp_path.iterdir()) == []
    assert (sent.name, sent.size, b"".join(sent.chunks())) == ("证.pdf", len(large), large)
    assert (sent.seek(7), sent.read(1000)) == (7, large[7:1007])  # between the blocks of the cipher
    spool = sent.file.raw
    spool._file.seek(0)
    assert PDF[:16] not in spool._file.read()
    sent.seek(0)
    field = UploadField(PURPOSE)
    field.for_request(request)
    (kept,) = field.clean(field.widget.value_from_datadict({}, request.FILES, "files"))
    assert kept.upload.sha256 == hashlib.sha256(large).hexdigest()


def test_a_form_takes_no_more_files_than_it_says_and_no_other_purposes(tus: Tus) -> None:
    assert "最多上传 2 个" in sent({"1.pdf": PDF, "2.pdf": PDF, "3.pdf": PDF}).errors["papers"][0]
    assert "请上传文件" in sent({}).errors["papers"][0]
    assert "重新上传" in sent({}, ["x" * 40]).errors["papers"][0]
    tus.create()
    tus.patch(0, PDF[:5])
    assert "还没有传完" in sent({}, [tus.token]).errors["papers"][0]


def test_a_file_whose_process_died_before_the_check_is_judged_by_the_clock(tus: Tus) -> None:
    tus.create()
    tus.patch(0, PDF)
    Upload.objects.update(state=State.RECEIVING, created_at=timezone.now() - timedelta(hours=1))
    assert clearing.look_again(timezone.now()) == 1
    assert tus.upload.state == State.ACCEPTED
    assert claiming.claim(tus.token, purpose=PURPOSE, by=CASE)


@pytest.mark.parametrize(
    ("given", "served"),
    [("text/html", "application/octet-stream"), ("text/plain", "application/octet-stream"), ("image/png", "image/png")],
)
def test_downloads_are_saved_and_never_run(given: str, served: str) -> None:
    response = attachment(name="../../报告\u202e.pdf", content_type=given, chunks=[b"ab"], size=2)
    assert response["Content-Type"] == served
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert file_name("../../报告\u202e.pdf") == "报告.pdf"
    assert file_name("..") == "文件"
