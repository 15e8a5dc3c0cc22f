"""From addresses to files and links between them."""

from pathlib import PurePosixPath
from urllib.parse import quote, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.catalog.exporting.addresses import Address, NoPlace, file_address, relative


@pytest.mark.parametrize(
    ("path", "query", "file"),
    [
        ("/", "", "h.cn/index.html"),
        ("/lm/notices/", "", "h.cn/lm/notices/index.html"),
        ("/lm/notices", "", "h.cn/lm/notices/index.html"),
        ("/lm/notices/", "before=17.5-3", "h.cn/lm/notices/q-before=17.5-3/index.html"),
        ("/files/x/%E5%9B%BE.png", "", "h.cn/files/x/图.png"),
        ("/files/x/README", "", "h.cn/files/x/README"),
        ("/feed.xml", "", "h.cn/feed.xml"),
        ("/art/2019/1.html", "", "h.cn/art/2019/1.html/index.html"),
    ],
)
def test_each_address_has_its_file(path: str, query: str, file: str) -> None:
    assert str(Address("h.cn", path, query).file) == file


def test_two_addresses_never_meet_in_one_file() -> None:
    queries = ["a=1&b=2", "a=1_b=2", "a=1%26b=2", "a=1/b=2", "a=1&b=2" + "x" * 300, "a=1&b=2" + "x" * 301]
    files = {Address("h.cn", "/lm/x/", query).file for query in queries}
    assert len(files) == len(queries)
    names = [f"/files/x/{quote('附' * 100 + end)}.pdf" for end in "甲乙"]
    long = {Address("h.cn", name).file for name in names}
    assert len(long) == 2
    assert all(len(one.name.encode()) <= 200 and one.suffix == ".pdf" for one in long)


@pytest.mark.parametrize("path", ["/a/../b/", "/a/%2e%2e/b/", "/a%2fb/", "/a%00/", "/a\\b/", "/./", "/a%0ab/"])
def test_no_address_leads_out_of_the_tree(path: str) -> None:
    with pytest.raises(NoPlace):
        _ = Address("h.cn", path).file


def test_what_needs_the_living_site() -> None:
    searching = ("/search", "/search/", "/search/suggest", "/zh-hant/search")
    applying = ("/apply/", "/apply/status/3/", "/zh-hant/apply/")
    for path in (*searching, *applying, "/desk/", "/api/v1/documents", "/data/"):
        assert Address("h.cn", path).needs_the_site
    for path in ("/", "/lm/search/", "/searching/", "/applying/", "/zh-hant/lm/x/"):
        assert not Address("h.cn", path).needs_the_site
    assert file_address("h.cn", "/static/a.css", "v=1") == Address("h.cn", "/static/a.css")
    assert file_address("h.cn", "/lm/x/", "before=1").query == "before=1"


segments = st.lists(st.text("ab图 #?%&", min_size=1, max_size=4), min_size=1, max_size=4)


@given(segments, segments)
def test_a_relative_link_leads_there(origin: list[str], to: list[str]) -> None:
    start, end = PurePosixPath(*origin, "index.html"), PurePosixPath(*to, "f.html")
    link = relative(start, end)
    at = list(start.parent.parts)
    for step in link.split("/"):
        if step == "..":
            at.pop()
        else:
            at.append(unquote(step))
    assert PurePosixPath(*at) == end
