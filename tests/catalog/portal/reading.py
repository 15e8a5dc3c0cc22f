"""Reading pages as the public does: by host and path."""

from typing import Any

from django.test import Client
from lxml import html

from gongkai.agencies.bodies import Agency


def get(agency: Agency, path: str, **headers: str) -> Any:
    """The answer of the agency's site, to somebody who is nobody in particular."""
    host = agency.hosts.get(primary=True).host
    return Client().get(path, headers={"host": host} | headers)


def text(response: Any) -> str:
    """The words of the page, blanks collapsed."""
    tree = html.fromstring(response.content)
    for hidden in tree.xpath("//script|//style|//head"):
        hidden.drop_tree()
    return " ".join(tree.text_content().split())


def labels(response: Any) -> dict[str, str]:
    """Page labels by name."""
    return {meta.get("name"): meta.get("content") for meta in html.fromstring(response.content).xpath("//meta[@name]")}


def links(response: Any, within: str = "//main") -> dict[str, str]:
    """Address by the words of each link in that part of the page."""
    found = html.fromstring(response.content).xpath(f"{within}//a[@href]")
    return {" ".join(one.text_content().split()): one.get("href") for one in found}


def notices(response: Any) -> list[str]:
    """The notices above the document."""
    found = html.fromstring(response.content).xpath("//div[contains(@class, 'notice')]")
    return [" ".join(one.text_content().split()) for one in found]


def facts(response: Any) -> dict[str, str]:
    """The header table."""
    table = html.fromstring(response.content).xpath("//table[contains(@class, 'facts')]")[0]
    names = [cell.text_content() for cell in table.xpath(".//th")]
    values = [cell.text_content().strip() for cell in table.xpath(".//td")]
    return dict(zip(names, values, strict=True))
