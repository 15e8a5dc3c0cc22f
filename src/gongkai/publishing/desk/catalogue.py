"""文件: every document of the agency, by filters that stay in the address, keyset paging."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from gongkai.agencies.access import DeskRequest, desk_view
from gongkai.agencies.bodies import Department
from gongkai.agencies.officers import Officer
from gongkai.catalog import doctypes
from gongkai.catalog.documents import Document, DocumentState
from gongkai.catalog.editions import Edition, EditionState
from gongkai.catalog.queries import access_documents
from gongkai.publishing import worklist
from gongkai.publishing.clocks import Clocks
from gongkai.publishing.desk import notices
from gongkai.publishing.desk.tasks import bulk_events
from gongkai.publishing.worklist import OPEN_STATES

PAGE_SIZE = 50
_COUNTED_UP_TO = 1000  # beyond it the list says "1000+": nobody pages that far, and counting costs a full scan
_WRONG_DATE = "请填写日期，如 2026-11-23。"


class Filter(forms.Form):
    """What to list. Nothing chosen lists everything, the newest first."""

    q = forms.CharField(label="标题、文号、索引号", required=False, max_length=60)
    state = forms.ChoiceField(label="状态", required=False)
    type = forms.ChoiceField(label="类型", required=False)
    department = forms.ModelChoiceField(
        label="处室", required=False, queryset=Department.objects.none(), empty_label="全部处室"
    )
    drafter = forms.CharField(label="撰稿人", required=False, max_length=20)
    since = forms.DateField(
        label="建立自",
        required=False,
        error_messages={"invalid": _WRONG_DATE},
        widget=forms.DateInput({"type": "date"}),
    )
    until = forms.DateField(
        label="至", required=False, error_messages={"invalid": _WRONG_DATE}, widget=forms.DateInput({"type": "date"})
    )
    late = forms.BooleanField(label="只看超期未公开", required=False)

    def __init__(self, officer: Officer, data: Any) -> None:
        super().__init__(data, label_suffix="")
        self._choices("state").choices = [("", "全部状态"), *_states()]
        self._choices("type").choices = [("", "全部类型"), *doctypes.choices()]
        departments = self.fields["department"]
        if isinstance(departments, forms.ModelChoiceField):
            departments.queryset = Department.objects.filter(agency_id=officer.agency_id)

    def _choices(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        if not isinstance(field, forms.ChoiceField):
            raise TypeError(f"{name} is no choice")
        return field


@dataclass(frozen=True)
class Row:
    """One document with its newest edition and, when one is on its way, how urgent it is."""

    document: Document
    edition: Edition
    step: str
    open: bool
    late: str


@require_GET
@desk_view()
def documents(request: DeskRequest) -> HttpResponse:
    """The list: filters in the address, fixed number of queries."""
    form = Filter(request.user, request.GET)
    clocks = Clocks()
    rows = access_documents(request.user)
    if form.is_valid():
        rows = _filtered(rows, form.cleaned_data, request.user, clocks)
    before = request.GET.get("before", "")
    page_rows = rows.filter(pk__lt=int(before)) if before.isdigit() else rows
    page = list(
        page_rows.annotate(newest=Subquery(_newest().values("pk")[:1]))
        .select_related("department")
        .order_by("-pk")[: PAGE_SIZE + 1]
    )
    number = rows.order_by()[: _COUNTED_UP_TO + 1].count()
    context = {
        "form": form,
        "chosen": _chosen(form),
        "rows": _rows(page[:PAGE_SIZE], clocks),
        "further": _address(request, before=page[PAGE_SIZE - 1].pk) if len(page) > PAGE_SIZE else "",
        "first": _address(request) if before else "",
        "number": f"{_COUNTED_UP_TO}件以上" if number > _COUNTED_UP_TO else f"{number}件",
        "bulk_events": bulk_events(request.user),
        "here": request.get_full_path(),
        "may_draft": request.user.holds(("drafter", "disclosure_officer")),
        "undo": notices.undo(request),
    }
    return render(request, "publishing/documents.html", context)


def _states() -> list[tuple[str, str]]:
    """States of the document, and of an edition on its way."""
    of_documents = [(f"document.{state.value}", str(state.label)) for state in DocumentState]
    return [*of_documents, *((f"edition.{state}", EditionState(state).label) for state in OPEN_STATES)]


def _filtered(rows: QuerySet[Document], values: dict[str, Any], officer: Officer, clocks: Clocks) -> QuerySet[Document]:
    editions = Edition.objects.filter(document=OuterRef("pk"))
    if text := values["q"].strip():
        named = editions.filter(Q(title__icontains=text) | Q(document_number__icontains=text))
        rows = rows.filter(Q(index_number__icontains=text) | Exists(named))
    if state := values["state"]:
        whose, _, key = state.partition(".")
        rows = rows.filter(state=key) if whose == "document" else rows.filter(Exists(editions.filter(state=key)))
    if values["type"]:
        rows = rows.filter(type=values["type"])
    if values["department"]:
        rows = rows.filter(department=values["department"])
    if drafter := values["drafter"].strip():
        rows = rows.filter(Exists(editions.filter(drafted_by__name__icontains=drafter)))
    if values["since"]:
        rows = rows.filter(created_at__gte=_start(values["since"]))
    if values["until"]:
        rows = rows.filter(created_at__lt=_start(values["until"]) + timedelta(days=1))
    if values["late"]:
        late = worklist.late_editions(officer, clocks).values("document_id")
        rows = rows.filter(pk__in=late)
    return rows


def _newest() -> QuerySet[Edition]:
    return Edition.objects.filter(document=OuterRef("pk")).order_by("-number")


def _rows(page: list[Any], clocks: Clocks) -> list[Row]:
    """The newest edition of each, in one query, with its clock while it runs."""
    editions = {
        one.pk: one
        for one in worklist.with_clock(Edition.objects.filter(pk__in=[one.newest for one in page]))
        .select_related("drafted_by")
        .defer("body", "text", "provisions")
    }
    rows = []
    for document in page:
        edition: Any = editions[document.newest]
        on_its_way = edition.state in OPEN_STATES
        urgency = clocks.urgency(edition.clock, edition.formed) if on_its_way else None
        label = edition.state_label if on_its_way else DocumentState(document.state).label
        if on_its_way and document.state != DocumentState.UNRELEASED:
            label = f"{DocumentState(document.state).label}；第{edition.number}版{edition.state_label}"
        rows.append(Row(document, edition, str(label), on_its_way, urgency.text if urgency and urgency.late else ""))
    return rows


def _chosen(form: Filter) -> list[dict[str, str]]:
    """The filters that are set, each with the address of the list without it."""
    if not form.is_valid():
        return []
    given = {key: form.data.get(key, "") for key in form.fields if form.cleaned_data.get(key)}
    return [
        {
            "label": f"{form.fields[key].label}：{_value(form, key)}",
            "url": _list({k: v for k, v in given.items() if k != key}),
        }
        for key in given
    ]


def _value(form: Filter, key: str) -> str:
    field, value = form.fields[key], form.cleaned_data[key]
    if isinstance(field, forms.BooleanField):
        return "是"
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]
    return str(value)


def _address(request: DeskRequest, **more: Any) -> str:
    kept = {key: value for key, value in request.GET.items() if key != "before" and value}
    return _list(kept | more)


def _list(query: dict[str, Any]) -> str:
    return f"{reverse('desk:documents')}?{urlencode(query)}" if query else reverse("desk:documents")


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
