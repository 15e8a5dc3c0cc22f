"""The pages on which the search is looked after, as tabs."""

from typing import Any

from django.urls import reverse

_PAGES = (
    ("searchdesk:asked", "公众在搜什么"),
    ("searchdesk:synonyms", "同义词"),
    ("searchdesk:best_bets", "推荐结果"),
    ("searchdesk:denied", "联想屏蔽词"),
)


def tabs(current: str) -> list[dict[str, Any]]:
    """As ``<c-tabs>`` wants them."""
    return [{"label": label, "url": reverse(name), "current": name == current} for name, label in _PAGES]
