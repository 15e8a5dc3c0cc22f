"""Two editions side by side, as an official reads them; and the preview."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import editions
from tests.factories.people import Staffed

from gongkai.agencies.officers import Officer
from gongkai.catalog.actions import documents
from gongkai.catalog.editions import Edition

pytestmark = pytest.mark.django_db
Desk = Callable[[Officer], Client]
RULE = (
    "<p>第一条　为规范供热服务，制定本规定。</p><p>第二条　采暖期为四个月。</p><p>第三条　本规定自公布之日起施行。</p>"
)


@pytest.fixture
def revised(at: Staffed) -> Edition:
    first = editions.released(at, title="供热规定", body=RULE)
    draft = editions.next_edition(at, first.document, note="延长采暖期")
    changed = RULE.replace("四个月", "五个月").replace(
        "</p><p>第三条", "</p><p>第三条　供热单位应当公布电话。</p><p>第四条"
    )
    return documents.save_draft(
        draft, by=at.drafter, version=draft.version, facts={"body": changed, "summary": "延长采暖期。"}
    )


def test_it_says_what_changed_in_words_and_marks(at: Staffed, desk: Desk, revised: Edition) -> None:
    page = desk(at.office_reviewer).get(reverse("desk:diff", args=[revised.pk])).content.decode()
    assert "<del>四</del>" in page
    assert "<ins>五</ins>" in page
    assert "延长采暖期" in page
    assert "内容概述" in page, "header fields are compared too"
    assert "新增" in page


def test_one_column_shows_what_went_before_what_came(at: Staffed, desk: Desk, revised: Edition) -> None:
    url = f"{reverse('desk:diff', args=[revised.pk])}?view=inline"
    page = desk(at.office_reviewer).get(url).content.decode()
    assert "<del>四</del><ins>五</ins>" in page


def test_long_stretches_without_change_are_folded_and_can_be_opened(at: Staffed, desk: Desk) -> None:
    body = "".join(f"<p>第{number}段，照旧。</p>" for number in range(1, 21))
    first = editions.released(at, body=body)
    draft = editions.next_edition(at, first.document)
    documents.save_draft(
        draft, by=at.drafter, version=draft.version, facts={"body": body.replace("第10段，照旧", "第10段，新写")}
    )
    client, url = desk(at.drafter), reverse("desk:diff", args=[draft.pk])
    folded = client.get(url).content.decode()
    assert "7 段没有变化" in folded
    assert "第2段，照旧" not in folded
    assert "第2段，照旧" in client.get(f"{url}?all=1").content.decode()


def test_a_first_edition_has_nothing_to_be_compared_with(at: Staffed, desk: Desk) -> None:
    edition = editions.draft(at)
    assert "没有可以对照的版本" in desk(at.drafter).get(reverse("desk:diff", args=[edition.pk])).content.decode()


def test_only_editions_of_the_same_document_are_compared(at: Staffed, desk: Desk, revised: Edition) -> None:
    other = editions.draft(at)
    url = f"{reverse('desk:diff', args=[revised.pk])}?with={other.pk}"
    assert desk(at.drafter).get(url).status_code == 404


def test_markup_in_the_text_stays_text(at: Staffed, desk: Desk) -> None:
    first = editions.released(at, body="<p>1 &lt; 2</p>")
    draft = editions.next_edition(at, first.document)
    documents.save_draft(draft, by=at.drafter, version=draft.version, facts={"body": "<p>1 &lt;script&gt; 2</p>"})
    page = desk(at.drafter).get(reverse("desk:diff", args=[draft.pk])).content.decode()
    assert "&lt;" in page
    assert "1 <script> 2" not in page


def test_the_preview_is_the_public_page_in_a_frame(at: Staffed, desk: Desk) -> None:
    edition = editions.draft(at, title="预览的公告")
    client = desk(at.drafter)
    frame = client.get(f"{reverse('desk:preview', args=[edition.pk])}?width=phone").content.decode()
    assert "previewer--phone" in frame
    inner = client.get(reverse("desk:preview_page", args=[edition.pk]))
    assert "预览的公告" in inner.content.decode()
    assert inner["X-Frame-Options"] == "SAMEORIGIN"
    assert "noindex" in inner["X-Robots-Tag"]
