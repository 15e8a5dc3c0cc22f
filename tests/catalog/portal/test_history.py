"""Former editions and what changed."""

import pytest
from lxml import html
from tests.catalog.portal.reading import get, links, text
from tests.factories import editions, sites
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
    whole = html.fromstring(get(city.at.agency, f"{city.policy.get_absolute_url()}compare/1-2/all/").content)
    assert len(whole.xpath("//tbody/tr")) > 5


def test_the_present_edition_and_the_one_before_are_compared_unless_others_are_named(city: City) -> None:
    address = f"{city.policy.get_absolute_url()}compare/"
    short, whole = get(city.at.agency, address), get(city.at.agency, f"{address}1-2/")
    assert text(short) == text(whole)
    for page in (short, whole):
        [canonical] = html.fromstring(page.content).xpath("//link[@rel='canonical']/@href")
        assert canonical.endswith(f"{address}1-2/")


@pytest.mark.parametrize("query", ["?from=1&to=2", "?from=2&to=1"])
def test_numbers_in_the_query_string_lead_to_the_comparison_s_own_address(city: City, query: str) -> None:
    address = f"{city.policy.get_absolute_url()}compare/"
    moved = get(city.at.agency, f"{address}{query}")
    assert (moved.status_code, moved["Location"]) == (301, f"{address}1-2/")


@pytest.mark.parametrize("numbers", ["9-10", "1-9", "2-1", "1-1", "1-99999999999999999999", "x-2"])
def test_editions_nobody_published_are_not_compared(city: City, numbers: str) -> None:
    path = f"{city.policy.get_absolute_url()}compare/{numbers}/"
    assert get(city.at.agency, path).status_code == 404


def test_any_two_of_several_can_be_chosen(city: City) -> None:
    sites.revised(city.at, city.policy, note="再次修订", body="<p>第一条　为规范设置，制定本规范。</p>")
    address = f"{city.policy.get_absolute_url()}compare/"
    found = links(get(city.at.agency, address), "//dl[contains(@class, 'compare-choice')]")
    assert found == {"第1版（首次发布）": f"{address}1-3/"}
    found = links(get(city.at.agency, f"{address}1-3/"), "//dl[contains(@class, 'compare-choice')]")
    assert found == {"第2版（修订）": f"{address}1-2/"}


def test_a_document_with_one_edition_has_nothing_to_compare(city: City) -> None:
    document = editions.released(city.at).document
    assert get(city.at.agency, f"{document.get_absolute_url()}compare/").status_code == 404
