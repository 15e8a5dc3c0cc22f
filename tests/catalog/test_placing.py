"""Where a document is found among the columns."""

import pytest
from tests.factories import people, sites

from gongkai.catalog import placing, queries
from gongkai.catalog.actions import columns
from gongkai.catalog.columns import Column
from gongkai.catalog.placing import PlacedFacts
from gongkai.ledger.refs import SYSTEM

pytestmark = pytest.mark.django_db


def _facts(**given: object) -> PlacedFacts:
    values: dict[str, object] = {
        "type": "normative",
        "item": "20-01",
        "subject": "其他",
        "genre": "通知",
        "topics": frozenset(),
        "picked": frozenset(),
    }
    return PlacedFacts(**(values | given))  # type: ignore[arg-type]


def _way(at: people.Staffed, **given: object) -> list[str]:
    return [column.key for column in placing.path_to(queries.column_tree(at.agency), _facts(**given))]


def test_the_agency_s_own_column_goes_before_the_statutory_one() -> None:
    at = people.staffed()
    assert _way(at) == ["xxgk", "fdzdgk", "fd-20-01"]
    sites.columns_of(at)
    assert _way(at) == ["policy"]


def test_the_deeper_and_narrower_column_is_nearer() -> None:
    at = people.staffed()
    sites.columns_of(at)
    policy = Column.objects.get(agency=at.agency, key="policy")
    columns.create_column(
        at.agency, by=SYSTEM, key="normative", name="规范性文件", parent=policy, rule={"types": ["normative"]}
    )
    columns.create_column(at.agency, by=SYSTEM, key="all", name="全部", position=1)
    assert _way(at) == ["policy", "normative"]
    assert _way(at, type="rule") == ["policy"]


def test_readers_look_by_type_before_by_topic() -> None:
    at = people.staffed()
    sites.columns_of(at)
    policy = Column.objects.get(agency=at.agency, key="policy")
    columns.create_column(at.agency, by=SYSTEM, key="waste", name="垃圾分类", parent=policy, rule={"topics": ["waste"]})
    assert _way(at, topics=frozenset({"waste"})) == ["policy"]
    assert _way(at, type="annual_report", item="20-15") == ["xxgk", "nianbao"]


def test_a_picked_document_is_where_it_was_picked() -> None:
    at = people.staffed()
    zhidu = Column.objects.get(agency=at.agency, key="zhidu")
    assert _way(at, item="none", picked=frozenset({zhidu.pk})) == ["xxgk", "zhidu"]
    assert _way(at, item="none") == []


@pytest.mark.parametrize(
    ("rule", "given", "belongs"),
    [
        ({"subjects": ["其他"]}, {}, True),
        ({"subjects": ["国防"]}, {}, False),
        ({"genres": ["通知"], "types": ["normative"]}, {}, True),
        ({"genres": ["公告"], "types": ["normative"]}, {}, False),
        ({"topics": ["heating"]}, {"topics": frozenset({"heating", "x"})}, True),
        ({"topics": ["heating"]}, {}, False),
    ],
)
def test_every_condition_of_the_rule_counts(rule: dict[str, object], given: dict[str, object], belongs: bool) -> None:
    assert placing.gathers(Column(key="c", name="c", rule=rule), _facts(**given)) is belongs
