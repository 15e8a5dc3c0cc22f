"""Agencies come, change, end; each in one transaction with its ledger entry."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction

from gongkai.agencies import ledger_kinds as kinds
from gongkai.agencies.bodies import (
    Agency,
    AgencyName,
    Contact,
    Department,
    Leader,
    SiteHost,
    Succession,
    SuccessionKind,
)
from gongkai.ledger.changes import set_fields
from gongkai.ledger.recording import record
from gongkai.ledger.refs import Named, Ref


@transaction.atomic
def create_agency(*, by: Ref | Named, contact: Mapping[str, str] | None = None, **facts: Any) -> Agency:
    """Set up a body with its (perhaps empty) contact. Raises ValidationError by field."""
    agency = Agency(**facts)
    agency.full_clean()
    agency.save()
    Contact.objects.create(agency=agency, **(contact or {}))
    record(kinds.AGENCY_CREATED, by=by, subject=agency, agency=agency, code=agency.code)
    return agency


@transaction.atomic
def change_agency(agency: Agency, *, by: Ref | Named, **facts: Any) -> bool:
    """Change functions, site numbers, prefix, parent … not the name (``rename``). Returns whether it did."""
    if "name" in facts or "code" in facts:
        raise ValueError("a name changes through rename(), a code never")
    return _change(agency, facts, kind=kinds.AGENCY_CHANGED, by=by, agency=agency)


@transaction.atomic
def rename(agency: Agency, *, name: str, short_name: str, on: date, by: Ref | Named) -> AgencyName:
    """更名: the body goes on under another name from that day; the former one stays findable."""
    if name == agency.name:
        raise ValidationError({"name": "新名称与现名称相同。"})
    former = AgencyName.objects.create(agency=agency, name=agency.name, until=on - timedelta(days=1))
    before, agency.name, agency.short_name = agency.name, name, short_name
    agency.full_clean()
    agency.save()
    record(kinds.AGENCY_RENAMED, by=by, subject=agency, agency=agency, before=before, after=name, on=on.isoformat())
    return former


@transaction.atomic
def end_agency(
    agency: Agency, *, successor: Agency | None, kind: SuccessionKind, on: date, by: Ref | Named, basis: str = ""
) -> Succession:
    """合并、撤销: the body ends; its hosts lead to the successor, its documents stay with a computed notice."""
    if agency.abolished_on is not None:
        raise ValidationError(f"{agency.name}已于{agency.abolished_on:%Y-%m-%d}撤销。")
    if successor is not None and (successor.pk == agency.pk or not successor.exists_on(on)):
        raise ValidationError({"successor": "承继机关须是当日仍存在的另一个机关。"})
    agency.abolished_on = on
    agency.save(update_fields=["abolished_on"])
    if successor is not None:
        agency.hosts.update(agency=successor, primary=False)
    succession = Succession.objects.create(predecessor=agency, successor=successor, kind=kind, on=on, basis=basis)
    record(
        kinds.AGENCY_ENDED,
        by=by,
        subject=agency,
        agency=agency,
        kind_label=str(kind.label),
        on=on.isoformat(),
        successor=successor.name if successor else "",
    )
    return succession


@transaction.atomic
def set_host(agency: Agency, *, host: str, by: Ref | Named, primary: bool = True) -> SiteHost:
    """Give the agency a host. A new primary one leaves the former as a redirect."""
    name = host.strip().lower()
    taken = SiteHost.objects.filter(host=name).exclude(agency=agency).select_related("agency").first()
    if taken:
        raise ValidationError({"host": f"域名{name}已由{taken.agency.name}使用。"})
    if primary:
        agency.hosts.filter(primary=True).exclude(host=name).update(primary=False)
    site, _ = SiteHost.objects.update_or_create(host=name, defaults={"agency": agency, "primary": primary})
    site.full_clean()
    record(kinds.HOST_CHANGED, by=by, subject=agency, agency=agency, host=name, primary=primary)
    return site


@transaction.atomic
def change_contact(agency: Agency, *, by: Ref | Named, **facts: Any) -> bool:
    """Change how the disclosure office is reached; guide, footer and contact pages follow the entry."""
    return _change(agency.contact, facts, kind=kinds.CONTACT_CHANGED, by=by, agency=agency)


@transaction.atomic
def save_department(
    agency: Agency, *, by: Ref | Named, department: Department | None = None, **facts: Any
) -> Department:
    """Make or change a department."""
    target = department or Department(agency=agency)
    _change(target, facts, kind=kinds.DEPARTMENT_CHANGED, by=by, agency=agency)
    return target


@transaction.atomic
def set_leaders(agency: Agency, leaders: Sequence[Mapping[str, str]], *, by: Ref | Named) -> None:
    """Replace the list of heads (name, title, duties), in order."""
    before = [f"{one.name}（{one.title}）" for one in agency.leaders.all()]
    agency.leaders.all().delete()
    for position, facts in enumerate(leaders):
        one = Leader(agency=agency, position=position, **facts)
        one.full_clean()
        one.save()
    after = [f"{one['name']}（{one['title']}）" for one in leaders]
    record(
        kinds.AGENCY_CHANGED,
        by=by,
        subject=agency,
        agency=agency,
        before={"负责人": "、".join(before)},
        after={"负责人": "、".join(after)},
    )


def _change(thing: models.Model, facts: Mapping[str, Any], *, kind: str, by: Ref | Named, agency: Agency) -> bool:
    """Set what differs, check it, save it, record before and after under the fields' Chinese names."""
    before, after = set_fields(thing, facts)
    if not after and thing.pk:
        return False
    thing.full_clean()
    thing.save()
    subject = thing if hasattr(thing, "ref") else agency
    record(kind, by=by, subject=subject, agency=agency, before=before, after=after)
    return True
