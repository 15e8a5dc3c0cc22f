"""A document begins: its type is chosen, a Word file read in, and what Word hid reaches nobody."""

import threading
from collections.abc import Callable
from io import BytesIO
from uuid import uuid4

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.urls import reverse
from tests.factories import editions, people
from tests.factories.people import Staffed
from tests.publishing.editor.conftest import Writer, png
from tests.texts import packages

from gongkai.catalog import doctypes, queries
from gongkai.catalog.editions import Edition
from gongkai.catalog.files import FileRole, StoredFile
from gongkai.publishing.actions import drafting
from gongkai.texts import richtext

Writes = Callable[..., Writer]
SECRET = "补偿底线每平方米一万元"
NEW = "/desk/new/?type=notice"


def letter() -> bytes:
    """A notice as offices write it: head, number, title, text with a tracked deletion, hidden text, signature."""
    deleted = f'<w:del w:id="1" w:author="林某"><w:r><w:delText>{SECRET}</w:delText></w:r></w:del>'
    centred = '<w:jc w:val="center"/>'
    return packages.word(
        packages.paragraph("澜川市城市管理委员会文件", centred)
        + packages.paragraph("澜城管发〔2026〕18号", centred)
        + packages.paragraph("关于供热主管网检修的公告", centred)
        + packages.paragraph(packages.run("各有关单位：为做好检修，") + deleted + packages.run("现公告如下。"))
        + packages.paragraph(packages.run("检修期间请做好准备。") + packages.run("不宜声张的一句", "<w:vanish/>"))
        + packages.paragraph("澜川市城市管理委员会", '<w:jc w:val="right"/>')
        + packages.paragraph("2026年11月20日", '<w:jc w:val="right"/>')
    )


def begin(writer: Writer, at: Staffed, name: str = "公告.docx", data: bytes = b"", **fields: str) -> Edition:
    sent = {"department": at.department.pk, "disclosure": "proactive", **fields}
    if data:
        sent["file"] = SimpleUploadedFile(name, data)
    answer = writer.client.post(NEW, sent)
    assert answer.status_code == 302, answer.content.decode()
    return Edition.objects.get()


def test_every_type_is_offered_with_what_it_is_not_for(at: Staffed, writes: Writes) -> None:
    page = writes(at.drafter).client.get("/desk/new/").content.decode()
    for kind in doctypes.all_types().values():
        assert kind.advice in page
        assert kind.not_for in page


def test_who_does_not_draft_is_told_who_does(at: Staffed, writes: Writes) -> None:
    answer = writes(at.leader).client.get("/desk/new/")
    assert answer.status_code == 403
    assert "撰稿" in answer.content.decode()


def test_a_draft_begins_on_an_empty_page_in_my_department(at: Staffed, writes: Writes) -> None:
    edition = begin(writes(at.drafter), at, title="关于检修的公告")
    assert (edition.title, edition.body) == ("关于检修的公告", "")
    assert edition.document.department == at.department


def test_a_button_pressed_twice_makes_one_document(at: Staffed, writes: Writes) -> None:
    client = writes(at.drafter).client
    form = client.get(NEW).context["form"]
    sent = {
        "department": at.department.pk,
        "disclosure": "proactive",
        "title": "一份",
        "once": str(form["once"].value()),
    }
    first, second = client.post(NEW, sent), client.post(NEW, sent)
    assert first["Location"] == second["Location"]
    assert Edition.objects.count() == 1
    another = client.get(NEW).context["form"]["once"].value()
    client.post(NEW, sent | {"once": str(another)})
    assert Edition.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_that_come_at_the_same_moment_make_one(at: Staffed) -> None:
    key = uuid4()
    made: list[int] = []

    def press() -> None:
        try:
            facts = {"title": "一份"}
            begun = drafting.begin(
                agency=at.agency, type_key="notice", by=at.drafter, department=None, facts=facts, request_key=key
            )
            made.append(begun.pk)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 4
    assert set(made) == {Edition.objects.get().pk}


def test_a_drafter_of_one_department_sets_nothing_up_for_another(at: Staffed, writes: Writes) -> None:
    sent = {"department": at.other_department.pk, "disclosure": "proactive"}
    answer = writes(at.drafter).client.post(NEW, sent)
    assert answer.status_code == 422
    assert not Edition.objects.exists()


def test_not_disclosing_needs_its_ground_at_the_source(at: Staffed, writes: Writes) -> None:
    writer = writes(at.drafter)
    sent = {"department": at.department.pk, "disclosure": "withheld", "title": "不丢的标题"}
    answer = writer.client.post(NEW, sent)
    assert answer.status_code == 422
    assert "请选择依据" in answer.content.decode()
    assert "不丢的标题" in answer.content.decode()
    edition = begin(writer, at, disclosure="withheld", ground="process")
    assert (edition.disclosure, edition.ground) == ("withheld", "process")


