"""How the form without a script shows where a box is."""

from django import template

register = template.Library()


@register.filter
def percent(share: object) -> str:
    """0.12345 as 12.345; nothing for what is no number."""
    return f"{share * 100:.3f}".rstrip("0").rstrip(".") if isinstance(share, (int, float)) else ""
