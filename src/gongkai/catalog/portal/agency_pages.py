"""Pages composed from what is known of the agency today, so that they are never out of date.

政府信息公开指南, 依申请公开, 机构概况.
"""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from gongkai.agencies.bodies import Agency, Contact, Department, Leader
from gongkai.catalog import doctypes
from gongkai.catalog.columns import Column, ColumnKind
from gongkai.catalog.portal import services
from gongkai.catalog.portal.frame import Frame
from gongkai.law import answering
from gongkai.law.articles import ARTICLE_20, GUIDE_CONTENTS, REGULATION, cite
from gongkai.ledger import timeline


def guide(frame: Frame, shown: Column) -> tuple[str, dict[str, Any]]:
    """政府信息公开指南: every content article 12 names, in its order, from the live data."""
    contact = frame.contact
    office = _office(contact)
    facts = [{"label": one.label, "value": office[one.key]} for one in GUIDE_CONTENTS if one.key in office]
    return "catalog/column_guide.html", {
        "contents": GUIDE_CONTENTS,
        "items": ARTICLE_20,
        "item_columns": {one.rules.items[0]: one for one in frame.columns if len(one.rules.items) == 1},
        "types": [one.label for one in doctypes.all_types().values()],
        "office": facts,
        "apply_column": frame.column_of_kind(ColumnKind.APPLY),
        "items_column": _parent_of_items(frame),
        "updated_at": _changed_at(frame.agency, contact),
        "citation": cite(12),
        "duty": cite(26),
    }


def apply(frame: Frame, shown: Column) -> tuple[str, dict[str, Any]]:
    """依申请公开: what an application must say, by which ways it reaches the agency today, how long an answer takes."""
    return "catalog/column_apply.html", {
        "contact": frame.contact,
        "online": services.address_of("apply"),
        "inquiries": services.address_of("apply/status"),
        "guide_column": frame.column_of_kind(ColumnKind.GUIDE),
        "items_column": _parent_of_items(frame),
        "reply_days": answering.REPLY_WORKING_DAYS,
        "extension_days": answering.EXTENSION_WORKING_DAYS,
        "clarification_days": answering.CLARIFICATION_NOTICE_WORKING_DAYS,
        "citations": {
            "requirements": cite(29),
            "receipt": cite(31),
            "times": f"{cite(30)}、{cite(33, 2).removeprefix(REGULATION)}",
        },
    }


def body(frame: Frame, shown: Column) -> tuple[str, dict[str, Any]]:
    """机构概况: functions, heads, departments, how to reach it, what it was called."""
    departments: QuerySet[Department] = frame.agency.departments.filter(abolished_on=None)
    leaders: QuerySet[Leader] = frame.agency.leaders.all()
    return "catalog/column_body.html", {
        "contact": frame.contact,
        "leaders": list(leaders),
        "departments": list(departments),
        "former_names": list(frame.agency.former_names.all()),
        "updated_at": _changed_at(frame.agency, frame.contact),
    }


def _office(contact: Contact | None) -> dict[str, str]:
    """The contents of article 12 that are facts of the disclosure office; an empty one is said to be so."""
    known = contact or Contact()
    address = f"{known.address}（邮编{known.postcode}）" if known.postcode else known.address
    values = {
        "office": known.office_name,
        "address": address,
        "hours": known.hours,
        "telephone": known.phone,
        "fax": known.fax,
        "internet": known.email,
    }
    return {key: value or "未设" for key, value in values.items()}


def _changed_at(agency: Agency, contact: Contact | None) -> datetime | None:
    """When what these pages say last changed: the contact, or a public act on the body itself."""
    acts = [moment.at for moment in timeline.of(agency.ref(), public_only=True)]
    moments = [*acts, contact.updated_at] if contact else acts
    return max(moments, default=None)


def _parent_of_items(frame: Frame) -> Column | None:
    """法定主动公开内容: the column above the items of article 20."""
    child = next((one for one in frame.columns if len(one.rules.items) == 1 and one.required), None)
    return frame.way_to(child)[-2] if child and child.parent_id else None
