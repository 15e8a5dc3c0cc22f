"""Markup as PDF, by WeasyPrint. Nothing is fetched: a sheet can ask only for what is given with it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import ModuleType
from typing import Any

PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk"
"""What a Debian needs to print, beside the Python package."""


_FEW = 3  # a letter of more pages is no better for being shorter by one


class CannotPrint(RuntimeError):
    """This machine lacks what printing needs; the message says in Chinese what to install."""


class _NothingElse(ValueError):
    """Something was asked for that was not given."""


def pdf(html: str, pictures: Mapping[str, bytes] | None = None, *, closer: str = "") -> bytes:
    """The sheet on paper; ``pictures``: PNG files by the address the sheet has for them. ``closer``: the same set with
    less space between its lines, taken where that saves one of few pages.

    Raises CannotPrint where the system lacks the libraries.
    """
    weasyprint = engine()
    given = dict(pictures or {})

    class Fetcher(weasyprint.urls.URLFetcher):  # type: ignore[name-defined]
        """Gives the pictures, and whatever else is asked for to nobody."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if url not in given:
                raise _NothingElse(url)
            return weasyprint.urls.URLFetcherResponse(url, given[url], {"Content-Type": "image/png"})

    def laid_out(markup: str) -> Any:
        return weasyprint.HTML(string=markup, url_fetcher=Fetcher(allowed_protocols=()), base_url=None).render()

    sheet = laid_out(html)
    if closer and 1 < len(sheet.pages) <= _FEW:
        sheet = min(sheet, laid_out(closer), key=lambda one: len(one.pages))  # of equals the first
    written: bytes = sheet.write_pdf(pdf_identifier=False)
    return written


@lru_cache(maxsize=1)
def engine() -> ModuleType:
    """WeasyPrint, loaded with the first sheet. Raises CannotPrint."""
    try:
        import weasyprint
    except OSError as error:  # what cffi raises for a shared library that is not there
        told = "本机缺少打印文书所需的系统软件包。请由系统管理员执行："
        raise CannotPrint(f"{told}sudo apt-get install -y --no-install-recommends {PACKAGES}") from error
    return weasyprint
