"""The full list: matters are added, changed, moved and abolished by actions; how each stands follows from documents."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from tests.factories import editions, people, sites
from tests.factories.people import Staffed

from gongkai.catalog import queries
from gongkai.catalog.actions import columns, matters
from gongkai.catalog.documents import Document
from gongkai.catalog.full_list import standing
from gongkai.catalog.matter_state import SOON_DAYS, MatterFacts, MatterState, matter_status
from gongkai.catalog.matters import Matter
from gongkai.law import upkeep
from gongkai.law.wordings import parse
from gongkai.ledger.entries import Entry

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)


@pytest.fixture
def at(db: None) -> Staffed:
    return people.staffed("澜川市城市管理委员会")


def given(**facts: Any) -> dict[str, Any]:
    return {
        "first": "供热管理",
        "second": "供热质量监督检查",
        "content": "检查时间、范围、结果和处理情况",
        "basis": "《城市供热管理办法》第二十条",
        "limit_text": "自信息形成或者变更之日起20个工作日内",
        "body": "市城管委供热管理处",
        "channels": ["website", "new_media"],
        "types": ["notice"],
    } | facts


def made(at: Staffed, **facts: Any) -> Matter:
    return matters.create_matter(at.agency, by=at.disclosure_officer, **given(**facts))


def test_a_matter_is_added_at_the_end_with_its_limit_read(at: Staffed) -> None:
    first, second = made(at), made(at, second="供热单位名录", limit_text="每季度公开一次")
    assert (first.number, second.number) == (1, 2)
    assert (first.limit_kind, first.limit_value, first.limit_unit) == ("within", 20, "working_day")
    assert first.limit_start == "信息形成或者变更之日"
    assert (second.limit_kind, second.limit_unit) == ("periodic", "quarter")
    entry = Entry.objects.get(kind="catalog.matter_created", subject_id=str(first.pk))
    assert (entry.subject_kind, entry.agency_id, entry.subject_label) == (
        "matter",
        str(at.agency.pk),
        "供热质量监督检查",
    )


@pytest.mark.parametrize(
    ("facts", "field", "told"),
    [
        ({"limit_text": "过几天"}, "limit_text", "看不懂公开时限“过几天”"),
        ({"limit_text": " "}, "limit_text", "请填写公开时限"),
        ({"channels": []}, "channels", "至少选择一种"),
        ({"channels": ["fax"]}, "channels", "没有这些选项：fax"),
        ({"channels": ["other"]}, "channel_note", "写明是什么渠道"),
        ({"audience": "specific"}, "audience_note", "写明是哪些人"),
        ({"types": ["gossip"]}, "types", "没有这些文件类型：gossip"),
        ({"topics": ["nothing"]}, "topics", "没有这些专题：nothing"),
        ({"item": "20-99"}, "item", "十五项"),
        ({"duty": "sometimes"}, "duty", "更新要求"),
        ({"content": ""}, "content", ""),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_written(
    at: Staffed, facts: dict[str, Any], field: str, told: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        made(at, **facts)
    assert told in "".join(refused.value.message_dict[field])
    assert not Matter.objects.exists()


def test_ties_lead_to_the_own_agency_only(at: Staffed) -> None:
    other = people.staffed("澜川市水务局")
    column = columns.create_column(other.agency, key="own", name="水务", by=other.admin)
    with pytest.raises(ValidationError) as refused:
        made(at, column=column, department=other.department)
    assert set(refused.value.message_dict) == {"column", "department"}


def test_the_same_matter_twice_is_refused(at: Staffed) -> None:
    made(at)
    with pytest.raises(ValidationError, match="都相同"):
        made(at)
    made(at, content="另外的内容")


def test_a_change_says_before_and_after_in_words(at: Staffed) -> None:
    matter = made(at)
    changed = matters.change_matter(matter, by=at.disclosure_head, channels=["website", "gazette"], duty="quarterly")
    assert changed
    assert not matters.change_matter(matter, by=at.disclosure_head, channels=["website", "gazette"])
    entry = Entry.objects.get(kind="catalog.matter_changed")
    assert entry.data["before"] == {"公开渠道和载体": "政府网站、两微一端", "更新要求": ""}
    assert entry.data["after"] == {"公开渠道和载体": "政府网站、政府公报", "更新要求": "按季度更新"}


def test_what_is_typed_is_kept_without_what_cannot_be_written(at: Staffed) -> None:
    matter = made(at, content="  第一行\r\n第二行\x00\x07 ")
    assert Matter.objects.get(pk=matter.pk).content == "第一行\n第二行"


def test_an_abolished_matter_leaves_the_list_and_can_come_back(at: Staffed) -> None:
    matter = made(at)
    with pytest.raises(ValidationError, match="取消的原因"):
        matters.abolish_matter(matter, by=at.disclosure_officer, reason=" ")
    matters.abolish_matter(matter, by=at.disclosure_officer, reason="职责已划出")
    assert standing.of_agency(at.agency, TODAY) == []
    assert Entry.objects.get(kind="catalog.matter_abolished").data == {"reason": "职责已划出"}
    made(at)
    with pytest.raises(ValidationError, match="都相同"):
        matters.restore_matter(matter, by=at.disclosure_officer)
    matters.change_matter(Matter.objects.get(abolished_on=None), by=at.disclosure_officer, content="改写")
    matters.restore_matter(Matter.objects.get(pk=matter.pk), by=at.disclosure_officer)
    assert len(standing.of_agency(at.agency, TODAY)) == 2


def test_moving_numbers_the_list_anew(at: Staffed) -> None:
    one, two, three = (made(at, second=name) for name in "甲乙丙")
    assert matters.move_matter(three, by=at.disclosure_officer, after=None)
    assert list(Matter.objects.values_list("second", "number")) == [("丙", 1), ("甲", 2), ("乙", 3)]
    assert not matters.move_matter(Matter.objects.get(pk=three.pk), by=at.disclosure_officer, after=None)
    matters.move_matter(one, by=at.disclosure_officer, after=two)
    assert [row.second for row in Matter.objects.all()] == ["丙", "乙", "甲"]
    with pytest.raises(ValidationError, match="另一个事项"):
        matters.move_matter(one, by=at.disclosure_officer, after=one)


def facts(last: date | None, wording: str = "每季度公开一次", duty: str = "", **more: bool) -> MatterFacts:
    values = {"bound": True, "asked_for": False} | more
    return MatterFacts(parse(wording), upkeep.duty(duty) if duty else None, last=last, **values)


@pytest.mark.parametrize(
    ("matter", "state", "next_on", "changes_on"),
    [
        (facts(date(2026, 8, 1)), MatterState.FRESH, date(2026, 12, 31), date(2026, 12, 16)),
        (facts(date(2026, 5, 1)), MatterState.LATE, date(2026, 9, 30), None),
        (facts(date(2026, 11, 1), "每月公开一次"), MatterState.FRESH, date(2026, 12, 31), date(2026, 12, 16)),
        (facts(date(2026, 10, 31), "每月公开一次"), MatterState.DUE_SOON, date(2026, 11, 30), date(2026, 12, 1)),
        (facts(date(2026, 11, 12), "及时公开", "news"), MatterState.DUE_SOON, TODAY, TODAY + timedelta(days=1)),
        (facts(date(2026, 11, 11), "及时公开", "news"), MatterState.LATE, date(2026, 11, 25), None),
        (facts(date(2020, 1, 1), "每年1月31日前", "fixed"), MatterState.FRESH, None, None),
        (facts(date(2020, 1, 1), "及时公开"), MatterState.FRESH, None, None),
        (facts(None), MatterState.MISSING, None, None),
        (facts(None, bound=False), MatterState.UNBOUND, None, None),
        (facts(None, asked_for=True), MatterState.UNBOUND, None, None),
    ],
)
def test_how_a_matter_stands(matter: MatterFacts, state: MatterState, next_on: date | None, changes_on: date) -> None:
    status = matter_status(matter, TODAY)
    assert (status.state, status.next_on, status.changes_on) == (state, next_on, changes_on)


def test_a_status_holds_until_the_day_it_names() -> None:
    last = date(2026, 8, 1)
    day, seen = last, []
    while day < date(2027, 3, 1):
        status = matter_status(facts(last), day)
        seen.append(status.state)
        until = status.changes_on or date(2027, 3, 1)
        while day < until:
            assert matter_status(facts(last), day) == status
            day += timedelta(days=1)
    assert seen == [MatterState.FRESH, MatterState.DUE_SOON, MatterState.LATE]
    assert SOON_DAYS > 0


def test_the_newest_document_of_type_topic_or_column_shows_it(at: Staffed) -> None:
    topic = columns.save_topic(at.agency, slug="heating", name="供热服务", by=at.admin)
    column = columns.create_column(at.agency, key="plan", name="计划", rule={"types": ["plan"]}, by=at.admin)
    notice = editions.released(at, title="检修公告").document
    tagged = editions.released(at, title="供热检修公告").document
    tagged.topics.add(topic)
    plan = editions.released(at, type_key="plan", title="工作要点", genre="计划").document
    editions.released(people.staffed("澜川市水务局"), title="别的机关的公告")
    editions.draft(at, title="还没有公开的公告")
    by_type = made(at, second="按类型")
    by_topic = made(at, second="按类型和专题", topics=["heating"])
    by_column = made(at, second="按栏目", types=[], column=column)
    either = made(at, second="按专题或栏目", types=[], topics=["heating"], column=column)
    made(at, second="没有关联", types=[])
    found = {one.matter.second: one.document_id for one in standing.of_agency(at.agency, timezone.localdate())}
    assert found == {
        "按类型": tagged.pk,
        "按类型和专题": tagged.pk,
        "按栏目": plan.pk,
        "按专题或栏目": plan.pk,
        "没有关联": None,
    }
    for matter, expected in (
        (by_type, {notice, tagged}),
        (by_topic, {tagged}),
        (by_column, {plan}),
        (either, {tagged, plan}),
    ):
        assert set(queries.documents_of(matter)) == expected
        for document in (notice, tagged, plan):
            assert (matter in queries.matters_of(document)) == (document in expected)


def test_what_only_a_composed_page_shows_is_disclosed_without_any_document(at: Staffed) -> None:
    guide = columns.create_column(at.agency, key="zn", name="公开指南", kind="guide", by=at.admin)
    notice = editions.released(at).document
    matter = made(at, types=[], column=guide)
    found = standing.of_matter(matter, TODAY)
    assert (found.status.state, found.document_id) == (MatterState.FRESH, None)
    assert not queries.documents_of(matter)
    assert queries.matters_of(notice) == []


def test_a_hand_picked_document_counts_whoever_issued_it(at: Staffed) -> None:
    column = columns.create_column(at.agency, key="zd", name="制度", rule={"picked_only": True}, by=at.admin)
    mine = editions.released(at).document
    theirs = editions.released(people.staffed("澜川市水务局")).document
    matter = made(at, types=[], column=column)
    assert standing.of_matter(matter, TODAY).status.state == MatterState.MISSING
    columns.set_picks(column, [mine], by=at.admin)
    assert standing.of_matter(matter, TODAY).document_id == mine.pk
    assert queries.matters_of(mine) == [matter]
    columns.set_picks(column, [mine, theirs], by=at.admin)
    assert standing.of_matter(matter, TODAY).document_id == theirs.pk
    assert set(queries.documents_of(matter)) == {mine, theirs}
    assert queries.matters_of(theirs) == []


def test_a_hundred_and_fifty_matters_cost_what_one_costs(at: Staffed, django_assert_num_queries: Any) -> None:
    column = columns.create_column(at.agency, key="all", name="公告", rule={"types": ["notice"]}, by=at.admin)
    sites.many(at, 30)
    for number in range(150):
        made(at, second=f"事项{number}", **({"column": column, "types": []} if number % 2 else {}))
    with django_assert_num_queries(4):
        rows = standing.of_agency(at.agency, timezone.localdate())
    assert len(rows) == 150
    assert {one.status.state for one in rows} == {MatterState.FRESH}
    assert standing.figures(rows).fresh == 150


def test_a_document_asks_little_to_know_its_matters(at: Staffed, django_assert_num_queries: Any) -> None:
    document = Document.objects.select_related("live").get(pk=editions.released(at).document_id)
    for number in range(20):
        made(at, second=f"事项{number}")
    with django_assert_num_queries(3):
        assert len(queries.matters_of(document)) == 20


def test_what_is_late_comes_first(at: Staffed) -> None:
    editions.released(at)
    made(at, second="好的")
    made(at, second="没有的", types=["budget"])
    made(at, second="没有关联", types=[])
    rows = standing.most_urgent_first(standing.of_agency(at.agency, timezone.localdate()))
    assert [one.matter.second for one in rows] == ["没有的", "好的", "没有关联"]
