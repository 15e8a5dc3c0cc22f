"""A full list as offices really have it comes in from .xlsx: previewed, then carried out; exported, it reads back."""

import io
import zipfile
from typing import Any

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories import people
from tests.factories.people import Staffed

from gongkai.catalog.actions import columns, matter_import, matters
from gongkai.catalog.full_list import cells, headings, planning, reading, writing
from gongkai.catalog.full_list.planning import Plan
from gongkai.catalog.matters import Channel, Matter, MatterImport, Tier
from gongkai.ledger.entries import Entry
from gongkai.texts.reading import UnreadableFile

pytestmark = pytest.mark.django_db
LIMIT = "自信息形成或者变更之日起20个工作日内"
PLAIN = ["序号", "一级事项", "二级事项", "公开内容（要素）", "公开依据", "公开时限", "公开主体", "公开渠道和载体"]
ROW = [1, "供热管理", "检查", "检查结果", "《办法》", LIMIT, "市城管委", "■政府网站 □政府公报 ■两微一端"]
STANDARD_TOP = [
    "序号", "公开事项", None, "公开内容\n（要素）", "公开依据", "公开时限", "公开主体", "公开渠道和载体",
    "公开对象", None, "公开方式", None, "公开层级", None,
]  # fmt: skip
STANDARD_BELOW = [
    None, "一级事项", "二级事项", None, None, None, None, None, "全社会", "特定群众", "主动", "依申请", "县级", "乡级",
]  # fmt: skip
STANDARD_MERGED = ["A1:N1", "A2:A3", "B2:C2", "D2:D3", "E2:E3", "F2:F3", "G2:G3", "H2:H3", "I2:J2", "K2:L2", "M2:N2"]


@pytest.fixture
def at(db: None) -> Staffed:
    return people.staffed("澜川市城市管理委员会")


def sheet(*rows: list[Any], merged: tuple[str, ...] | list[str] = (), hidden: tuple[int, ...] = ()) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    for one in merged:
        book.active.merge_cells(one)  # type: ignore[union-attr]
    for number in hidden:
        book.active.row_dimensions[number].hidden = True  # type: ignore[union-attr]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def kept(at: Staffed, data: bytes, by: str = "disclosure_officer") -> MatterImport:
    read = reading.read(data, at.agency)
    return matter_import.keep_import(at.agency, read, name="清单.xlsx", by=at.officers[by])


def carried(at: Staffed, data: bytes, *, remove_missing: bool = False) -> Plan:
    one = kept(at, data)
    seen = planning.plan(one, at.agency).digest
    return matter_import.carry_out(one, by=at.disclosure_officer, seen=seen, remove_missing=remove_missing)


def counts(plan: Plan) -> tuple[int, int, int, int, int]:
    return (len(plan.added), len(plan.changed), len(plan.same), len(plan.missing), len(plan.refused))


def test_the_standard_table_with_two_rows_of_merged_headings(at: Staffed) -> None:
    data = sheet(
        ["澜川市城市管理领域基层政务公开标准目录", *[None] * 13],
        STANDARD_TOP,
        STANDARD_BELOW,
        [
            1, "供热", "质量检查", "检查结果", "依据甲", LIMIT, "市城管委", "■政府网站\n□政府公报\n■公示栏",
            "√", None, "√", None, "√", "√",
        ],
        [2, None, "热费", "标准", None, "实时公开", None, "■政府网站", None, "采暖用户", None, "√", None, "√"],
        ["注：本目录自发布之日起施行。", *[None] * 13],
        merged=[*STANDARD_MERGED, "B4:B5", "E4:E5", "G4:G5", "A6:N6"],
    )  # fmt: skip
    read = reading.read(data, at.agency)
    assert [one.number for one in read.rows] == [4, 5]
    assert [one.problems for one in read.rows] == [{}, {}]
    one, two = (row.given for row in read.rows)
    assert (one["first"], one["second"], two["first"], two["second"]) == ("供热", "质量检查", "供热", "热费")
    assert (two["basis"], two["body"]) == ("依据甲", "市城管委")
    assert one["channels"] == ["website", "notice_board"]
    assert (one["audience"], one["way"], one["tiers"]) == ("everybody", "proactive", ["county", "township"])
    assert (two["audience"], two["audience_note"], two["way"]) == ("specific", "采暖用户", "on_application")
    assert (one["number"], two["number"]) == (1, 2)
    assert any("注：本目录" in told for told in read.passed_over)