def test_what_word_deleted_reaches_neither_page_nor_download(at: Staffed, writes: Writes) -> None:
    writer = writes(at.drafter)
    edition = begin(writer, at, data=letter())
    assert edition.title == "关于供热主管网检修的公告"
    assert "现公告如下" in edition.body
    assert SECRET not in edition.body
    assert "不宜声张" not in edition.body

    page = writer.open(edition)
    assert "修订中已删除的文字" in page
    assert "隐藏文字" in page
    [source] = StoredFile.objects.filter(role=FileRole.SOURCE)
    attached = writer.upload(edition, "附件.docx", letter()).json()
    download = b"".join(writer.client.get(attached["url"]).streaming_content)  # type: ignore[attr-defined]
    assert SECRET not in packages.everything(download)

    sheet = writer.sheet(edition) | {
        "subject": "其他",
        "genre": "公告",
        "summary": "检修",
        "date_of_issue": "2026-11-20",
    }
    assert writer.save(edition, sheet).status_code == 302
    said = editions.release_through(at, Edition.objects.get(pk=edition.pk))
    public = at.agency.hosts.get().host
    shown = writer.client.get(said.document.get_absolute_url(), headers={"host": public}).content.decode()
    assert "现公告如下" in shown
    assert SECRET not in shown
    assert queries.public_file(source.code) is None


def test_hidden_text_comes_into_the_text_only_when_a_person_decides_so(at: Staffed, writes: Writes) -> None:
    writer = writes(at.drafter)
    edition = begin(writer, at, data=letter())
    source = StoredFile.objects.get(role=FileRole.SOURCE)
    decide = reverse("desk:show_hidden", args=[edition.pk, source.code])
    writer.client.post(decide)
    body = Edition.objects.get().body
    assert "不宜声张的一句" in body
    assert SECRET not in body


def test_a_text_that_was_worked_on_is_not_read_over(at: Staffed, writes: Writes) -> None:
    writer = writes(at.drafter)
    edition = begin(writer, at, data=letter())
    writer.save(edition, writer.sheet(edition), body=edition.body + "<p>我写的一句。</p>")
    source = StoredFile.objects.get(role=FileRole.SOURCE)
    answer = writer.client.post(reverse("desk:show_hidden", args=[edition.pk, source.code]), follow=True)
    assert "正文读入之后已经修改" in answer.content.decode()
    assert "我写的一句" in Edition.objects.get().body


def test_what_the_text_says_of_itself_is_offered_and_never_set(at: Staffed, writes: Writes) -> None:
    writer = writes(at.drafter)
    edition = begin(writer, at, data=letter())
    assert (edition.document_number, edition.date_of_issue) == ("", None)
    page = writer.open(edition)
    assert "澜城管发〔2026〕18号" in page
    assert 'data-fill="date_of_issue" data-value="2026-11-20"' in page
    writer.save(edition, writer.sheet(edition), then="accept:document_number")
    assert Edition.objects.get().document_number == "澜城管发〔2026〕18号"
    writer.save(edition, writer.sheet(edition), then="accept:date_of_issue")
    assert str(Edition.objects.get().date_of_issue) == "2026-11-20"
    writer.save(edition, writer.sheet(edition), then="accept:opening")
    assert Edition.objects.get().text.startswith("各有关单位")


def test_pictures_of_a_word_file_become_files_of_the_draft(at: Staffed, writes: Writes) -> None:
    document = docx.Document()
    document.add_paragraph("检修范围如下图所示。")
    document.add_picture(BytesIO(png(40, 30)))
    buffer = BytesIO()
    document.save(buffer)
    writer = writes(at.drafter)
    edition = begin(writer, at, data=buffer.getvalue())
    picture = StoredFile.objects.get(role=FileRole.IMAGE)
    assert [image.src for image in richtext.images(edition.body)] == [picture.get_absolute_url()]
    page = writer.open(edition)
    assert f"/desk/files/{picture.code}/" in page
    assert "图片" in page


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("旧.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "另存为"),
        ("扫描.pdf", b"%PDF-1.4", "作为附件上传"),
        ("坏.docx", b"PK\x03\x04broken", "坏.docx"),
        ("表.xlsx", b"PK\x03\x04", "不能从"),
    ],
)
def test_what_cannot_be_read_is_said_at_the_file(
    name: str, data: bytes, told: str, at: Staffed, writes: Writes
) -> None:
    sent = {"department": at.department.pk, "disclosure": "proactive", "title": "不丢的标题"}
    answer = writes(at.drafter).client.post(NEW, sent | {"file": SimpleUploadedFile(name, data)})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert "不丢的标题" in page
    assert not Edition.objects.exists()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("公告.txt", "关于检修的公告\n\n检修期间请做好准备。"),
        ("公告.md", "# 关于检修的公告\n\n检修期间请做好准备。"),
        ("公告.html", "<html><body><h1>关于检修的公告</h1><p>检修期间请做好准备。</p><script>1</script></body></html>"),
    ],
)
def test_plain_texts_and_pages_are_read_too(name: str, data: str, at: Staffed, writes: Writes) -> None:
    edition = begin(writes(at.drafter), at, name, data.encode())
    assert edition.title == "关于检修的公告"
    assert edition.text == "检修期间请做好准备。"
    assert StoredFile.objects.get().role == FileRole.SOURCE


def test_pasted_text_is_cleaned_like_any_other(at: Staffed, writes: Writes) -> None:
    edition = begin(
        writes(at.drafter), at, pasted='<p onclick="x()">检修<script>1</script>期间。</p><img src="http://x/y">'
    )
    assert edition.body == "<p>检修期间。</p>"


def test_nothing_begins_for_an_agency_that_is_not_mine(at: Staffed, writes: Writes) -> None:
    other = people.staffed()
    edition = editions.draft(other)
    for name in ("edit", "live", "find_links"):
        assert writes(at.drafter).client.get(reverse(f"desk:{name}", args=[edition.pk])).status_code == 404
    for name in ("save", "upload", "links", "replace", "keep"):
        assert writes(at.drafter).client.post(reverse(f"desk:{name}", args=[edition.pk])).status_code == 404
