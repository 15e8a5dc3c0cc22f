"""Files are taken in safely, ordered, decided about; links are found and kept; staff see what the public may not."""

from collections.abc import Callable

import pytest
from django.test import override_settings
from django.urls import reverse
from tests.factories import editions, people
from tests.factories.people import Staffed
from tests.publishing.editor.conftest import Writer, png

from gongkai.catalog import queries
from gongkai.catalog.editions import Edition
from gongkai.catalog.files import FileRole, StoredFile
from gongkai.publishing.desk import uploading

Writes = Callable[..., Writer]


def attached(edition: Edition) -> list[str]:
    return [file.name for file in queries.attachments_of(edition)]


def test_an_attachment_is_told_back_as_a_row(at: Staffed, writes: Writes) -> None:
    writer, edition = writes(at.drafter), editions.draft(at)
    answer = writer.upload(edition, "收费标准.txt", "标准".encode()).json()
    assert "收费标准.txt" in answer["html"]
    assert attached(edition) == ["收费标准.txt"]
    assert "收费标准.txt" in writer.open(edition)


def test_a_picture_needs_words_and_has_an_address_for_the_text(at: Staffed, writes: Writes) -> None:
    writer, edition = writes(at.drafter), editions.draft(at)
    refused = writer.upload(edition, "图.png", png(), **{"as": "image"})
    assert (refused.status_code, "说明文字" in refused.json()["error"]) == (422, True)
    answer = writer.upload(edition, "图.png", png(), **{"as": "image", "alt": "检修范围图"}).json()
    assert (answer["width"], answer["height"]) == (4, 3)
    body = f'<figure><img src="{answer["url"]}" alt="检修范围图"></figure>'
    writer.save(edition, writer.sheet(edition), body=body)
    stored = StoredFile.objects.get(role=FileRole.IMAGE)
    assert f'src="{stored.get_absolute_url()}"' in Edition.objects.get(pk=edition.pk).body
    assert attached(edition) == []


def test_without_a_script_files_go_with_the_form(at: Staffed, writes: Writes) -> None:
    writer, edition = writes(at.drafter), editions.draft(at)
    address = reverse("desk:upload", args=[edition.pk])
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer = writer.client.post(address, {"file": SimpleUploadedFile("附表.txt", "表".encode())})
    assert answer.status_code == 302
    bad = writer.client.post(address, {"file": SimpleUploadedFile("坏.svg", b"<svg/>")})
    assert bad.status_code == 422
    assert "SVG" in bad.content.decode()
    writer.client.post(address, {"file": SimpleUploadedFile("图.png", png()), "as": "image", "alt": "图"})
    assert "<img" in Edition.objects.get(pk=edition.pk).body
    assert attached(edition) == ["附表.txt"]


def test_too_large_a_file_is_refused_before_it_is_read(at: Staffed, writes: Writes) -> None:
    writer, edition = writes(at.drafter), editions.draft(at)
    with override_settings(GONGKAI_UPLOAD_MAX_BYTES=1024):
        answer = writer.upload(edition, "大.txt", b"x" * (uploading._FORM_ROOM + 4096))
        assert (answer.status_code, "请压缩或拆分" in answer.json()["error"]) == (413, True)
        answer = writer.upload(edition, "大.txt", b"x" * 4096)
        assert (answer.status_code, "请压缩或拆分" in answer.json()["error"]) == (422, True)
    assert attached(edition) == []


def test_a_form_without_its_token_is_refused(at: Staffed) -> None:
    from django.test import Client

    edition = editions.draft(at)
    client = Client(enforce_csrf_checks=True)
    client.force_login(at.drafter)
    assert client.post(reverse("desk:upload", args=[edition.pk])).status_code == 403


def test_uploads_without_end_are_slowed_down(at: Staffed, writes: Writes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploading, "RATE", "2/h")
    writer, edition = writes(at.drafter), editions.draft(at)
    told = [writer.upload(edition, f"{number}.txt", b"x").status_code for number in range(3)]
    assert told == [200, 200, 422]


