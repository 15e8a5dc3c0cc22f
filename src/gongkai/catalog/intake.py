"""Taking a file in: judged by content, cleaned of what it hides, its text extracted. Bytes in, values out."""

import posixpath
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError

from gongkai.catalog.files import FileRole
from gongkai.texts import filetypes, ofd, pdf, richtext, spreadsheets, word
from gongkai.texts.reading import HiddenKind, HiddenReport, UnreadableFile

_TEXT_SOURCES = {".html": "网页", ".htm": "网页", ".md": "Markdown 文本", ".markdown": "Markdown 文本"}
_STAYS = {HiddenKind.FAINT_TEXT}  # white or tiny letters are told of, not taken out: they may be a caption's design
_TEXT_KEPT = 2_000_000  # characters of an attachment's text kept for checks and search; beyond that nobody reads


@dataclass
class TakenIn:
    """What became of an upload: the bytes to offer and all that is known of them."""

    name: str
    kind: filetypes.FileKind
    offered: bytes
    readable: bool = True
    has_text: bool = False
    text: str = ""
    width: int | None = None
    height: int | None = None
    hidden: list[dict[str, Any]] = field(default_factory=list)
    problem: str = ""


def take_in(*, name: str, data: bytes, role: FileRole) -> TakenIn:
    """Judge, clean, read. Raises ValidationError in Chinese for what must not be taken at all (kind, size, disguise);
    a file of an accepted kind that cannot be opened is taken with ``readable`` false, and the checks say so."""
    if len(data) > settings.GONGKAI_UPLOAD_MAX_BYTES:
        limit = settings.GONGKAI_UPLOAD_MAX_BYTES // 1024 // 1024
        raise ValidationError(f"“{name}”超过{limit}MB，请压缩或拆分后再上传。")
    try:
        kind = _source_kind(name, data) if role == FileRole.SOURCE else filetypes.sniff(name, data)
    except UnreadableFile as error:
        raise ValidationError(f"“{name}”：{error}") from None
    if role == FileRole.IMAGE and not kind.content_type.startswith("image/"):
        raise ValidationError(f"“{name}”不是图片，请上传 JPG、PNG、GIF 或 WebP 图片。")
    taken = TakenIn(name=name, kind=kind, offered=data)
    try:
        _read(taken, data)
    except UnreadableFile as error:
        taken.readable, taken.problem, taken.text, taken.has_text = False, str(error), "", False
    taken.text = taken.text[:_TEXT_KEPT]
    return taken


def _source_kind(name: str, data: bytes) -> filetypes.FileKind:
    """The kind of the file a text came from. Web pages and Markdown are taken too: a source is never shown to anybody
    but as a download, so it is kept as bytes that no browser opens."""
    extension = posixpath.splitext(name)[1].lower()
    if extension in _TEXT_SOURCES:
        label = _TEXT_SOURCES[extension]
        return filetypes.FileKind(extension[1:], label, extension, "application/octet-stream", False, len(data))
    return filetypes.sniff(name, data)


def _read(taken: TakenIn, data: bytes) -> None:
    if taken.kind.content_type.startswith("image/"):
        taken.offered, (taken.width, taken.height) = filetypes.strip_image(data)
        return
    reader = _READERS.get(taken.kind.key)
    if reader is not None:
        reader(taken, data)
        taken.has_text = bool(taken.text.strip())


def _read_docx(taken: TakenIn, data: bytes) -> None:
    taken.offered, report = word.clean_docx(data)
    taken.text = richtext.plain_text(word.read_docx(taken.offered).html)
    taken.hidden = _as_list(report, removed=True)


def _read_xlsx(taken: TakenIn, data: bytes) -> None:
    sheet = spreadsheets.read_xlsx(data)
    taken.offered, taken.text = spreadsheets.clean_xlsx(data), sheet.text
    left = spreadsheets.read_xlsx(taken.offered).hidden
    gone = [one for one in sheet.hidden.findings if not left.count(one.kind)]
    taken.hidden = _as_list(left, removed=False) + _as_list(HiddenReport(tuple(gone)), removed=True)


def _read_pdf(taken: TakenIn, data: bytes) -> None:
    taken.text = pdf.read_pdf(data).text


def _read_ofd(taken: TakenIn, data: bytes) -> None:
    taken.text = ofd.read_ofd(data).text


_READERS = {"docx": _read_docx, "xlsx": _read_xlsx, "pdf": _read_pdf, "ofd": _read_ofd}


def _as_list(report: HiddenReport, *, removed: bool) -> list[dict[str, Any]]:
    """What the original hides; ``removed`` tells whether the offered file still carries it."""
    return [
        {
            "kind": one.kind.value,
            "label": one.label,
            "count": one.count,
            "excerpt": one.excerpt,
            "removed": removed and one.kind not in _STAYS,
        }
        for one in report.findings
    ]
