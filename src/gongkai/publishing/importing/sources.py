"""What there is to import: the things of a folder, a ZIP or a list, each with its place and its row in the list."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from gongkai.publishing.importing import manifest
from gongkai.publishing.importing.trees import Beside, Finder, FinderBeside, Folder, Tree, Zip
from gongkai.texts.decoding import decode
from gongkai.texts.reading import UnreadableFile

TEXTS = {
    ".docx": "docx",
    ".html": "html",
    ".htm": "html",
    ".shtml": "html",
    ".xhtml": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "plain",
}
"""Files that are documents by themselves, by ending, and how they are read."""
# Files somebody meant as documents, but which cannot be read as a text: said, not passed over in silence.
_CONVERTIBLE = {
    ".doc": "旧版 .doc 文件读不出正文。请用 Word 或 WPS 另存为 .docx 后再导入。",
    ".wps": "WPS 文字文件读不出正文。请用 WPS 另存为 .docx 后再导入。",
    ".rtf": "RTF 文件读不出正文。请用 Word 或 WPS 另存为 .docx 后再导入。",
    ".mht": "MHT 网页读不出正文。请在浏览器中另存为“网页，全部”后再导入。",
    ".mhtml": "MHT 网页读不出正文。请在浏览器中另存为“网页，全部”后再导入。",
}
_PACKED = (".zip", ".rar", ".7z", ".tar", ".gz", ".tgz")
_REFERENCE = re.compile(r"""(?:href|src|data-src)\s*=\s*["']?([^"'>\s]+)|\]\(\s*<?([^)\s>]+)""", re.IGNORECASE)
_SAVED_PAGE_FOLDER = re.compile(r"(.+?)(?:_files|\.files|_文件)$")
# A comma is between names only where a file name follows: names have commas of their own.
_BETWEEN_NAMES = re.compile(r"[;；\n|]+|[,，、](?=\S*\.\w{2,5}(?:[,，、;；\n|]|$))")
MAX_PATH_CHARS = 500  # what ImportItem.path holds


@dataclass(frozen=True)
class Item:
    """One thing to import: ``path`` names it in the report, ``file`` is the file with its text ("" : in the row)."""

    path: str
    file: str
    row: manifest.Row | None = None


@dataclass
class Source:
    """A source that was opened. ``refused`` are things that cannot be taken at all, with the reason; ``unreferenced``
    are files that are no documents and that no document refers to."""

    label: str
    tree: Tree
    finder: Finder
    items: list[Item] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unreferenced: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._files: set[str] = set()

    def is_item(self, name: str) -> bool:
        """Whether that file is imported as a document of its own."""
        return name in self._files

    def add(self, item: Item) -> None:
        """One more thing to import."""
        if len(item.path) > MAX_PATH_CHARS:
            self.refused.append(
                (item.path[:MAX_PATH_CHARS], f"路径超过 {MAX_PATH_CHARS} 个字。请缩短文件夹名称后再导入。")
            )
            return
        self.items.append(item)
        self._files.add(item.file)


def open_source(path: Path, list_path: Path | None = None) -> Source:
    """The source at ``path``: a folder, a ZIP, or a list in Excel or CSV with its files beside it.

    ``list_path``: a list kept elsewhere, for a folder or ZIP. Raises UnreadableFile in Chinese.
    """
    if not path.exists():
        raise UnreadableFile(f"找不到“{path}”。请检查路径。")
    if path.is_file() and path.suffix.lower() in (".xlsx", ".csv"):
        if list_path is not None:
            raise UnreadableFile("导入的本身就是清单，不能再用 --manifest 指定另一份。")
        return _from_list(path)
    if path.is_dir():
        tree: Tree = Folder(path)
    elif path.suffix.lower() == ".zip":
        tree = Zip(path)
    else:
        raise UnreadableFile(f"“{path.name}”不能导入。可以导入文件夹、.zip 压缩包，或者 .xlsx、.csv 清单。")
    return _from_tree(tree, list_path)


def _from_list(path: Path) -> Source:
    tree = Beside(path)
    source = Source(tree.label, tree, FinderBeside(tree))
    _add_rows(source, manifest.read_table(path.name, path.read_bytes()), "", listed_only=True)
    return source


def _from_tree(tree: Tree, list_path: Path | None) -> Source:
    source = Source(tree.label, tree, Finder(tree.names), refused=list(tree.refused))
    lists = [name for name in tree.names if manifest.is_manifest(name)] if list_path is None else []
    rows: dict[str, manifest.Row] = {}
    for name in lists:
        rows |= _add_rows(source, manifest.read_table(name, tree.read(name)), name)
    if list_path is not None:
        rows |= _add_rows(source, manifest.read_table(list_path.name, list_path.read_bytes()), "")
    used = _referenced(tree, source.finder, rows.values())
    for name in tree.names:
        if name not in lists:
            _sort_in(source, name, rows.get(name), used)
    return source


def _sort_in(source: Source, name: str, row: manifest.Row | None, used: set[str]) -> None:
    """A file is a document, goes with one, or is refused with its reason."""
    suffix = posixpath.splitext(name)[1].lower()
    of_saved_page = any(_SAVED_PAGE_FOLDER.fullmatch(part) for part in name.split("/")[:-1])
    if row is not None:
        source.add(Item(name, name, row))
    elif name in used or of_saved_page:
        return
    elif suffix in TEXTS:
        source.add(Item(name, name))
    elif suffix in _CONVERTIBLE:
        source.refused.append((name, _CONVERTIBLE[suffix]))
    elif suffix in _PACKED:
        source.refused.append((name, "压缩包里的压缩包不打开。请解开后放回原处，再导入。"))
    else:
        source.unreferenced.append(name)


def _add_rows(
    source: Source, table: manifest.Table, name: str, *, listed_only: bool = False
) -> dict[str, manifest.Row]:
    """Rows by the file they speak of; rows with their text in themselves become items at once."""
    source.refused += table.refused
    if table.unknown_columns:
        source.notes.append(f"清单中没有用到的列：{'、'.join(table.unknown_columns[:20])}")
    by_file: dict[str, manifest.Row] = {}
    for row in table.rows:
        written = row.values.get("file", "")
        found = source.finder.find(written, beside=name) if written else None
        if written and found is None:
            source.refused.append((row.where, f"找不到文件“{written}”。请核对路径（相对于清单所在的文件夹）。"))
        elif found is not None and found in by_file:
            source.refused.append((row.where, f"文件“{written}”在清单里出现了两次。请保留一行。"))
        elif found is not None:
            by_file[found] = row
            if listed_only:
                source.add(Item(row.where, found, row))
        elif row.values.get("body") or row.values.get("attachments"):
            source.add(Item(row.where, "", row))
        elif row.values:
            source.refused.append((row.where, "这一行既没有正文，也没有写文件或附件。请补上其中一项。"))
    return by_file


def _referenced(tree: Tree, finder: Finder, rows: Iterable[manifest.Row]) -> set[str]:
    """Files that pages and lists refer to as attachments: they go along and are no documents of their own.

    A page referred to by a page stays a document: pages link to each other.
    """
    used: set[str] = set()
    for name in tree.names:
        if TEXTS.get(posixpath.splitext(name)[1].lower()) in ("html", "markdown"):
            used |= _references(tree, finder, name)
    for row in rows:
        for written in split_names(row.values.get("attachments", "")):
            found = attachment(finder, row, written)
            if found:
                used.add(found)
    return used


def attachment(finder: Finder, row: manifest.Row, written: str) -> str | None:
    """The file a list names as attachment: beside the list, beside the text, or from the root of the source."""
    return (
        finder.find(written, beside=row.beside)
        or finder.find(written, beside=row.values.get("file", ""))
        or finder.find(written)
    )


def _references(tree: Tree, finder: Finder, name: str) -> set[str]:
    try:
        text = decode(tree.read(name)).text
    except UnreadableFile:
        return set()  # said again, with its reason, when the page itself is read
    found = (finder.find(local_part(one or other), beside=name) for one, other in _REFERENCE.findall(text))
    return {one for one in found if one and TEXTS.get(posixpath.splitext(one)[1].lower()) not in ("html", "markdown")}


def local_part(address: str) -> str:
    """What of an address can name a file of the source: the path of a full address, else the address as it stands."""
    parts = parts_of(address)
    if parts.scheme in ("http", "https") or address.startswith("//"):
        return parts.path
    return "" if parts.scheme else address


def parts_of(address: str) -> SplitResult:
    """An address in its parts; empty for one that is none (people type into lists what they like)."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def split_names(written: str) -> list[str]:
    """The names in a cell that lists several."""
    return [one.strip() for one in _BETWEEN_NAMES.split(written) if one.strip()]
