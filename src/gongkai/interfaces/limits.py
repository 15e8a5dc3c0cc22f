"""How much one side may ask in a minute; whoever asks more is told when to come back."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest
from django_ratelimit.core import get_usage

from gongkai.interfaces.problems import Problem


def client_address(request: HttpRequest) -> str:
    """Whose request it is. Behind ``GONGKAI_PROXIES`` proxies of ours, what the outermost of them saw; what a client
    writes into the header itself stands further left and is not believed. IPv6 by its /64: that is one connection."""
    seen = [one.strip() for one in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if one.strip()]
    trusted: int = settings.GONGKAI_PROXIES
    given = seen[-trusted] if trusted and len(seen) >= trusted else request.META.get("REMOTE_ADDR", "")
    try:
        address = ipaddress.ip_address(given)
    except ValueError:
        return given[:64]
    return str(ipaddress.ip_network(f"{address}/64", strict=False)) if address.version == 6 else str(address)


def demand_room(request: HttpRequest, *, group: str, whose: str, per_minute: int) -> None:
    """Count this request; raises Problem 429 with Retry-After when there were more within the minute."""
    usage = get_usage(
        request, group=f"interfaces.{group}", key=lambda *_: whose, rate=f"{per_minute}/m", increment=True
    )
    if usage is not None and usage["should_limit"]:
        wait = max(1, usage["time_left"])
        raise Problem(429, f"一分钟内最多{per_minute}次，请{wait}秒后再试。", headers={"Retry-After": str(wait)})
