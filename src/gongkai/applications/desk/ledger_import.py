"""迁入既有台账: choose the workbook, look at what it would make and what is wrong with it, have it carried out."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.encoding import escape_uri_path
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies.access import DeskRequest, desk_view
from gongkai.applications.actions import taking_over as actions
from gongkai.applications.importing import planning, reading, template
from gongkai.applications.importing.headings import COLUMNS
from gongkai.applications.importing.planning import Fate
from gongkai.applications.queries import access_ledger_imports
from gongkai.applications.sheets import XLSX
from gongkai.applications.taking_over import LedgerImport, LineStatus
from gongkai.procedures.engine import Refused
from gongkai.publishing.desk import notices
from gongkai.texts.reading import UnreadableFile

_SHOWN = 300
"""Cases without problems that a page lists; those with problems it lists all."""


class UploadForm(forms.Form):
    """The workbook."""

    file = forms.FileField(
        label="台账文件", error_messages={"required": "请选择台账文件（.xlsx）。", "empty": "文件是空的。"}
    )

    def clean_file(self) -> Any:
        """Name and size; what is in it is read afterwards."""
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith(".xlsx"):
            raise forms.ValidationError("请上传 .xlsx 文件。旧版 .xls 和 WPS 表格请先“另存为” .xlsx。")
        if file.size > reading.MAX_BYTES:
            raise forms.ValidationError(f"文件超过{reading.MAX_BYTES // 1024 // 1024}MB，不像一份台账，请核对。")
        return file


@require_http_methods(["GET", "POST"])
@desk_view("disclosure_officer")
def upload(request: DeskRequest) -> HttpResponse:
    """Take the file and read it. No application is made; what was read is kept sealed, to be looked at."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            read = reading.read(file.read())
        except UnreadableFile as error:
            form.add_error("file", str(error))
        else:
            kept = actions.keep(request.user.agency, read.cases, name=file.name, by=request.user)
            for told in (*(f"没有用到的列：{one}。" for one in read.unknown_columns), *read.passed_over[:20]):
                notices.failed(request, told)
            return HttpResponseRedirect(reverse("applications:import_preview", args=[kept.pk]))
    before = access_ledger_imports(request.user).exclude(started_at=None).select_related("officer")[:10]
    context = {"form": form, "columns": COLUMNS, "before": list(before), "undo": None}
    return render(request, "applications/desk/import.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@desk_view("disclosure_officer")
def preview(request: DeskRequest, pk: int) -> HttpResponse:
    """What would be made; once it was started, how far it is and what became of each case."""
    one = access_ledger_imports(request.user).select_related("agency", "officer").filter(pk=pk).first()
    if one is None:
        raise Http404("没有这份台账，或者它已经被换掉。")
    if request.method == "POST":
        try:
            actions.start(one, by=request.user)
        except Refused as refusal:
            notices.failed(request, "；".join(refusal.reasons))
        else:
            notices.done(request, "已开始迁入，由系统在后台逐件办理；可以离开这一页。")
        return HttpResponseRedirect(reverse("applications:import_preview", args=[pk]))
    context = _progress(one) if one.started_at else _plan(one)
    return render(request, "applications/desk/import_preview.html", context | {"one": one, "undo": None})


def _plan(one: LedgerImport) -> dict[str, Any]:
    plan = planning.plan(actions.cases_of(one), one.agency)
    good = [row for row in plan.rows if row.fate is not Fate.REFUSED]
    return {
        "plan": plan,
        "counts": [
            {"label": fate.label, "value": number, "tone": "late" if fate is Fate.REFUSED and number else ""}
            for fate, number in plan.counts.items()
        ],
        "refused": plan.of(Fate.REFUSED),
        "good": good[:_SHOWN],
        "left_out": max(0, len(good) - _SHOWN),
    }


def _progress(one: LedgerImport) -> dict[str, Any]:
    lines = one.lines.select_related("application")
    counted = {status: one.lines.filter(status=status).count() for status in LineStatus}
    return {
        "lines": list(lines.exclude(status=LineStatus.REFUSED)[:_SHOWN]),
        "failed": list(lines.filter(status=LineStatus.REFUSED)),
        "left": one.cases - one.position,
        "counts": [{"label": str(LineStatus(status).label), "value": number} for status, number in counted.items()]
        + [{"label": "尚未办理", "value": one.cases - one.position}],
    }


@require_GET
@desk_view("disclosure_officer")
def blank(request: DeskRequest) -> HttpResponse:
    """The workbook to fill in."""
    response = HttpResponse(template.workbook(), content_type=XLSX)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{escape_uri_path('依申请公开台账模板.xlsx')}"
    return response
