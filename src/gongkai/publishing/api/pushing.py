"""报送: an OA system sends drafts and asks what became of them. Everything needs a token of the agency."""

import base64
import binascii
import hashlib
import posixpath
from collections.abc import Sequence
from typing import Annotated, Any, cast

from django.http import HttpRequest, HttpResponse
from ninja import Field, File, Form, Header, Path, Query, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import ValidationError as Unfit

from gongkai.agencies.bearer import Bearer
from gongkai.agencies.tokens import ApiToken, TokenAct
from gongkai.catalog.api.telling import Telling, agency_ref, keyed
from gongkai.catalog.editions import Edition
from gongkai.catalog.header import BY_KEY
from gongkai.interfaces.paging import PAGE, CursorText, Limit, link_next, pack, unpack
from gongkai.interfaces.problems import Problem, of_unfit
from gongkai.interfaces.values import Code, Text
from gongkai.law import articles
from gongkai.publishing import incoming, push_states
from gongkai.publishing.actions import pushing
from gongkai.publishing.api.shapes import PushIn, PushOut, PushPage, PushState, TokenOut
from gongkai.publishing.checks.registry import Report
from gongkai.publishing.pushes import Push, access_pushes, editions_of

router = Router(tags=["报送"])
_SEND, _ASK = Bearer(TokenAct.PUSH), Bearer(TokenAct.READ_STATE)
Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[\x21-\x7e]{1,200}$",
        description="这次报送的唯一编号。没有收到答复时原样重送，不会重复建立；同一编号不能用于不同的内容",
    ),
]
File_ = tuple[str, bytes]


class AskedPushes(Schema):
    """Which of them."""

    source_id: Text | None = Field(None, max_length=100, description="来文系统中的编号")
    cursor: CursorText | None = None
    limit: Limit = PAGE


@router.get("/token", response=TokenOut, auth=Bearer(), url_name="token", summary="令牌情况", operation_id="token")
def token(request: HttpRequest) -> Any:
    """令牌属于哪个机关、能做什么、何时到期；可以填的处室和不予公开的依据。"""
    own = _token(request)
    departments = own.agency.departments.filter(abolished_on=None)
    if own.department is not None:
        departments = departments.filter(pk=own.department.pk)
    return {
        "name": own.name,
        "agency": agency_ref(own.agency),
        "department": own.department.name if own.department else None,
        "acts": [keyed(act, str(TokenAct(act).label)) for act in own.acts],
        "expires_on": own.expires_on,
        "departments": [one.name for one in departments],
        "grounds": [keyed(one.key, one.label) | {"article": one.article} for one in articles.GROUNDS],
    }


@router.post(
    "/pushes",
    response={201: PushOut, 200: PushOut},
    auth=_SEND,
    url_name="pushes",
    summary="报送一份草稿",
    operation_id="push",
)
def push(request: HttpRequest, response: HttpResponse, draft: PushIn, key: Key) -> Any:
    """以 JSON 报送；附件和正文文件以 base64 写在里面，整个请求不超过 20 MB，更大的用表单报送。

    建立的是草稿：照常检查，出现在指定处室的工作台，由承办人核对后送审，不会绕过审核。答复中的 findings 是检查结果，
    blocked 为 true 的，送审前须先处理。试送（dry_run）答 200，什么也不留下。
    """
    source = _decoded(draft.body_file.name, draft.body_file.content, "body_file") if draft.body_file else None
    files = [_decoded(one.name, one.content, f"attachments.{at}") for at, one in enumerate(draft.attachments)]
    digest = hashlib.sha256(draft.model_dump_json().encode()).hexdigest()
    return _taken(request, response, _sent(draft, source, files, key, digest), draft.dry_run)


@router.post(
    "/pushes/form",
    response={201: PushOut, 200: PushOut},
    auth=_SEND,
    url_name="pushes_form",
    summary="以表单报送一份草稿",
    operation_id="push_form",
)
def push_form(
    request: HttpRequest,
    response: HttpResponse,
    key: Key,
    draft: Annotated[str, Form(description="PushIn 的 JSON；其中不再写 body_file 和 attachments")],
    body_file: Annotated[UploadedFile | None, File(description="正文文件")] = None,
    attachments: Annotated[list[UploadedFile] | None, File(description="附件")] = None,
) -> Any:
    """同上，文件以 multipart/form-data 上传，单个文件的上限与工作台相同。"""
    try:
        given = PushIn.model_validate_json(draft)
    except Unfit as error:
        raise of_unfit(error, "draft") from None
    if given.body_file is not None or given.attachments:
        raise Problem(422, "以表单报送的，文件作为表单的一部分上传，draft 中不写 body_file 和 attachments。")
    source = _uploaded(body_file) if body_file is not None else None
    files = [_uploaded(one) for one in attachments or ()]
    digest = hashlib.sha256(given.model_dump_json().encode())
    for name, data in [*([source] if source else []), *files]:
        digest.update(f"\n{name}\n{hashlib.sha256(data).hexdigest()}".encode())
    return _taken(request, response, _sent(given, source, files, key, digest.hexdigest()), given.dry_run)


