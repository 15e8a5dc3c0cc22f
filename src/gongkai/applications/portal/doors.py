"""What every page under ``/apply/`` passes: nothing personal is ever kept by anybody, nobody asks too often."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods
from django_ratelimit.core import get_usage

from gongkai.interfaces.limits import client_address

View = Callable[..., HttpResponseBase]


def personal(*methods: str) -> Callable[[View], View]:
    """A page for one person: not prepared, not cached, not in the history of a shared computer's browser."""

    asked = methods or ("GET",)
    allowed = [*asked, "HEAD"] if "GET" in asked else list(asked)  # what only an act may do, no HEAD does

    def decorate(view: View) -> View:
        @require_http_methods(allowed)
        @wraps(view)
        def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            response = view(request, *args, **kwargs)
            response.headers["Cache-Control"] = "private, no-store"
            return response

        return cast(View, page)

    return decorate


def wait(request: HttpRequest, what: str, rate: str, *, whose: str = "") -> int:
    """Count this request (``rate``: ``20/h``) of the address, or of ``whose``; seconds to wait when it was too many."""
    usage = get_usage(
        request,
        group=f"apply.{what}",
        key=lambda *_: whose or client_address(request),
        rate=rate,
        increment=True,
    )
    return max(1, int(usage["time_left"])) if usage is not None and usage["should_limit"] else 0


def patience(seconds: int) -> str:
    """How long that is, in words."""
    return f"{seconds}秒" if seconds < 60 else f"{-(-seconds // 60)}分钟"
