"""The one shape in which an interface says what went wrong: problem details (RFC 9457), in Chinese."""

import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.exceptions import ValidationError as InvalidValues
from django.core.signals import got_request_exception
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from ninja import Field, NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import ValidationError as Unfit

logger = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
_TITLES = {
    400: "请求写法有误",
    401: "没有有效的访问令牌",
    403: "没有办理这件事的权限",
    404: "没有这项内容",
    405: "不支持这种请求方法",
    409: "与现有内容冲突",
    410: "已经撤回",
    413: "内容太大",
    415: "不支持这种内容类型",
    422: "有的内容不合要求",
    429: "请求过于频繁",
    500: "系统出现故障",
}
_SAID = {
    "missing": "必须填写。",
    "string_too_long": "太长，最多{max_length}个字符。",
    "string_too_short": "太短，至少{min_length}个字符。",
    "string_pattern_mismatch": "写法不对。",
    "string_type": "应当是文字。",
    "string_unicode": "含有不能识别的字符。",
    "int_parsing": "应当是整数。",
    "int_type": "应当是整数。",
    "bool_parsing": "应当是 true 或 false。",
    "list_type": "应当是一组值。",
    "too_long": "太多，最多{max_length}项。",
    "greater_than_equal": "不能小于{ge}。",
    "less_than_equal": "不能大于{le}。",
    "enum": "只能是：{expected}。",
    "literal_error": "只能是：{expected}。",
    "extra_forbidden": "没有这一项，请核对名称。",
    "model_attributes_type": "应当是一个对象。",
    "date_from_datetime_parsing": "应当是日期，如 2026-03-05。",
    "date_parsing": "应当是日期，如 2026-03-05。",
    "datetime_from_date_parsing": "应当是时间，如 2026-03-05T09:00:00+08:00。",
    "datetime_parsing": "应当是时间，如 2026-03-05T09:00:00+08:00。",
}


class FieldError(Schema):
    """One value that cannot be taken."""

    field: str = Field(description="哪一项，如 query.limit、body.title")
    message: str = Field(description="怎样改")


class ProblemOut(Schema):
    """问题说明（RFC 9457）"""

    type: str = Field(description="问题的种类", examples=["urn:gongkai:problem:422"])
    title: str = Field(description="一句话说明是什么问题")
    status: int = Field(description="HTTP 状态码")
    detail: str = Field(description="具体情况和下一步怎么办")
    errors: list[FieldError] = Field(default=[], description="逐项的问题；没有时为空")


class Problem(Exception):
    """What the other side is told instead of an answer. ``more`` are members beside the usual ones."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        title: str = "",
        errors: Iterable[tuple[str, str]] = (),
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.title = status, detail, title or _TITLES.get(status, "请求没有完成")
        self.errors, self.headers, self.more = list(errors), dict(headers or {}), more

    def response(self) -> HttpResponse:
        """The answer."""
        told: dict[str, Any] = {
            "type": f"urn:gongkai:problem:{self.status}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "errors": [{"field": field, "message": message} for field, message in self.errors],
        }
        content = json.dumps(told | self.more, ensure_ascii=False)
        return HttpResponse(content, status=self.status, content_type=MEDIA_TYPE, headers=self.headers)


def invalid(errors: Iterable[tuple[str, str]]) -> Problem:
    """422 for values that can be mended, each named."""
    known = list(errors)
    return Problem(422, "；".join(f"{field}：{message}" for field, message in known[:5]), errors=known)


def of_values(error: InvalidValues, prefix: str = "body") -> Problem:
    """What an action refused, by the fields it names."""
    named: dict[str, Any] = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    return invalid(
        (f"{prefix}.{field}".rstrip(".") if field != "__all__" else prefix, str(message))
        for field, messages in named.items()
        for message in messages
    )


def of_unfit(error: Unfit, prefix: str) -> Problem:
    """What does not fit a shape that was read by hand."""
    return invalid(_told({**one, "loc": (prefix, *one["loc"])} for one in error.errors(include_url=False)))


def install(api: NinjaAPI) -> None:
    """Let every exception of the API's operations become a problem."""
    handlers: dict[type[Exception], Any] = {
        Exception: _failed,
        Problem: lambda request, error: error.response(),
        Http404: lambda request, error: Problem(404, "网址可能有误，或者这项内容没有公开。").response(),
        PermissionDenied: lambda request, error: Problem(403, str(error) or "这个令牌没有这项权限。").response(),
        ValidationError: lambda request, error: invalid(_told(error.errors)).response(),
        InvalidValues: lambda request, error: of_values(error).response(),
        AuthenticationError: lambda request, error: _unknown().response(),
        HttpError: lambda request, error: _unreadable(error).response(),
        RequestDataTooBig: lambda request, error: Problem(413, "请求内容太大，请改用表单方式上传附件。").response(),
        MultiPartParserError: lambda request, error: Problem(400, "表单内容不完整，无法读取。").response(),
        UnreadablePostError: lambda request, error: Problem(400, "请求内容没有传完。").response(),
        SuspiciousOperation: lambda request, error: Problem(400, "请求内容无法处理，请核对写法。").response(),
        BadRequest: lambda request, error: Problem(400, "请求内容无法处理，请核对写法。").response(),
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


def _unknown() -> Problem:
    return Problem(
        401,
        "请在请求头写明“Authorization: Bearer 令牌”；令牌由本单位系统管理员在工作台“接口令牌”中签发。",
        headers={"WWW-Authenticate": 'Bearer realm="gongkai"'},
    )


def _unreadable(error: HttpError) -> Problem:
    detail = "请求内容不是正确的 JSON。" if error.status_code == 400 else "请求没有完成，请核对写法。"
    return Problem(error.status_code, detail)


def _failed(request: HttpRequest, error: Exception) -> HttpResponse:
    """A fault of ours: told to whoever watches (log, error reporters, tests), and to the other side that it is ours."""
    logger.exception("interface failed at %s", request.path, exc_info=error)
    got_request_exception.send(sender=None, request=request)
    return Problem(500, "系统出现故障，已经记录。请稍后再试。").response()


def _told(errors: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    return [(_place(one["loc"]), _message(one)) for one in errors]


def _place(loc: Sequence[Any]) -> str:
    """``("body", "draft", "title")`` as ``body.title``: the name of our own argument says nothing to the other side."""
    parts = [str(part) for part in loc]
    if len(parts) > 2 and parts[0] in {"body", "query", "form"} and parts[1] in {"draft", "asked"}:
        del parts[1]
    return ".".join(parts)


def _message(error: Mapping[str, Any]) -> str:
    context = error.get("ctx") or {}
    if "error" in context:
        return str(context["error"])
    said = _SAID.get(str(error["type"]))
    return said.format_map(_Known(context)) if said else "写法不对，请对照接口说明。"


class _Known(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return ""
