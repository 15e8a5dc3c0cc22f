"""How a page names itself in the other script."""

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from gongkai.catalog.portal.mirror import to_mirror
from gongkai.texts.script import SIMPLIFIED, TRADITIONAL

register = template.Library()


@register.simple_tag
def alternates(canonical: str) -> SafeString:
    """Links to the page in both scripts, the same on both pages, beside the link to the canonical (Simplified) one."""
    pages = ((SIMPLIFIED, canonical), (TRADITIONAL, to_mirror(canonical)))
    return format_html_join("", '<link rel="alternate" hreflang="{}" href="{}">\n', pages)
