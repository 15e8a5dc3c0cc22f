"""Files of a draft: taken in, put in order, taken off; and shown to staff, who may see what the public may not yet."""

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape
from django.utils.http import content_disposition_header
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from gongkai.agencies.access import DeskRequest, desk_view
from gongkai.catalog import queries, storage
from gongkai.catalog.actions import content
from gongkai.catalog.actions.documents import save_draft
from gongkai.catalog.editions import Edition
from gongkai.catalog.files import FileRole, StoredFile
from gongkai.publishing.actions import drafting
from gongkai.publishing.desk import notices, uploading
from gongkai.publishing.desk.attached import desk_url, row
from gongkai.publishing.desk.forms import DraftForm
from gongkai.publishing.desk.review import edition_or_404
from gongkai.publishing.desk.screen import WRITERS, editor_page, refusal

# Nothing in a file of a draft runs, whatever it claims to be.
_SANDBOX = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox"


@uploading.bounded
@require_POST
@desk_view(*WRITERS)
def upload(request: DeskRequest, pk: int) -> HttpResponse:
    """Take files in: ``as=image`` a picture for the text (with ``alt``), else attachments.

    JSON ``{"name", "url", "html", "version", "width", "height"}`` or ``{"error"}`` for a script; else back to the page,
    where a picture stands at the end of the text.
    """
    edition = edition_or_404(request.user, pk)
    role = FileRole.IMAGE if request.GET.get("as", request.POST.get("as")) == "image" else FileRole.ATTACHMENT
    given = request.FILES.getlist("file")
    try:
        reason = refusal(request.user, edition)
        if reason:
            raise ValidationError({"file": reason})
        if not given:
            raise ValidationError({"file": "请选择要上传的文件。"})
        stored = [_taken(request, edition, one, role) for one in given]
    except ValidationError as error:
        told = "；".join(error.messages)
        if uploading.wants_json(request):
            return JsonResponse({"error": told}, status=422)
        edition = edition_or_404(request.user, pk)
        return editor_page(request, edition, DraftForm(edition), file_error=told, status=422)
    if uploading.wants_json(request):
        return JsonResponse(_told(request, edition_or_404(request.user, pk), stored[-1]))
    if role == FileRole.IMAGE:
        _put_at_end(request, edition, stored)
    notices.done(request, f"已上传{len(stored)}个文件。")
    return _back(pk)


@require_POST
@desk_view(*WRITERS)
def arrange(request: DeskRequest, pk: int, code: str) -> HttpResponse:
    """``act``: up, down, remove, or keep (the original, with a ``note``) one attachment."""
    edition = edition_or_404(request.user, pk)
    stored = StoredFile.objects.filter(code=code, uses__edition=edition).first()
    if stored is None:
        raise Http404("这份草稿没有这个文件，可能已经移除。")
    act = request.POST.get("act", "")
    try:
        reason = refusal(request.user, edition)
        if reason:
            raise ValidationError(reason)
        if act in {"up", "down"}:
            content.move_file(edition, stored, up=act == "up", by=request.user)
        elif act == "remove":
            content.remove_file(edition, stored, by=request.user)
            notices.done(request, f"已移除“{stored.name}”。")
        elif act == "keep":
            content.keep_original(edition, stored, note=request.POST.get("note", ""), by=request.user)
            notices.done(request, f"“{stored.name}”将原样公开，理由已记录。")
    except ValidationError as error:
        notices.failed(request, "；".join(error.messages))
    return _back(pk)


@require_safe
@desk_view()  # type: ignore[arg-type] # streamed, unlike pages
@xframe_options_sameorigin
def file(request: DeskRequest, code: str, name: str) -> HttpResponseBase:
    """A file for staff who may see its document. Only pictures and the like are shown; all else is a download, and what
    a text came from is given as it came."""
    try:
        stored = queries.access_file(request.user, code)
    except StoredFile.DoesNotExist:
        raise Http404("没有这个文件，或者它不属于您的处室。") from None
    is_source = stored.role == FileRole.SOURCE
    kept = stored.original if is_source else stored.offered
    response = FileResponse(storage.open_file(kept), content_type=stored.content_type)
    download = is_source or not stored.inline_safe
    response["Content-Disposition"] = content_disposition_header(download, stored.name) or "attachment"
    response["Content-Security-Policy"] = _SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    return response


def _taken(request: DeskRequest, edition: Edition, given: UploadedFile, role: FileRole) -> StoredFile:
    uploading.demand_room(request)
    uploading.demand_size(given)
    alt = " ".join(request.POST.get("alt", "").split())[:300]
    if role == FileRole.IMAGE and not alt:
        raise ValidationError({"file": "请填写图片说明文字：图里有什么，供看不见图的人了解。"})
    return content.add_file(edition, name=given.name or "", data=given.read(), role=role, by=request.user, alt=alt)


def _told(request: DeskRequest, edition: Edition, stored: StoredFile) -> dict[str, object]:
    html = render_to_string("publishing/editor_file.html", {"row": row(stored), "edition": edition}, request)
    return {
        "name": stored.name,
        "url": desk_url(stored),
        "html": html,
        "version": drafting.stamp(edition),
        "width": stored.width,
        "height": stored.height,
    }


def _put_at_end(request: DeskRequest, edition: Edition, stored: list[StoredFile]) -> None:
    figures = "".join(
        f'<figure><img src="{escape(one.get_absolute_url())}" alt="{escape(one.alt)}"></figure>' for one in stored
    )
    edition = edition_or_404(request.user, edition.pk)
    save_draft(edition, by=request.user, version=edition.version, facts={"body": edition.body + figures})


def _back(pk: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("desk:edit", args=[pk]) + "#files")
