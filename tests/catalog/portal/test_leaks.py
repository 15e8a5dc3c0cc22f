"""What was never said in public is on no public page, under no address."""

import pytest
from tests.catalog.portal.reading import get
from tests.factories import editions, sites
from tests.factories.sites import City

from gongkai.catalog.actions import content
from gongkai.catalog.actions.content import LinkGiven
from gongkai.catalog.editions import EditionState
from gongkai.catalog.files import FileRole
from gongkai.catalog.links import LinkKind

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "state",
    ["dept_review", "legal_review", "office_review", "secrecy_review", "leader_review", EditionState.APPROVED],
)
def test_an_edition_under_review_has_no_address(city: City, state: str) -> None:
    edition = editions.at_step(city.at, state, **sites.NORMATIVE)
    address = edition.document.get_absolute_url()
    for path in (address, f"{address}v1/", f"{address}compare/"):
        assert get(city.at.agency, path).status_code == 404


def test_the_next_edition_in_the_making_is_not_shown_beside_the_live_one(city: City) -> None:
    drafted = editions.next_edition(city.at, city.policy, note="秘密的修改说明")
    address = city.policy.get_absolute_url()
    assert get(city.at.agency, f"{address}v{drafted.number}/").status_code == 404
    assert get(city.at.agency, f"{address}compare/1-{drafted.number}/").status_code == 404
    for path in (address, f"{address}compare/", f"{address}v1/"):
        assert "秘密的修改说明" not in get(city.at.agency, path).content.decode()


def test_a_draft_is_on_no_page(city: City, paths: dict[str, str]) -> None:
    content.set_links(city.draft, [LinkGiven(LinkKind.AMENDS, city.policy)], by=city.at.drafter)
    for path in paths.values():
        page = get(city.at.agency, path).content.decode()
        assert "尚未公开事项" not in page
        assert city.draft.document.code not in page
        assert city.draft.document.index_number not in page
    assert "尚未公开事项" not in get(city.portal.agency, "/").content.decode()


def test_names_of_officers_are_on_no_page(city: City, paths: dict[str, str]) -> None:
    names = {officer.name for officer in city.at.officers.values()}
    for path in paths.values():
        page = get(city.at.agency, path).content.decode()
        assert not [name for name in names if name in page]


def test_files_of_drafts_and_sources_are_not_given_out(city: City) -> None:
    source = content.add_file(
        city.draft, name="来稿.txt", data="来稿".encode(), role=FileRole.SOURCE, by=city.at.drafter
    )
    for stored in (city.draft_picture, source):
        assert get(city.at.agency, stored.get_absolute_url()).status_code == 404


def test_files_go_with_their_document(city: City) -> None:
    address = city.picture.get_absolute_url()
    assert get(city.at.agency, address).status_code == 200
    sites.changed(city.at, city.policy, "revoke", reason="误发")
    assert get(city.at.agency, address).status_code == 404
