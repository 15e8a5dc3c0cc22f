"""The original, page by page: its size, what it shows, and the characters that can be seen on it."""

from __future__ import annotations

import ctypes
import io
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium_c
from PIL import Image

from gongkai.texts.images import strip_image
from gongkai.texts.pdf import MAX_PAGE_CHARS, opened
from gongkai.texts.reading import UnreadableFile
from gongkai.texts.redaction.boxes import Char, PageSize

# Drawn and verified, a page in colour takes half a second, and somebody waits; longer files are disclosed in parts.
MAX_REDACTED_PAGES = 200
# What offices scan with: small print stays legible on paper, a page of text takes some 100 KB.
DPI = 200
# A0 at 200 dpi would be 62 million pixels; beyond this the resolution is lowered instead.
MAX_PAGE_PIXELS = 30_000_000
# The widest picture of a page that the editor asks for: twice a large screen.
MAX_RENDER_WIDTH = 3000
# Pixels of a character that differ less than this from each other cannot be told apart by a reader.
VISIBLE_CONTRAST = 16

_PDF = b"%PDF-"
_A4 = (595.0, 842.0)
# FPDF_PageToDevice answers in whole pixels: a device this fine has none to speak of.
_GRID = 1_000_000


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the original: its size, a picture of all it shows, the characters on it that can be seen."""

    size: PageSize
    picture: Image.Image
    chars: list[Char]


def is_pdf(data: bytes) -> bool:
    """Whether it calls itself a PDF; some begin with a few bytes of something else."""
    return _PDF in data[:1024]


def pages(data: bytes) -> list[PageSize]:
    """The pages of a PDF, or the one of a picture. Raises :class:`UnreadableFile`."""
    if not is_pdf(data):
        return [_picture_size(_picture(data))]
    with opened(data) as document:
        if not len(document):
            raise UnreadableFile("PDF 文件没有页面。请重新导出后再上传。")
        if len(document) > MAX_REDACTED_PAGES:
            raise UnreadableFile(f"PDF 文件有 {len(document)} 页，超过 {MAX_REDACTED_PAGES} 页。请拆分后分别处理。")
        return [_size(document, number) for number in range(1, len(document) + 1)]


def render(data: bytes, page: int, width: int) -> bytes:
    """A PNG of page ``page`` (from 1), ``width`` pixels wide, as the redacted file will show it without boxes."""
    if not 1 <= width <= MAX_RENDER_WIDTH:
        raise ValueError(f"width: 1 to {MAX_RENDER_WIDTH}")
    if is_pdf(data):
        with opened(data) as document:
            size = _size(document, page)
            picture = _draw(document, page, width / size.width)
    else:
        if page != 1:
            raise ValueError("a picture has one page")
        picture = _picture(data)
        picture = picture.resize((width, max(1, round(picture.height * width / picture.width))))
    made = io.BytesIO()
    picture.save(made, "PNG", compress_level=3)
    return made.getvalue()


def read_page(data: bytes, number: int) -> Page:
    """Everything of one page. Raises :class:`UnreadableFile`."""
    if not is_pdf(data):
        picture = _picture(data)
        return Page(_picture_size(picture), picture, [])
    with opened(data) as document:
        size = _size(document, number)
        scale = min(DPI / 72, (MAX_PAGE_PIXELS / (size.width * size.height)) ** 0.5)
        picture = _draw(document, number, scale)
        return Page(size, picture, [char for char in _chars(document, number) if _is_seen(char, picture)])


def read_chars(data: bytes, number: int) -> list[Char]:
    """The characters of a page whether they can be seen or not, in the order of the file."""
    if not is_pdf(data):
        return []
    with opened(data) as document:
        return _chars(document, number)


def _size(document: pypdfium2.PdfDocument, number: int) -> PageSize:
    if not 1 <= number <= len(document):
        raise ValueError(f"page {number} of {len(document)}")
    width, height = document.get_page_size(number - 1)
    if width < 1 or height < 1:
        raise UnreadableFile(f"PDF 文件第 {number} 页的尺寸有误。请重新导出后再上传。")
    return PageSize(number, width, height)


def _draw(document: pypdfium2.PdfDocument, number: int, scale: float) -> Image.Image:
    """All that a viewer shows, seals and notes among it: what is to stay unseen must be covered by a box."""
    page = document[number - 1]
    try:
        bitmap = page.render(scale=scale, may_draw_forms=False, rev_byteorder=True)
        try:
            return bitmap.to_pil().convert("RGB")
        finally:
            bitmap.close()
    finally:
        page.close()


def _chars(document: pypdfium2.PdfDocument, number: int) -> list[Char]:
    page = document[number - 1]
    try:
        text = page.get_textpage()
        try:
            count = min(text.count_chars(), MAX_PAGE_CHARS)
            found = [_char(page, text, index) for index in range(max(count, 0))]
        finally:
            text.close()
    finally:
        page.close()
    return [char for char in found if char is not None]


def _char(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage, index: int) -> Char | None:
    """The character at ``index``, or None for spaces, for what PDFium adds and for what lies outside the page."""
    code = pdfium_c.FPDFText_GetUnicode(text, index)
    # NUL and U+FFFE, U+FFFF are PDFium's marks for unknown glyphs and broken words; halves of pairs are no characters.
    if code in (0, 0xFFFE, 0xFFFF) or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF or chr(code).isspace():
        return None
    if pdfium_c.FPDFText_IsGenerated(text, index) == 1:
        return None
    cell = _fractions(page, text.get_charbox(index, loose=True))
    ink = _fractions(page, text.get_charbox(index))
    if ink[2] <= ink[0] or ink[3] <= ink[1]:
        ink = cell
    outside = ink[2] <= 0 or ink[3] <= 0 or ink[0] >= 1 or ink[1] >= 1
    return None if outside or not chr(code).isprintable() else Char(chr(code), *ink, cell)


def _fractions(page: pypdfium2.PdfPage, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """A box in the page's own units as fractions of the page as it is seen: turned and cropped."""
    left, bottom, right, top = box
    across, down = ctypes.c_int(), ctypes.c_int()
    corners = []
    for x, y in ((left, top), (right, bottom)):
        pdfium_c.FPDF_PageToDevice(page, 0, 0, _GRID, _GRID, 0, x, y, across, down)
        corners.append((across.value / _GRID, down.value / _GRID))
    (x1, y1), (x2, y2) = corners
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def _is_seen(char: Char, picture: Image.Image) -> bool:
    """Whether the picture shows anything where the character stands: white on white, below a picture or in a layer that
    is switched off, a text is not there for a reader, and must not come back in the text of the new file."""
    width, height = picture.size
    corners = (
        max(0, int(char.left * width) - 1),
        max(0, int(char.top * height) - 1),
        min(width, int(char.right * width) + 2),
        min(height, int(char.bottom * height) + 2),
    )
    extrema = picture.crop(corners).getextrema()
    return any(high - low >= VISIBLE_CONTRAST for low, high in extrema)  # type: ignore[misc]


def _picture(data: bytes) -> Image.Image:
    """A picture upright, on white where it is transparent. Raises :class:`UnreadableFile`."""
    bare, _ = strip_image(data)
    with Image.open(io.BytesIO(bare)) as picture:
        if getattr(picture, "n_frames", 1) > 1:
            raise UnreadableFile("动态图片无法遮盖。请另存为 PNG 或 JPG 后再上传。")
        full = picture.convert("RGBA")
    paper = Image.new("RGB", full.size, "white")
    paper.paste(full, mask=full.getchannel("A"))
    pixels = paper.width * paper.height
    if pixels > MAX_PAGE_PIXELS:
        shrink = (MAX_PAGE_PIXELS / pixels) ** 0.5
        paper = paper.resize((max(1, int(paper.width * shrink)), max(1, int(paper.height * shrink))))
    return paper


def _picture_size(picture: Image.Image) -> PageSize:
    """The page of a picture: as large as fits on A4, lying or upright as the picture does."""
    short, long = _A4
    width, height = (short, long) if picture.height >= picture.width else (long, short)
    scale = min(width / picture.width, height / picture.height)
    return PageSize(1, max(1.0, picture.width * scale), max(1.0, picture.height * scale))
