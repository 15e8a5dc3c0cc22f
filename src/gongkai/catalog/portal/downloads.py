"""Files that are made when they are asked for: how often one side may ask within a minute."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django_ratelimit.core import get_usage

from gongkai.interfaces.limits import client_address

PER_MINUTE = 20
View = Callable[..., HttpResponse]


def limited(view: View) -> View:
    """Answer 429 with when to come back, to who asks for more of these files. Other pages are not touched by it."""

    @wraps(view)
    def within(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        usage = get_usage(
            request,
            group="portal.downloads",
            key=lambda *_: client_address(request),
            rate=f"{PER_MINUTE}/m",
            increment=True,
        )
        if usage is None or not usage["should_limit"]:
            return view(request, *args, **kwargs)
        wait = max(1, int(usage["time_left"]))
        told = f"下载过于频繁，一分钟内最多{PER_MINUTE}次。请{wait}秒后再试。"
        headers = {"Retry-After": str(wait), "Cache-Control": "no-store"}
        return HttpResponse(told, status=429, content_type="text/plain; charset=utf-8", headers=headers)

    return cast(View, within)
