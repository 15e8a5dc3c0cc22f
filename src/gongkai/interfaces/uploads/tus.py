"""Resumable uploads over HTTP: tus 1.0.0 (https://tus.io/protocols/resumable-upload), its core and the extensions
creation, creation-with-upload, checksum, expiration and termination, so that any tus client works.

The address of an upload contains its token: whoever knows it, owns it, and nobody else does. The header
``Tus-Resumable`` is demanded everywhere, which no form of a foreign site can send.
"""

import base64
import binascii
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.urls import reverse
from django.utils.http import http_date
from django.views.decorators.csrf import csrf_exempt

from gongkai.interfaces.limits import client_address, demand_room
from gongkai.interfaces.problems import Problem
from gongkai.interfaces.uploads import purposes
from gongkai.interfaces.uploads.claiming import release
from gongkai.interfaces.uploads.parts import Busy
from gongkai.interfaces.uploads.receiving import CHECKSUMS, Checksum, Mismatch, Moved, append, begin
from gongkai.interfaces.uploads.upload import State, Upload, find

VERSION = "1.0.0"
STATE_HEADER = "Gongkai-Upload-State"
"""Beside the protocol: whether the file was accepted, or waits for the virus scanner."""
_EXTENSIONS = "creation,creation-with-upload,checksum,expiration,termination"
_CONTENT_TYPE = "application/offset+octet-stream"
_MISMATCH = 460  # the protocol's own
_BEGUN_PER_MINUTE = 30
_View = Callable[..., HttpResponse]


def _speaks_tus(view: _View) -> _View:
    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.method = request.headers.get("X-HTTP-Method-Override", request.method or "").upper()
        if request.method == "OPTIONS":
            response = _capabilities()
        else:
            try:
                if request.headers.get("Tus-Resumable") != VERSION:
                    raise Problem(412, f"这个地址使用 tus {VERSION} 协议。", headers={"Tus-Version": VERSION})
                response = view(request, *args, **kwargs)
            except Problem as problem:
                response = problem.response()
        response["Tus-Resumable"] = VERSION
        response["Cache-Control"] = "no-store"
        return response

    return guarded


@_speaks_tus
def create(request: HttpRequest) -> HttpResponse:
    """POST: a new upload, perhaps with its first bytes; its address comes back in Location."""
    if request.method != "POST":
        raise Problem(405, "这个地址支持：POST、OPTIONS。", headers={"Allow": "POST, OPTIONS"})
    address, told = client_address(request), _metadata(request.headers.get("Upload-Metadata", ""))
    demand_room(request, group="uploads", whose=address, per_minute=_BEGUN_PER_MINUTE)
    purpose = purposes.get(told.get("purpose", ""))
    if purpose is None:
        raise Problem(422, "Upload-Metadata 中没有写明文件的用途（purpose）。")
    name = told.get("filename") or told.get("name") or ""
    token, upload = begin(
        purpose=purpose,
        name=name,
        size=_number(request, "Upload-Length"),
        address=address,
        agency=getattr(request, "agency", None),
    )
    if request.content_type == _CONTENT_TYPE:
        upload = _append(request, upload, 0)
    response = _told(HttpResponse(status=201), upload)
    response["Location"] = request.build_absolute_uri(reverse("uploads:upload", args=[token]))
    return response


@_speaks_tus
def one(request: HttpRequest, token: str) -> HttpResponse:
    """HEAD: how far it is. PATCH: more bytes. DELETE: not wanted any more."""
    upload = find(token)
    if upload is None or (upload.claimed_by and request.method != "HEAD"):
        raise Problem(410 if upload else 404, "没有这个上传，可能已过保存时间，请重新上传。")
    if request.method == "HEAD":
        return _standing(upload)
    if request.method == "PATCH":
        if request.content_type != _CONTENT_TYPE:
            raise Problem(415, f"内容类型应为 {_CONTENT_TYPE}。")
        return _told(HttpResponse(status=204), _append(request, upload, _number(request, "Upload-Offset")))
    if request.method == "DELETE":
        release(upload)
        return HttpResponse(status=204)
    allowed = "HEAD, PATCH, DELETE, OPTIONS"
    raise Problem(405, f"这个地址支持：{allowed}。", headers={"Allow": allowed})


def _append(request: HttpRequest, upload: Upload, offset: int) -> Upload:
    checksum = Checksum.parse(given) if (given := request.headers.get("Upload-Checksum")) else None
    if "CONTENT_LENGTH" not in request.META or not request.META["CONTENT_LENGTH"]:
        raise Problem(411, "请求没有写明 Content-Length。", title="缺少内容长度")
    length = _number(request, "Content-Length")
    try:
        append(upload, offset=offset, body=request, length=length, checksum=checksum)
    except Moved:
        raise Problem(
            409, "上传的位置不对，请先用 HEAD 询问。", headers={"Upload-Offset": str(upload.offset)}
        ) from None
    except Mismatch:
        raise Problem(_MISMATCH, "内容与校验值不符，请重新发送这一段。", title="校验不符") from None
    except Busy:
        raise Problem(423, "这个文件正由另一个请求上传，请稍后再试。", title="正在上传") from None
    except (FileNotFoundError, Upload.DoesNotExist):
        raise Problem(410, "没有这个上传，可能已过保存时间，请重新上传。") from None
    except UnreadablePostError:
        raise Problem(400, "内容没有传完，请从断点继续。") from None
    if upload.state == State.REFUSED:
        raise Problem(422, upload.problem, headers={STATE_HEADER: State.REFUSED.value})
    return upload


def _standing(upload: Upload) -> HttpResponse:
    if upload.state == State.REFUSED:
        raise Problem(410, upload.problem, headers={STATE_HEADER: State.REFUSED.value})
    response = _told(HttpResponse(status=200), upload)
    response["Upload-Length"] = str(upload.size)
    pairs = {"filename": upload.name, "purpose": upload.purpose}
    encoded = (f"{key} {base64.b64encode(quoted(value)).decode()}" for key, value in pairs.items())
    response["Upload-Metadata"] = ",".join(encoded)
    return response


def quoted(value: str) -> bytes:
    """The bytes of a value as metadata carries it."""
    return value.encode("utf-8", "replace")


def _told(response: HttpResponse, upload: Upload) -> HttpResponse:
    response["Upload-Offset"] = str(upload.offset)
    response["Upload-Expires"] = http_date(upload.expires_at.timestamp())
    response[STATE_HEADER] = State(upload.state).value  # not every server takes an enum for a string
    return response


def _capabilities() -> HttpResponse:
    headers = {
        "Tus-Version": VERSION,
        "Tus-Max-Size": str(settings.GONGKAI_PUBLIC_UPLOAD_MAX_BYTES),
        "Tus-Extension": _EXTENSIONS,
        "Tus-Checksum-Algorithm": ",".join(CHECKSUMS),
    }
    return HttpResponse(status=204, headers=headers)


def _number(request: HttpRequest, header: str) -> int:
    value = request.headers.get(header, "")
    if not (value.isascii() and value.isdigit() and len(value) < 19):
        raise Problem(400, f"请求头 {header} 应是不小于 0 的整数。")
    return int(value)


def _metadata(header: str) -> dict[str, str]:
    """``key base64,key base64``; raises Problem 400."""
    told = {}
    for pair in filter(None, (one.strip() for one in header.split(","))):
        key, _, encoded = pair.partition(" ")
        try:
            told[key] = base64.b64decode(encoded, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            raise Problem(400, f"Upload-Metadata 的 {quote(key)} 不是 base64 编码的 UTF-8。") from None
    return told
