"""Former editions and what changed."""

import pytest
from lxml import html
from tests.catalog.portal.reading import get, text
from tests.factories import editions
from tests.factories.sites import City

pytestmark = pytest.mark.django_db


def test_a_former_edition_says_that_it_is_not_the_present_one(city: City) -> None:
    address = city.policy.get_absolute_url()
    response = get(city.at.agency, f"{address}v1/")
    said = text(response)
    assert "已被后来的版本取代" in said
    assert "新建居住区应当同步建设投放设施" in said
    tree = html.fromstring(response.content)
    host = city.at.agency.hosts.get(primary=True).host
    assert tree.xpath("//link[@rel='canonical']/@href") == [f"http://{host}{address}"]
    assert "有效性" not in [cell.text_content() for cell in tree.xpath("//table[contains(@class, 'facts')]//th")]


def test_the_present_edition_lives_at_the_document_s_own_address(city: City) -> None:
    address = city.policy.get_absolute_url()
    response = get(city.at.agency, f"{address}v2/")
    assert (response.status_code, response["Location"]) == (302, address)


def test_two_editions_are_compared_in_words(city: City) -> None:
    response = get(city.at.agency, f"{city.policy.get_absolute_url()}compare/")
    assert "修改第三条" in text(response)
    tree = html.fromstring(response.content)
    assert [one.text for one in tree.xpath("//tbody//ins")] == ["、同步使用"]
    assert len(tree.xpath("//tbody/tr")) == 1
    whole = html.fromstring(get(city.at.agency, f"{city.policy.get_absolute_url()}compare/?all=1").content)
    assert len(whole.xpath("//tbody/tr")) > 5


def test_the_order_of_the_two_does_not_matter(city: City) -> None:
    address = f"{city.policy.get_absolute_url()}compare/"
    forth, back = get(city.at.agency, f"{address}?from=1&to=2"), get(city.at.agency, f"{address}?from=2&to=1")
    assert forth.content == back.content


@pytest.mark.parametrize(
    "query", ["?from=9", "?to=9", "?from=x", "?to=-1", "?from=1&to=99999999999999999999", "?from=٣"]
)
def test_editions_nobody_published_are_not_compared(city: City, query: str) -> None:
    assert get(city.at.agency, f"{city.policy.get_absolute_url()}compare/{query}").status_code == 404


def test_a_document_with_one_edition_has_nothing_to_compare(city: City) -> None:
    document = editions.released(city.at).document
    assert get(city.at.agency, f"{document.get_absolute_url()}compare/").status_code == 404
