"""Documents are set up, drafts are written by several hands, next editions begun; what was said never changes."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from tests.factories import editions, people

from gongkai.catalog import ledger_kinds as kinds
from gongkai.catalog.actions import content, documents
from gongkai.catalog.actions.content import LinkGiven
from gongkai.catalog.documents import Document
from gongkai.catalog.editions import ChangeKind, Edition
from gongkai.catalog.files import FileRole
from gongkai.catalog.links import LinkKind
from gongkai.ledger.entries import Entry

pytestmark = pytest.mark.django_db


def saves_of(edition: Edition) -> list[list[str]]:
    """What each save in the edition's history says was changed."""
    entries = Entry.objects.filter(subject_kind="edition", subject_id=str(edition.pk), kind=kinds.DRAFT_SAVED)
    return [entry.data["changed"] for entry in entries.order_by("id")]


def test_a_document_begins_with_its_identity_and_a_first_draft() -> None:
    at = people.staffed(code="A07")
    edition = documents.create_document(
        agency=at.agency, type_key="notice", by=at.drafter, department=at.department, facts={"title": "公告"}
    )
    assert edition.document.index_number == f"A07-{timezone.localdate().year}-000001"
    assert (edition.number, edition.state, edition.editors) == (1, "drafting", [at.drafter.pk])
    assert edition.issuer == at.agency.name
    assert Entry.objects.filter(kind=kinds.DOCUMENT_CREATED, subject_id=str(edition.document_id)).count() == 1


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"type_key": "poem"}, "type"),
        ({"facts": {"document_number": "随便写的"}}, "document_number"),
        ({"facts": {"title": "长" * 301}}, "title"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_made(facts: dict[str, Any], field: str) -> None:
    at = people.staffed()
    given = {"agency": at.agency, "type_key": "notice", "by": at.drafter} | facts
    with pytest.raises(ValidationError) as told:
        documents.create_document(**given)
    assert field in told.value.message_dict
    assert not Document.objects.exists()


def test_a_department_of_another_agency_is_refused() -> None:
    at, other = people.staffed(), people.staffed()
    with pytest.raises(ValidationError, match="处室不属于该机关"):
        documents.create_document(agency=at.agency, type_key="notice", by=at.drafter, department=other.department)


def test_a_save_counts_its_version_and_its_writer() -> None:
    at = people.staffed()
    edition = editions.draft(at)
    saved = documents.save_draft(
        edition, by=at.disclosure_officer, version=edition.version, facts={"title": "改过的标题"}
    )
    assert saved.version == edition.version + 1
    assert saved.editors == [at.drafter.pk, at.disclosure_officer.pk]


def test_a_document_number_is_kept_in_its_official_form() -> None:
    at = people.staffed()
    edition = editions.draft(at, document_number="澜城管发[2026]6号")
    assert edition.document_number == "澜城管发〔2026〕6号"


def test_saving_what_is_there_changes_nothing() -> None:
    at = people.staffed()
    edition = editions.draft(at)
    saved = documents.save_draft(edition, by=at.drafter, version=edition.version, facts={"title": edition.title})
    assert saved.version == edition.version
    assert saves_of(edition) == []


def test_two_writers_never_overwrite_each_other() -> None:
    at = people.staffed()
    edition = editions.draft(at)
    documents.save_draft(edition, by=at.disclosure_officer, version=edition.version, facts={"title": "先到的标题"})
    with pytest.raises(documents.DraftConflict) as conflict:
        documents.save_draft(edition, by=at.drafter, version=edition.version, facts={"title": "后到的标题"})
    assert conflict.value.edition.title == "先到的标题"
    assert Edition.objects.get(pk=edition.pk).title == "先到的标题"


def test_saves_of_the_page_itself_are_one_entry_of_a_sitting(frozen_time: Any) -> None:
    now = frozen_time("2026-11-20 09:00")
    at = people.staffed()
    edition = editions.draft(at)

    def typed(by: Any, **facts: Any) -> None:
        current = Edition.objects.get(pk=edition.pk)
        documents.save_draft(current, by=by, version=current.version, facts=facts, unasked=True)

    for words in ("<p>一</p>", "<p>一二</p>", "<p>一二三</p>"):
        typed(at.drafter, body=words)
    assert saves_of(edition) == [["正文"]]
    typed(at.drafter, title="又一处改动")
    typed(at.disclosure_officer, title="另一个人")
    now.shift(timedelta(minutes=31))
    typed(at.disclosure_officer, title="过了一阵")
    assert saves_of(edition) == [["正文"], ["标题"], ["标题"], ["标题"]]


def test_a_text_under_review_is_not_written_in() -> None:
    at = people.staffed()
    edition = editions.submitted(at)
    with pytest.raises(ValidationError, match="处室初审"):
        documents.save_draft(edition, by=at.drafter, version=edition.version, facts={"title": "偷偷改"})


def test_a_next_edition_carries_text_files_and_links_over() -> None:
    at = people.staffed()
    target = editions.released(at, title="关于依据的通知").document
    edition = editions.draft(at)
    content.add_file(edition, name="附表.txt", data="附表".encode(), role=FileRole.ATTACHMENT, by=at.drafter)
    content.add_file(edition, name="来稿.txt", data="来稿".encode(), role=FileRole.SOURCE, by=at.drafter)
    content.set_links(edition, [LinkGiven(LinkKind.BASIS, target)], by=at.drafter)
    said = editions.release_through(at, Edition.objects.get(pk=edition.pk))
    draft = documents.draft_next_edition(said.document, by=at.drafter, kind=ChangeKind.CORRECTION, note="改正一处笔误")
    assert (draft.number, draft.body, draft.title) == (2, said.body, said.title)
    assert [use.file.name for use in draft.edition_files.all()] == ["附表.txt"]
    assert [link.target for link in draft.links.all()] == [target]
    assert said.edition_files.count() == 2


def test_there_is_one_next_edition_at_a_time_and_it_says_why() -> None:
    at = people.staffed()
    document = editions.released(at).document
    with pytest.raises(ValidationError, match="修改说明"):
        documents.draft_next_edition(document, by=at.drafter, kind=ChangeKind.REVISION, note=" ")
    editions.next_edition(at, document)
    with pytest.raises(ValidationError, match="已有一个新版本在办理"):
        editions.next_edition(at, document)


def test_what_is_not_out_has_no_next_edition() -> None:
    at = people.staffed()
    with pytest.raises(ValidationError, match="尚未发布"):
        editions.next_edition(at, editions.draft(at).document)


@pytest.mark.parametrize("change", [{"title": "改了"}, {"body": "<p>改了</p>"}, {"released_at": timezone.now()}])
def test_the_database_itself_refuses_to_change_what_was_said(change: dict[str, Any]) -> None:
    at = people.staffed()
    edition = editions.released(at)
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(**change)
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM catalog_edition WHERE id = %s", [edition.pk])


@pytest.mark.django_db(transaction=True)
def test_index_numbers_have_no_gap_and_no_double_under_eight_writers() -> None:
    at = people.staffed(code="A09")
    done: list[int] = []

    def write() -> None:
        try:
            for _ in range(5):
                done.append(documents.create_document(agency=at.agency, type_key="notice", by=at.drafter).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == 40
    year = timezone.localdate().year
    numbers = sorted(Document.objects.values_list("index_number", flat=True))
    assert numbers == [f"A09-{year}-{number:06d}" for number in range(1, 41)]


def test_a_failed_beginning_gives_its_number_back() -> None:
    at = people.staffed(code="A08")
    with pytest.raises(ValidationError):
        documents.create_document(
            agency=at.agency, type_key="notice", by=at.drafter, facts={"document_number": "不是文号"}
        )
    edition = documents.create_document(agency=at.agency, type_key="notice", by=at.drafter)
    assert edition.document.index_number.endswith("-000001")
