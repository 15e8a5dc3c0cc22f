"""Redaction 区分处理 (regulation article 37): a file goes in with boxes, a new file without what they cover comes out.

Nothing of the original is copied: every page is drawn, the boxes are burnt into the picture, and the characters a
reader sees outside them are laid over it invisibly, so that the page can still be searched and read aloud. Fonts shared
between pages, layers, metadata, attachments, earlier revisions have no way into such a file. ``verifying.leftovers``
takes the result apart by other means and says what should not be there.
"""

from gongkai.texts.redaction.boxes import Box, PageSize, Redacted, Removed, Report
from gongkai.texts.redaction.finding import Found, find
from gongkai.texts.redaction.making import redact, redact_image, redact_pdf
from gongkai.texts.redaction.sources import MAX_REDACTED_PAGES, pages, render
from gongkai.texts.redaction.verifying import leftovers

__all__ = [
    "MAX_REDACTED_PAGES",
    "Box",
    "Found",
    "PageSize",
    "Redacted",
    "Removed",
    "Report",
    "find",
    "leftovers",
    "pages",
    "redact",
    "redact_image",
    "redact_pdf",
    "render",
]
