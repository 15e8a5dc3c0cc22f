"""Handing a page on: its address as a picture that phones read, drawn here and part of the page."""

from functools import lru_cache

import segno
from django.utils.safestring import SafeString, mark_safe


@lru_cache(maxsize=256)
def qr_code(address: str) -> SafeString:
    """Inline SVG of the address, dark on light in every colour scheme (readers of such pictures need that)."""
    svg: str = segno.make(address, error="m", micro=False).svg_inline(
        border=2, light="#fff", svgclass="qr-code", lineclass="", omitsize=True, title="本页网址的二维码"
    )
    return mark_safe(svg)
