"""What every request to an interface passes: who may ask from where, how often; how the answer may be kept."""

import hashlib
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt

from gongkai.interfaces.limits import client_address, demand_room
from gongkai.interfaces.problems import Problem

View = Callable[..., HttpResponseBase]
_ROOM_FOR_THE_FORM = 1024 * 1024
_FILES_AT_ONCE = 2  # whole uploads one request may carry


def behind_the_door(patterns: Iterable[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """The same addresses, every one of them behind the door."""
    kept = list(patterns)
    for pattern in kept:
        if isinstance(pattern, URLPattern):
            pattern.callback = door(pattern.callback)
    return kept


def door(view: View) -> View:
    """Answers preflights, HEAD and wrong methods; counts; refuses what is too large unread; adds ETag, CORS, caching.

    Nobody is known by a cookie here (tokens only), so there is nothing a forged form could use.
    """

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return _preflight()
        try:
            _let_in(request)
            if request.method == "HEAD":
                request.method = "GET"  # the server leaves the body out
            answer = view(request, *args, **kwargs)
        except Problem as problem:
            answer = problem.response()
        if answer.status_code == 405:
            answer = _wrong_method(answer)
        return _finished(request, answer)

    return guarded


def not_found(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Any address below that is none."""
    return Problem(404, "没有这个接口地址，请对照接口说明。").response()


def _let_in(request: HttpRequest) -> None:
    length = request.META.get("CONTENT_LENGTH") or "0"
    largest = settings.GONGKAI_UPLOAD_MAX_BYTES * _FILES_AT_ONCE + _ROOM_FOR_THE_FORM
    if length.isdigit() and int(length) > largest:
        raise Problem(413, f"一次请求最多{largest // 1024 // 1024} MB，请分次送。")
    if "Authorization" not in request.headers:  # tokens are counted by themselves once they are known
        per_minute = settings.GONGKAI_API_PER_MINUTE
        demand_room(request, group="read", whose=client_address(request), per_minute=per_minute)


def _wrong_method(answer: HttpResponseBase) -> HttpResponse:
    allowed = answer.headers.get("Allow", "GET")
    return Problem(405, f"这个地址支持：{allowed}。", headers={"Allow": allowed}).response()


def _preflight() -> HttpResponse:
    """Anybody's page may read; nothing else is allowed from a browser."""
    headers = {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Allow-Methods": "GET, HEAD",
        "Access-Control-Allow-Headers": "Accept, If-None-Match",
        "Access-Control-Max-Age": "86400",
    }
    return HttpResponse(status=204, headers=headers)


def _finished(request: HttpRequest, answer: HttpResponseBase) -> HttpResponseBase:
    if hasattr(request, "auth") or request.method != "GET":
        answer.headers.setdefault("Cache-Control", "private, no-store")
        return answer
    if answer.status_code == 200 and isinstance(answer, HttpResponse):
        answer["ETag"] = f'"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
        answer = get_conditional_response(request, etag=answer["ETag"], response=answer) or answer
    # Asked for anew each time: what was withdrawn is gone at once from wherever copies lie.
    answer.headers.setdefault("Cache-Control", "public, no-cache" if answer.status_code < 400 else "no-store")
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Access-Control-Expose-Headers"] = "ETag, Link, Location, Retry-After"
    return answer
