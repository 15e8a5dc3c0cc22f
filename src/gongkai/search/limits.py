"""How often one side may search in a minute. Searching costs far more than a prepared page."""

from django.http import HttpRequest
from django_ratelimit.core import get_usage

from gongkai.interfaces.limits import client_address

SEARCHES = 60
SUGGESTIONS = 300
FEEDS = 30


def wait(request: HttpRequest, what: str, per_minute: int) -> int:
    """Count this request; how many seconds to wait when there were too many within the minute, else 0."""
    usage = get_usage(
        request,
        group=f"search.{what}",
        key=lambda *_: client_address(request),
        rate=f"{per_minute}/m",
        increment=True,
    )
    return max(1, int(usage["time_left"])) if usage is not None and usage["should_limit"] else 0
