"""The bodies, officers and columns of the demo city hang together."""

from __future__ import annotations

import pytest

from gongkai.demo.city import DemoBody, bodies, body, columns, topics
from gongkai.demo.full_list import full_lists
from gongkai.demo.shapes import ROLES, TYPES
from gongkai.law.upkeep import duty
from gongkai.law.wordings import parse

WORKING = [one for one in bodies() if one.succession is None]


def test_the_city_has_its_bodies_and_two_that_ended() -> None:
    assert [one.code for one in bodies()] == ["A00", "A01", "A02", "A03", "B01", "B02"]
    assert [one.code for one in bodies() if one.supervisor] == ["A01"]
    assert body("B01").succession is not None
    assert body("B02").succession is not None
    for ended in bodies():
        if ended.succession:
            assert body(ended.succession.successor).succession is None


def test_codes_hosts_slugs_and_site_ids_are_unique() -> None:
    for field in ("code", "name", "host", "slug", "site_id", "document_prefix"):
        values = [getattr(one, field) for one in bodies()]
        assert len(values) == len(set(values)), field


def test_every_body_can_be_reached() -> None:
    for one in bodies():
        for field in ("address", "postcode", "hours", "phone", "fax", "mailbox", "disclosure_office", "icp"):
            assert getattr(one, field), (one.code, field)
        assert one.phone.startswith("0000-"), "an invented number must look invented"
        assert len(one.site_id) == 10


def test_usernames_are_unique_and_departments_exist() -> None:
    usernames = [officer.username for one in bodies() for officer in one.officers]
    assert len(usernames) == len(set(usernames))
    for one in bodies():
        names = {department.name for department in one.departments} | {""}
        for officer in one.officers:
            assert officer.department in names, officer
            assert set(officer.roles) <= set(ROLES), officer
            assert officer.username.isascii()
            assert officer.username.islower()


@pytest.mark.parametrize("one", WORKING, ids=lambda one: one.code)
def test_nobody_must_approve_their_own_work(one: DemoBody) -> None:
    for role in ROLES:
        assert any(role in officer.roles for officer in one.officers), (one.code, role)
    for drafter in (officer for officer in one.officers if "drafter" in officer.roles):
        colleagues = [officer for officer in one.officers if officer.username != drafter.username]
        assert any("dept_reviewer" in each.roles and each.department == drafter.department for each in colleagues), (
            drafter
        )
        for role in ("office_reviewer", "secrecy_reviewer", "legal_reviewer", "leader"):
            assert any(role in each.roles for each in colleagues), (drafter, role)


def test_every_column_has_a_place_a_duty_and_a_rule() -> None:
    for agency in ("A00", "A01", "A02", "A03"):
        tree = [column for column in columns() if column.agency == agency]
        keys = [column.key for column in tree]
        assert len(keys) == len(set(keys)), agency
        paths = [column.path for column in tree]
        for place, column in enumerate(tree):
            assert column.parent == "" or column.parent in paths[:place], column.path
            assert duty(column.duty).key == column.duty
            assert column.reach in {"own", "city"}
            assert set(column.types) <= set(TYPES)
            assert column.types or column.topics or column.items, column.path


def test_the_full_lists_are_whole_and_name_only_what_there_is() -> None:
    lists = {one.agency: one for one in full_lists()}
    assert {code: len(one.matters) for code, one in lists.items()} == {"A02": 150, "A03": 40}
    for code, one in lists.items():
        departments = {each.name for each in body(code).departments}
        assert {matter.department for matter in one.matters} <= departments
        assert {topic for matter in one.matters for topic in matter.topics} <= set(topics())
        assert {kind for matter in one.matters for kind in matter.types} <= set(TYPES)
        assert len({(matter.first, matter.second) for matter in one.matters}) == len(one.matters)
        for matter in one.matters:
            assert parse(matter.limit_text), matter.second
            assert "{" not in matter.second + matter.content
            assert not matter.duty or duty(matter.duty)
