"""A composed letter as PDF, by WeasyPrint. Nothing is fetched: the only thing a sheet can ask for is its own seal."""

from __future__ import annotations

import re
from functools import lru_cache
from types import ModuleType
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from gongkai.applications.letters.composing import Composed

SEAL_ADDRESS = "gongkai:seal"
PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk"
"""What a Debian needs to print, beside the Python package."""


# The end of a paragraph, when it is plain text: three characters that stay on one line, so that none is left alone.
_TAIL = re.compile(r"([^<>&;\s]{3})</p>")
_LEADING = re.compile(r"<p>(?=[^<]*：</p>)")


class CannotPrint(RuntimeError):
    """This machine lacks what printing needs; the message says in Chinese what to install."""


class _NothingElse(ValueError):
    """Something was asked for that is not the seal."""


def html(letter: Composed) -> str:
    """The whole sheet as markup, styles included."""
    enclosures = [{"title": one.title, "html": _set(one.body)} for one in letter.enclosures]
    context = {"letter": letter, "body": _set(letter.body), "enclosures": enclosures}
    return render_to_string("applications/letters/sheet.html", context)


def _set(body: str) -> str:
    """The body for the compositor: a paragraph that introduces what follows stays with it, and ends with two or three
    characters at least."""
    leading = _LEADING.sub('<p class="leads">', body)
    return mark_safe(_TAIL.sub(r'<span class="keep">\1</span></p>', leading))


def pdf(letter: Composed) -> bytes:
    """The letter on paper. Raises CannotPrint where the system lacks the libraries."""
    weasyprint = engine()

    class Fetcher(weasyprint.urls.URLFetcher):  # type: ignore[name-defined]
        """Gives the seal, and whatever else is asked for to nobody."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if url != SEAL_ADDRESS or not letter.seal:
                raise _NothingElse(url)
            return weasyprint.urls.URLFetcherResponse(url, letter.seal, {"Content-Type": "image/png"})

    sheet = weasyprint.HTML(string=html(letter), url_fetcher=Fetcher(allowed_protocols=()), base_url=None)
    written: bytes = sheet.write_pdf(pdf_identifier=False)
    return written


@lru_cache(maxsize=1)
def engine() -> ModuleType:
    """WeasyPrint, loaded with the first letter. Raises CannotPrint."""
    try:
        import weasyprint
    except OSError as error:  # what cffi raises for a shared library that is not there
        told = "本机缺少打印文书所需的系统软件包。请由系统管理员执行："
        raise CannotPrint(f"{told}sudo apt-get install -y --no-install-recommends {PACKAGES}") from error
    return weasyprint
