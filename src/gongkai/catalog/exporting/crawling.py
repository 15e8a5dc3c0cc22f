"""Along the links of a site, breadth first, until every page and file that can be reached lies ready in the tree."""

import re
from collections import deque
from collections.abc import Callable, Iterable
from pathlib import PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

from django.template.loader import render_to_string

from gongkai.catalog.exporting.addresses import Address, file_address
from gongkai.catalog.exporting.items import Item
from gongkai.catalog.exporting.leading import Leading, Scope
from gongkai.catalog.exporting.rendering import Answer, answer
from gongkai.catalog.exporting.tree import Tree
from gongkai.texts.script import html_to_traditional
from gongkai.texts.tags import TAG, attributes_of

Watch = Callable[[int, int], None]

_LABELS = {"ArticleTitle": "title", "PubDate": "date"}
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL | re.IGNORECASE)
_MOVES = frozenset({301, 302, 303, 307, 308})
_FURTHEST = 5  # one redirect after another


class Crawl:
    """Pages and files by address, as far as they are ready; ``ready`` is what an export that was killed had got."""

    def __init__(self, tree: Tree, scope: Scope, ready: dict[str, Item]) -> None:
        self.tree, self.scope = tree, scope
        self.made: dict[str, Item] = {}
        self.failed: list[str] = []
        self._ready = ready
        self._under_way: set[Address] = set()
        self._files: dict[Address, PurePosixPath | None] = {}

    def follow(self, seeds: Iterable[Address], watch: Watch) -> None:
        """Bring in whatever can be reached from there. ``watch`` gets how many pages are done and how many known."""
        waiting = deque(dict.fromkeys(seeds))
        known = set(waiting)
        done = 0
        while waiting:
            item = self._page(waiting.popleft())
            done += 1
            for one in (_address(target) for target in item.leads):
                if not one.is_file and one not in known:
                    known.add(one)
                    waiting.append(one)
            watch(done, len(known))

    def file(self, address: Address) -> PurePosixPath | None:
        """Bring a file in, with what it names in turn; where it lies, None when nobody has it."""
        if address in self._files:
            return self._files[address]
        if address in self._under_way:  # two style sheets that import each other
            return address.file
        self._under_way.add(address)
        self._files[address] = place = self._fetched(address)
        return place

    def add(self, item: Item) -> None:
        """One more file, made by the export itself."""
        self.made[item.address] = item

    def broken(self) -> dict[str, list[str]]:
        """What links lead to and is not there, each with the pages that say so."""
        found: dict[str, list[str]] = {}
        gone = {one.address for one in self.made.values() if one.status >= 400}
        for item in self.made.values():
            for target in {*item.missing, *(one for one in item.leads if one in gone)}:
                found.setdefault(target, []).append(item.address)
        return {target: sorted(pages) for target, pages in sorted(found.items())}

    def _page(self, address: Address) -> Item:
        known = self._ready.get(str(address))
        if known is not None:
            return self._again(known, address)
        found = answer(address)
        leading = Leading(self.scope, address, self.file)
        if found.status >= 500:
            self.failed.append(str(address))
            former = self.tree.former.get(str(address))
            if former is not None and self.tree.lies(former):
                found.close()
                return self._again(former, address)
        if found.status in _MOVES:
            text = _moved(leading, found)
        elif found.type == "text/html":
            text = leading.html(found.text())
        else:
            return self._kept(address, found, found.chunks(), leading)
        return self._kept(address, found, [text.encode()], leading, _described(text))

    def _again(self, item: Item, address: Address) -> Item:
        """An item made ready before (by an export that was killed, or that could have this page): the files it names
        are wanted still."""
        for name in item.leads:
            one = _address(name)
            if one.is_file:
                self.file(one)
        self.made[item.address] = item
        return item

    def _fetched(self, address: Address, steps: int = 0) -> PurePosixPath | None:
        known = self._ready.get(str(address))
        if known is not None:
            self._again(known, address)
            return address.file
        found = answer(address)
        if found.status in _MOVES and steps < _FURTHEST:
            found.close()
            return self._elsewhere(address, found.location, steps)
        if found.status != 200:
            found.close()
            return None
        leading = Leading(self.scope, address, self.file)
        former = self.tree.former.get(str(address))
        if former is not None and found.sha256 == former.sha256 and self.tree.lies(former):
            found.close()
            self.made[former.address] = former
            return address.file
        if found.type == "text/css":
            chunks: Iterable[bytes] = [leading.css(found.text()).encode()]
        elif found.type in ("text/javascript", "application/javascript"):
            chunks = [leading.js(found.text()).encode()]
        else:
            chunks = found.chunks()
        name = {"title": unquote(address.path.rsplit("/", 1)[-1])}
        self._kept(address, found, chunks, leading, name)
        return address.file

    def _elsewhere(self, address: Address, location: str, steps: int) -> PurePosixPath | None:
        parts = urlsplit(urljoin(f"http://{address.host}{address.target}", location))
        host = self.scope.sites.get(parts.hostname or "")
        if host is None:
            return None
        there = file_address(host, parts.path, parts.query)
        return self._fetched(there, steps + 1) if there.is_file and there != address else None

    def _kept(
        self,
        address: Address,
        found: Answer,
        chunks: Iterable[bytes],
        leading: Leading,
        described: dict[str, str] | None = None,
    ) -> Item:
        sha256, size = self.tree.stage(address.file, chunks)
        item = Item(
            address=str(address),
            file=str(address.file),
            sha256=sha256,
            size=size,
            type=found.type,
            status=found.status,
            keys=found.keys,
            leads=tuple(dict.fromkeys(str(one) for one in [*leading.pages, *leading.files])),
            missing=tuple(dict.fromkeys(leading.missing)),
            **(described or {}),
        )
        self.tree.note(item)
        self.made[item.address] = item
        return item


def _moved(leading: Leading, found: Answer) -> str:
    """A page in place of a redirect: a plain web server knows none."""
    found.close()
    there = leading.url(found.location)
    page = render_to_string("catalog/export/moved.html", {"there": there})
    return html_to_traditional(page) if leading.at.traditional else page


def _described(page: str) -> dict[str, str]:
    """Title and date of a page by its labels, else by its title."""
    facts: dict[str, str] = {}
    head = page.partition("</head>")[0]
    for tag in TAG.findall(head):
        if tag.startswith("<meta"):
            attributes = attributes_of(tag)
            label = _LABELS.get(attributes.get("name", ""))
            if label:
                facts[label] = attributes.get("content", "")
    found = _TITLE.search(head)
    if "title" not in facts and found is not None:
        facts["title"] = " ".join(found[1].split())
    return facts


def _address(text: str) -> Address:
    """An address as it was written into an item."""
    host, slash, target = text.partition("/")
    path, _, query = target.partition("?")
    return Address(host, slash + path, query)
