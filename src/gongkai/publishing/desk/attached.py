"""Files of a draft as the editor lists them: what they are, what they hide, what was decided."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import get_valid_filename

from gongkai.catalog import presenting
from gongkai.catalog.editions import Edition
from gongkai.catalog.files import EditionFile, FileRole, StoredFile
from gongkai.texts.reading import HiddenKind

# Kinds that say something somebody wrote; names and properties are taken out without asking.
_WRITTEN = frozenset(
    {
        HiddenKind.DELETION, HiddenKind.INSERTION, HiddenKind.COMMENT, HiddenKind.HIDDEN_TEXT, HiddenKind.FAINT_TEXT,
        HiddenKind.EMBEDDED, HiddenKind.HIDDEN_SHEET, HiddenKind.HIDDEN_ROW, HiddenKind.HIDDEN_COLUMN,
    }
)  # fmt: skip
_IN_TEXT = {
    HiddenKind.INSERTION: "已按接受修订留在正文中，请核对",
    HiddenKind.FAINT_TEXT: "仍在正文中，请核对是否应当公开",
}


@dataclass(frozen=True)
class Hidden:
    """One kind of hidden thing: how often, its first words, what became of it."""

    kind: str
    label: str
    count: int
    excerpt: str
    outcome: str

    @property
    def may_return(self) -> bool:
        """Text formatted as hidden may belong to the text; deletions and comments were meant to be gone."""
        return self.kind == HiddenKind.HIDDEN_TEXT


@dataclass(frozen=True)
class FileRow:
    """A file with its address for staff."""

    file: StoredFile
    url: str
    hidden: list[Hidden]
    others: int

    @property
    def size(self) -> str:
        return presenting.size_label(self.file.size)


def file_rows(edition: Edition) -> list[FileRow]:
    """Attachments in order; one query."""
    uses = EditionFile.objects.filter(edition=edition, file__role=FileRole.ATTACHMENT).select_related("file")
    return [row(use.file) for use in uses]


def source_rows(edition: Edition) -> list[FileRow]:
    """The files the text came from; one query."""
    uses = EditionFile.objects.filter(edition=edition, file__role=FileRole.SOURCE).select_related("file")
    return [row(use.file) for use in uses]


def row(stored: StoredFile) -> FileRow:
    """One of them."""
    found = list(_hidden(stored, stored.hidden))
    written = [one for one in found if one.kind in _WRITTEN]
    return FileRow(stored, desk_url(stored), written, sum(one.count for one in found if one.kind not in _WRITTEN))


def desk_url(stored: StoredFile) -> str:
    """Where staff see a file, published or not."""
    return reverse("desk:file", args=[stored.code, get_valid_filename(stored.name)])


def _hidden(stored: StoredFile, found: Iterable[Mapping[str, Any]]) -> Iterable[Hidden]:
    for one in found:
        if stored.keep_original:
            outcome = "随文件原样公开"
        elif stored.role == FileRole.SOURCE and one["kind"] in _IN_TEXT:
            outcome = _IN_TEXT[one["kind"]]
        elif one["kind"] == HiddenKind.INSERTION and one["removed"]:
            outcome = "已按接受修订并入文件"
        elif one["removed"]:
            outcome = "已去除"
        else:
            outcome = "仍在文件中"
        yield Hidden(one["kind"], one["label"], one["count"], one["excerpt"], outcome)
