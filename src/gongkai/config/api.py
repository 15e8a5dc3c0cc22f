"""The open interface ``/api/v1/``: one API out of the routers that the packages offer.

A package takes part by having a module ``api`` with a ninja ``router``; nothing else has to be changed.
"""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.urls import URLPattern, URLResolver, path
from ninja import Router

from gongkai.interfaces.door import behind_the_door, not_found
from gongkai.interfaces.surface import OpenInterface

_DESCRIPTION = """\
政务公开平台的开放接口。读取不需要令牌，内容与网站上公众能看到的相同；报送（OA 等系统送入待发布的信息）需要令牌。

- 时间带时区，日期写作 2026-03-05；文字为 UTF-8。
- 列表用 next 翻页，不用页码；ETag 与 If-None-Match 用来少取没有变化的内容。
- 出错时答复 application/problem+json（RFC 9457），detail 说明情况，errors 逐项说明怎样改。
- 超过频次时答 429，Retry-After 说明多少秒后再试。
"""


def routers() -> Iterator[Router]:
    """The routers offered, in the order of the packages."""
    for config in apps.get_app_configs():
        name = f"{config.name}.api"
        if config.name.startswith("gongkai.") and name != __name__ and find_spec(name):
            yield import_module(name).router


api = OpenInterface(
    title="政务公开开放接口",
    version="1.0.0",
    description=_DESCRIPTION,
    openapi_url="/openapi.json",
    urls_namespace="api",
)
for router in routers():
    api.add_router("", router)

_own = api.urls[0][:-1]  # the last is ninja's own answer at the root
_nothing_else = [path("", not_found, name="api-root"), path("<path:rest>", not_found)]
urlpatterns: list[URLPattern | URLResolver] = behind_the_door([*_own, *_nothing_else])
app_name = "api"
