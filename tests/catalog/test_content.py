"""Files and links of a draft: what is hidden goes, what is kept was decided, what was said stays as it was."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from PIL import Image
from tests.factories import editions, people
from tests.texts import packages

from gongkai.catalog import queries, storage
from gongkai.catalog.actions import content
from gongkai.catalog.actions.content import LinkGiven
from gongkai.catalog.actions.documents import save_draft
from gongkai.catalog.editions import Edition
from gongkai.catalog.files import FileRole, StoredFile
from gongkai.catalog.links import LinkKind
from gongkai.ledger.entries import Entry

pytestmark = pytest.mark.django_db

SECRET = "内部掌握不对外的数字"


def png() -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (4, 3), "white").save(buffer, "PNG")
    return buffer.getvalue()


def word_with_deletion() -> bytes:
    deleted = f'<w:del w:id="1" w:author="某人"><w:r><w:delText>{SECRET}</w:delText></w:r></w:del>'
    return packages.word(packages.paragraph("公开的正文。") + packages.paragraph(packages.run("附件内容") + deleted))


def attach(edition: Edition, by: object, name: str = "附表.txt", data: bytes = "附表".encode()) -> StoredFile:
    return content.add_file(edition, name=name, data=data, role=FileRole.ATTACHMENT, by=by)  # type: ignore[arg-type]


def names(edition: Edition) -> list[str]:
    return [file.name for file in queries.attachments_of(edition)]


def test_a_word_file_is_offered_without_what_was_deleted_in_it() -> None:
    at = people.staffed()
    edition = editions.draft(at)
    stored = attach(edition, at.drafter, "附件.docx", word_with_deletion())
    assert SECRET not in packages.everything(storage.read(stored.offered))
    assert SECRET in packages.everything(storage.read(stored.original))
    assert SECRET not in stored.text
    assert "附件内容" in stored.text
    assert any(one["kind"] == "deletion" and one["removed"] for one in stored.hidden)


def test_keeping_the_original_needs_a_reason_and_is_recorded() -> None:
    at = people.staffed()
    edition = editions.draft(at)
    came = word_with_deletion()
    stored = attach(edition, at.drafter, "附件.docx", came)
    with pytest.raises(ValidationError, match="为什么"):
        content.keep_original(edition, stored, note="  ", by=at.drafter)
    kept = content.keep_original(edition, stored, note="修订痕迹须一并公开", by=at.drafter)
    assert kept.pk == stored.pk
    assert storage.read(kept.offered) == came
    assert Entry.objects.get(kind="catalog.file_original").data["note"] == "修订痕迹须一并公开"


def test_keeping_the_original_never_changes_what_an_earlier_edition_offers() -> None:
    at = people.staffed()
    edition = editions.draft(at)
    stored = attach(edition, at.drafter, "附件.docx", word_with_deletion())
    said = editions.release_through(at, Edition.objects.get(pk=edition.pk))
    draft = editions.next_edition(at, said.document)
    kept = content.keep_original(draft, stored, note="修订痕迹须一并公开", by=at.drafter)
    stored.refresh_from_db()
    assert SECRET not in packages.everything(storage.read(stored.offered))
    assert kept.code != stored.code
    assert queries.attachments_of(draft) == [kept]
    assert queries.attachments_of(said) == [stored]
    assert queries.public_file(kept.code) is None


def test_a_source_is_kept_and_never_offered() -> None:
    at = people.staffed()
    edition = editions.draft(at)
    page = "<html><body><script>alert(1)</script><p>正文</p></body></html>".encode()
    stored = content.add_file(edition, name="原网页.html", data=page, role=FileRole.SOURCE, by=at.drafter)
    said = editions.release_through(at, Edition.objects.get(pk=edition.pk))
    assert stored.content_type == "application/octet-stream"
    assert queries.public_file(stored.code) is None
    assert names(said) == []


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("图片.svg", b"<svg/>", "SVG"),
        ("程序.exe", b"MZ\0\0", "不接受"),
        ("网页.html", b"<html></html>", "网页"),
        ("空.pdf", b"", "空的"),
        ("假的.pdf", b"PK\x03\x04 no", "压缩|损坏|实际|无法"),
    ],
)
def test_what_must_not_be_taken_is_refused_with_what_to_do(name: str, data: bytes, told: str) -> None:
    at = people.staffed()
    edition = editions.draft(at)
    with pytest.raises(ValidationError, match=told):
        attach(edition, at.drafter, name, data)
    assert not StoredFile.objects.exists()


def test_attachments_are_put_in_order_and_taken_off() -> None:
    at = people.staffed()
    edition = editions.draft(at)
    one, two, three = (attach(edition, at.drafter, f"{name}.txt") for name in ("一", "二", "三"))
    content.move_file(edition, three, up=True, by=at.drafter)
    assert names(edition) == ["一.txt", "三.txt", "二.txt"]
    content.move_file(edition, one, up=True, by=at.drafter)
    content.remove_file(edition, three, by=at.drafter)
    assert names(edition) == ["一.txt", "二.txt"]
    assert two in queries.attachments_of(edition)


def test_pictures_taken_out_of_the_text_are_taken_off_the_draft() -> None:
    at = people.staffed()
    edition = editions.draft(at)
    shown, unused = (
        content.add_file(edition, name=f"{name}.png", data=png(), role=FileRole.IMAGE, by=at.drafter, alt="图")
        for name in ("a", "b")
    )
    body = f'<figure><img src="{shown.get_absolute_url()}" alt="图"></figure>'
    save_draft(edition, by=at.drafter, version=None, facts={"body": body})
    assert content.drop_unused_images(edition, by=at.drafter) == 1
    assert [use.file for use in edition.edition_files.all()] == [shown]
    assert StoredFile.objects.filter(pk=unused.pk).exists()


def test_a_picture_that_no_text_shows_is_not_public_by_its_address() -> None:
    at = people.staffed()
    edition = editions.draft(at)
    shown, unused = (
        content.add_file(edition, name=f"{name}.png", data=png(), role=FileRole.IMAGE, by=at.drafter, alt="图")
        for name in ("a", "b")
    )
    body = f'<p>见图。</p><figure><img src="{shown.get_absolute_url()}" alt="图"></figure>'
    save_draft(edition, by=at.drafter, version=None, facts={"body": body})
    editions.release_through(at, Edition.objects.get(pk=edition.pk))
    assert queries.public_file(shown.code) == shown
    assert queries.public_file(unused.code) is None


def test_files_of_a_text_under_review_stay() -> None:
    at = people.staffed()
    edition = editions.draft(at)
    stored = attach(edition, at.drafter)
    edition = editions._fire(Edition.objects.get(pk=edition.pk), "submit", at.drafter)
    for act in (
        lambda: attach(edition, at.drafter, "又一个.txt"),
        lambda: content.remove_file(edition, stored, by=at.drafter),
        lambda: content.keep_original(edition, stored, note="要", by=at.drafter),
        lambda: content.set_links(edition, [], by=at.drafter),
    ):
        with pytest.raises(ValidationError, match="不能修改"):
            act()
    assert names(edition) == ["附表.txt"]


def test_links_lead_somewhere_and_not_to_oneself() -> None:
    at = people.staffed()
    edition = editions.draft(at)
    with pytest.raises(ValidationError, match="不能关联自己"):
        content.set_links(edition, [LinkGiven(LinkKind.RELATED, edition.document)], by=at.drafter)
    with pytest.raises(ValidationError, match="文件名称"):
        content.set_links(edition, [LinkGiven(LinkKind.BASIS)], by=at.drafter)
    with pytest.raises(ValidationError):
        content.set_links(edition, [LinkGiven(LinkKind.BASIS, None, "上位法", "javascript:alert(1)")], by=at.drafter)
    content.set_links(edition, [LinkGiven(LinkKind.BASIS, None, "上位法", "https://www.gov.cn/1")], by=at.drafter)
    assert [link.title for link in edition.links.all()] == ["上位法"]
