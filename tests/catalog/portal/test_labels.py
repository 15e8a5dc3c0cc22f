"""Page labels 网页标签 of 国办发〔2017〕47号 on every kind of page."""

import re

import pytest
from tests.catalog.portal.reading import get, labels
from tests.factories.sites import City

pytestmark = pytest.mark.django_db

SITE = {"SiteName", "SiteDomain", "SiteIDCode"}
COLUMN = {"ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"}
ARTICLE = {"ArticleTitle", "PubDate", "ContentSource", "Keywords", "Author", "Description", "Url"}
ARTICLES = {"document", "withdrawn document", "document of a former body", "former edition", "comparison"}


def test_every_page_of_the_site_carries_its_labels(city: City, paths: dict[str, str]) -> None:
    for kind, path in paths.items():
        found = labels(get(city.at.agency, path))
        wanted = SITE | COLUMN | (ARTICLE if kind in ARTICLES else set())
        assert {name for name in wanted if not found.get(name)} == set(), kind
        assert found["SiteIDCode"] == "1100000002"


def test_every_page_of_the_portal_carries_its_labels(city: City) -> None:
    for path in ("/", "/jg/", f"/jg/{city.at.agency.slug}/", "/lm/news/"):
        found = labels(get(city.portal.agency, path))
        assert {name for name in SITE | COLUMN if not found.get(name)} == set(), path


def test_the_labels_of_a_document_say_what_it_is(city: City) -> None:
    found = labels(get(city.at.agency, city.policy.get_absolute_url()))
    assert found["ArticleTitle"] == "关于印发《投放设施设置规范》的通知"
    assert found["ColumnName"] == "政策文件"
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}", found["PubDate"])
    assert found["ContentSource"] == "澜川市城市管理委员会"
    assert found["Keywords"] == "垃圾分类,投放设施"
    assert found["Url"].endswith(city.policy.get_absolute_url())
    assert found["SiteDomain"] == city.at.agency.hosts.get(primary=True).host


def test_what_is_gone_is_not_to_be_indexed(city: City, gone: dict[str, tuple[str, int]]) -> None:
    for path, status in gone.values():
        response = get(city.at.agency, path)
        assert response.status_code == status
        assert labels(response)["robots"] == "noindex"
        assert "ArticleTitle" not in labels(response)
