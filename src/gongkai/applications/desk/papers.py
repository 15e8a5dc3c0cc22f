"""卷内材料 at the desk: listed, redacted, and opened by those whose work it is; each opening is recorded."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST

from gongkai.agencies.access import DeskRequest, desk_view
from gongkai.agencies.officers import Officer
from gongkai.applications import case_files
from gongkai.applications.actions.filing import REFUSED, WAITING
from gongkai.applications.actions.redacting import DRAWS
from gongkai.applications.applications import Application
from gongkai.applications.desk.case import case_or_404
from gongkai.applications.desk.panels import Panel, register
from gongkai.applications.files import CaseFile, FileRole
from gongkai.applications.powers import DEPARTMENT, WHOLE_AGENCY, roles_over
from gongkai.interfaces import downloads
from gongkai.ledger.persons import Forgotten

_PERSONAL = frozenset({FileRole.IDENTITY, FileRole.AUTHORITY, FileRole.PAYMENT, FileRole.LETTER, FileRole.EVIDENCE})
"""What says who applied: not for departments."""


def context(request: HttpRequest, case: Application) -> dict[str, Any] | None:
    """The files of the case, with what this officer may do with each."""
    officer = request.user
    if not isinstance(officer, Officer):
        return None
    roles = roles_over(officer, case)
    return {"files": [_row(one, roles) for one in case.files.all()]}


def _row(file: CaseFile, roles: frozenset[str]) -> dict[str, Any]:
    there = bool(file.place) and file.erased_at is None
    drawn = file.role == FileRole.RECORD and there and bool(roles & DRAWS)
    waits = {WAITING: "正在检查", REFUSED: "含有病毒，已拒收"}.get(file.scanned, "")
    return {"file": file, "may_open": there and _may_open(file, roles), "may_redact": drawn, "waits": waits}


def _may_open(file: CaseFile, roles: frozenset[str]) -> bool:
    return bool(roles & WHOLE_AGENCY) or (bool(roles & DEPARTMENT) and file.role not in _PERSONAL)


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
    register(Panel("papers", "卷内材料", "applications/desk/papers.html", context, order=90))
