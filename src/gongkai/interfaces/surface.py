"""The API object: ninja, with our errors, our JSON and a schema that says all of it."""

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.renderers import JSONRenderer

from gongkai.interfaces import problems

_REFUSAL = {
    "description": "没有完成：写法有误、没有这项内容、已经撤回、过于频繁等",
    "content": {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemOut"}}},
}
_KEPT = {"description": "与所带 If-None-Match 相同，没有变化"}


class _Readable(JSONRenderer):
    """Chinese as Chinese."""

    json_dumps_params = {"ensure_ascii": False}


class OpenInterface(NinjaAPI):
    """``/api/v1/``. Every operation may answer with a problem, every reading one with 304."""

    def __init__(self, **facts: Any) -> None:
        # No page of its own: ninja's loads scripts from elsewhere.
        super().__init__(docs_url=None, renderer=_Readable(), **facts)
        problems.install(self)

    def get_openapi_schema(self, **given: Any) -> OpenAPISchema:
        """The schema, with what holds of every operation said once here."""
        schema = super().get_openapi_schema(**given)
        definitions = problems.ProblemOut.model_json_schema(ref_template="#/components/schemas/{model}")
        schema["components"]["schemas"] |= definitions.pop("$defs") | {"ProblemOut": definitions}
        for path in schema["paths"].values():
            for method, operation in path.items():
                told = {str(status): answer for status, answer in operation["responses"].items()}
                told["4XX"] = _REFUSAL
                if method == "get" and "security" not in operation:
                    told["304"] = _KEPT
                operation["responses"] = told
                operation["parameters"] = [_plain(one) for one in operation["parameters"]]
        return schema


def _plain(parameter: dict[str, Any]) -> dict[str, Any]:
    """A parameter that is left out is not null; and OpenAPI wants examples in its schema, not as a list beside it."""
    schema = dict(parameter["schema"])
    choices = [one for one in schema.pop("anyOf", []) if one != {"type": "null"}]
    if len(choices) == 1:
        schema = choices[0] | schema
    kept = {key: value for key, value in parameter.items() if key != "examples"}
    return kept | {"schema": schema} | ({"description": schema["description"]} if "description" in schema else {})
