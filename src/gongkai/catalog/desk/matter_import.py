"""Moving a full list in: choose the workbook, look at what it would change, carry it out."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from gongkai.agencies.access import desk_view
from gongkai.agencies.officers import Officer
from gongkai.catalog.actions import matter_import as actions
from gongkai.catalog.desk.matter_forms import UploadForm
from gongkai.catalog.desk.matters import KEEPERS
from gongkai.catalog.full_list import planning, reading
from gongkai.catalog.full_list.headings import LABELS
from gongkai.catalog.matters import MatterImport
from gongkai.texts.reading import UnreadableFile


@desk_view(*KEEPERS)
def upload(request: HttpRequest) -> HttpResponse:
    """Take the file and read it. Nothing of the list changes; what was read is kept to be looked at."""
    officer = cast(Officer, request.user)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            read = reading.read(file.read(), officer.agency)
        except UnreadableFile as error:
            form.add_error("file", str(error))
        else:
            kept = actions.keep_import(officer.agency, read, name=file.name, by=officer)
            return redirect("matters:preview", kept.pk)
    done = MatterImport.objects.filter(agency=officer.agency).exclude(done_at=None).select_related("officer")[:10]
    context = {"form": form, "labels": list(LABELS.values()), "done": list(done)}
    return render(request, "catalog/desk/matter_import.html", context)


@desk_view(*KEEPERS)
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What the import would add, change, take away and leave out; a button that does just that."""
    officer = cast(Officer, request.user)
    one = get_object_or_404(MatterImport, pk=pk, agency=officer.agency_id)
    if request.method == "POST" and one.done_at is None:
        seen, removing = request.POST.get("seen", ""), request.POST.get("remove_missing") == "on"
        try:
            done = actions.carry_out(one, by=officer, seen=seen, remove_missing=removing)
        except ValidationError as error:
            messages.error(request, "；".join(error.messages))
        else:
            messages.success(request, _told(done, removing))
            return redirect("matters:list")
    context = {"one": one, "plan": planning.plan(one, officer.agency)}
    return render(request, "catalog/desk/matter_preview.html", context)


def _told(done: planning.Plan, removing: bool) -> str:
    parts = [f"增加{len(done.added)}项", f"修改{len(done.changed)}项"]
    parts += [f"取消{len(done.missing)}项"] if removing else []
    parts += [f"{len(done.refused)}行有误、没有导入"] if done.refused else []
    return f"已导入：{'，'.join(parts)}。"
