"""What somebody sees who may not open a page: who uses it, and where to go instead."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 with the reason that the refusal carries, never more."""
    links = (
        [{"label": "回到工作台", "url": "/desk/"}]
        if request.path.startswith("/desk/")
        else [{"label": "首页", "url": "/"}]
    )
    text = str(exception) or "您没有打开这一页的权限。"
    error = {"code": 403, "title": "不能打开这一页", "text": text, "links": links}
    return render(request, "ui/error.html", {"error": error}, status=403)
