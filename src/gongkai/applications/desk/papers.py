"""卷内材料 at the desk: listed, redacted, and opened by those whose work it is; each opening is recorded."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST

from gongkai.agencies.access import DeskRequest, desk_view
from gongkai.agencies.officers import Officer
from gongkai.applications import case_files
from gongkai.applications.actions import papers as actions
from gongkai.applications.actions.filing import REFUSED, WAITING
from gongkai.applications.actions.redacting import DRAWS
from gongkai.applications.applications import Application
from gongkai.applications.desk.case import case_or_404, case_page
from gongkai.applications.desk.letter_forms import PaperForm
from gongkai.applications.desk.panels import Panel, register, remember, tried
from gongkai.applications.files import CaseFile, FileRole
from gongkai.applications.powers import DEPARTMENT, OFFICE, WHOLE_AGENCY, roles_over
from gongkai.interfaces import downloads
from gongkai.ledger.persons import Forgotten
from gongkai.procedures.engine import Refused
from gongkai.publishing.desk import notices, uploading

_KEY = "papers"
_PERSONAL = frozenset({FileRole.IDENTITY, FileRole.AUTHORITY, FileRole.PAYMENT, FileRole.LETTER, FileRole.EVIDENCE})
"""What says who applied: not for departments."""
_OF_ITEMS = frozenset({FileRole.RECORD, FileRole.PROVIDED, FileRole.OPINION, FileRole.SUPPLEMENT, FileRole.INTERNAL})
"""What may belong to one item of several."""


def context(request: HttpRequest, case: Application) -> dict[str, Any] | None:
    """The files of the case, with what this officer may do with each."""
    officer = request.user
    if not isinstance(officer, Officer):
        return None
    roles = roles_over(officer, case)
    form = tried(request, _KEY) or PaperForm(case, office=bool(roles & OFFICE))
    return {
        "files": [_row(one, roles, case) for one in case.files.all()],
        "form": form if roles & (OFFICE | DEPARTMENT) else None,
        "open": form.is_bound,
    }


def _row(file: CaseFile, roles: frozenset[str], case: Application) -> dict[str, Any]:
    there = bool(file.place) and file.erased_at is None
    drawn = file.role == FileRole.RECORD and there and bool(roles & DRAWS)
    waits = {WAITING: "正在检查", REFUSED: "含有病毒，已拒收"}.get(file.scanned, "")
    row = {"file": file, "may_open": there and _may_open(file, roles), "may_redact": drawn, "waits": waits}
    return row | {"of": _belongs_to(file, case)}


def _belongs_to(file: CaseFile, case: Application) -> str:
    """第2项, 整件申请; nothing where no item could be meant."""
    items = list(case.items.all())
    position = next((one.position for one in items if one.pk == file.item_id), None)
    if position is not None:
        return f"第{position}项"
    return "整件申请" if len(items) > 1 and file.role in _OF_ITEMS else ""


def _may_open(file: CaseFile, roles: frozenset[str]) -> bool:
    return bool(roles & WHOLE_AGENCY) or (bool(roles & DEPARTMENT) and file.role not in _PERSONAL)


@uploading.bounded
@require_POST
@desk_view()
def add(request: DeskRequest, pk: int) -> HttpResponse:
    """Put a file into the case."""
    case = case_or_404(request.user, pk)
    office = bool(roles_over(request.user, case) & OFFICE)
    form = PaperForm(case, office=office, data=request.POST, files=request.FILES)
    if form.is_valid():
        given, (role, item) = form.cleaned_data["file"], form.chosen
        try:
            uploading.demand_room(request)
            uploading.demand_size(given)
            kept = actions.add(case, given.read(), name=given.name or "", role=role, by=request.user, item=item)
        except ValidationError as error:
            form.add_error("file", error.messages)
        except Refused as refused:
            form.add_error("file", refused.reasons)
        else:
            notices.done(request, f"已存入：{kept.get_role_display()}“{kept.name}”。")
            return HttpResponseRedirect(f"{case.get_absolute_url()}#papers")
    remember(request, _KEY, form)
    return case_page(request, case, status=422)


@require_POST
@desk_view()  # type: ignore[arg-type] # streamed, unlike pages
def download(request: DeskRequest, pk: int, code: UUID) -> HttpResponseBase:
    """A file of the case, as a download; who opened it is in the ledger first."""
    case = case_or_404(request.user, pk)
    file = case.files.filter(code=code).first()
    if file is None or not file.place or file.erased_at is not None:
        raise Http404("本件里没有这份材料，或者它已按规定删除。")
    if not _may_open(file, roles_over(request.user, case)):
        raise PermissionDenied("这份材料由公开工作机构查看。")
    file.application = case
    try:
        chunks = case_files.opened(file, by=request.user, why="下载")
    except Forgotten:
        raise Http404("文件已按规定删除。") from None
    return downloads.attachment(name=file.name, content_type=file.content_type, chunks=chunks, size=file.size)


def register_panel() -> None:
    """Declare the panel; called once, when the application is ready."""
    register(Panel(_KEY, "卷内材料", "applications/desk/papers.html", context, order=90))
