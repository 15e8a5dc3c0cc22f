"""Where the addresses on an exported page lead: to other files of the tree, to the note, or out as they are."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import PurePosixPath
from urllib.parse import urljoin, urlsplit

from gongkai.catalog.exporting.addresses import NOTE, NOTE_TRADITIONAL, Address, NoPlace, file_address, relative
from gongkai.texts.tags import Reference, css_with_addresses, js_imports, with_addresses

_ELSEWHERE = ("#", "mailto:", "tel:", "data:", "javascript:", "sms:")


@dataclass(frozen=True)
class Scope:
    """What is exported. ``sites`` maps every host name, former ones too, to the host it is exported under.

    ``apart``: each host is served under its own name, so links from one to another keep the whole address.
    """

    sites: Mapping[str, str]
    traditional: bool = False
    apart: bool = False

    @property
    def hosts(self) -> list[str]:
        """The hosts exported, in order."""
        return list(dict.fromkeys(self.sites.values()))

    @cached_property
    def inside(self) -> Callable[[str, str], tuple[Address | None, str]]:
        """``inside(base, url)``: the address if it is one of the sites exported (None: elsewhere), and what stands
        behind ``#``. Raises ValueError. Much the same stands on every page of a site, so what was asked is known."""
        return lru_cache(maxsize=8192)(self._inside)

    def _inside(self, base: str, url: str) -> tuple[Address | None, str]:
        parts = urlsplit(urljoin(base, url))
        host = self.sites.get(parts.hostname or "")
        if parts.scheme not in ("http", "https") or host is None:
            return None, ""
        address = file_address(host, parts.path or "/", parts.query)
        if not address.needs_the_site:
            _ = address.file  # raises NoPlace
        return address, f"#{parts.fragment}" if parts.fragment else ""


@dataclass
class Leading:
    """Leads the addresses of one page; collects the ``pages`` it leads to, the ``files`` it names, what is ``missing``.

    ``fetch`` brings a file into the tree and says where it lies; None when it cannot be had.
    """

    scope: Scope
    at: Address
    fetch: Callable[[Address], PurePosixPath | None]
    pages: list[Address] = field(default_factory=list)
    files: list[Address] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    def html(self, page: str) -> str:
        """The page as it is written into the tree."""
        return with_addresses(page, self._reference)

    def css(self, sheet: str) -> str:
        """The style sheet as it is written into the tree."""
        return css_with_addresses(sheet, self.url)

    def js(self, script: str) -> str:
        """The script: unchanged, since modules name each other relatively; what it imports comes along."""
        for url in js_imports(script):
            self.url(url)
        return script

    def url(self, url: str, *, form: bool = False) -> str:
        """What stands in the tree in place of that address."""
        if url.startswith(_ELSEWHERE) and not form:
            return url
        try:
            address, fragment = self.scope.inside(self._base(url), url)
        except NoPlace as error:
            self.missing.append(str(error))
            return relative(self.at.file, self._note())
        except ValueError:  # a body may link to something that is no address
            return url
        if address is None:
            return url
        if form or address.needs_the_site or (address.traditional and not self.scope.traditional):
            return relative(self.at.file, self._note())
        if address.is_file:
            place = self.fetch(address)
            if place is None:
                self.missing.append(str(address))
                return relative(self.at.file, self._note())
            self.files.append(address)
        else:
            place = address.file
            self.pages.append(address)
        if self.scope.apart and address.host != self.at.host:
            return url
        return relative(self.at.file, place) + fragment

    def _reference(self, reference: Reference) -> str:
        if reference.tag == "link" and (
            reference.attributes.get("rel") == "canonical" or "hreflang" in reference.attributes
        ):
            return reference.url  # the page on the living site
        return self.url(reference.url, form=reference.attribute in ("action", "formaction"))

    def _base(self, url: str) -> str:
        """What the address is relative to: the page, or where it begins with ``/``, its site."""
        whole = url.startswith("/") and not url.startswith("//")
        return f"http://{self.at.host}/" if whole else f"http://{self.at.host}{self.at.target}"

    def _note(self) -> PurePosixPath:
        return PurePosixPath(self.at.host, NOTE_TRADITIONAL if self.at.traditional else NOTE)