@router.get("/pushes", response=PushPage, auth=_ASK, summary="报送的清单", operation_id="pushes")
def pushes(request: HttpRequest, response: HttpResponse, asked: Query[AskedPushes]) -> Any:
    """本机关（令牌限于处室的，本处室）收到的全部报送和各自的进展，新的在前。可按来文系统的编号找。"""
    rows = access_pushes(_token(request)).order_by("-id")
    if asked.source_id:
        rows = rows.filter(source_id=asked.source_id)
    if asked.cursor:
        rows = rows.filter(pk__lt=unpack(asked.cursor)[1])
    found = list(rows[: asked.limit + 1])
    further = pack(0, found[asked.limit - 1].pk) if len(found) > asked.limit else None
    link_next(request, response, further)
    return {"items": _states(request, found[: asked.limit]), "next": further}


@router.get(
    "/pushes/{id}", response=PushState, auth=_ASK, url_name="push", summary="一份报送的进展", operation_id="push_state"
)
def push_state(request: HttpRequest, id: Path[Code]) -> Any:
    """到了哪一步、等谁办理、各环节的意见、退回的理由、发布后的地址。"""
    found = access_pushes(_token(request)).filter(code=id).first()
    if found is None:
        raise Problem(404, "没有这份报送，或者它不属于这个令牌的机关和处室。")
    return _states(request, [found])[0]


def _token(request: HttpRequest) -> ApiToken:
    return cast(ApiToken, cast(Any, request).auth)


def _states(request: HttpRequest, found: list[Push]) -> list[dict[str, Any]]:
    """Three queries whatever their number."""
    telling, editions = Telling(request), editions_of(found)
    reviews = push_states.reviews_of(list(editions.values()))
    told = []
    for one in found:
        edition = editions[one.document_id]
        url = telling.web(one.agency_id, one.document.get_absolute_url())
        told.append(push_states.state_of(one, edition, reviews[edition.pk], url))
    return told


def _sent(draft: PushIn, source: File_ | None, files: Sequence[File_], key: str, digest: str) -> pushing.Sent:
    if draft.body.strip() and source is not None:
        raise Problem(422, "正文只用一样：body 或者 body_file。", errors=[("body.body", "与 body_file 只用一样。")])
    facts: dict[str, Any] = {name: getattr(draft, name) for name in BY_KEY}
    facts["keywords"] = " ".join(draft.keywords)
    for name in ("issuer", "source"):
        if not facts[name]:
            del facts[name]  # the agency's own
    facts |= {"disclosure": draft.disclosure, "ground": draft.ground, "ground_note": draft.ground_note}
    text = incoming.pasted(draft.body.replace("\x00", "")) if draft.body.strip() else None
    if source is not None:
        text = incoming.read(*source)
    return pushing.Sent(
        type_key=draft.type,
        facts=facts,
        department=draft.department,
        text=text,
        source=source,
        attachments=files,
        source_id=draft.source_id,
        key=key,
        digest=digest,
    )


def _taken(request: HttpRequest, response: HttpResponse, sent: pushing.Sent, dry_run: bool) -> Any:
    telling = Telling(request)

    def answer(made: Push, edition: Edition, report: Report) -> dict[str, Any]:
        url = telling.web(made.agency_id, edition.document.get_absolute_url())
        told = push_states.state_of(made, edition, [], url)
        told |= {"dry_run": dry_run, "blocked": report.blocked, "findings": push_states.findings(report)}
        return PushOut(**told).model_dump(mode="json")

    if dry_run:
        return Status(200, pushing.trial(sent, by=_token(request), answer=answer) | {"id": None})
    try:
        told, again = pushing.push(sent, by=_token(request), answer=answer)
    except pushing.KeyTaken:
        detail = "这个 Idempotency-Key 已经用于另一次内容不同的报送，请换一个编号。"
        raise Problem(422, detail, errors=[("header.Idempotency-Key", detail)]) from None
    response["Location"] = telling.api("push", told["id"])
    if again:
        response["Idempotent-Replayed"] = "true"
    return Status(201, told)


def _decoded(name: str, content: str, field: str) -> File_:
    try:
        return _plain_name(name), base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError):
        raise Problem(
            422, f"“{name}”的内容不是正确的 base64。", errors=[(f"body.{field}.content", "不是正确的 base64。")]
        ) from None


def _uploaded(file: UploadedFile) -> File_:
    return _plain_name(file.name or "附件"), file.read()


def _plain_name(name: str) -> str:
    """The last part of a path, as an upload from a browser has it."""
    return posixpath.basename(name.replace("\\", "/")).strip()[:200] or "附件"
