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
# 特此答复。 stands with the signature, and does not stand there alone.
_LAST = re.compile(r"<p>([^<]*)</p>\s*<p>([^<]{1,27})</p>$")
_LEADING = re.compile(r"<p>(?=[^<]*：</p>)")


def html(letter: Composed, *, close: bool = False) -> str:
    """The whole sheet as markup, styles included; ``close``: with less space between the lines (GB/T 9704 lets 行距 be
    adjusted so that the seal does not stand on a page of its own)."""
    enclosures = [{"title": one.title, "html": _set(one.body)} for one in letter.enclosures]
    context = {"letter": letter, "close": close, "body": _set(letter.body), "enclosures": enclosures}
    return render_to_string("applications/letters/sheet.html", context)


def _set(body: str) -> str:
    """The body for the compositor: a paragraph that introduces what follows stays with it, the last words stay with the
    signature, and a paragraph ends with two or three characters at least."""
    leading = _LEADING.sub('<p class="leads">', body)
    ending = _LAST.sub(r'<p class="leads">\1</p>\n<p class="leads">\2</p>', leading.rstrip())
    return mark_safe(_TAIL.sub(r'<span class="keep">\1</span></p>', ending))


def pdf(letter: Composed) -> bytes:
    """The letter on paper. Raises CannotPrint where the system lacks the libraries."""
    pictures = {SEAL_ADDRESS: letter.seal} if letter.seal else None
    return printing.pdf(html(letter), pictures, closer="" if letter.is_table else html(letter, close=True))
