"""Letters on paper: geometry, fonts, seal, and that nothing is fetched. Few real sheets: each takes its time."""

import builtins
import socket
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest
from tests.applications.letters.specimens import LONG, official

from gongkai.applications.letters import printing
from gongkai.applications.letters.catalogue import get
from gongkai.applications.letters.composing import Composed, compose
from gongkai.applications.letters.sample import SAMPLE
from gongkai.texts.printing import engine

MM = 72 / 25.4


@pytest.fixture(scope="module")
def long_reply() -> pypdfium2.PdfDocument:
    """A reply of several pages under a red head, sealed."""
    return pypdfium2.PdfDocument(printing.pdf(compose(get("reply-partial"), LONG, official())))


def words(page: pypdfium2.PdfPage) -> str:
    return str(page.get_textpage().get_text_range()).replace("\r", "").replace("\n", "")


def objects(page: pypdfium2.PdfPage, kind: int) -> list[Any]:
    return [one for one in page.get_objects() if one.type == kind]


def box_of(page: pypdfium2.PdfPage, text: str) -> tuple[float, float, float, float]:
    """Where the text stands: left, bottom, right, top in points."""
    reader = page.get_textpage()
    found = reader.search(text).get_next()
    assert found is not None, text
    start, count = found
    boxes = [reader.get_charbox(index) for index in range(start, start + count)]
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def boxes(page: pypdfium2.PdfPage) -> list[tuple[float, float, float, float]]:
    """Left, bottom, right, top of every character that shows, in points."""
    reader = page.get_textpage()
    every = [reader.get_charbox(index, loose=True) for index in range(reader.count_chars())]
    return [(left, bottom, right, top) for left, bottom, right, top in every if right > left]


def test_the_sheet_has_the_official_geometry(long_reply: pypdfium2.PdfDocument) -> None:
    page = long_reply[1]
    assert [round(side / MM) for side in page.get_size()] == [210, 297]
    on_paper = boxes(page)
    text = [one for one in on_paper if one[1] / MM > 34]
    assert abs(min(left for left, *_ in text) / MM - 28) < 0.5
    assert max(right for _, _, right, _ in text) / MM < 210 - 26 + 0.5
    assert max(top for *_, top in text) / MM < 297 - 37 + 1
    assert {round(bottom / MM) for _, bottom, *_ in on_paper if bottom / MM < 34} <= set(range(20, 31)), "page number"


def test_lines_stand_at_their_distance(long_reply: pypdfium2.PdfDocument) -> None:
    bottoms = sorted({round(bottom, 1) for _, bottom, *_ in boxes(long_reply[1]) if bottom / MM > 34}, reverse=True)
    lines = [bottoms[0]]
    for one in bottoms:
        if lines[-1] - one > 20:
            lines.append(one)
    assert len(lines) == 22
    assert abs((lines[0] - lines[-1]) / 21 - 28.95) < 0.3


def test_the_text_comes_out_again_and_pages_are_numbered(long_reply: pypdfium2.PdfDocument) -> None:
    pages = [words(page) for page in long_reply]
    assert len(pages) >= 3
    whole = "".join(pages)
    for piece in (
        "澜城管公开〔2026〕第15号-答",
        "《中华人民共和国政府信息公开条例》第三十六条第（三）项、第三十七条",
        "特此答复。",
    ):
        assert piece in whole
    assert all(f"— {number} —" in text for number, text in enumerate(pages, 1))
    number = [box_of(page, f"— {position} —")[0] for position, page in enumerate(long_reply, 1)]
    assert number[0] > 400 > number[1], "odd pages bear it at the right, even ones at the left"


def test_nothing_is_orphaned(long_reply: pypdfium2.PdfDocument) -> None:
    """Signature and date never stand on a page of their own."""
    last = words(long_reply[len(long_reply) - 1])
    assert "2026年3月27日" in last
    assert "特此答复。" in last
    assert "提起行政诉讼" in last


def test_the_seal_lies_over_signature_and_date(long_reply: pypdfium2.PdfDocument) -> None:
    page = long_reply[len(long_reply) - 1]
    (seal,) = objects(page, pypdfium2.raw.FPDF_PAGEOBJ_IMAGE)
    left, bottom, right, top = seal.get_bounds() if hasattr(seal, "get_bounds") else seal.get_pos()
    date = box_of(page, "2026年3月27日")
    middle = (left + right) / 2
    assert abs(middle - (date[0] + date[2]) / 2) < 6, "the date stands in its middle"
    assert bottom < date[1] < date[3] < (bottom + top) / 2, "a little below its centre"
    assert abs((right - left) / MM - 42) < 0.5


def test_every_font_is_embedded(long_reply: pypdfium2.PdfDocument) -> None:
    texts = [one for page in long_reply for one in objects(page, pypdfium2.raw.FPDF_PAGEOBJ_TEXT)]
    assert texts
    fonts = [pypdfium2.raw.FPDFTextObj_GetFont(one.raw) for one in texts]
    assert all(pypdfium2.raw.FPDFFont_GetIsEmbedded(font) == 1 for font in fonts)


def test_a_short_notice_fits_one_sheet_and_is_the_same_every_time() -> None:
    short = replace(SAMPLE, contact_phone="")
    one, other = (printing.pdf(compose(get("notice-withdrawn"), short)) for _ in range(2))
    assert len(pypdfium2.PdfDocument(one)) == 1
    assert one == other


def test_nothing_is_fetched_whatever_the_body_asks_for(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(socket.socket, "connect", lambda self, address: asked.append(address))
    opened = _watched(monkeypatch)
    hostile = (
        '<p>正文<img src="http://192.0.2.1/a.png"><img src="file:///etc/hostname"><img src="gongkai:seal"></p>'
        '<style>@import url("http://192.0.2.1/a.css");</style><link rel="stylesheet" href="file:///etc/hostname">'
        '<p><a href="attachment" rel="attachment">x</a><object data="file:///etc/hostname"></object></p>'
    )
    paper = printing.pdf(compose(get("notice-withdrawn"), SAMPLE).with_body(hostile))
    document = pypdfium2.PdfDocument(paper)
    assert objects(document[0], pypdfium2.raw.FPDF_PAGEOBJ_IMAGE) == []
    assert asked == []
    assert "/etc/hostname" not in opened
    assert b"/EmbeddedFile" not in paper


def _watched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files that are opened from now on."""
    opened: list[str] = []
    really: Callable[..., Any] = builtins.open

    def watching(file: Any, *args: Any, **options: Any) -> Any:
        opened.append(str(file))
        return really(file, *args, **options)

    monkeypatch.setattr(builtins, "open", watching)
    return opened


def test_a_machine_without_pango_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    really = builtins.__import__

    def lacking(name: str, *args: Any, **options: Any) -> Any:
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return really(name, *args, **options)

    engine.cache_clear()
    monkeypatch.setattr(builtins, "__import__", lacking)
    with pytest.raises(printing.CannotPrint, match=r"apt-get install .*libpango-1\.0-0"):
        printing.pdf(_any_letter())


def _any_letter() -> Composed:
    return compose(get("notice-withdrawn"), SAMPLE)
