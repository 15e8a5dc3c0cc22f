"""Choosing a public document by searching for it: works without scripts, quicker with them."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django import forms
from django.db.models import Case, IntegerField, Q, Value, When
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from gongkai.agencies.access import DeskRequest, desk_view
from gongkai.agencies.officers import Officer
from gongkai.catalog.documents import Document
from gongkai.catalog.queries import public_documents

_AT_MOST = 10


@dataclass(frozen=True)
class Option:
    """One document to choose, as a list shows it."""

    pk: int
    title: str
    index_number: str
    document_number: str
    date: str
    agency: str
    url: str


class Unclear(ValueError):
    """The words do not name one document; ``options`` are those they might mean, possibly none."""

    def __init__(self, message: str, options: Sequence[Option]) -> None:
        super().__init__(message)
        self.options = options


def find(officer: Officer, text: str) -> list[Option]:
    """Public documents with these words in title, 文号 or 索引号, the own agency's first; one query."""
    text = text.strip().strip("《》")
    if not text:
        return []
    own_first = Case(When(agency_id=officer.agency_id, then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = public_documents().filter(
        Q(live__title__icontains=text) | Q(live__document_number__icontains=text) | Q(index_number__icontains=text)
    )
    return [_option(one) for one in rows.order_by(own_first, "-listed_at", "-pk")[:_AT_MOST]]


def resolve(officer: Officer, chosen: str, text: str) -> Document | None:
    """The document a person named: by the option chosen, else by words that fit exactly one. None: nothing given.

    Raises Unclear, with what to choose from.
    """
    if chosen.isdigit():
        return public_documents().filter(pk=int(chosen)).first()
    if not text.strip():
        return None
    options = find(officer, text)
    exact = [one for one in options if text.strip() in {one.index_number, one.title, one.document_number}]
    fitting = exact or options
    if len(fitting) == 1:
        return public_documents().get(pk=fitting[0].pk)
    if not fitting:
        raise Unclear(f"没有找到“{text.strip()}”。请填写已发布文件的索引号、文号或标题中的词。", [])
    raise Unclear(f"有{len(fitting)}份文件符合，请选择其中一份。", fitting)


class PickerWidget(forms.Widget):
    """A search field with the options below it. Its value is (chosen pk, words)."""

    template_name = "publishing/document_picker.html"
    offered: Sequence[Option] = ()

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> tuple[str, str]:
        return str(data.get(name) or ""), str(data.get(f"{name}-words") or "")

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and f"{name}-words" not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        chosen, words = value or ("", "")
        context["widget"] |= {"chosen": chosen, "words": words, "options": self.offered}
        return context


@require_GET
@desk_view()
def find_documents(request: DeskRequest) -> HttpResponse:
    """Documents for a picker: radio buttons for htmx (``name`` is the field's), else JSON ``{"results": […]}``."""
    words = request.GET.get("q") or next((request.GET[key] for key in request.GET if key.endswith("-words")), "")
    options = find(request.user, words)
    if getattr(request, "htmx", False):
        name = request.GET.get("name", "document")
        return render(request, "publishing/document_options.html", {"options": options, "name": name, "words": words})
    return JsonResponse({"results": [asdict(one) for one in options]})


def _option(document: Document) -> Option:
    live = document.live
    return Option(
        pk=document.pk,
        title=live.title if live else "",
        index_number=document.index_number,
        document_number=live.document_number if live else "",
        date=f"{timezone.localdate(document.listed_at):%Y-%m-%d}" if document.listed_at else "",
        agency=document.agency.short_name,
        url=document.get_absolute_url(),
    )