def test_order_removal_and_the_decision_about_hidden_things(at: Staffed, writes: Writes) -> None:
    from tests.texts import packages

    deleted = '<w:del w:id="1" w:author="某"><w:r><w:delText>删去的话</w:delText></w:r></w:del>'
    hiding = packages.word(packages.paragraph(packages.run("附件") + deleted))
    writer, edition = writes(at.drafter), editions.draft(at)
    writer.upload(edition, "一.txt", b"1")
    writer.upload(edition, "二.docx", hiding)

    def act(name: str, act: str, **more: str) -> str:
        stored = StoredFile.objects.get(name=name)
        address = reverse("desk:arrange_file", args=[edition.pk, stored.code])
        return str(writer.client.post(address, {"act": act, **more}, follow=True).content.decode())

    act("二.docx", "up")
    assert attached(edition) == ["二.docx", "一.txt"]
    page = writer.open(edition)
    assert "删去的话" in page
    assert "已去除" in page
    assert "请写明为什么原样公开" in act("二.docx", "keep")
    assert "将原样公开" in act("二.docx", "keep", note="须公开修订过程")
    act("一.txt", "remove")
    assert attached(edition) == ["二.docx"]


def test_staff_files_do_no_harm_and_are_nobody_elses(at: Staffed, writes: Writes) -> None:
    writer, edition = writes(at.drafter), editions.draft(at)
    answer = writer.upload(edition, "说明.txt", b"<script>alert(1)</script>")
    assert answer.status_code == 422 or answer.json()["url"]
    url = writer.upload(edition, "附表.txt", "表".encode()).json()["url"]
    served = writer.client.get(url)
    assert served["Content-Disposition"].startswith("attachment")
    assert served["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in served["Content-Security-Policy"]
    assert "private" in served["Cache-Control"]
    stranger = people.staffed()
    assert writes(stranger.drafter).client.get(url).status_code == 404
    assert writes(at.drafter).client.get(url.replace("/desk/", "/")).status_code == 404


def test_links_are_found_here_and_elsewhere_also_before_they_are_public(at: Staffed, writes: Writes) -> None:
    other = people.staffed()
    public = editions.released(other, title="关于供热价格的通知", document_number="澜价发〔2026〕3号").document
    editions.draft(other, title="关于供热的别家草稿")
    own = editions.draft(at, title="关于供热办法的起草")
    writer, edition = writes(at.drafter), editions.draft(at, title="供热办法解读")
    find = reverse("desk:find_links", args=[edition.pk])
    page = writer.client.get(find, {"words": "供热"}).content.decode()
    assert "关于供热价格的通知" in page
    assert "关于供热办法的起草" in page
    assert "别家草稿" not in page
    assert "供热办法解读" not in page
    assert "关于供热价格的通知" in writer.client.get(find, {"words": "澜价发〔2026〕3"}).content.decode()
    assert "关于供热价格的通知" in writer.client.get(find, {"words": public.index_number}).content.decode()

    links = reverse("desk:links", args=[edition.pk])
    writer.client.post(links, {"kind": "interprets", "target": own.document_id})
    writer.client.post(links, {"kind": "basis", "words": "关于供热价格的通知"})
    writer.client.post(links, {"kind": "basis", "title": "上位法", "url": "https://www.gov.cn/x"})
    assert [link.kind for link in edition.links.all()] == ["interprets", "basis", "basis"]
    hidden = editions.draft(other).document
    assert writer.client.post(links, {"kind": "basis", "target": hidden.pk}).status_code == 422
    writer.client.post(links, {"remove": edition.links.first().pk})  # type: ignore[union-attr]
    assert [link.target for link in edition.links.all()] == [public, None]


def test_a_link_that_is_none_is_said_at_its_field(at: Staffed, writes: Writes) -> None:
    writer, edition = writes(at.drafter), editions.draft(at)
    links = reverse("desk:links", args=[edition.pk])
    for sent, told in (
        ({"kind": "basis", "words": "没有的文件"}, "没有找到"),
        ({"kind": "basis", "title": "某文件", "url": "不是网址"}, "完整网址"),
        ({"kind": "basis"}, "请查找并选择"),
    ):
        answer = writer.client.post(links, sent)
        assert answer.status_code == 422
        assert told in answer.content.decode()
    assert not edition.links.exists()
