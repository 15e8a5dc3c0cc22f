"""A new document: choose its type, say whose it is and whether it is disclosed, begin empty, from a file or pasted."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongkai.agencies.access import DeskRequest, desk_view
from gongkai.catalog import doctypes
from gongkai.catalog.doctypes import DocumentType
from gongkai.catalog.editions import Edition
from gongkai.publishing import incoming
from gongkai.publishing.actions import drafting
from gongkai.publishing.desk import notices, uploading
from gongkai.publishing.desk.attached import source_rows
from gongkai.publishing.desk.forms import NewForm
from gongkai.publishing.incoming import Incoming


@uploading.bounded
@require_http_methods(["GET", "POST"])
@desk_view("drafter", "disclosure_officer")
def new(request: DeskRequest) -> HttpResponse:
    """The cards of all types; with ``type`` chosen, the form to begin with."""
    kind = doctypes.all_types().get(request.GET.get("type", ""))
    if kind is None:
        context: dict[str, Any] = {"types": list(doctypes.all_types().values())}
        return render(request, "publishing/editor_types.html", context)
    sent = request.method == "POST"
    form = NewForm(request.user, kind, request.POST if sent else None, request.FILES if sent else None)
    if sent and form.is_valid():
        edition = _begun(request, kind, form)
        if edition is not None:
            return HttpResponseRedirect(reverse("desk:edit", args=[edition.pk]))
    context = {"form": form.for_display(), "kind": kind, "max_bytes": uploading.largest()}
    return render(request, "publishing/editor_new.html", context, status=422 if sent else 200)


def _begun(request: DeskRequest, kind: DocumentType, form: NewForm) -> Edition | None:
    """The draft; or None, with what is wrong at its field."""
    try:
        text, source = _text(request, form)
        edition = drafting.begin(
            agency=request.user.agency,
            type_key=kind.key,
            by=request.user,
            department=form.cleaned_data["department"],
            facts=form.facts(),
            text=text,
            source=source,
            request_key=form.cleaned_data["once"],
        )
    except ValidationError as error:
        _say(form, error)
        return None
    _tell(request, edition, text)
    return edition


def _text(request: DeskRequest, form: NewForm) -> tuple[Incoming | None, tuple[str, bytes] | None]:
    upload = form.cleaned_data["file"]
    if upload is not None:
        uploading.demand_room(request)
        uploading.demand_size(upload)
        data = upload.read()
        return incoming.read(upload.name, data), (upload.name, data)
    pasted = form.cleaned_data["pasted"]
    return (incoming.pasted(pasted), None) if pasted.strip() else (None, None)


def _say(form: NewForm, error: ValidationError) -> None:
    """What an action refused, at the field it names."""
    named: dict[str, Any] = error.message_dict if hasattr(error, "error_dict") else {"file": error.messages}
    for field, told in named.items():
        form.add_error(field if field in form.fields else None, told)


def _tell(request: DeskRequest, edition: Edition, text: Incoming | None) -> None:
    taken = text is not None and text.title and edition.title == text.title
    asked = "标题取自来稿，请核对。" if taken else ""
    notices.done(request, f"已建立草稿，索引号 {edition.document.index_number}。{asked}")
    if text is None:
        return
    hidden = sum(len(source.hidden) for source in source_rows(edition))
    if hidden:
        messages.warning(request, f"来稿中有 {hidden} 类读者看不到的内容，处理结果列在右侧“来稿”下，请核对。")
    if text.lost:
        messages.warning(request, f"有 {text.lost} 张图片没有随文字带来，请在正文中用“图片”逐张插入。")
    for warning in text.warnings:
        messages.warning(request, warning)
