"""What every upload passes: a bound on its size before anything is read, a limit of how many in a minute."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django_ratelimit.core import is_ratelimited

RATE = "60/m"  # uploads of one officer in a minute: a folder dropped at once passes, a script does not
_FORM_ROOM = 1024 * 1024  # the other fields and the frame of a multipart form

View = Callable[..., HttpResponse]


def largest() -> int:
    """The largest file in bytes."""
    return settings.GONGKAI_UPLOAD_MAX_BYTES


def too_large() -> str:
    """What a person is told whose file is larger."""
    return f"文件超过 {largest() // 1024 // 1024} MB，没有上传。请压缩或拆分后再上传。"


def bounded(view: View) -> View:
    """Refuse a request that says it is larger than the largest file, before a byte of it is read or stored.

    The token of a form stands in its body, so it is looked at only after this (``csrf_protect`` inside).
    """
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if request.method == "POST" and length.isdigit() and int(length) > largest() + _FORM_ROOM:
            if wants_json(request):
                return JsonResponse({"error": too_large()}, status=413)
            links = [{"label": "返回上一页", "url": request.get_full_path()}]
            error = {"code": 413, "title": "文件太大", "text": too_large(), "links": links}
            return render(request, "ui/error.html", {"error": error}, status=413)
        return protected(request, *args, **kwargs)

    return guarded


def demand_size(upload: UploadedFile) -> None:
    """Raises ValidationError at ``file`` for one that is too large."""
    if (upload.size or 0) > largest():
        raise ValidationError({"file": too_large()})


def demand_room(request: HttpRequest) -> None:
    """Count this upload; raises ValidationError at ``file`` when there were too many within the minute."""
    if is_ratelimited(request, group="desk.upload", key="user", rate=RATE, method="POST", increment=True):
        raise ValidationError({"file": "上传过于频繁，请一分钟后再试。"})


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks."""
    return "application/json" in request.headers.get("Accept", "")
