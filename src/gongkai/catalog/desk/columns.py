"""Columns on the desk: the tree with how up to date each is; a column's rule, place and hand-picked documents."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from gongkai.agencies.access import desk_view
from gongkai.agencies.officers import Officer
from gongkai.agencies.queries import primary_host
from gongkai.agencies.roles import Role
from gongkai.agencies.sites import site_url
from gongkai.catalog import queries
from gongkai.catalog.actions import columns as actions
from gongkai.catalog.columns import Column, ColumnNode
from gongkai.catalog.desk.column_forms import ColumnForm, PicksForm, TopicForm
from gongkai.catalog.documents import Topic
from gongkai.law.upkeep import upkeep_status
from gongkai.ledger import timeline

_KEEPERS = (Role.DISCLOSURE_OFFICER, Role.DISCLOSURE_HEAD, Role.ADMIN)


@desk_view()
def columns(request: HttpRequest) -> HttpResponse:
    """The agency's tree, each column with its duty and how it stands. One query for the tree, one per column that has
    a duty (they are some dozens, and each is an index lookup)."""
    officer = cast(Officer, request.user)
    rows = list(_rows(queries.column_tree(officer.agency), 0))
    late = [row for row in rows if row["status"] is not None and row["status"].state.value in {"stale", "empty"}]
    context = {"rows": rows, "late": late, "may_change": officer.holds(_KEEPERS)}
    return render(request, "catalog/desk/columns.html", context)


def _rows(nodes: list[ColumnNode], depth: int) -> Any:
    today = timezone.localdate()
    for node in nodes:
        column = node.column
        duty = column.duty_info
        status, last = None, None
        if duty.period is not None:
            last = queries.last_update(column)
            status = upkeep_status(duty, timezone.localdate(last) if last else None, today)
        yield {"column": column, "depth": depth, "duty": duty, "status": status, "last": last}
        yield from _rows(node.children, depth + 1)


@desk_view(*_KEEPERS)
def new_column(request: HttpRequest) -> HttpResponse:
    """Make a column."""
    officer = cast(Officer, request.user)
    form = ColumnForm(officer.agency, None, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.create_column(officer.agency, by=officer, **form.facts())
        except ValidationError as error:
            form.take(error)
        else:
            messages.success(request, f"已建立栏目“{made.name}”。")
            return redirect("columns:column", made.pk)
    return render(request, "catalog/desk/column.html", {"form": form, "column": None})


@desk_view(*_KEEPERS)
def column(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one column, its hand-picked documents, or remove it."""
    officer = cast(Officer, request.user)
    one = get_object_or_404(Column.objects.select_related("parent"), pk=pk, agency=officer.agency_id)
    act = request.POST.get("act", "") if request.method == "POST" else ""
    form = ColumnForm(officer.agency, one, request.POST if act == "change" else None)
    picks = PicksForm(officer, one, request.POST if act == "picks" else None)
    if act and _do(request, act, one, officer, form, picks):
        return redirect("columns:list" if act == "remove" else request.path)
    context = {
        "column": one,
        "form": form,
        "picks": picks,
        "picked": queries.picked(one),
        "address": site_url(primary_host(officer.agency) or request.get_host(), request, one.get_absolute_url()),
        "latest": list(queries.newest_in(one, queries.public_documents(), 10)),
        "timeline": timeline.of(one.ref())[::-1],
    }
    return render(request, "catalog/desk/column.html", context)


def _do(request: HttpRequest, act: str, one: Column, officer: Officer, form: ColumnForm, picks: PicksForm) -> bool:
    try:
        if act == "remove":
            actions.remove_column(one, by=officer)
            messages.success(request, f"已撤销栏目“{one.name}”；文件都在，只是不再由它收录。")
            return True
        if act == "picks" and picks.is_valid():
            actions.set_picks(one, picks.documents(), by=officer)
        elif act == "change" and form.is_valid():
            actions.change_column(Column.objects.get(pk=one.pk), by=officer, **form.facts())
        else:
            return False
    except ValidationError as error:
        if act == "remove":
            messages.error(request, "；".join(error.messages))
        else:
            form.take(error)
        return False
    messages.success(request, "已保存。")
    return True


@desk_view(*_KEEPERS)
def topics(request: HttpRequest) -> HttpResponse:
    """The agency's topics 专题."""
    officer = cast(Officer, request.user)
    form = TopicForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_topic(officer.agency, by=officer, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "已保存。")
            return redirect("columns:topics")
    rows = Topic.objects.filter(agency=officer.agency)
    return render(request, "catalog/desk/topics.html", {"topics": rows, "form": form})
