"""The reference of the interface for people, drawn from the same schema that programs read; nothing from elsewhere."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from gongkai.catalog.portal.frame import Frame, public_page
from gongkai.config.api import api

_CRUMBS = ({"label": "开放数据", "url": "/data/"}, {"label": "接口说明", "url": ""})
_PLACES = {"query": "地址参数", "path": "地址", "header": "请求头"}
_KINDS = {
    "string": "文字",
    "integer": "整数",
    "number": "数",
    "boolean": "是否",
    "object": "对象",
    "array": "一组",
    "null": "空",
}
_FORMATS = {"date": "日期", "date-time": "时间", "uri": "网址", "binary": "文件"}


@public_page
def reference(request: HttpRequest) -> HttpResponse:
    """Every operation and every shape. Changes with the program only."""
    frame, schema = Frame(request), api.get_openapi_schema()
    label = f"{frame.agency.name}开放接口说明"
    context = {
        "crumbs": [*frame.crumbs([]), *_CRUMBS],
        "canonical": frame.sites.absolute(frame.agency.pk, reverse("api_reference")),
        "title": schema["info"]["title"],
        "version": schema["info"]["version"],
        "said": paragraphs(schema["info"]["description"]),
        "tags": tags(schema),
        "schemas": list(shapes(schema)),
    }
    labels = {
        "ColumnName": "开放数据",
        "ColumnDescription": label,
        "ColumnKeywords": "开放数据,接口",
        "ColumnType": "开放数据",
    }
    return frame.page("config/api_reference.html", context, labels=labels)


def paragraphs(text: str) -> list[dict[str, Any]]:
    """A text as it is set: paragraphs, whose lines run on, and lists (lines that begin with ``- ``)."""
    parts = [[line.strip() for line in part.splitlines()] for part in text.strip().split("\n\n") if part.strip()]
    return [
        {"points": [line[2:] for line in lines]} if lines[0].startswith("- ") else {"text": "".join(lines)}
        for lines in parts
    ]


def tags(schema: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Operations under their tags, in the order of the schema."""
    found: dict[str, list[dict[str, Any]]] = {}
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            name = operation.get("tags", ["其他"])[0]
            found.setdefault(name, []).append(_operation(path, method, operation))
    return [{"name": name, "operations": operations} for name, operations in found.items()]


def shapes(schema: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Every shape with its fields, by name."""
    for name, one in sorted(schema["components"]["schemas"].items()):
        fields = [
            _field(field, facts, field in one.get("required", [])) for field, facts in one.get("properties", {}).items()
        ]
        yield {"name": name, "text": one.get("description", ""), "fields": fields}


def _operation(path: str, method: str, operation: Mapping[str, Any]) -> dict[str, Any]:
    answers = [operation["responses"][code] for code in ("200", "201") if code in operation["responses"]]
    return {
        "id": operation["operationId"],
        "method": method.upper(),
        "path": path,
        "summary": operation["summary"],
        "said": paragraphs(operation.get("description", "")),
        "secured": bool(operation.get("security")),
        "parameters": [
            {
                "name": one["name"],
                "place": _PLACES[one["in"]],
                "text": one.get("description", ""),
                "required": one["required"],
            }
            for one in operation["parameters"]
        ]
        + _parts(operation),
        "takes": _named(operation.get("requestBody", {})),
        "gives": _named(answers[0]) if answers else "",
    }


def _parts(operation: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The parts of a form, which has no name of its own."""
    form = operation.get("requestBody", {}).get("content", {}).get("multipart/form-data", {}).get("schema", {})
    wanted = form.get("required", [])
    return [
        {"name": name, "place": "表单", "text": facts.get("description", ""), "required": name in wanted}
        for name, facts in form.get("properties", {}).items()
    ]


def _named(carrier: Mapping[str, Any]) -> str:
    """The shape that a body has, by name."""
    for content in carrier.get("content", {}).values():
        return str(content["schema"].get("$ref", "")).rpartition("/")[2]
    return ""


def _field(name: str, facts: Mapping[str, Any], required: bool) -> dict[str, Any]:
    choices = [one for one in facts.get("anyOf", [facts]) if one.get("type") != "null"]
    inner = choices[0] if choices else facts
    items = inner.get("items", {})
    refers = str(inner.get("$ref") or items.get("$ref") or "").rpartition("/")[2]
    kind = _FORMATS.get(inner.get("format", ""), _KINDS.get(inner.get("type", ""), "对象"))
    if inner.get("type") == "array":
        kind = f"一组{refers or _KINDS.get(items.get('type', ''), '')}"
    text = facts.get("description") or inner.get("description", "")
    return {"name": name, "kind": refers if "$ref" in inner else kind, "refers": refers, "text": text} | {
        "required": required
    }
