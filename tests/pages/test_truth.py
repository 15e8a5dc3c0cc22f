"""Whatever happens, no prepared page says anything but what would be rendered now."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.utils import timezone
from tests.factories import editions, people, sites
from tests.factories.people import Staffed
from tests.pages.reading import Site

from gongkai.agencies.actions import bodies
from gongkai.agencies.bodies import Agency, SuccessionKind
from gongkai.catalog.actions import columns, documents
from gongkai.catalog.columns import Column
from gongkai.catalog.documents import Document, DocumentState, Topic
from gongkai.catalog.links import LinkKind
from gongkai.ledger import followers
from gongkai.ledger.refs import SYSTEM
from gongkai.pages import renewal, sources
from gongkai.pages.store import Store
from gongkai.pages.verifying import verify

pytestmark = pytest.mark.django_db(transaction=True)

_READ_BETWEEN = 8
_KINDS = ("notice", "news", "normative", "plan", "interpretation")


@dataclass
class World:
    """A city, what may happen in it, and a reader who looks around between."""

    site: Site
    store: Store
    chance: random.Random
    at: Staffed
    other: Staffed
    portal: Staffed
    number: Iterator[int] = field(default_factory=count)
    today: date = field(default_factory=timezone.localdate)

    def staffed(self) -> Staffed:
        return self.chance.choice([self.at, self.other, self.portal])

    def document(self, *states: str) -> Document | None:
        rows = list(Document.objects.filter(state__in=states, agency=self.at.agency).order_by("pk"))
        return self.chance.choice(rows) if rows else None

    def column(self) -> Column:
        return self.chance.choice(list(Column.objects.filter(agency=self.at.agency, required=False).order_by("pk")))

    def read(self) -> None:
        """Some of all pages, so that they are kept."""
        for host in sources.hosts():
            known = list(sources.paths(host))
            for path in self.chance.sample(known, min(_READ_BETWEEN, len(known))):
                self.site.get(host, path)


def release(world: World) -> None:
    kind = world.chance.choice(_KINDS)
    facts: dict[str, Any] = {"type_key": kind, "title": f"第{next(world.number)}号文件"}
    if kind == "normative":
        facts = (
            sites.NORMATIVE | facts | {"expires_on": timezone.localdate() + timedelta(days=world.chance.randint(1, 3))}
        )
    editions.released(world.staffed(), **facts)


def revise(world: World) -> None:
    document = world.document(DocumentState.LIVE)
    if document is not None:
        sites.revised(world.at, document, note="修改一处", title=f"改过的第{next(world.number)}号文件")


def withdraw(world: World) -> None:
    document = world.document(DocumentState.LIVE)
    if document is not None:
        day = timezone.localdate() + timedelta(days=world.chance.randint(0, 2))
        sites.changed(world.at, document, "withdraw", notice_kind="repealed", on=day, ground="由新文件规定")


def take_down(world: World) -> None:
    document = world.document(DocumentState.LIVE, DocumentState.WITHDRAWN)
    if document is not None:
        event, given = world.chance.choice(
            [
                ("revoke", {"reason": "误发"}),
                ("take_offline", {"reason": "核对"}),
                ("redirect", {"target": "/lm/notices/"}),
            ]
        )
        sites.changed(world.at, document, event, **given)


def bring_back(world: World) -> None:
    document = world.document(DocumentState.OFFLINE)
    if document is not None:
        sites.changed(world.at, document, "bring_back", reason="核对完毕")


def link(world: World) -> None:
    target = world.document(DocumentState.LIVE)
    if target is not None:
        kind = world.chance.choice([LinkKind.INTERPRETS, LinkKind.AMENDS, LinkKind.RELATED])
        facts = {"type_key": "interpretation", "genre": "图解"} if kind == LinkKind.INTERPRETS else {}
        sites.linked(world.staffed(), kind, target, title=f"第{next(world.number)}号相关文件", **facts)


def tag(world: World) -> None:
    document = world.document(DocumentState.LIVE)
    if document is not None:
        topics = list(Topic.objects.filter(agency=world.at.agency))
        documents.set_topics(document, world.chance.sample(topics, world.chance.randint(0, len(topics))), by=SYSTEM)


def rename_topic(world: World) -> None:
    columns.save_topic(world.at.agency, slug="heating", name=f"供热{next(world.number)}", by=SYSTEM)


def change_column(world: World) -> None:
    columns.change_column(
        world.column(), by=SYSTEM, name=f"第{next(world.number)}栏", position=world.chance.randint(1, 90)
    )


def move_column(world: World) -> None:
    parent = world.chance.choice([None, Column.objects.get(agency=world.at.agency, key="fdzdgk")])
    columns.change_column(world.column(), by=SYSTEM, parent=parent, in_nav=world.chance.random() < 0.5)


def pick(world: World) -> None:
    rows = list(Document.objects.filter(state=DocumentState.LIVE).order_by("pk"))
    chosen = world.chance.sample(rows, min(len(rows), world.chance.randint(0, 3)))
    columns.set_picks(world.column(), chosen, by=SYSTEM)


def change_contact(world: World) -> None:
    bodies.change_contact(world.staffed().agency, by=SYSTEM, phone=f"0000-{next(world.number):07d}")


def change_body(world: World) -> None:
    at = world.staffed()
    bodies.save_department(at.agency, by=SYSTEM, name=f"第{next(world.number)}处")
    bodies.set_leaders(at.agency, [{"name": f"林{next(world.number)}", "title": "主任"}], by=SYSTEM)


def rename_body(world: World) -> None:
    at = Agency.objects.get(pk=world.staffed().agency.pk)
    name = f"澜川市第{next(world.number)}委员会"
    bodies.rename(at, name=name, short_name=name, on=timezone.localdate(), by=SYSTEM)


def end_body(world: World) -> None:
    other = Agency.objects.get(pk=world.other.agency.pk)
    if other.pk != world.at.agency.pk:
        bodies.end_agency(
            other, successor=world.at.agency, kind=SuccessionKind.MERGED, on=timezone.localdate(), by=SYSTEM
        )
        world.other = world.at


def another_host(world: World) -> None:
    bodies.set_host(world.at.agency, host=f"at{next(world.number)}.localhost", by=SYSTEM)


HAPPENINGS: tuple[Callable[[World], None], ...] = (
    release, release, release, revise, withdraw, take_down, bring_back, link, tag, rename_topic, change_column,
    move_column, pick, change_contact, change_body, rename_body, end_body, another_host,
)  # fmt: skip


@contextmanager
def moving_days() -> Iterator[Callable[[], None]]:
    """Time goes on, and at a call it is the next day, some seconds after midnight."""
    travels: list[time_machine.travel] = []

    def next_day() -> None:
        midnight = timezone.localtime().replace(hour=0, minute=0, second=5, microsecond=0) + timedelta(days=1)
        travels.append(time_machine.travel(midnight, tick=True))
        travels[-1].start()

    try:
        yield next_day
    finally:
        for one in reversed(travels):
            one.stop()


def work() -> None:
    """The worker's round: what followers do, what the clock starts."""
    followers.advance_all()
    renewal.run(timezone.now())
    renewal.settle()


@pytest.mark.long
def test_nothing_prepared_is_ever_stale(site: Site, store: Store) -> None:
    """By chance, another one on each kind of database."""
    seed = {"sqlite": 711, "postgresql": 20261126}[connection.vendor]
    portal = people.staffed("澜川市人民政府", is_city=True)
    at, other = people.staffed("澜川市城市管理委员会"), people.staffed("澜川市市容委员会")
    for one in (portal, at):
        sites.columns_of(one, city=one is portal)
    columns.save_topic(at.agency, slug="heating", name="供热", by=SYSTEM)
    columns.create_column(
        at.agency, by=SYSTEM, key="heating", name="供热专题", rule={"topics": ["heating"]}, on_home=True
    )
    world = World(site, store, random.Random(seed), at, other, portal)
    with moving_days() as next_day:
        for _ in range(4):
            release(world)
        for step in range(3):
            world.read()
            happened = [world.chance.choice(HAPPENINGS) for _ in range(6)]
            for happening in happened:
                happening(world)
                if world.chance.random() < 0.3:
                    world.read()  # before the worker has noticed: what is read early must not stay
            if step == 1:
                next_day()
            work()
            assert verify(store) == [], [one.__name__ for one in happened]
