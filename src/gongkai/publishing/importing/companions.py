"""Pictures and attachments of an imported text: found, taken along, their addresses in the body renewed."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError

from gongkai.catalog.actions import arrivals
from gongkai.catalog.files import FileRole, StoredFile
from gongkai.publishing.importing.reading import Reading
from gongkai.publishing.importing.sources import TEXTS, Item, Source, attachment, local_part, parts_of, split_names
from gongkai.texts import blocks, filetypes, richtext
from gongkai.texts.reading import UnreadableFile

_PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".svg", ".tif", ".tiff")
_LONGEST_NAME = 120


@dataclass
class Company:
    """What goes with a text: its body with the new addresses, the files, what is missing or was not taken."""

    html: str
    files: list[StoredFile] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)

    @property
    def doubts(self) -> list[str]:
        """Why a person must look at it."""
        found = (
            [f"缺少文件：{'、'.join(self.missing[:10])}。找到后请补上，或者删去对它的引用。"] if self.missing else []
        )
        return found + self.refused


class _Gatherer:
    """Takes files along, each once."""

    def __init__(self, source: Source, item: Item, company: Company, url: str, keep: bool) -> None:
        self.source, self.item, self.company, self.keep = source, item, company, keep
        self.page = parts_of(url)
        self._taken: dict[str, StoredFile | None] = {}

    def take(self, name: str, role: FileRole, alt: str = "", shown: str = "") -> StoredFile | None:
        """A file of the source; None when it cannot be taken (said in ``refused``)."""
        if name not in self._taken:
            called = shown or posixpath.basename(name)
            self._taken[name] = self.bring(called, lambda: self.source.tree.read(name), role, alt)
            if self._taken[name] is not None:
                self.company.taken.append(name)
        return self._taken[name]

    def find(self, address: str) -> str | None:
        """The file an address means: from the root of the site or beside the page, wherever the page was saved."""
        path = local_part(address)
        if not path:
            return None
        found = self.source.finder.find(path, beside=self.item.file)
        if found is None and path.startswith("/") and self.is_of_site(address):
            there = posixpath.dirname(self.page.path or "/")
            found = self.source.finder.find(posixpath.relpath(path, there), beside=self.item.file)
        return found

    def is_of_site(self, address: str) -> bool:
        """Whether the address leads to the site the page is from, not to somebody else's."""
        host = parts_of(address).netloc
        return not host or host == self.page.netloc

    def bring(self, name: str, read: Callable[[], bytes], role: FileRole, alt: str) -> StoredFile | None:
        """A file of whatever origin."""
        try:
            brought = arrivals.file_brought(name=name[-_LONGEST_NAME:], data=read(), role=role, alt=alt, keep=self.keep)
        except ValidationError as error:
            self.company.refused.append("；".join(error.messages))
            return None
        except UnreadableFile as error:
            self.company.refused.append(f"“{name}”：{error}")
            return None
        self.company.files.append(brought)
        return brought


def gather(source: Source, item: Item, reading: Reading, *, url: str = "", keep: bool = True) -> Company:
    """Everything that goes with a text. ``url`` is where its page was; ``keep`` false stores no bytes (a trial)."""
    company = Company(reading.html)
    gatherer = _Gatherer(source, item, company, url, keep)
    _own_file(gatherer)
    _pictures(gatherer, reading)
    _linked(gatherer)
    _listed(gatherer)
    return company


def _own_file(gatherer: _Gatherer) -> None:
    """A document that is a PDF or a table: the file is its attachment."""
    name = gatherer.item.file
    if name and posixpath.splitext(name)[1].lower() not in TEXTS:
        gatherer.take(name, FileRole.ATTACHMENT)


def _pictures(gatherer: _Gatherer, reading: Reading) -> None:
    addresses: dict[str, str | None] = {}
    alts = {one.src: one.alt for one in richtext.images(reading.html)}
    for placeholder, address in reading.pictures.items():
        found = gatherer.find(address)
        if found is None:
            gatherer.company.missing.append(address)
        stored = gatherer.take(found, FileRole.IMAGE, alts.get(placeholder, "")) if found else None
        addresses[placeholder] = stored.get_absolute_url() if stored else None
    for picture in reading.embedded:
        stored = gatherer.bring(picture.name, lambda data=picture.data: data, FileRole.IMAGE, picture.alt)  # type: ignore[misc]
        addresses[picture.src] = stored.get_absolute_url() if stored else None
    if addresses:
        gatherer.company.html = richtext.replace_images(gatherer.company.html, addresses)


def _linked(gatherer: _Gatherer) -> None:
    """Links to files beside the page become attachments; links to other pages here keep working by redirect."""
    html = gatherer.company.html
    if "<a " not in html:
        return
    root = blocks.tree(html)
    changed = False
    for node in root.walk():
        target = _target(gatherer, node) if node.tag == "a" and "href" in node.attrs else None
        if target is not None and target != node.attrs["href"]:
            node.attrs["href"], changed = target, True
    if changed:
        gatherer.company.html = richtext.clean(blocks.write(root.children))


def _target(gatherer: _Gatherer, node: blocks.Node) -> str | None:
    """Where a link leads from now on; None leaves it as it is."""
    href = node.attrs["href"]
    if not local_part(href) or href.startswith("#"):
        return None
    found = gatherer.find(href)
    if found is None:
        suffix = posixpath.splitext(parts_of(href).path)[1].lower()
        if gatherer.is_of_site(href) and (suffix.lstrip(".") in filetypes.ALLOWED or suffix in _PICTURES):
            gatherer.company.missing.append(href)
        return None
    if gatherer.source.is_item(found):
        return f"/{found}"
    stored = gatherer.take(found, FileRole.ATTACHMENT, shown=_shown_name(node.text(), found))
    return stored.get_absolute_url() if stored else None


def _shown_name(text: str, name: str) -> str:
    """What an attachment is called: the words of its link when the file's own name is a mere code."""
    suffix = posixpath.splitext(name)[1]
    words = " ".join(text.split())
    stem = posixpath.splitext(posixpath.basename(name))[0]
    telling = any("\u3400" <= character <= "\u9fff" for character in stem)
    if telling or not words or len(words) > 80 or any(mark in words for mark in '/\\:*?"<>|'):
        return posixpath.basename(name)
    return words if words.lower().endswith(suffix.lower()) else f"{words}{suffix}"


def _listed(gatherer: _Gatherer) -> None:
    """Attachments the list names."""
    row = gatherer.item.row
    for written in split_names(row.values.get("attachments", "")) if row else []:
        found = attachment(gatherer.source.finder, row, written) if row else None
        if found is None:
            gatherer.company.missing.append(written)
        else:
            gatherer.take(found, FileRole.ATTACHMENT)
