"""An export from beginning to end."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from gongkai.agencies.bodies import Agency, SiteHost
from gongkai.catalog.actions.exports import Exported, record_export
from gongkai.catalog.exporting import receipt
from gongkai.catalog.exporting.addresses import INDEX, NOTE, NOTE_TRADITIONAL, Address
from gongkai.catalog.exporting.crawling import Crawl, Watch
from gongkai.catalog.exporting.items import Item
from gongkai.catalog.exporting.leading import Scope
from gongkai.catalog.exporting.receipt import Share
from gongkai.catalog.exporting.tree import BROKEN, Tree
from gongkai.catalog.portal.sites import server_hosts
from gongkai.ledger.entries import Entry
from gongkai.ledger.refs import SYSTEM, Named, Ref
from gongkai.pages import installation, sources
from gongkai.texts.script import html_to_traditional


@dataclass(frozen=True)
class Order:
    """Export the sites of these agencies into a directory. ``apart``: each host will be served under its own name."""

    root: Path
    agencies: Sequence[Agency]
    traditional: bool = False
    apart: bool = False
    by: Ref | Named = SYSTEM


@dataclass(frozen=True)
class Result:
    """What came of it. ``broken``: what links lead to and is not there, with the pages that say so; ``failed``: pages
    that the site could not make."""

    shares: Sequence[Share]
    written: int
    removed: int
    resumed: int
    broken: dict[str, list[str]]
    failed: Sequence[str]
    manifest_sha256: str


def site_of(agency: Agency) -> str | None:
    """The host of the agency's own site; None when another body's site serves its pages."""
    host = server_hosts()(agency.pk)
    if agency.is_city or agency.hosts.filter(host=host, primary=True).exists():
        return host
    return None


def export(order: Order, watch: Watch = lambda done, known: None) -> Result:
    """Bring the tree up to date. Raises NotOurs, InUse, OSError. Killed, it goes on where it was, unless something
    changed meanwhile."""
    scope = _scope(order)
    with Tree(order.root) as tree:
        ready = tree.resume(_fingerprint(order, scope))
        crawl = Crawl(tree, scope, ready)
        crawl.follow(_seeds(scope), watch)
        _add_notes(crawl, order)
        made = list(crawl.made.values())
        broken = crawl.broken()
        told = "".join(f"{target}\t{page}\n" for target, pages in broken.items() for page in pages)
        tree.stage(PurePosixPath(BROKEN), [told.encode()])
        manifest = tree.manifest_sha256(made)
        shares = [receipt.share_of(one, _host(one), made) for one in order.agencies]
        if not receipt.speaks_of(order.root, manifest):
            day = timezone.localdate()
            for name, text in receipt.write(shares, manifest, day, traditional=order.traditional).items():
                tree.stage(PurePosixPath(name), [text.encode()])
        tree.finish(made)
        for one in shares:
            record_export(one.agency, Exported(one.host, one.documents, one.files, one.size, manifest), by=order.by)
        return Result(shares, tree.written, tree.removed, len(ready), broken, crawl.failed, manifest)


def _host(agency: Agency) -> str:
    host = site_of(agency)
    if host is None:
        raise ValueError(f"agency {agency.pk} has no site of its own")
    return host


def _scope(order: Order) -> Scope:
    sites: dict[str, str] = {}
    for agency in order.agencies:
        host = _host(agency)
        sites[host] = host
        own = SiteHost.objects.filter(agency=agency)
        sites |= {one.host: host for one in own} | ({settings.GONGKAI_CITY_HOST: host} if agency.is_city else {})
    return Scope(sites, traditional=order.traditional, apart=order.apart)


def _seeds(scope: Scope) -> Iterator[Address]:
    """Every address the sites are known to have, homes first; what they link to beyond is found by following."""
    for host in scope.hosts:
        yield Address(host, "/")
    for host in scope.hosts:
        for path in sources.paths(host):
            one = Address(host, path)
            if not one.is_file and (scope.traditional or not one.traditional):
                yield one


def _fingerprint(order: Order, scope: Scope) -> str:
    """The same as long as nothing can come out differently: the ledger, the program, the day, the order."""
    last = Entry.objects.order_by("-id").values_list("id", flat=True).first()
    facts = [last, installation.stamp(), timezone.localdate(), sorted(scope.sites.items()), order.traditional]
    return hashlib.sha256(repr([*facts, order.apart]).encode()).hexdigest()


def _add_notes(crawl: Crawl, order: Order) -> None:
    """What stands in place of search and forms, and the page above the sites."""
    sites = [{"agency": one, "host": _host(one)} for one in order.agencies]
    for one in sites:
        live = f"{installation.scheme()}://{installation.authority(str(one['host']))}/"
        page = render_to_string("catalog/export/note.html", one | {"live": live})
        _add(crawl, f"{one['host']}/{NOTE}", page, "本存档不能使用的功能")
        if order.traditional:
            _add(crawl, f"{one['host']}/{NOTE_TRADITIONAL}", html_to_traditional(page), "本存檔不能使用的功能")
    _add(crawl, INDEX, render_to_string("catalog/export/overview.html", {"sites": sites}), "目录")


def _add(crawl: Crawl, file: str, page: str, title: str) -> None:
    sha256, size = crawl.tree.stage(PurePosixPath(file), [page.encode()])
    crawl.add(Item(address=file, file=file, sha256=sha256, size=size, type="text/html", title=title))
