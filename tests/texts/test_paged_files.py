"""PDF and OFD give their text page by page, in reading order, or say why not."""

import threading

import pytest
from tests.texts import packages

from gongkai.texts import ofd
from gongkai.texts.ofd import read_ofd
from gongkai.texts.pdf import read_pdf
from gongkai.texts.reading import UnreadableFile


def test_a_pdf_is_read_page_by_page() -> None:
    read = read_pdf(packages.pdf("Annual report of the city", "Second page of the report", author="Wang"))
    assert read.pages == ["Annual report of the city", "Second page of the report"]
    assert read.text == "Annual report of the city\n\nSecond page of the report"
    assert (read.page_count, read.has_text, read.encrypted) == (2, True, False)
    assert read.metadata == {"Author": "Wang"}


def test_a_scan_has_no_text() -> None:
    read = read_pdf(packages.pdf("", "3"))
    assert read.page_count == 2
    assert not read.has_text


def test_only_so_many_pages_are_read() -> None:
    read = read_pdf(packages.pdf("one one one one", "two", "three"), max_pages=1)
    assert (len(read.pages), read.page_count) == (1, 3)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"not a pdf", packages.pdf("x")[:60]])
def test_a_broken_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match="损坏"):
        read_pdf(data)


def test_pdfs_can_be_read_in_many_threads() -> None:
    data = packages.pdf(*("page of the report",) * 20)
    results: list[int] = []
    threads = [threading.Thread(target=lambda: results.append(len(read_pdf(data).pages))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [20] * 6


def test_an_ofd_is_read_in_the_order_of_its_document() -> None:
    read = read_ofd(packages.ofd("关于印发办法的通知\n各单位：", "附件"))
    assert read.pages == ["关于印发办法的通知\n各单位：", "附件"]
    assert read.page_count == 2
    assert read.has_text


def test_an_ofd_stops_at_the_page_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ofd, "MAX_PAGES", 1)
    read = read_ofd(packages.ofd("一", "二"))
    assert (read.pages, read.page_count) == (["一"], 2)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"PK", "损坏"),
        (packages.packed({"OFD.xml": "<OFD/>"}), "缺少正文"),
        (packages.packed({"a": "b"}), "缺少"),
        (packages.packed({"OFD.xml": "<DocBody><DocRoot>none.xml</DocRoot></DocBody>"}), "缺少"),
        (
            packages.packed(
                {"OFD.xml": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><DocRoot>&x;</DocRoot>'}
            ),
            "实体",
        ),
        (packages.ofd("x", extra={"../a": "b"}), "不安全"),
    ],
)
def test_a_broken_or_malicious_ofd_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableFile, match=says):
        read_ofd(data)
