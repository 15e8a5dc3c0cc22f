"""The question as people type it: scripts, numbers, whole sentences, synonyms; marks that hide no markup; pages."""

from collections.abc import Iterator

import pytest
from tests.factories import editions, people, sites
from tests.factories.people import Staffed
from tests.search.conftest import Find, found

from gongkai.search import analysis, query
from gongkai.search.asking import Asked, Matched, Sort
from gongkai.search.marking import Marker
from gongkai.search.query import search

pytestmark = pytest.mark.django_db(transaction=True)
TITLE = "关于供热主管网检修的公告"
NUMBERED = {"type_key": "normative", "effective_on": None} | sites.NORMATIVE


@pytest.fixture
def at() -> Staffed:
    return people.staffed("澜川市城市管理委员会")


@pytest.fixture
def synonyms() -> Iterator[dict[str, list[str]]]:
    """Wordings by question, as the dictionary of synonyms gives them."""
    known: dict[str, list[str]] = {}

    def expand(text: str, site: int | None) -> list[str]:
        return known.get(text, [])

    query.register_expansion(expand)
    yield known
    query._expansions.remove(expand)


def test_traditional_input_finds_simplified_text(at: Staffed, find: Find) -> None:
    editions.released(at, title=TITLE)
    assert find("供熱主管網檢修") == [TITLE]
    assert "<mark>供热主管网检修</mark>" in found("供熱主管網檢修").hits[0].title_html


@pytest.mark.parametrize(
    "typed",
    [
        "澜城管发〔2025〕17号", "澜城管发[2025]17号", "澜城管发【2025】17号", "澜城管发（2025）17 号",
        "澜城管发2025年第17号", "瀾城管發〔２０２５〕１７號", "〔2025〕17号", "2025年第17号", "澜城管发 〔2025〕 17号",
    ],
)  # fmt: skip
def test_a_document_number_finds_the_document_first(at: Staffed, find: Find, typed: str) -> None:
    editions.released(at, title="转发澜城管发〔2025〕17号的通知", body="<p>现将澜城管发〔2025〕17号转发给你们。</p>")
    editions.released(at, **sites.NORMATIVE)
    editions.released(at, title="澜城管发〔2025〕170号的说明", body="<p>与此无关。</p>")
    titles = find(typed)
    assert titles[0] == sites.NORMATIVE["title"]
    assert not [one for one in titles if "170" in one]
    assert found(typed).matched is Matched.NUMBER


def test_an_index_number_finds_its_document(at: Staffed, find: Find) -> None:
    document = editions.released(at, title=TITLE).document
    editions.released(at, title="另一公告")
    assert find(document.index_number) == [TITLE]
    code, year, serial = document.index_number.split("-")
    for typed in (f"{code.lower()}-{year}-{int(serial)}", f"{code} {year} {serial}", f"{code}/{year}/{serial}"):
        assert find(typed) == [TITLE], typed
        assert found(typed).matched is Matched.INDEX_NUMBER


def test_a_sentence_is_split_into_its_words_and_that_is_said(at: Staffed, find: Find) -> None:
    editions.released(at, title=TITLE)
    assert find("供热检修怎么安排的公告") == [TITLE]
    answer = found("供热检修怎么公告")
    assert answer.matched is Matched.JOINED
    assert answer.matched.label
    assert set(answer.joined) == {"供热", "检修", "公告"}
    assert (answer.total, answer.strict_total) == (1, 0)
    assert found("供热检修怎么公告", exact=True).total == 0


def test_a_title_asked_for_is_found_and_nothing_else_is_offered(at: Staffed, find: Find) -> None:
    editions.released(at, title=TITLE)
    editions.released(at, title="关于检修供热设施主管网的公告", body="<p>供热主管网检修</p>")
    assert find(TITLE) == [TITLE]
    assert found(TITLE).matched is Matched.PHRASE


