"""Text of PDF files, for search and checks. Cleaning a PDF is not offered.

pypdfium2 cannot rewrite a PDF without its metadata (information dictionary, XMP, earlier revisions, attachments) in a
way we could vouch for: a PDF for publication is made anew from its source; :attr:`PdfText.metadata` shows what it
tells. Parts of it are covered by making it anew from what its pages show: :mod:`gongkai.texts.redaction`.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pypdfium2
import pypdfium2.raw as pdfium_c

from gongkai.texts.reading import UnreadableFile

# The accepted size of a PDF attachment (filetypes.ALLOWED); PDFium maps the file once, pages as needed.
MAX_PDF_BYTES = 200 * 1024 * 1024
# The longest yearbooks have some 1,000 pages; 500 take some seconds, and search gains little from the rest.
MAX_PAGES = 500
# A page of small print holds 8,000 characters; far more is a page made to exhaust memory.
MAX_PAGE_CHARS = 200_000
# Fewer characters per page on average are page numbers or a scanner's stamp: the pages are pictures.
SCANNED_BELOW_CHARS = 12

# PDFium keeps global state and is not thread-safe, and web workers have threads: one file at a time per process.
_PDFIUM = threading.Lock()


@dataclass(frozen=True, slots=True)
class PdfText:
    """A PDF as text. ``pages`` holds at most ``max_pages`` of the ``page_count`` pages.

    ``has_text`` is False for scans: the text must come from OCR. An ``encrypted`` file was opened without a password
    but restricts copying or printing. ``metadata`` is the information dictionary (Title, Author, Producer …), as it
    stands.
    """

    pages: list[str]
    page_count: int
    has_text: bool
    encrypted: bool = False
    metadata: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """All pages read, separated by blank lines."""
        return "\n\n".join(page for page in self.pages if page)


@contextmanager
def opened(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """The document, with PDFium to oneself. Raises :class:`UnreadableFile` for broken and password-protected files."""
    if len(data) > MAX_PDF_BYTES:
        raise UnreadableFile(f"PDF 文件超过 {MAX_PDF_BYTES // 1024 // 1024} MB。请压缩或拆分后再上传。")
    with _PDFIUM:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            if getattr(error, "err_code", None) == pdfium_c.FPDF_ERR_PASSWORD:
                raise UnreadableFile("PDF 文件设有打开密码。请取消密码后再上传。") from error
            raise UnreadableFile("PDF 文件已损坏或不完整，无法打开。请重新导出后再上传。") from error
        try:
            yield document
        except pypdfium2.PdfiumError as error:
            raise UnreadableFile("PDF 文件中有无法读取的页面。请重新导出后再上传。") from error
        finally:
            document.close()


def read_pdf(data: bytes, *, max_pages: int = MAX_PAGES) -> PdfText:
    """The text of a PDF, page by page. Raises :class:`UnreadableFile` for broken and password-protected files."""
    with opened(data) as document:
        return _read(document, max_pages)


def _read(document: pypdfium2.PdfDocument, max_pages: int) -> PdfText:
    pages = [_page_text(document, number) for number in range(min(len(document), max_pages))]
    letters = sum(len("".join(page.split())) for page in pages)
    return PdfText(
        pages,
        len(document),
        has_text=bool(pages) and letters >= SCANNED_BELOW_CHARS * len(pages),
        # -1: no security handler (PDF 32000-1, 7.6.3).
        encrypted=pdfium_c.FPDF_GetSecurityHandlerRevision(document.raw) != -1,
        metadata=dict(document.get_metadata_dict(skip_empty=True)),
    )


def _page_text(document: pypdfium2.PdfDocument, number: int) -> str:
    page = document[number]
    try:
        text_page = page.get_textpage()
        try:
            count = min(text_page.count_chars(), MAX_PAGE_CHARS)
            text = str(text_page.get_text_range(0, count)) if count > 0 else ""
        finally:
            text_page.close()
    finally:
        page.close()
    # PDFium marks hyphens at line ends with U+FFFE and unknown glyphs with U+FFFF or NUL.
    for mark in ("\ufffe", "\uffff", "\0"):
        text = text.replace(mark, "")
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")).strip()
