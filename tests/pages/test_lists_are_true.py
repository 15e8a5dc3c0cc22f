"""Whatever happens to matters, projects and documents: no prepared list, figure or catalogue says what no longer is."""

import random
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from tests.catalog.test_matter_import import PLAIN, ROW, carried, sheet
from tests.catalog.test_matters import given
from tests.factories import people, sites
from tests.pages.reading import Site
from tests.pages.test_truth import (
    World,
    change_body,
    change_column,
    moving_days,
    pick,
    release,
    rename_body,
    revise,
    tag,
    take_down,
    withdraw,
    work,
)

from gongkai.catalog.actions import columns, matters, projects
from gongkai.catalog.columns import Column
from gongkai.catalog.matters import Matter
from gongkai.catalog.projects import Project
from gongkai.ledger.refs import SYSTEM
from gongkai.pages import sources
from gongkai.pages.index import State, pages
from gongkai.pages.store import Store
from gongkai.pages.verifying import verify

pytestmark = pytest.mark.django_db(transaction=True)


class Reader(World):
    """Reads the lists and what lies below them."""

    def read(self, *, every: bool = False) -> None:
        now = timezone.localdate()
        below = [f"/sj/{now.year}/", f"/ml/{now.year}/", f"/ml/{now:%Y/%m}/"]
        for host in sources.hosts():
            known = [one for one in sources.paths(host) if one.startswith(("/qd/", "/jz/", "/sj/", "/ml/"))]
            for path in [*known, *below]:
                if every or self.chance.random() < 0.7:
                    self.site.get(host, path)


def a_matter(world: World) -> Matter | None:
    rows = list(Matter.objects.filter(agency=world.at.agency, abolished_on=None).order_by("pk"))
    return world.chance.choice(rows) if rows else None


def add_matter(world: World) -> None:
    at = world.chance.choice([world.at, world.portal])
    column = Column.objects.filter(agency=at.agency, required=False).order_by("pk").first()
    binding: dict[str, Any] = world.chance.choice(
        [{"types": ["notice"]}, {"types": ["news"], "duty": "news"}, {"types": [], "column": column}]
    )
    facts = given(second=f"第{next(world.number)}项", **binding)
    matters.create_matter(at.agency, by=SYSTEM, **facts)


def change_matter(world: World) -> None:
    one = a_matter(world)
    if one is not None:
        matters.change_matter(one, by=SYSTEM, content=f"改过{next(world.number)}", types=["normative"])


def move_matter(world: World) -> None:
    one = a_matter(world)
    if one is not None:
        matters.move_matter(one, by=SYSTEM, after=None)


def abolish_matter(world: World) -> None:
    one = a_matter(world)
    if one is not None:
        matters.abolish_matter(one, by=SYSTEM, reason="职责划出")


def import_list(world: World) -> None:
    rows = [[n, f"供热{n}", f"第{next(world.number)}行", *ROW[3:]] for n in range(1, 3)]
    carried(world.at, sheet(PLAIN, *rows), remove_missing=world.chance.random() < 0.5)


def add_project(world: World) -> None:
    year = timezone.localdate().year
    facts = {"year": year, "name": f"第{next(world.number)}个项目", "goal": "做好", "responsible": "市城管委"}
    projects.create_project(world.at.agency, by=SYSTEM, **facts)


def tell_month(world: World) -> None:
    for one in Project.objects.filter(agency=world.at.agency).order_by("pk"):
        told = one.updates.count()
        officer, text = world.at.disclosure_officer, f"进展{next(world.number)}"
        if told == 0:
            projects.publish_update(one, month=date(one.year, 1, 1), percent=10, text=text, by=officer)
            return
        if world.chance.random() < 0.5:
            month = date(one.year, 1, 1)
            projects.correct_update(one, month=month, percent=told, text=text, note="误写", by=officer)
            return


def remove_column(world: World) -> None:
    made = columns.create_column(world.at.agency, by=SYSTEM, key=f"k{next(world.number)}", name="又一栏")
    matters.create_matter(world.at.agency, by=SYSTEM, **given(second=made.key, types=[], column=made))
    columns.remove_column(made, by=SYSTEM)


_HAPPENINGS = (
    add_matter, change_matter, move_matter, abolish_matter, import_list, add_project, tell_month, remove_column,
    release, revise, withdraw, take_down, tag, pick, change_column, change_body, rename_body,
)  # fmt: skip


def begun(site: Site, store: Store, seed: int) -> Reader:
    """A city with columns and a topic, some documents, matters and a project."""
    portal = people.staffed("澜川市人民政府", is_city=True)
    at, other = people.staffed("澜川市城市管理委员会"), people.staffed("澜川市市容委员会")
    for one in (portal, at):
        sites.columns_of(one, city=one is portal)
    columns.save_topic(at.agency, slug="heating", name="供热", by=SYSTEM)
    world = Reader(site, store, random.Random(seed), at, other, portal)
    for begin in (release, release, add_matter, add_matter, add_project):
        begin(world)
    return world


def test_no_list_is_ever_stale(site: Site, store: Store) -> None:
    """By chance, another one on each kind of database."""
    world = begun(site, store, {"sqlite": 1, "postgresql": 20}[connection.vendor])
    with moving_days() as next_day:
        for step in range(3):
            world.read()
            happened = [world.chance.choice(_HAPPENINGS) for _ in range(7)]
            for happening in happened:
                happening(world)
                if world.chance.random() < 0.3:
                    world.read()
            if step == 1:
                next_day()
            work()
            assert verify(store) == [], [one.__name__ for one in happened]


@pytest.mark.long
@pytest.mark.one_database
def test_each_act_alone_renews_what_shows_it(site: Site, store: Store) -> None:
    """Without another act beside it that would renew the same pages."""
    world = begun(site, store, 3)
    for happening in _HAPPENINGS:
        work()
        world.read(every=True)
        kept = {row.path for row in pages(store.index.connection(), "state=?", (State.TRUE,))}
        assert {"/qd/", "/jz/", "/sj/", "/ml/"} <= kept
        happening(world)
        work()
        assert verify(store) == [], happening.__name__
