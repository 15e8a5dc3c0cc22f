"""The desk's preview: the page a draft would have."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory
from tests.catalog.portal.reading import labels, text
from tests.factories import editions, sites
from tests.factories.people import Staffed

from gongkai.catalog.actions import content, documents
from gongkai.catalog.editions import Edition
from gongkai.catalog.files import FileRole
from gongkai.catalog.portal import preview_response

pytestmark = pytest.mark.django_db


def _preview(edition: Edition) -> HttpResponse:
    request = RequestFactory().get(f"/desk/editions/{edition.pk}/preview/")
    request.user = AnonymousUser()  # who may see it is the desk's decision, taken before
    return preview_response(request, edition)


def test_a_draft_is_shown_as_it_would_be_and_says_that_it_is_none(at: Staffed) -> None:
    response = _preview(editions.draft(at, **sites.NORMATIVE))
    said = text(response)
    assert "预览尚未发布（起草）" in said
    assert sites.NORMATIVE["title"] in said
    assert labels(response) == {
        "viewport": labels(response)["viewport"],
        "color-scheme": "light dark",
        "robots": "noindex, nofollow",
    }
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Cache-Control"] == "private, no-store"


def test_files_of_a_draft_come_through_the_desk(at: Staffed) -> None:
    draft = editions.draft(at)
    picture = content.add_file(
        draft, name="图.png", data=sites.picture_bytes(), role=FileRole.IMAGE, by=at.drafter, alt="图"
    )
    table = content.add_file(draft, name="表.csv", data=b"a,b\n1,2\n", role=FileRole.ATTACHMENT, by=at.drafter)
    draft.refresh_from_db()
    body = f'<p>见图：</p><p><img src="{picture.get_absolute_url()}" alt="图"></p>'
    draft = documents.save_draft(draft, by=at.drafter, version=None, facts={"body": body})
    page = _preview(draft).content.decode()
    assert f'src="/desk{picture.get_absolute_url()}"' in page
    assert f'href="/desk{table.get_absolute_url()}"' in page
    assert 'src="/files/' not in page


def test_the_next_edition_is_previewed_and_not_taken_for_a_former_one(at: Staffed) -> None:
    document = editions.released(at, **sites.NORMATIVE).document
    drafted = editions.next_edition(at, document, note="第三条增加改造要求")
    said = text(_preview(drafted))
    assert "历史版本" not in said
    assert "预览" in said
    assert "现行有效" in said