def test_synonyms_are_looked_for_as_well(at: Staffed, find: Find, synonyms: dict[str, list[str]]) -> None:
    editions.released(at, title="公共租赁住房配租公告", body="<p>配租。</p>", summary="配租。")
    assert find("公租房") == []
    synonyms["公租房"] = ["公共租赁住房"]
    assert find("公租房") == ["公共租赁住房配租公告"]
    answer = found("公租房")
    assert (answer.matched, answer.synonyms) == (Matched.PHRASE, ("公共租赁住房",))
    assert "<mark>公共租赁住房</mark>" in answer.hits[0].title_html
    assert found("公租房", exact=True).total == 0


@pytest.mark.parametrize(
    "typed", ["，。！", "《》", "  ", "\x00", "()[]{}*?+^$|\\", '"title:供热"', "供热*", "a" * 5000]
)
def test_any_input_is_answered(at: Staffed, find: Find, typed: str) -> None:
    editions.released(at, title=TITLE)
    find()
    for sort in Sort:
        answer = found(typed, sort=sort)
        assert answer.total == len(answer.hits)


@pytest.mark.parametrize("cursor", ["", "x", "pd", "po99999999999999999999", "pd1-99999", "pn0", "po0", "zo5", "pd5-3"])
def test_any_cursor_is_answered(at: Staffed, find: Find, cursor: str) -> None:
    editions.released(at, title=TITLE)
    find()
    for sort in Sort:
        assert found("供热", cursor=cursor, sort=sort).total == 1


@pytest.mark.parametrize("sort", list(Sort))
def test_pages_show_everything_once_and_lead_back(at: Staffed, find: Find, sort: Sort) -> None:
    sites.many(at, 47)
    find()
    asked = Asked("号公告", size=10, sort=sort)
    pages, page = [], search(asked)
    assert page.previous == ""
    while True:
        pages.append([hit.key for hit in page.hits])
        if not page.next:
            break
        page = search(asked.but(cursor=page.next))
    keys = [key for one in pages for key in one]
    assert (len(keys), len(set(keys)), page.total) == (47, 47, 47)
    back = search(asked.but(cursor=page.previous))
    assert [hit.key for hit in back.hits] == pages[-2]


@pytest.mark.parametrize("sort", list(Sort))
def test_what_is_released_between_two_pages_moves_nothing(at: Staffed, find: Find, sort: Sort) -> None:
    sites.many(at, 30)
    find()
    asked = Asked("号公告", size=10, sort=sort)
    first = search(asked)
    before = search(asked.but(cursor=first.next))
    editions.released(at, title="第一百号公告")
    find()
    assert search(asked).total == 31
    assert [hit.key for hit in search(asked.but(cursor=first.next)).hits] == [hit.key for hit in before.hits]


def test_marks_are_put_into_escaped_text() -> None:
    marker = Marker(analysis.phrases("公开 <b>"))
    assert marker.title('<script>公开</script> "公 开" & <b>') == (
        "&lt;script&gt;<mark>公开</mark>&lt;/script&gt; &quot;<mark>公 开</mark>&quot; &amp; &lt;<mark>b</mark>&gt;"
    )


def test_a_fragment_shows_where_most_of_the_words_stand_together() -> None:
    text = "开头提到供热。" + "别的内容" * 60 + "供热设施的检修安排如下。" + "别的内容" * 60
    name, fragment = Marker(analysis.phrases("供热 检修")).fragment([("", "摘要提到供热"), ("", text)])
    assert name == ""
    assert "<mark>供热</mark>设施的<mark>检修</mark>安排" in fragment
    assert fragment.startswith("…")


def test_a_page_of_hits_costs_a_fixed_number_of_queries(
    at: Staffed, find: Find, django_assert_num_queries: object
) -> None:
    sites.many(at, 25)
    find()
    with django_assert_num_queries(7):  # type: ignore[operator]
        assert len(search(Asked("公告", size=5)).hits) == 5
    with django_assert_num_queries(7):  # type: ignore[operator]
        assert len(search(Asked("公告", size=20)).hits) == 20
