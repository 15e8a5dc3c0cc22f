"""移交清单: what was handed over, in numbers, with the check sum of the manifest that names every file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.template.loader import render_to_string

import gongkai
from gongkai.agencies.bodies import Agency
from gongkai.catalog.exporting.items import Item
from gongkai.catalog.presenting import size_label
from gongkai.law.articles import cite
from gongkai.texts.dates import official


@dataclass(frozen=True)
class Share:
    """What an export holds of one site: ``documents`` pieces of government information (文件页), ``pages`` of any kind,
    ``attachments`` with pictures, ``others`` (style sheets, scripts, feeds), ``size`` of all in bytes."""

    agency: Agency
    host: str
    documents: int
    pages: int
    attachments: int
    others: int
    size: int

    @property
    def files(self) -> int:
        """All of them."""
        return self.pages + self.attachments + self.others

    @property
    def size_label(self) -> str:
        """The size for people."""
        return size_label(self.size)


def share_of(agency: Agency, host: str, made: Iterable[Item]) -> Share:
    """Count what lies under that host."""
    own = [one for one in made if one.file.startswith(f"{host}/")]
    pages = [one for one in own if one.type == "text/html"]
    attachments = [one for one in own if one.file.startswith(f"{host}/files/")]
    return Share(
        agency=agency,
        host=host,
        documents=sum(one.status == 200 and one.address.startswith(f"{host}/info/") and _plain(one) for one in pages),
        pages=len(pages),
        attachments=len(attachments),
        others=len(own) - len(pages) - len(attachments),
        size=sum(one.size for one in own),
    )


def write(shares: Sequence[Share], manifest_sha256: str, day: date, *, traditional: bool) -> dict[str, str]:
    """The receipt by file name: a page to print and sign, and a text that outlives every browser."""
    context = {
        "shares": shares,
        "documents": sum(one.documents for one in shares),
        "files": sum(one.files for one in shares),
        "size": size_label(sum(one.size for one in shares)),
        "manifest_sha256": manifest_sha256,
        "day": official(day),
        "scripts": "简体、繁体" if traditional else "简体",
        "article": cite(25),
        "version": gongkai.__version__,
    }
    return {name: render_to_string(f"catalog/export/{name}", context) for name in ("receipt.html", "receipt.txt")}


def speaks_of(root: Path, manifest_sha256: str) -> bool:
    """Whether the receipt lying there is that of this manifest: nothing changed, so it stays as it was signed."""
    path = root / "receipt.txt"
    return path.is_file() and (root / "receipt.html").is_file() and manifest_sha256 in path.read_text(encoding="utf-8")


def _plain(item: Item) -> bool:
    """The page of a document itself, not one of its former editions or comparisons."""
    return item.address.count("/") == 3 and item.address.endswith("/")
