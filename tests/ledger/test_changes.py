"""What was changed is told by the names of its fields, as it was and as it is."""

from gongkai.agencies.bodies import Agency
from gongkai.agencies.officers import Officer
from gongkai.ledger import changes


def test_only_what_differs_is_set_and_told() -> None:
    agency = Agency(name="澜川市水务局", short_name="市水务局", functions="")
    before, after = changes.set_fields(agency, {"name": "澜川市水务局", "functions": "负责供水。"})
    assert agency.functions == "负责供水。"
    [label] = after
    assert (before[label], after[label]) == ("", "负责供水。")
    assert changes.sentence({"before": before, "after": after}) == f"{label}：（空） → 负责供水。"


def test_yes_and_no_are_words() -> None:
    officer = Officer(is_active=True)
    before, after = changes.set_fields(officer, {"is_active": False})
    assert [*before.values(), *after.values()] == ["是", "否"]


def test_where_nothing_differs_nothing_is_told() -> None:
    assert changes.set_fields(Agency(name="甲局"), {"name": "甲局"}) == ({}, {})
    assert changes.sentence({}) == ""
