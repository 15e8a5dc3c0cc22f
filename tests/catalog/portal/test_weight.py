"""What a page weighs on the way to a phone: text, styles and scripts together, pictures apart."""

import gzip
import random
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from lxml import html
from tests.catalog.portal.reading import get
from tests.factories import editions
from tests.factories.people import Staffed
from tests.factories.sites import NORMATIVE, City

from gongkai.agencies.bodies import Agency
from gongkai.texts.dates import chinese_numeral

pytestmark = pytest.mark.django_db

BUDGET = 60 * 1024
FETCHED = "//link[@rel='stylesheet' or @rel='icon']/@href | //script/@src"


def weight(agency: Agency, path: str) -> dict[str, int]:
    """Bytes over the wire of the page and of everything it fetches before it is complete, by address."""
    page = get(agency, path)
    assert page.status_code == 200
    found = {path: _packed(page.content)}
    icons = html.fromstring(page.content).xpath("substring-before(//*[name()='use']/@href, '#')")
    for address in {*html.fromstring(page.content).xpath(FETCHED), *([icons] if icons else [])}:
        found[address] = _packed(Path(finders.find(address.removeprefix("/static/"))).read_bytes())  # type: ignore[arg-type]
    return found


def _packed(content: bytes) -> int:
    return len(gzip.compress(content, compresslevel=6))


def test_every_kind_of_page_is_light(city: City, paths: dict[str, str]) -> None:
    for kind, path in paths.items():
        weighed = weight(city.at.agency, path)
        assert sum(weighed.values()) <= BUDGET, (kind, weighed)


def test_a_long_regulation_is_light(at: Staffed) -> None:
    """A hundred articles of a hundred characters each, as most rules of a city have."""
    letters = random.Random(7)
    words = "".join(
        dict.fromkeys(
            "城市管理主管部门应当会同有关制定年度计划明确责任单位完成时限和资金来源并向社会公布投放收集运输处置监督检查规划建设"
        )
    )
    articles = ("".join(letters.choices(words, k=100)) for _ in range(100))
    body = "".join(f"<p>第{chinese_numeral(at)}条　{words}。</p>" for at, words in enumerate(articles, start=1))
    document = editions.released(at, **(NORMATIVE | {"body": body})).document
    assert sum((weighed := weight(at.agency, document.get_absolute_url())).values()) <= BUDGET, weighed
