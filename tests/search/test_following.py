"""What is released is found, what is taken back is not, and the desk finds what it may: by the present state alone."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from tests.factories import editions, people, sites
from tests.factories.people import Staffed
from tests.search.conftest import Find, found

from gongkai.agencies.actions import bodies
from gongkai.agencies.roles import Role
from gongkai.catalog.actions import columns, content, documents
from gongkai.catalog.columns import Column
from gongkai.catalog.documents import Document
from gongkai.catalog.files import FileRole
from gongkai.catalog.links import LinkKind
from gongkai.catalog.queries import access_documents, documents_in
from gongkai.catalog.rules import Validity
from gongkai.ledger import followers
from gongkai.ledger.refs import SYSTEM
from gongkai.search import following, labels
from gongkai.search.asking import Where
from gongkai.search.comparing import compare

pytestmark = pytest.mark.django_db(transaction=True)
TITLE = "关于供热主管网检修的公告"


@pytest.fixture
def at() -> Staffed:
    return people.staffed("澜川市城市管理委员会")


def test_released_corrected_revoked(at: Staffed, find: Find) -> None:
    document = editions.released(at, title=TITLE).document
    assert find("主管网检修") == [TITLE]
    sites.revised(at, document, note="改标题", title="关于供水主管网检修的公告")
    assert find("主管网检修") == ["关于供水主管网检修的公告"]
    assert find("供热", where=Where.TITLE) == []
    sites.changed(at, document, "revoke", reason="误发")
    assert find("主管网检修") == []
    mine = labels.of_officer(at.disclosure_head)
    assert [hit.state_label for hit in found("主管网检修", labels=mine).hits] == ["已撤回"]


@pytest.mark.parametrize(
    ("event", "given"), [("take_offline", {"reason": "核对"}), ("redirect", {"target": "https://example.cn/a"})]
)
def test_what_is_no_longer_public_is_not_found(at: Staffed, find: Find, event: str, given: dict[str, Any]) -> None:
    document = editions.released(at, title=TITLE).document
    assert find("供热") == [TITLE]
    sites.changed(at, document, event, **given)
    assert find("供热") == []


def test_nothing_unpublished_leaks(at: Staffed, find: Find) -> None:
    """Every way of asking, on the public side, by somebody of another agency, and of another department."""
    draft = editions.draft(at, title="尚未公开的机密事项", body="<p>内部讨论的绝密词语。</p>")
    other = people.staffed("澜川市水务局")
    assert find("绝密词语") == []
    for text in ("尚未公开的机密事项", "机密", "密", draft.document.index_number, ""):
        assert [hit.title for hit in found(text).hits if "机密" in hit.title] == [], text
        answer = found(text, labels=labels.of_officer(other.disclosure_head))
        assert [hit for hit in answer.hits if "机密" in hit.title] == [], text
    assert found("机密").total == 0
    assert found("", filters={"kind": ("draft",)}).total == 0
    assert sum(one.count for one in found("").facets["agency"]) == found("").total
    neighbour = people.officer(at.agency, Role.DRAFTER, at.other_department)
    assert found("绝密词语", labels=labels.of_officer(neighbour)).total == 0
    nobody = people.officer(at.agency, Role.DRAFTER, at.department)
    nobody.appointments.all().delete()
    nobody = type(nobody).objects.get(pk=nobody.pk)
    assert found("绝密词语", labels=labels.of_officer(nobody)).total == 0
    for one in (at.drafter, at.leader, at.disclosure_officer):
        assert [hit.kind for hit in found("绝密词语", labels=labels.of_officer(one)).hits] == ["draft"]


def test_labels_say_what_access_documents_says(at: Staffed, find: Find) -> None:
    """For every officer: the documents found on the desk that are not public are exactly those that may be opened."""
    other = people.staffed("澜川市水务局")
    for whose in (at, other):
        editions.draft(whose, title="草稿甲")
        editions.submitted(whose, title="草稿乙")
    assert find() == []
    for officer in (*at.officers.values(), *other.officers.values()):
        answer = found("", filters={"kind": ("draft",)}, labels=labels.of_officer(officer))
        mine = set(Document.objects.filter(editions__in=[hit.id for hit in answer.hits]).values_list("pk", flat=True))
        assert mine == set(access_documents(officer).values_list("pk", flat=True)), officer.username


def test_a_hit_is_read_again_before_it_is_shown(at: Staffed, find: Find) -> None:
    """The index may be behind by a moment; what is revoked is not shown all the same."""
    document = editions.released(at, title=TITLE).document
    assert find("供热") == [TITLE]
    sites.changed(at, document, "revoke", reason="误发")
    assert found("供热").hits == []


def test_attachments_header_and_former_names(at: Staffed, find: Find) -> None:
    draft = editions.draft(at, **sites.NORMATIVE)
    content.add_file(
        draft, name="配置标准.csv", data="户数,特殊词\n300,2\n".encode(), role=FileRole.ATTACHMENT, by=at.drafter
    )
    draft.refresh_from_db()
    editions.release_through(at, draft)
    title = sites.NORMATIVE["title"]
    for text in (
        "配置标准",
        "澜城管发〔2025〕17号",
        "规定投放设施的数量和位置",
        "三百户以下",
        draft.document.index_number,
    ):
        assert find(text) == [title], text
    assert found("配置标准").hits[0].fragment_in == "配置标准.csv"
    bodies.rename(at.agency, name="澜川市城市运行局", short_name="市城运局", on=date(2026, 1, 1), by=SYSTEM)
    assert find("澜川市城市运行局") == [title]
    assert find("澜川市城市管理委员会") == [title], "the former name stays findable"


def test_columns_picks_and_topics(at: Staffed, find: Find) -> None:
    document = editions.released(at, title=TITLE).document
    column = columns.create_column(at.agency, by=SYSTEM, key="zt", name="专栏", rule={"picked_only": True})
    chosen = {"filters": {"column": (str(column.pk),)}}
    assert find(**chosen) == []
    columns.set_picks(column, [document], by=SYSTEM)
    assert find(**chosen) == [TITLE]
    columns.set_picks(column, [], by=SYSTEM)
    assert find(**chosen) == []
    columns.change_column(column, by=SYSTEM, rule={"types": ["notice"]})
    assert find(**chosen) == [TITLE]
    topic = columns.save_topic(at.agency, slug="gr", name="温暖过冬", by=SYSTEM)
    documents.set_topics(document, [topic], by=at.disclosure_officer)
    assert find(filters={"topic": (str(topic.pk),)}) == [TITLE]


def test_a_column_holds_what_its_page_lists(find: Find) -> None:
    sites.full_city()
    find()
    for column in Column.objects.filter(kind__in=["list", "page"]):
        listed = {one.pk for one in documents_in(column)}
        answer = found(filters={"column": (str(column.pk),)}, site=column.agency_id)
        assert {hit.id for hit in answer.hits} == listed, column.key
        assert answer.total == len(listed)


def test_validity_changes_at_midnight_by_itself(at: Staffed, find: Find) -> None:
    facts = sites.NORMATIVE | {"effective_on": date(2026, 3, 1), "expires_on": date(2026, 9, 1)}
    editions.released(at, **facts)
    find()
    days = {
        date(2026, 2, 28): Validity.PENDING, date(2026, 3, 1): Validity.VALID, date(2026, 8, 31): Validity.VALID,
        date(2026, 9, 1): Validity.EXPIRED,
    }  # fmt: skip
    for today, validity in days.items():
        counted = {one.value: one.count for one in found("投放设施", today=today).facets["validity"]}
        assert counted == {validity.value: 1}
        for asked in ("pending", "valid", "amended", "expired", "repealed", "none"):
            total = found("投放设施", today=today, filters={"validity": (asked,)}).total
            assert total == (asked == validity.value)


def test_what_ends_at_midnight_weighs_less_from_then_on(
    at: Staffed, find: Find, frozen_time: Callable[[str], time_machine.Traveller]
) -> None:
    """The one that fits better ends tomorrow, and goes behind the other on that day with no entry made."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    editions.released(at, **(sites.NORMATIVE | {"title": "投放设施设置规范甲", "summary": "甲"}))
    again = "<p>投放设施设置规范。</p>" * 3
    ends = {"title": "投放设施设置规范乙", "summary": "乙", "body": again + sites.LAW, "expires_on": tomorrow}
    editions.released(at, **(sites.NORMATIVE | ends))
    assert find("投放设施设置规范") == ["投放设施设置规范乙", "投放设施设置规范甲"]
    assert compare().wrong == 0
    frozen_time(f"{tomorrow} 00:00")
    assert find("投放设施设置规范") == ["投放设施设置规范甲", "投放设施设置规范乙"]
    assert compare().wrong == 0


def test_an_amended_text_is_known_as_such(at: Staffed, find: Find) -> None:
    policy = editions.released(at, **(sites.NORMATIVE | {"effective_on": date(2025, 1, 1)})).document
    find()
    sites.linked(
        at, LinkKind.AMENDS, policy, **(sites.NORMATIVE | {"title": "关于修改规范的决定", "body": "<p>改。</p>"})
    )
    assert find("投放设施设置规范", filters={"validity": ("amended",)}) == [sites.NORMATIVE["title"]]


def test_a_replay_changes_nothing(find: Find) -> None:
    sites.full_city()
    before = find()
    assert compare().wrong == 0
    followers.replay(followers.get(following.NAME))
    assert find() == before
    difference = compare()
    assert (difference.wrong, difference.compared > 5) == (0, True)
