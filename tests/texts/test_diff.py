"""Two editions side by side: what an official reads."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.texts.diff import Comparison, Row, RowKind, compare, compare_fields
from gongkai.texts.lines import LineKind
from gongkai.texts.provisions import identify
from gongkai.texts.segments import MarkKind, Side, compare_text


def shown(side: Side) -> str:
    """甲[-乙-]{+丙+}: one side as a line of text."""
    frames = {MarkKind.SAME: "{}", MarkKind.DELETED: "[-{}-]", MarkKind.INSERTED: "{{+{}+}}"}
    return "".join(frames[segment.mark].format(segment.text) for segment in side)


def kinds(comparison: Comparison) -> list[tuple[str, str, str]]:
    return [(row.kind.value, row.old_text, row.new_text) for row in comparison.rows]


def compare_editions(old: str, new: str) -> Comparison:
    """Compare as the catalogue does: with the provisions of both editions."""
    old_html, old_provisions = identify(old)
    new_html, new_provisions = identify(new, old_provisions)
    return compare(old_html, new_html, old_provisions, new_provisions)


# --- inside a line


@pytest.mark.parametrize(
    ("old", "new", "left", "right"),
    [
        ("十五个工作日内答复", "二十个工作日内答复", "[-十五-]个工作日内答复", "{+二十+}个工作日内答复"),
        ("罚款1,000元以上", "罚款10,000元以上", "罚款[-1,000-]元以上", "罚款{+10,000+}元以上"),
        ("自2024年1月1日起施行", "自2024年11月1日起施行", "自[-2024年1月1日-]起施行", "自{+2024年11月1日+}起施行"),
        ("依照第三条第二款办理", "依照第四条第二款办理", "依照[-第三条-]第二款办理", "依照{+第四条+}第二款办理"),
        ("国办发〔2019〕54号", "国办发〔2019〕55号", "国办发[-〔2019〕54号-]", "国办发{+〔2019〕55号+}"),
        ("甲，乙，丙", "甲，丙", "甲，[-乙，-]丙", "甲，丙"),
        ("及时公开。", "及时公开，并说明理由。", "及时公开。", "及时公开{+，并说明理由+}。"),
        (
            "履行付款义务，保护权益",
            "履行付款义务、提供服务，保护权益",
            "履行付款义务，保护权益",
            "履行付款义务{+、提供服务+}，保护权益",
        ),
        ("工商行政管理部门", "市场监督管理部门", "[-工商行政-]管理部门", "{+市场监督+}管理部门"),
        ("（一）甲事项", "(一)甲事项", "（一）甲事项", "(一)甲事项"),
        ("全文另起炉灶", "与此毫不相干", "[-全文另起炉灶-]", "{+与此毫不相干+}"),
        ("", "新增", "", "{+新增+}"),
    ],
)
def test_changes_are_shown_in_readable_runs(old: str, new: str, left: str, right: str) -> None:
    before, after = compare_text(old, new)
    assert (shown(before), shown(after)) == (left, right)


texts = st.text("甲乙丙丁，。一二三12年月日AB（）\n", max_size=40)


@given(texts, texts)
def test_the_segments_of_each_side_are_its_text(old: str, new: str) -> None:
    before, after = compare_text(old, new)
    assert "".join(segment.text for segment in before) == old
    assert "".join(segment.text for segment in after) == new
    common_old = [s.text for s in before if s.mark is MarkKind.SAME]
    common_new = [s.text for s in after if s.mark is MarkKind.SAME]
    fold = str.maketrans("（）", "()")
    assert "".join(common_old).translate(fold) == "".join(common_new).translate(fold)
    assert all(segment.text for segment in (*before, *after))


@given(texts)
def test_the_same_text_has_no_marks(text: str) -> None:
    assert {segment.mark for side in compare_text(text, text) for segment in side} <= {MarkKind.SAME}


def test_a_very_long_paragraph_is_compared_by_clauses() -> None:
    clauses = [f"第{n}号事项由有关机关办理，" for n in range(400)]
    changed = [*clauses[:100], "新插入的一个分句，", *clauses[100:300], *clauses[301:]]
    before, after = compare_text("".join(clauses), "".join(changed))
    assert [segment.text for segment in before if segment.mark is MarkKind.DELETED] == [clauses[300]]
    assert [segment.text for segment in after if segment.mark is MarkKind.INSERTED] == ["新插入的一个分句，"]


def test_a_paragraph_as_long_as_a_book_is_shown_as_replaced_where_it_differs() -> None:
    before, after = compare_text("开头，" + "甲，乙，" * 2_000 + "结尾。", "开头，" + "丙，丁，" * 2_000 + "结尾。")
    assert shown(before) == f"开头，[-{'甲，乙，' * 2_000}-]结尾。"
    assert shown(after) == f"开头，{{+{'丙，丁，' * 2_000}+}}结尾。"


# --- line by line

NOTICE = (
    "<p>各区人民政府：</p><p>为做好政务公开工作，现通知如下。</p><p>一、及时公开规划信息。</p><p>二、加强解读回应。</p>"
)


def test_a_notice_is_compared_paragraph_by_paragraph() -> None:
    new = (
        "<p>各区人民政府：</p><p>为做好政务公开工作，现将有关事项通知如下。</p><p>二、加强解读回应。</p>"
        "<p>三、请于月底前报送情况。</p>"
    )
    comparison = compare(NOTICE, new)
    assert kinds(comparison) == [
        ("same", "各区人民政府：", "各区人民政府："),
        ("changed", "为做好政务公开工作，现通知如下。", "为做好政务公开工作，现将有关事项通知如下。"),
        ("removed", "一、及时公开规划信息。", ""),
        ("same", "二、加强解读回应。", "二、加强解读回应。"),
        ("added", "", "三、请于月底前报送情况。"),
    ]
    assert comparison.summary.sentence == "正文改动1段，新增1段，删除1段"
    assert comparison.summary.counts[RowKind.SAME] == 2


def test_a_paragraph_that_moved_is_shown_once_at_its_new_place() -> None:
    last = "<p>二、加强解读回应。</p>"
    new = last + NOTICE.removesuffix(last)
    comparison = compare(NOTICE, new)
    assert [row.kind.value for row in comparison.rows] == ["moved", "same", "same", "same"]
    assert comparison.summary.sentence == "正文移动1段"


def test_formatting_white_space_and_width_are_no_change() -> None:
    comparison = compare("<p>第1期　办事（指南）</p>", "<h2><strong>第１期</strong> 办事 (指南)</h2>")
    assert comparison.is_same
    assert comparison.summary.sentence == "文字没有变化"


def test_tables_are_compared_cell_by_cell() -> None:
    old = "<table><tr><th>事项</th><th>件数</th></tr><tr><td>受理</td><td>10</td></tr></table>"
    new = old.replace("10", "12").replace("</table>", "<tr><td>办结</td><td>9</td></tr></table>")
    comparison = compare(old, new)
    assert [row.kind.value for row in comparison.rows] == ["same", "changed", "added"]
    assert shown(comparison.rows[1].old) == "受理｜[-10-]"
    assert shown(comparison.rows[1].new) == "受理｜{+12+}"
    assert comparison.rows[1].block is LineKind.ROW
    assert comparison.summary.sentence == "表格改动1行，新增1行"


def test_an_exchanged_picture_shows() -> None:
    comparison = compare('<figure><img src="/files/a.png"></figure>', '<figure><img src="/files/b.png"></figure>')
    assert comparison.summary.sentence == "图片改动1处"


def test_five_thousand_paragraphs_that_all_look_alike() -> None:
    old = "<p>略</p>" * 5_000
    new = "<p>略</p>" * 2_000 + "<p>新增的一段文字</p>" + "<p>略</p>" * 2_999
    comparison = compare(old, new)
    assert comparison.summary.counts[RowKind.ADDED] == 1
    assert comparison.summary.counts[RowKind.REMOVED] == 1
    assert comparison.summary.counts[RowKind.SAME] == 4_999


documents = st.lists(
    st.sampled_from(["甲机关负责受理申请。", "乙机关负责审查材料。", "丙机关予以答复", "略", "第5项"]), max_size=9
)


@given(documents, documents)
def test_no_line_is_lost_or_shown_twice(old: list[str], new: list[str]) -> None:
    comparison = compare("".join(f"<p>{text}</p>" for text in old), "".join(f"<p>{text}</p>" for text in new))
    assert [row.new_text for row in comparison.rows if row.new] == new
    assert sorted(row.old_text for row in comparison.rows if row.old) == sorted(old)
    assert comparison.is_same == (old == new)


# --- article by article

RULES = (
    "<p>澜川市某规定</p><p>第一条 为了规范，制定本规定。</p><p>第二条 适用于本市行政区域。</p>"
    "<p>第三条 市政府负责统筹。</p><p>（一）协调；</p><p>（二）检查。</p>"
    "<p>第四条 违者罚款二百元。</p><p>第五条 自公布之日起施行。</p>"
)


def test_an_amended_regulation_in_one_sentence() -> None:
    new = (
        "<p>澜川市某规定</p><p>第一条 为了规范，制定本规定。</p><p>第二条 适用于本市行政区域。</p>"
        "<p>第二条之一 新设机构受理投诉举报。</p><p>第三条 市政府负责统筹协调。</p>"
        "<p>（一）协调；</p><p>（二）督促检查。</p>"
        "<p>第四条 自公布之日起施行。</p>"
    )
    comparison = compare_editions(RULES, new)
    assert comparison.summary.sentence == "修改第三条，新增第二条之一，删除第四条，其余条文序号相应调整"
    assert comparison.summary.articles[RowKind.CHANGED] == ("第三条",)
    by_article: dict[str, list[Row]] = {}
    for row in comparison.rows:
        by_article.setdefault(row.provision, []).append(row)
    assert [row.kind.value for row in by_article["t-3"]] == ["changed", "same", "changed"]
    (renumbered,) = by_article["t-5"]
    assert renumbered.renumbered
    assert shown(renumbered.new) == "{+第四条+} 自公布之日起施行。"


def test_an_article_changed_and_renumbered_names_both_numbers() -> None:
    comparison = compare_editions(
        "<p>第一条 甲级机关应当公开信息。</p><p>第二条 乙级机关应当答复申请。</p>",
        "<p>第一条 甲级机关应当公开信息。</p><p>第二条 本条全新，规定举报。</p>"
        "<p>第三条 乙级机关应当及时答复申请。</p>",
    )
    assert comparison.summary.sentence == "修改第二条（现第三条），新增第二条"


def test_an_article_that_only_moved() -> None:
    first, second, third = (
        "信访事项由受理机关依法处理并答复。",
        "适用于本市行政区域内的活动。",
        "自公布之日起施行，有效期五年。",
    )
    comparison = compare_editions(
        f"<p>第一条 {first}</p><p>第二条 {second}</p><p>第三条 {third}</p>",
        f"<p>第一条 {second}</p><p>第二条 {third}</p><p>第三条 {first}</p>",
    )
    assert comparison.summary.sentence == "移动第一条（现第三条），其余条文序号相应调整"
    assert [row.kind.value for row in comparison.rows] == ["changed", "changed", "moved"]
    assert [row.renumbered for row in comparison.rows] == [True, True, True]


def test_what_changed_outside_the_articles_is_said_separately() -> None:
    new = RULES.replace("澜川市某规定", "澜川市某暂行规定").replace("二百元", "三百元")
    assert compare_editions(RULES, new).summary.sentence == "修改第四条，条文以外改动1段"


def test_a_long_list_of_articles_is_cut() -> None:
    old = "".join(f"<p>第{n}条 第{n}项工作由机关办理。</p>" for n in range(1, 14))
    new = "".join(f"<p>第{n}条 第{n}项工作由有关机关办理。</p>" for n in range(1, 14))
    sentence = compare_editions(old, new).summary.sentence
    assert sentence.startswith("修改第1条、第2条、")
    assert sentence.endswith("第10条等13条")


def test_the_same_regulation_has_no_difference() -> None:
    comparison = compare_editions(RULES, RULES)
    assert comparison.is_same
    assert comparison.summary.sentence == "文字没有变化"


def test_a_list_of_another_text_is_refused() -> None:
    _, provisions = identify(RULES)
    with pytest.raises(ValueError, match="条款清单与正文不一致"):
        compare("<p>第九条 别的。</p>", RULES, provisions, provisions)


# --- header fields


def test_header_fields_are_compared_as_they_are_shown() -> None:
    old = {
        "title": "关于印发甲的通知",
        "issued": date(2024, 1, 5),
        "topics": ["城建", "环保"],
        "live": True,
        "secret": 1,
    }
    new = {"title": "关于印发乙的通知", "issued": date(2024, 1, 6), "topics": ["城建"], "live": True, "secret": 2}
    labels = {"title": "标题", "issued": "成文日期", "topics": "主题", "live": "有效", "expires": "失效日期"}
    changes = compare_fields(old, new, labels)
    assert [(change.label, shown(change.old), shown(change.new)) for change in changes] == [
        ("标题", "关于印发[-甲-]的通知", "关于印发{+乙+}的通知"),
        ("成文日期", "[-2024年1月5日-]", "{+2024年1月6日+}"),
        ("主题", "城建[-、环保-]", "城建"),
    ]


def test_empty_fields_and_moments() -> None:
    (change,) = compare_fields({"at": None}, {"at": datetime(2024, 1, 5, 1, 30, tzinfo=UTC)}, {"at": "发布时间"})
    assert change.old == ()
    assert shown(change.new) == "{+2024年1月5日09:30+}"
    assert compare_fields({"a": None}, {"a": ""}, {"a": "甲"}) == ()
