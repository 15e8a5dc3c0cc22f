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
    assert "sandbox allow-downloads" in policy
    assert "allow-scripts" not in policy
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


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("bytes=0-3", slice(0, 4)),
        ("bytes=5-", slice(5, None)),
        ("bytes=-4", slice(-4, None)),
        ("bytes=3-9999", slice(3, None)),
    ],
)
def test_a_part_of_a_file_can_be_had(city: City, asked: str, part: slice) -> None:
    address = _table(city).get_absolute_url()
    whole = b"".join(get(city.at.agency, address).streaming_content)
    response = get(city.at.agency, address, range=asked)
    assert response.status_code == 206
    some = b"".join(response.streaming_content)
    assert some == whole[part]
    first = whole.index(some)
    assert response["Content-Range"] == f"bytes {first}-{first + len(some) - 1}/{len(whole)}"
    assert response["Content-Length"] == str(len(some))


@pytest.mark.parametrize("asked", ["bytes=-", "bytes=0-1,3-4", "lines=1-2", "bytes=a-b", ""])
def test_a_range_nobody_understands_gets_the_whole(city: City, asked: str) -> None:
    response = get(city.at.agency, _table(city).get_absolute_url(), range=asked)
    assert (response.status_code, response["Content-Length"]) == (200, "20")


def test_a_part_beyond_the_end_is_none(city: City) -> None:
    response = get(city.at.agency, _table(city).get_absolute_url(), range="bytes=20-30")
    assert (response.status_code, response["Content-Range"]) == (416, "bytes */20")


def test_a_part_of_another_version_is_not_mixed_in(city: City) -> None:
    response = get(city.at.agency, _table(city).get_absolute_url(), **{"range": "bytes=0-3", "if-range": '"other"'})
    assert response.status_code == 200
