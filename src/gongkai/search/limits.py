"""How often one side may search in a minute. Searching costs far more than a prepared page."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest
from django_ratelimit.core import get_usage

SEARCHES = 60
SUGGESTIONS = 300
FEEDS = 30


def client_address(request: HttpRequest) -> str:
    """Whose request it is. Behind ``GONGKAI_PROXIES`` proxies of ours, what the outermost of them saw; what a client
    writes into the header itself stands further left and is not believed. IPv6 by its /64: that is one connection."""
    seen = [one.strip() for one in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if one.strip()]
    trusted: int = getattr(settings, "GONGKAI_PROXIES", 0)
    given = seen[-trusted] if trusted and len(seen) >= trusted else request.META.get("REMOTE_ADDR", "")
    try:
        address = ipaddress.ip_address(given)
    except ValueError:
        return given[:64]
    return str(ipaddress.ip_network(f"{address}/64", strict=False)) if address.version == 6 else str(address)


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
