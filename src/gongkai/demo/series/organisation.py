"""Who they are: duties, departments and leaders of each body (article 20, item 2), from the bodies' own data."""

from __future__ import annotations

from datetime import date

from gongkai.demo.city import DemoBody, bodies
from gongkai.demo.entries import Entry, entry
from gongkai.demo.series.tables import markdown

_OFFICE = {"A00": "政务公开处"}
_GENRES = {"duties": "职能", "leaders": "领导信息", "departments": "机构设置"}


def entries(today: date) -> list[Entry]:
    """Duties, departments and leaders of every body that still exists; the city itself has no departments to show."""
    living = [one for one in bodies() if one.succession is None]
    found = [_entry(one, "duties", "机构职能", _duties(one), "02-27") for one in living]
    found += [_entry(one, "leaders", "领导信息", _leaders(one), "03-13") for one in living]
    found += [
        _entry(one, "departments", "内设机构", _departments(one), "03-06") for one in living if len(one.departments) > 1
    ]
    return found


def _entry(one: DemoBody, kind: str, label: str, text: str, on: str) -> Entry:
    row = {
        "key": f"{kind}-{one.code.lower()}",
        "agency": one.code,
        "department": _OFFICE.get(one.code, "综合处" if one.code == "A01" else "办公室"),
        "type": "organisation",
        "genre": _GENRES[kind],
        "title": f"{one.name}{label}",
        "on": on,
        "ago": 0,
        "keywords": [label, one.short_name],
        "subject": "国务院组织机构" if one.code == "A00" else "劳动、人事、监察",
    }
    return entry(row, text, handwritten=False)


def _duties(one: DemoBody) -> str:
    duties = "\n".join(f"{place}. {duty}" for place, duty in enumerate(one.functions, 1))
    contacts = markdown(
        ("事项", "内容"),
        [
            ("地址", f"{one.address}（邮编{one.postcode}）"),
            ("办公时间", one.hours),
            ("电话", one.phone),
            ("传真", one.fax),
            ("电子邮箱", one.mailbox),
            ("公开工作机构", one.disclosure_office),
        ],
    )
    return f"{one.name}的主要职能和联系方式如下，有变化时及时更新。\n## 主要职能\n{duties}\n## 联系方式\n\n{contacts}\n"


def _departments(one: DemoBody) -> str:
    table = markdown(("处室", "职责", "电话"), [(each.name, each.duties, each.phone) for each in one.departments])
    return f"{one.short_name}设{len(one.departments)}个内设机构，职责和对外联系电话如下。\n\n{table}\n"


def _leaders(one: DemoBody) -> str:
    table = markdown(("姓名", "职务", "分工"), [(each.name, each.post, each.duties) for each in one.leaders])
    return f"{one.name}领导班子成员及其工作分工如下，来信请寄{one.address}，邮编{one.postcode}。\n\n{table}\n"
