"""Pages that every site has beside its columns: offered on homes, in the foot and on the site map.

Other packages bring some of them; an address is offered when the installation answers it, and not before.
"""

from dataclasses import dataclass
from functools import cache

from django.urls import Resolver404, resolve


@dataclass(frozen=True)
class Service:
    """A page of the site by its address; ``footer``: also offered at the foot of every page."""

    path: str
    label: str
    note: str
    footer: bool = False


_ALL = (
    Service("/apply/", "申请公开政府信息", "网上提出申请，不用说明用途"),
    Service("/apply/status/", "申请办理查询", "办到哪一步、哪一天之前答复"),
    Service("/ml/", "政府信息公开目录", "索引、名称、内容概述和生成日期"),
    Service("/qd/", "主动公开全清单", "公开什么、依据什么、由谁公开"),
    Service("/jz/", "民生实事进展", "每一项做到了哪里"),
    Service("/sj/", "公开统计", "各类信息每月公开了多少"),
    Service("/apply/calculator/", "答复期限计算", "逐日算出最迟哪一天答复"),
    Service("/reports/check/", "年度报告检查", "任何机关的年度报告，数字对不对"),
    Service("/data/", "开放数据", "全部公开信息的数据和接口"),
    Service("/map/", "网站地图", "全部栏目和页面", footer=True),
)


def there() -> list[Service]:
    """Those at the foot of every page."""
    return [one for one in _served() if one.footer]


def offered() -> list[Service]:
    """Those on homes and on the site map; the map itself stands in the foot."""
    return [one for one in _served() if not one.footer]


def address_of(name: str) -> str:
    """The address of one of them by its path; empty where it is not served."""
    return next((one.path for one in _served() if one.path == f"/{name}/"), "")


@cache
def _served() -> tuple[Service, ...]:
    return tuple(one for one in _ALL if _answers(one.path))


def _answers(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True