def test_headings_merged_only_to_the_eye(at: Staffed) -> None:
    """The cells beside a heading are simply empty, and so are the ones below the first level."""
    data = sheet(
        STANDARD_TOP,
        STANDARD_BELOW,
        [1, "供热", "检查", "结果", "甲", LIMIT, "市城管委", "政府网站", "√", None, "√", None, "√", None],
        [2, None, "热费", "标准", "乙", LIMIT, "市城管委", "政府网站", "√", None, "√", None, "√", None],
    )
    assert [row.given["first"] for row in reading.read(data, at.agency).rows] == ["供热", "供热"]


@pytest.mark.parametrize(
    "head",
    [
        ["编号", "公开事项", "内容标准", "法律依据", "时限", "责任主体", "公开渠道"],
        ["序号", "事项名称", "公开内容 ( 要素 )", "依据", "公开期限", "公开单位", "载体"],
        ["No.", "公开事项（一级）", "公开要素", "政策依据", "公开时间", "责任单位", "渠道和载体"],
    ],
)
def test_other_spellings_of_the_headings(at: Staffed, head: list[str]) -> None:
    data = sheet(head, [1, "供热检查", "结果", "办法", LIMIT, "市城管委", "政府网站"])
    read = reading.read(data, at.agency)
    assert not read.unknown_columns
    assert {"number", "content", "basis", "limit_text", "body", "channels"} <= set(read.columns)
    assert "供热检查" in (read.rows[0].given.get("first"), read.rows[0].given.get("second"))


@pytest.mark.parametrize(
    ("text", "channels", "note"),
    [
        ("■政府网站 □政府公报 ■两微一端", ["website", "new_media"], ""),
        ("√政府网站、□公开查阅点", ["website"], ""),
        ("政府网站、微信公众号；公示栏", ["website", "new_media", "notice_board"], ""),
        ("政府网站/新闻发布会", ["website", "conference"], ""),
        ("其他：12345热线", ["other"], "12345热线"),
        ("政府网站、信用中国", ["website", "other"], "信用中国"),
        ("发布会/听证会", ["conference"], ""),
        ("社区/企事业单位/村公示栏（电子屏）", ["notice_board"], ""),
    ],
)
def test_channels_as_people_write_them(text: str, channels: list[str], note: str) -> None:
    assert cells.channels(text) == (channels, note)


def test_what_is_wrong_is_said_by_row_and_nothing_of_it_is_written(at: Staffed) -> None:
    data = sheet(
        [*PLAIN, "关联栏目", "责任处室", "更新要求"],
        [*ROW, "", "", ""],
        [2, "供热管理", "名录", "名录", "甲", "过一阵子", "市城管委", "政府网站", "没有的栏目", "没有的处", "有空时"],
        [3, "供热管理", "", "", "甲", LIMIT, "", "", "", "", ""],
        [4, *ROW[1:], "", "", ""],
    )
    plan = planning.plan(kept(at, data), at.agency)
    assert counts(plan) == (1, 0, 0, 0, 3)
    told = {one.row: " ".join(one.problems) for one in plan.refused}
    assert "看不懂公开时限“过一阵子”" in told[3]
    assert "本机关没有这个栏目：没有的栏目" in told[3]
    assert "本机关没有这个处室：没有的处" in told[3]
    assert "看不懂更新要求“有空时”" in told[3]
    assert "公开内容" in told[4]
    assert "公开主体" in told[4]
    assert "请至少选择一种公开渠道" in told[4]
    assert "与第2行的事项完全相同" in told[5]
    assert not Matter.objects.exists()
    assert carried(at, data).refused
    assert Matter.objects.count() == 1


def test_the_same_file_again_changes_nothing(at: Staffed) -> None:
    data = sheet(PLAIN, ROW, [2, "供热管理", "热费", "标准", "甲", "实时公开", "市城管委", "政府网站"])
    assert counts(carried(at, data)) == (2, 0, 0, 0, 0)
    before = list(Matter.objects.values())
    again = carried(at, data)
    assert counts(again) == (0, 0, 2, 0, 0)
    assert again.does_nothing
    assert list(Matter.objects.values()) == before


def test_matters_are_found_by_name_then_by_number(at: Staffed) -> None:
    carried(at, sheet(PLAIN, ROW, [2, *ROW[1:2], "热费", *ROW[3:]], [3, *ROW[1:2], "名录", *ROW[3:]]))
    pks = dict(Matter.objects.values_list("second", "pk"))
    plan = carried(
        at,
        sheet(
            PLAIN,
            [1, ROW[1], "新的事项", *ROW[3:]],
            [2, *ROW[1:3], "检查结果和处理情况", *ROW[4:]],
            [3, ROW[1], "供热单位名录", *ROW[3:]],
        ),
    )
    # 检查 moved to 2 with other words; 名录 is meant by number 3 and the same first level; 热费 is in no row.
    assert counts(plan) == (1, 2, 0, 1, 0)
    assert {one.matter.pk: {change.label for change in one.changes} for one in plan.changed} == {
        pks["检查"]: {"序号", "公开内容（要素）"},
        pks["名录"]: {"二级事项"},
    }
    assert [one.second for one in plan.missing] == ["热费"]
    assert Matter.objects.filter(abolished_on=None).count() == 4


