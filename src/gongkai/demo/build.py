"""Building the demo city: what ``city`` and ``script`` tell is done through the real actions and procedures.

Each act counts as happening at its own time (``ledger.moment``); nothing is written past the actions.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction

from gongkai.agencies.actions import bodies as body_actions
from gongkai.agencies.actions import people
from gongkai.agencies.bodies import Agency, Department, SuccessionKind
from gongkai.agencies.officers import Officer
from gongkai.agencies.roles import DEPARTMENT_ROLES, Role
from gongkai.catalog.actions import columns as column_actions
from gongkai.catalog.columns import Column, ColumnRule
from gongkai.catalog.documents import Document, Topic
from gongkai.demo import city, journeys, reading, reports, script, searching
from gongkai.demo.applications import city as applications
from gongkai.demo.applications.city import Played
from gongkai.demo.applications.years import Settled
from gongkai.demo.shapes import CHINA, DemoDocument
from gongkai.ledger import moment
from gongkai.ledger.refs import SYSTEM
from gongkai.publishing.actions.settings import set_outlet

PASSWORD = "Lanchuan-2026"  # noqa: S105 - printed for everybody who starts the demo
_FOUNDED = date(2016, 1, 4)
_HOME = frozenset({"news", "notices", "policy", "interpretation"})

Progress = Callable[[str, int, int], None]
"""Told what is being built, how many are done, of how many."""


@dataclass
class Built:
    """What stands so far, by the names the content uses."""

    agencies: dict[str, Agency] = field(default_factory=dict)
    departments: dict[tuple[str, str], Department] = field(default_factory=dict)
    topics: dict[tuple[str, str], Topic] = field(default_factory=dict)
    documents: int = 0
    applications: Played | None = None


@transaction.atomic
def build(
    today: date,
    progress: Progress,
    stories: Sequence[DemoDocument] | None = None,
    former: Sequence[Settled] | None = None,
) -> Built:
    """Build the whole city as it stands on the morning of ``today``; all of it, or nothing when interrupted.

    ``stories``: only these documents (oldest first), for who needs the city but not three years of it; ``former``: of
    the applications finished before this system came, only these.
    """
    built = Built()
    _bodies(built, progress)
    _people(built, progress)
    _columns(built, progress)
    stories = script.documents(today) if stories is None else stories
    told = {(one.agency, topic) for one in stories for topic in one.topics}
    _topics(built, sorted(told | reading.topics_of_lists()))
    journeys.travel(built.agencies, built.departments, built.topics, stories, progress)
    _picks(built)
    reading.full_lists(built.agencies, today, progress)
    reading.projects(built.agencies, built.departments, today, progress)
    _outlets(built)
    searching.steer(built.agencies)
    searching.ask(built.agencies, today)
    built.applications = applications.play(built.agencies, built.departments, today, progress, former)
    reports.write(built.agencies, built.departments, today, progress)
    built.documents = len(stories)
    return built


def _at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=CHINA)


def _bodies(built: Built, progress: Progress) -> None:
    """Every body, then how the former ones ended: a change of name is the same body under another name."""
    told = city.bodies()
    former_names = {
        one.succession.successor: one for one in told if one.succession and one.succession.kind == "renamed"
    }
    standing = [one for one in told if not (one.succession and one.succession.kind == "renamed")]
    for number, one in enumerate(standing):
        with moment.at(_at(_FOUNDED)):
            _found(built, one, former_names.get(one.code))
        progress("机关", number + 1, len(standing))
    for one in told:
        if one.succession is None:
            continue
        successor = built.agencies[one.succession.successor]
        with moment.at(_at(one.succession.on)):
            if one.succession.kind == "renamed":
                now = city.body(one.succession.successor)
                body_actions.rename(
                    successor, name=now.name, short_name=now.short_name, on=one.succession.on, by=SYSTEM
                )
                body_actions.set_host(successor, host=now.host, by=SYSTEM)
            else:
                body_actions.end_agency(
                    built.agencies[one.code],
                    successor=successor,
                    kind=SuccessionKind.MERGED,
                    on=one.succession.on,
                    by=SYSTEM,
                    basis=one.succession.ground,
                )


def _found(built: Built, one: city.DemoBody, former: city.DemoBody | None) -> None:
    named = former or one
    agency = body_actions.create_agency(
        by=SYSTEM,
        code=one.code,
        slug=one.slug,
        name=named.name,
        short_name=named.short_name,
        parent=built.agencies.get(one.parent),
        is_city=not one.parent,
        is_supervising=one.supervisor,
        position=len(built.agencies),
        functions="\n".join(one.functions),
        document_prefix=one.document_prefix,
        site_code=one.site_id,
        icp_number=one.icp,
        established_on=_FOUNDED,
        contact={
            "office_name": one.disclosure_office,
            "address": one.address,
            "postcode": one.postcode,
            "hours": one.hours,
            "phone": one.phone,
            "fax": one.fax,
            "email": one.mailbox,
        },
    )
    built.agencies[one.code] = agency
    body_actions.set_host(agency, host=named.host, by=SYSTEM)
    if one.leaders:
        leaders = [{"name": leader.name, "title": leader.post, "duties": leader.duties} for leader in one.leaders]
        body_actions.set_leaders(agency, leaders, by=SYSTEM)
    for position, told in enumerate(one.departments):
        built.departments[one.code, told.name] = body_actions.save_department(
            agency, by=SYSTEM, name=told.name, functions=told.duties, phone=told.phone, position=position
        )


def _people(built: Built, progress: Progress) -> None:
    """Everybody signs in with the same printed password, hashed once: hashing is slow by design."""
    hashed = make_password(PASSWORD)
    officers = [(one.code, told) for one in city.bodies() for told in one.officers]
    with moment.at(_at(_FOUNDED)):
        for number, (code, told) in enumerate(officers):
            department = built.departments.get((code, told.department))
            officer = people.create_officer(
                agency=built.agencies[code],
                department=department,
                username=told.username,
                name=told.name,
                password=PASSWORD,
                by=SYSTEM,
                must_change_password=False,
                hashed=hashed,
            )
            _appoint(officer, told.roles, department)
            progress("人员", number + 1, len(officers))


def _appoint(officer: Officer, roles: tuple[str, ...], department: Department | None) -> None:
    for name in roles:
        role = Role(name)
        within = department if role in DEPARTMENT_ROLES else None
        people.appoint(officer, role, by=SYSTEM, department=within, since=_FOUNDED)


def _columns(built: Built, progress: Progress) -> None:
    """The statutory columns as every agency has them, then the agency's own."""
    told = city.columns()
    for agency in built.agencies.values():
        column_actions.ensure_required(agency, by=SYSTEM)
    there: dict[tuple[str, str], Column] = {}
    for number, one in enumerate(told):
        group = _is_group(one, told)
        there[one.agency, one.path] = column_actions.create_column(
            built.agencies[one.agency],
            by=SYSTEM,
            key=one.key,
            name=one.title,
            kind="group" if group else "list",
            parent=there.get((one.agency, one.parent)),
            description=one.description,
            rule=_rule(one),
            duty="fixed" if group else one.duty,
            position=one.order,
            on_home=one.path in _HOME,
            in_nav=not one.parent,
        )
        progress("栏目", number + 1, len(told))


