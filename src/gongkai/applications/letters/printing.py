"""A composed letter as PDF, by WeasyPrint. Nothing is fetched: the only thing a sheet can ask for is its own seal."""

from __future__ import annotations

import re

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from gongkai.applications.letters.composing import Composed
from gongkai.texts import printing
from gongkai.texts.printing import CannotPrint

__all__ = ["SEAL_ADDRESS", "CannotPrint", "html", "pdf"]

SEAL_ADDRESS = "gongkai:seal"

# The end of a paragraph, when it is plain text: three characters that stay on one line, so that none is left alone.
_TAIL = re.compile(r"([^<>&;\s]{3})</p>")
_LEADING = re.compile(r"<p>(?=[^<]*：</p>)")


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
    return printing.pdf(html(letter), {SEAL_ADDRESS: letter.seal} if letter.seal else None)
