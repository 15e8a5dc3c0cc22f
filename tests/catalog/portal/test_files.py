"""Files as they are given out: by name, unchanged, harmless."""

from urllib.parse import unquote

import pytest
from tests.catalog.portal.reading import get, links, text
from tests.factories.sites import City, picture_bytes

from gongkai.catalog.files import StoredFile

pytestmark = pytest.mark.django_db


def _table(city: City) -> StoredFile:
    return StoredFile.objects.get(document=city.policy, kind="csv")


def test_a_file_that_a_browser_must_not_open_is_a_download_under_its_chinese_name(city: City) -> None:
    response = get(city.at.agency, _table(city).get_absolute_url())
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert unquote(response["Content-Disposition"]).endswith("配置 标准.csv")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert b"".join(response.streaming_content) == "户数,数量\n300,2\n".encode()


def test_a_picture_is_shown_and_can_do_nothing(city: City) -> None:
    response = get(city.at.agency, city.picture.get_absolute_url())
    assert response["Content-Type"] == "image/png"
    assert response["Content-Disposition"].startswith("inline; ")
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert policy.endswith("; sandbox")
    assert b"".join(response.streaming_content)[:8] == picture_bytes()[:8]


def test_a_file_that_a_reader_has_is_not_sent_again(city: City) -> None:
    address = city.picture.get_absolute_url()
    first = get(city.at.agency, address)
    assert first["ETag"] == f'"{city.picture.sha256}"'
    again = get(city.at.agency, address, **{"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    since = get(city.at.agency, address, **{"if-modified-since": first["Last-Modified"]})
    assert since.status_code == 304


def test_a_file_of_another_site_is_sent_for_there(city: City) -> None:
    address = city.picture.get_absolute_url()
    response = get(city.portal.agency, address)
    host = city.at.agency.hosts.get(primary=True).host
    assert (response.status_code, response["Location"]) == (301, f"http://{host}{address}")


def test_the_page_says_what_each_attachment_is(city: City) -> None:
    page = get(city.at.agency, city.policy.get_absolute_url())
    assert links(page)["示意图.png"] == city.picture.get_absolute_url()
    assert "PNG 图片" in text(page)
    assert "CSV 数据，20 字节" in text(page)


def test_an_unknown_code_is_unknown(city: City) -> None:
    assert get(city.at.agency, "/files/2222222222/x.pdf").status_code == 404
