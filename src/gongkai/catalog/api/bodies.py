"""Agencies with their columns and topics, and the types of documents there are."""

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from ninja import Path, Router

from gongkai.agencies.bodies import Agency, Contact
from gongkai.agencies.queries import ending_of
from gongkai.catalog import doctypes
from gongkai.catalog.api.shapes import AgencyList, AgencyOut, ColumnList, TopicList, TypeList
from gongkai.catalog.api.telling import Telling, Told, agency_ref, keyed
from gongkai.catalog.bulk import FORMATS
from gongkai.catalog.columns import Column, ColumnKind
from gongkai.interfaces.values import Code
from gongkai.law import articles

router = Router(tags=["机关和栏目"])
_CONTACT = ("office_name", "address", "postcode", "hours", "phone", "fax", "email")


@router.get("/agencies", response=AgencyList, url_name="agencies", summary="全部机关", operation_id="agencies")
def agencies(request: HttpRequest) -> Any:
    """公开机关的名录，已撤并的也在内：它们公开过的信息仍可查。"""
    telling = Telling(request)
    return {"items": [_line(one, telling) for one in Agency.objects.select_related("parent")]}


@router.get("/agencies/{code}", response=AgencyOut, url_name="agency", summary="一个机关", operation_id="agency")
def agency(request: HttpRequest, code: Path[Code]) -> Any:
    """机构职能、公开工作机构的联系方式、曾用名、职责由谁承继，以及批量数据的地址。"""
    telling, found = Telling(request), agency_or_404(code)
    contact = Contact.objects.filter(agency=found).first()
    ending = ending_of(found)
    successor = ending.successor if ending else None
    return _line(found, telling) | {
        "functions": found.functions,
        "contact": {key: getattr(contact, key) for key in _CONTACT} if contact else None,
        "former_names": [one.name for one in found.former_names.all()],
        "successor": agency_ref(successor) if successor else None,
        "data": {
            form.key: request.build_absolute_uri(reverse("data:download", args=[found.slug, form.file_name]))
            for form in FORMATS
        },
    }


@router.get(
    "/agencies/{code}/columns", response=ColumnList, url_name="columns", summary="机关的栏目", operation_id="columns"
)
def columns(request: HttpRequest, code: Path[Code]) -> Any:
    """栏目树，以上级栏目 parent 相连，按显示顺序。"""
    telling, found = Telling(request), agency_or_404(code)
    rows = list(Column.objects.filter(agency=found))
    keys = {one.pk: one.key for one in rows}
    return {"items": [_column(one, keys.get(one.parent_id or 0), found, telling) for one in rows]}


@router.get(
    "/agencies/{code}/topics", response=TopicList, url_name="topics", summary="机关的专题", operation_id="topics"
)
def topics(request: HttpRequest, code: Path[Code]) -> Any:
    """专题的代码和名称。"""
    return {"items": [keyed(one.slug, one.name) for one in agency_or_404(code).topics.all()]}


@router.get("/types", response=TypeList, url_name="types", summary="文件类型", operation_id="types")
def types(request: HttpRequest) -> Any:
    """全部文件类型，及各自的公文信息。"""
    return {
        "items": [
            keyed(one.key, one.label)
            | {
                "item": keyed(one.item, articles.item(one.item).name),
                "fields": list(one.fields),
                "required": list(one.required),
            }
            for one in doctypes.all_types().values()
        ]
    }


def agency_or_404(code: str) -> Agency:
    """The agency of that code; raises Http404."""
    found = Agency.objects.select_related("parent").filter(code=code).first()
    if found is None:
        raise Http404
    return found


def _line(agency: Agency, telling: Telling) -> Told:
    return agency_ref(agency) | {
        "slug": agency.slug,
        "short_name": agency.short_name,
        "parent": agency.parent.code if agency.parent else None,
        "is_city": agency.is_city,
        "established_on": agency.established_on,
        "abolished_on": agency.abolished_on,
        "url": telling.web(agency.pk, "/" if agency.pk in telling.sites.hosts else agency.get_absolute_url()),
        "api_url": telling.api("agency", agency.code),
    }


def _column(column: Column, parent: str | None, agency: Agency, telling: Telling) -> Told:
    kind = ColumnKind(column.kind)
    documents = f"{telling.api('documents')}?agency={agency.code}&column={column.key}"
    return {
        "key": column.key,
        "name": column.name,
        "parent": parent,
        "kind": keyed(kind.value, str(kind.label)),
        "description": column.description,
        "statutory": column.required,
        "url": telling.web(agency.pk, column.get_absolute_url()),
        "documents_url": documents if kind in (ColumnKind.LIST, ColumnKind.PAGE) else None,
    }