def test_what_the_file_lacks_is_abolished_only_when_asked(at: Staffed) -> None:
    carried(at, sheet(PLAIN, ROW, [2, "供热管理", "热费", *ROW[3:]]))
    carried(at, sheet(PLAIN, ROW), remove_missing=True)
    assert [one.second for one in Matter.objects.filter(abolished_on=None)] == ["检查"]
    gone = Matter.objects.get(second="热费")
    assert (gone.abolished_on is not None, gone.abolished_reason) == (True, "新的清单中没有这一事项")
    kinds = list(Entry.objects.filter(kind__startswith="catalog.matter").order_by("id").values_list("kind", flat=True))
    assert kinds == [
        "catalog.matter_created",
        "catalog.matter_created",
        "catalog.matters_imported",
        "catalog.matter_abolished",
        "catalog.matters_imported",
    ]
    assert Entry.objects.filter(kind="catalog.matters_imported").latest("id").data["removed"] == 1


def test_columns_the_file_lacks_stay_as_they_are(at: Staffed) -> None:
    carried(at, sheet(PLAIN, ROW))
    matter = Matter.objects.get()
    matters.change_matter(matter, by=at.disclosure_officer, types=["notice"], duty="quarterly")
    assert counts(carried(at, sheet(PLAIN, ROW))) == (0, 0, 1, 0, 0)
    assert Matter.objects.get().types == ["notice"]


def test_a_list_that_changed_since_it_was_looked_at_is_looked_at_again(at: Staffed) -> None:
    one = kept(at, sheet(PLAIN, ROW), "disclosure_head")
    seen = planning.plan(one, at.agency).digest
    carried(at, sheet(PLAIN, [2, "燃气", "检查", *ROW[3:]]))
    with pytest.raises(ValidationError, match="什么都还没有写入"):
        matter_import.carry_out(one, by=at.disclosure_officer, seen=seen, remove_missing=True)
    assert [row.first for row in Matter.objects.all()] == ["燃气"]


def test_one_file_is_not_carried_out_for_another_that_was_looked_at(at: Staffed) -> None:
    """Two tabs: the second upload throws the first away, and may get its id."""
    seen = planning.plan(kept(at, sheet(PLAIN, ROW)), at.agency).digest
    other = kept(at, sheet(PLAIN, [1, "燃气", *ROW[2:]]))
    assert MatterImport.objects.count() == 1
    with pytest.raises(ValidationError, match="什么都还没有写入"):
        matter_import.carry_out(other, by=at.disclosure_officer, seen=seen, remove_missing=True)
    assert not Matter.objects.exists()


def test_carried_out_twice_it_is_done_once(at: Staffed) -> None:
    one = kept(at, sheet(PLAIN, ROW))
    seen = planning.plan(one, at.agency).digest
    for _ in range(2):
        matter_import.carry_out(one, by=at.disclosure_officer, seen=seen, remove_missing=True)
    assert Entry.objects.filter(kind="catalog.matters_imported").count() == 1


def test_planning_asks_as_little_for_many_rows_as_for_one(at: Staffed, django_assert_num_queries: Any) -> None:
    one = kept(at, sheet(PLAIN, *([n, "供热", f"事项{n}", *ROW[3:]] for n in range(1, 151))))
    with django_assert_num_queries(4):
        assert len(planning.plan(one, at.agency).added) == 150


def test_hidden_rows_are_named_and_not_taken(at: Staffed) -> None:
    read = reading.read(sheet(PLAIN, ROW, [2, "藏起来的", "甲", *ROW[3:]], hidden=(3,)), at.agency)
    assert len(read.rows) == 1
    assert any("第3行是隐藏的行" in told for told in read.passed_over)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"not a workbook", "损坏"),
        (sheet(["甲", "乙"], ["1", "2"]), "没有找到表头"),
        (sheet(PLAIN), "没有事项"),
        (sheet(["序号", "一级事项", "公开依据", "公开时限"], [1, "甲", "乙", LIMIT]), "没有“公开内容”一列"),
        (b"x" * (reading.MAX_BYTES + 1), "超过 10 MB"),
    ],
)
def test_what_is_no_list_is_refused_with_what_to_do(at: Staffed, data: bytes, told: str) -> None:
    with pytest.raises(UnreadableFile, match=told):
        reading.read(data, at.agency)


