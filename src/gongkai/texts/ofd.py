"""Text of OFD files (GB/T 33190-2016), China's own page format: XML in a ZIP, text in ``ofd:TextCode``."""

from __future__ import annotations

import posixpath
import zipfile
from dataclasses import dataclass

from lxml import etree

from gongkai.texts.archives import MAX_XML_BYTES, open_archive, parse_xml, read_member
from gongkai.texts.reading import UnreadableFile

# As for PDF: search gains little from what follows.
MAX_PAGES = 500
# Text on one line of a page shares its baseline up to a small difference (millimetres, GB/T 33190 uses mm throughout).
SAME_LINE_MM = 1.5

_WHAT = "OFD 文件"


@dataclass(frozen=True, slots=True)
class OfdText:
    """An OFD file as text. ``pages`` holds at most ``MAX_PAGES`` of the ``page_count`` pages."""

    pages: list[str]
    page_count: int

    @property
    def text(self) -> str:
        """All pages read, separated by blank lines."""
        return "\n\n".join(page for page in self.pages if page)

    @property
    def has_text(self) -> bool:
        """False for scans."""
        return any(self.pages)


def read_ofd(data: bytes) -> OfdText:
    """The text of an OFD file, in the page order of its Document.xml. Raises :class:`UnreadableFile`."""
    archive = open_archive(data, what=_WHAT)
    bodies = [
        _path("", element) for element in _xml(archive, "OFD.xml").iter(etree.Element) if _name(element) == "DocRoot"
    ]
    if not bodies:
        raise UnreadableFile(f"{_WHAT}缺少正文，可能已损坏。请重新导出后再上传。")
    pages: list[str] = []
    count = 0
    for body in bodies:
        root = _xml(archive, body)
        base = posixpath.dirname(body)
        templates = {
            element.get("ID", ""): _path(base, element)
            for element in root.iter(etree.Element)
            if _name(element) == "TemplatePage"
        }
        for element in root.iter(etree.Element):
            if _name(element) != "Page" or not element.get("BaseLoc"):
                continue
            count += 1
            if len(pages) < MAX_PAGES:
                pages.append(_page(archive, _path(base, element), templates))
    return OfdText(pages, count)


def _name(element: etree._Element) -> str:
    # Files of the first draft of the standard use another namespace: the local name decides.
    return etree.QName(element).localname


def _path(base: str, element: etree._Element) -> str:
    location = element.get("BaseLoc") or str(element.text or "")
    location = location.strip().replace("\\", "/")
    path = location.lstrip("/") if location.startswith("/") else posixpath.join(base, location)
    return posixpath.normpath(path)


def _xml(archive: zipfile.ZipFile, name: str) -> etree._Element:
    try:
        content = read_member(archive, name, limit=MAX_XML_BYTES, what=_WHAT)
    except KeyError as error:
        raise UnreadableFile(f"{_WHAT}缺少“{name}”，可能已损坏。请重新导出后再上传。") from error
    return parse_xml(content, what=_WHAT)


def _page(archive: zipfile.ZipFile, name: str, templates: dict[str, str]) -> str:
    root = _xml(archive, name)
    pieces: list[tuple[float, float, str]] = []
    for element in root.iter(etree.Element):
        if _name(element) == "Template" and element.get("TemplateID") in templates:
            pieces += _pieces(_xml(archive, templates[element.get("TemplateID", "")]))
    pieces += _pieces(root)
    return _lines(pieces)


def _pieces(root: etree._Element) -> list[tuple[float, float, str]]:
    """(top, left, text) of every text code, in the order of the file."""
    found = []
    for text_object in root.iter(etree.Element):
        if _name(text_object) != "TextObject" or text_object.get("Visible") == "false":
            continue
        box = [_number(part) for part in text_object.get("Boundary", "").split()]
        left, top = (box[0], box[1]) if len(box) == 4 else (0.0, 0.0)
        for code in text_object:
            if isinstance(code.tag, str) and _name(code) == "TextCode" and code.text:
                found.append((top + _number(code.get("Y", "0")), left + _number(code.get("X", "0")), str(code.text)))
    return found


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _lines(pieces: list[tuple[float, float, str]]) -> str:
    """Pieces that follow each other on one baseline form a line; the file's order is the reading order."""
    lines: list[str] = []
    baseline: float | None = None
    for top, _, text in pieces:
        if baseline is not None and abs(top - baseline) <= SAME_LINE_MM:
            lines[-1] += text
        else:
            lines.append(text)
        baseline = top
    return "\n".join(line.strip() for line in lines if line.strip())