def _is_group(one: city.DemoColumn, told: tuple[city.DemoColumn, ...]) -> bool:
    """A column that only holds others: it says nothing of its own about what belongs to it."""
    conditions = one.types or one.topics or one.items
    return not conditions and any(other.parent == one.path and other.agency == one.agency for other in told)


def _rule(one: city.DemoColumn) -> dict[str, Any]:
    rule = ColumnRule(
        types=one.types,
        topics=tuple(_slug(topic) for topic in one.topics),
        items=tuple(f"20-{number:02d}" for number in one.items),
        reach=one.reach,
    )
    return rule.stored()


def _slug(topic: str) -> str:
    return topic.replace("_", "-")


def _topics(built: Built, wanted: list[tuple[str, str]]) -> None:
    names = city.topics()
    for code, topic in wanted:
        built.topics[code, topic] = column_actions.save_topic(
            built.agencies[code], slug=_slug(topic), name=names[topic], by=SYSTEM
        )


def _picks(built: Built) -> None:
    """制度 is filled by hand: what the agency, or the supervising office for all, wrote about disclosure itself."""
    for agency in built.agencies.values():
        whose = [agency, built.agencies["A01"]]
        about = Document.objects.filter(agency__in=whose, topics__slug="disclosure", live__isnull=False)
        chosen = list(about.exclude(type__in=["news", "annual_report"]).order_by("-listed_at")[:8])
        if chosen:
            column_actions.set_picks(agency.columns.get(key="zhidu"), chosen, by=SYSTEM)


def _outlets(built: Built) -> None:
    """The exchange folder for archives and libraries, which works without anybody on the other side."""
    set_outlet(built.agencies["A02"], "exchange", enabled=True, settings={"folder": "chengguan"}, by=SYSTEM)
