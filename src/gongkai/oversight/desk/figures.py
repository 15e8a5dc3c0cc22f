"""年报数据: a department's months of a year in one table; who owes what; import from a workbook; who answers for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.agencies.access import DeskRequest, desk_view
from gongkai.agencies.bodies import Department
from gongkai.law.annual_report.formats import format_of
from gongkai.ledger import moment
from gongkai.oversight.actions import registers as actions
from gongkai.oversight.actions.registers import Entered
from gongkai.oversight.annual_report import importing, progress
from gongkai.oversight.annual_report.definitions import sources_of
from gongkai.oversight.annual_report.powers import DEPARTMENTS, OFFICE
from gongkai.oversight.annual_report.registers import MonthlyFigure
from gongkai.oversight.annual_report.sources import SOURCES, Nature, Source
from gongkai.oversight.desk.reports import FIRST_YEAR
from gongkai.oversight.queries import access_assignments, access_departments, access_figures
from gongkai.publishing.desk import notices
from gongkai.texts.reading import UnreadableFile

_ROLES = tuple(sorted(OFFICE | DEPARTMENTS))
_LARGEST = 5 * 1024 * 1024


@dataclass(frozen=True)
class Field:
    """One month of one source: what is in the field, and why it cannot be."""

    name: str
    month: int
    value: str
    error: str = ""
    title: str = ""
    future: bool = False


@dataclass(frozen=True)
class Line:
    """A source with its twelve months; ``total``: their sum, or the last of a stock."""

    source: Source
    fields: Sequence[Field]
    total: str


@require_http_methods(["GET", "POST"])
@desk_view(*_ROLES)
def figures(request: DeskRequest) -> HttpResponse:
    """The table of one department and year; saving takes the whole of it."""
    year, department = _year(request), _department(request)
    if request.method != "POST" or department is None:
        return _page(request, year, department)
    entered, errors = _read(request.POST, department, year)
    if not errors:
        try:
            written = actions.enter(department, entered, by=request.user)
        except ValidationError as error:
            errors = {name: "；".join(told) for name, told in error.message_dict.items()}
        else:
            told = f"已保存{len(written)}项。" if written else "没有改动。"
            notices.done(request, f"{department.name}：{told}")
            return HttpResponseRedirect(_address(year, department))
    return _page(request, year, department, typed=request.POST, errors=errors, status=422)


@require_POST
@desk_view(*_ROLES)
def take_in(request: DeskRequest) -> HttpResponse:
    """Import a workbook: all that could be read, or nothing."""
    year, department = _year(request), _department(request)
    file = request.FILES.get("file")
    if department is None:
        raise Http404("没有这个处室。")
    if file is None or (file.size or 0) > _LARGEST:
        return _page(request, year, department, reasons=["请选择不超过5MB的 .xlsx 文件。"], status=422)
    try:
        read = importing.read(file.read(), year)
        if read.refused:
            return _page(request, year, department, reasons=read.refused, status=422)
        written = actions.enter(department, read.figures, by=request.user, imported_from=file.name or "")
    except (UnreadableFile, ValidationError) as error:
        told = error.messages if isinstance(error, ValidationError) else [str(error)]
        return _page(request, year, department, reasons=told, status=422)
    notices.done(request, f"读到{len(read.figures)}项，写入{len(written)}项。")
    return HttpResponseRedirect(_address(year, department))


@require_POST
@desk_view(*sorted(OFFICE))
def assign(request: DeskRequest) -> HttpResponse:
    """The department answers for a source, or not any more."""
    year, department = _year(request), _department(request)
    if department is None:
        raise Http404("没有这个处室。")
    try:
        if request.POST.get("act") == "relieve":
            one = access_assignments(request.user).get(department=department, source=request.POST.get("source", ""))
            actions.relieve(one, on=moment.today(), by=request.user)
        else:
            since = moment.today().replace(year=year, month=1, day=1)
            actions.assign(department, request.POST.get("source", ""), since=since, by=request.user)
    except access_assignments(request.user).model.DoesNotExist:
        raise Http404("没有这项填报。") from None
    except ValidationError as error:
        return _page(request, year, department, reasons=error.messages, status=422)
    notices.done(request, "已记下。")
    return HttpResponseRedirect(_address(year, department))


@require_POST
@desk_view(*sorted(OFFICE))
def remind(request: DeskRequest) -> HttpResponse:
    """Ask a department for what it owes."""
    year, department = _year(request), _department(request)
    if department is None:
        raise Http404("没有这个处室。")
    try:
        actions.remind(department, year, text=request.POST.get("text", ""), by=request.user)
    except ValidationError as error:
        return _page(request, year, department, reasons=error.messages, status=422)
    notices.done(request, f"已催报：{department.name}。")
    return HttpResponseRedirect(_address(year, department))


def _year(request: DeskRequest) -> int:
    given = request.POST.get("year") or request.GET.get("year", "")
    year = int(given) if given.isdecimal() and len(given) == 4 else moment.today().year
    return max(FIRST_YEAR, min(year, moment.today().year))


def _department(request: DeskRequest) -> Department | None:
    allowed = access_departments(request.user)
    given = request.POST.get("department") or request.GET.get("department", "")
    if given:
        found = allowed.filter(pk=int(given)).first() if given.isdecimal() else None
        if found is None:
            raise Http404("没有这个处室。")
        return found
    return _first_shown(request, list(allowed))


def _first_shown(request: DeskRequest, allowed: Sequence[Department]) -> Department | None:
    """The own department; whoever enters for others begins with the first that has something to enter."""
    assigned = progress.assignments_of(request.user.agency, _year(request))
    answering = [one.department for one in assigned if one.department in allowed]
    own = request.user.department
    if own in answering or (own in allowed and not answering):
        return own
    return next(iter([*answering, *allowed]), None)


def _address(year: int, department: Department) -> str:
    return f"{reverse('oversight:figures')}?year={year}&department={department.pk}"


def _read(posted: QueryDict, department: Department, year: int) -> tuple[list[Entered], dict[str, str]]:
    """What was typed; a field left empty says nothing."""
    entered, errors = [], {}
    for key in sources_of(format_of(year)):
        for month in range(1, 13):
            name = f"{key}-{month}"
            text = posted.get(name, "").strip().replace(",", "").replace("，", "")
            if not text:
                continue
            try:
                entered.append(Entered(key, year, month, Decimal(text), posted.get(f"note-{name}", "")))
            except InvalidOperation:
                errors[name] = f"“{text}”不是数字。"
    return entered, errors


def _page(
    request: DeskRequest,
    year: int,
    department: Department | None,
    *,
    typed: QueryDict | None = None,
    errors: dict[str, str] | None = None,
    reasons: Sequence[str] = (),
    status: int = 200,
) -> HttpResponse:
    today = moment.today()
    allowed = list(access_departments(request.user))
    known = {one.pk for one in allowed}
    owed = [one for one in progress.owed(request.user.agency, year, today) if one.department.pk in known]
    mine = list(access_assignments(request.user).filter(department=department, until=None)) if department else []
    rows = list(access_figures(request.user, year).filter(department=department)) if department else []
    keys = {one.source for one in mine} | {one.source for one in rows}
    lines = [_line(SOURCES[key], rows, typed, errors or {}, year) for key in sources_of(format_of(year)) if key in keys]
    context: dict[str, Any] = {
        "year": year,
        "years": range(today.year, FIRST_YEAR - 1, -1),
        "department": department,
        "departments": allowed,
        "lines": lines,
        "months": range(1, 13),
        "assigned": [(one, SOURCES[one.source]) for one in mine],
        "unassigned": [SOURCES[key] for key in sources_of(format_of(year)) if key not in {one.source for one in mine}],
        "owed": owed,
        "may_assign": request.user.holds(OFFICE),
        "errors": errors,
        "reasons": reasons,
        "latest": sorted(rows, key=lambda one: one.at, reverse=True)[:8],
        "sources": SOURCES,
        "undo": None,
    }
    return render(request, "oversight/desk/figures.html", context, status=status)


def _line(
    source: Source, rows: Sequence[MonthlyFigure], typed: QueryDict | None, errors: dict[str, str], year: int
) -> Line:
    there = {one.month: one for one in rows if one.source == source.key}
    today = moment.today()
    fields = []
    for month in range(1, 13):
        name = f"{source.key}-{month}"
        one = there.get(month)
        value = typed.get(name, "") if typed is not None else (f"{one.value.normalize():f}" if one else "")
        who = f"{one.by.name if one.by else '系统'} {one.at:%Y-%m-%d}" if one else ""
        future = (year, month) > (today.year, today.month)
        fields.append(Field(name, month, value, errors.get(name, ""), who, future))
    values = [there[month].value for month in sorted(there)]
    total = (sum(values, Decimal(0)) if source.nature is Nature.FLOW else values[-1]) if values else None
    return Line(source, fields, f"{total.normalize():f}" if total is not None else "")