def far_cell() -> bytes:
    """One letter in the last cell of the grid."""
    book = openpyxl.Workbook()
    book.active["XFD1048576"] = "x"  # type: ignore[index]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def merged_everywhere() -> bytes:
    """A small file whose one merged range covers the whole grid."""
    source = zipfile.ZipFile(io.BytesIO(sheet(PLAIN, ROW)))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name.endswith("sheet1.xml"):
                merge = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
                content = content.replace(b"</sheetData>", merge)
            target.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("data", [far_cell(), merged_everywhere()], ids=["far cell", "merged everywhere"])
def test_a_small_file_that_unfolds_into_a_huge_grid_is_refused(at: Staffed, data: bytes) -> None:
    with pytest.raises(UnreadableFile, match=r"过大|超过"):
        reading.read(data, at.agency)


def test_a_formula_is_neither_run_nor_written(at: Staffed) -> None:
    formula = '=HYPERLINK("http://example.invalid","x")'
    data = sheet(PLAIN, [1, "供热管理", "检查", "结果", formula, LIMIT, "市城管委", "政府网站"])
    # Excel keeps what it last calculated; a file made by a program has nothing there.
    assert reading.read(data, at.agency).rows[0].given["basis"] == ""
    facts = reading.read(sheet(PLAIN, ROW), at.agency).rows[0].given | {"basis": formula}
    matters.create_matter(at.agency, by=at.disclosure_officer, **facts)
    out = writing.workbook("清单", list(Matter.objects.all()))
    cell = openpyxl.load_workbook(io.BytesIO(out)).active["E3"]  # type: ignore[index]
    assert (cell.value, cell.data_type) == (formula, "s")


def test_the_public_copy_says_nothing_of_how_the_desk_ties_it(at: Staffed) -> None:
    carried(at, sheet(PLAIN, ROW))
    rows = list(Matter.objects.all())
    public = openpyxl.load_workbook(io.BytesIO(writing.workbook("清单", rows))).active
    assert [cell.value for cell in public[2]] == list(headings.LABELS.values())[:12]  # type: ignore[index]
    assert writing.workbook("清单", rows) == writing.workbook("清单", rows)


TEXT = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=40)
WORDS = TEXT.map(cells.tidy).filter(bool)
LINES = st.lists(WORDS, min_size=1, max_size=3).map("\n".join)


@st.composite
def matter_facts(draw: st.DrawFn) -> dict[str, Any]:
    """Any matter that the desk would take."""
    specific = draw(st.booleans())
    ticked = [one for one in Channel if draw(st.booleans())] or [Channel.WEBSITE]
    return {
        "first": draw(WORDS),
        "second": draw(WORDS),
        "content": draw(LINES),
        "basis": draw(st.one_of(st.just(""), LINES)),
        "limit_text": draw(st.sampled_from([LIMIT, "实时公开", "每季度公开一次", "每年1月31日前，长期公开"])),
        "body": draw(WORDS),
        "channels": [one.value for one in ticked],
        "channel_note": "12345热线" if Channel.OTHER in ticked else "",
        "audience": "specific" if specific else "everybody",
        "audience_note": "采暖用户" if specific else "",
        "way": draw(st.sampled_from(["proactive", "on_application"])),
        "tiers": [one.value for one in Tier if draw(st.booleans())],
        "item": draw(st.sampled_from(["", "20-01", "20-15"])),
        "duty": draw(st.sampled_from(["", "quarterly", "fixed"])),
        "types": draw(st.sampled_from([[], ["notice"], ["notice", "plan"]])),
        "topics": draw(st.sampled_from([[], ["heating"]])),
    }


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(rows=st.lists(matter_facts(), min_size=1, max_size=4, unique_by=lambda one: (one["first"], one["second"])))
def test_what_is_exported_reads_back_as_it_was(at: Staffed, rows: list[dict[str, Any]]) -> None:
    Matter.objects.all().delete()
    columns.save_topic(at.agency, slug="heating", name="供热服务", by=at.admin)
    column = at.agency.columns.get(key="zhidu")
    for facts in rows:
        facts = facts | {"column": column, "department": at.department}
        matters.create_matter(at.agency, by=at.disclosure_officer, **facts)
    shown = list(Matter.objects.select_related("department", "column"))
    out = writing.workbook("清单", shown, topics={"heating": "供热服务"})
    plan = planning.plan(kept(at, out), at.agency)
    assert [(one.problems, one.told) for one in [*plan.refused, *plan.changed]] == []
    assert counts(plan) == (0, 0, len(rows), 0, 0)
