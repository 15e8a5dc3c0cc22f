"""Structure of legal texts, and ids of articles that outlive amendment."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.texts.dates import chinese_numeral
from gongkai.texts.provisions import Provision, Structure, identify, parse
from gongkai.texts.structure import Level

REGULATION = """
<p>澜川市户外广告设施管理规定</p>
<h2>第一章　总　则</h2>
<p><strong>第一条</strong>　为了规范户外广告设施管理，制定本规定。</p>
<p>第二条　有下列情形之一的，不适用本规定：</p>
<p>（一）临时设施：</p>
<p>1.展会期间设置的；</p>
<p>2．节庆期间设置的；</p>
<p>（二）店铺招牌。</p>
<p>前款所称店铺招牌，是指标明名称的设施。</p>
<h2>第二章 设置</h2>
<h3>第一节 一般规定</h3>
<p>第三条【职责分工】市城市管理部门负责监督管理。</p>
<p>第三条之一　街道办事处协助监督管理。</p>
<h3>第二节 许可</h3>
<p>第四条 本规定自2024年5月1日起施行。</p>
<p>澜川市人民政府</p>
<p>2024年3月1日</p>
"""


def by_citation(structure: Structure) -> dict[str, Provision]:
    """The only 款 of an article is cited like the article: the article itself is meant here."""
    found: dict[str, Provision] = {}
    for top in structure.provisions:
        for each in top.walk():
            found.setdefault(each.citation, each)
    return found


def test_the_tree_of_a_regulation() -> None:
    found = by_citation(parse(REGULATION))
    assert list(found) == [
        "第一章",
        "第一条",
        "第二条",
        "第二条第一款",
        "第二条第一款第（一）项",
        "第二条第一款第（一）项第1目",
        "第二条第一款第（一）项第2目",
        "第二条第一款第（二）项",
        "第二条第二款",
        "第二章",
        "第二章第一节",
        "第三条",
        "第三条之一",
        "第二章第二节",
        "第四条",
    ]
    assert found["第一章"].heading == "总则"
    assert found["第二章第一节"].id == "z-2-j-1"
    assert found["第二条第一款第（一）项第2目"].text == "节庆期间设置的；"
    assert found["第二条第一款第（一）项第2目"].id == "t-2-k1-x1-m2"
    assert found["第二条第一款第（二）项"].path == ("第一章", "第二条", "第一款", "第（二）项")
    assert found["第三条之一"].id == "t-3z1"


def test_the_article_itself_holds_all_its_words_but_not_the_signature() -> None:
    articles = parse(REGULATION).articles()
    assert articles[2].heading == "职责分工"
    assert articles[2].text == "市城市管理部门负责监督管理。"
    assert articles[1].text.splitlines()[-1] == "前款所称店铺招牌，是指标明名称的设施。"
    assert articles[-1].text == "本规定自2024年5月1日起施行。"


@pytest.mark.parametrize(
    ("markup", "label", "number", "text"),
    [
        ("<p>第一百二十三条　内容</p>", "第一百二十三条", 123, "内容"),
        ("<p>第26条 内容</p>", "第26条", 26, "内容"),
        ("<p>第２６条 内容</p>", "第２６条", 26, "内容"),
        ("<p>第 二 十 六 条 内容</p>", "第二十六条", 26, "内容"),
        ("<p><b>第二十六条</b>内容</p>", "第二十六条", 26, "内容"),
        ("<p>第一条为了规范管理，制定本办法。</p>", "第一条", 1, "为了规范管理，制定本办法。"),
        ("<p>第十条：内容</p>", "第十条", 10, "内容"),
        ("<p>第十条</p><p>内容</p>", "第十条", 10, "内容"),
        ("<ul><li><p>第十条 内容</p></li></ul>", "第十条", 10, "内容"),
    ],
)
def test_ways_of_beginning_an_article(markup: str, label: str, number: int, text: str) -> None:
    (article,) = parse(markup).articles()
    assert (article.number_label, article.number, article.text) == (label, number, text)


@pytest.mark.parametrize(
    ("markup", "heading"),
    [
        ("<p>第十条（适用范围）本市适用。</p>", "适用范围"),
        ("<p>第十条 【适用范围】 本市适用。</p>", "适用范围"),
        ("<h3>第十条 适用范围</h3><p>本市适用。</p>", "适用范围"),
        ("<p>第十条（一）本市适用。</p>", ""),
    ],
)
def test_headings_of_articles(markup: str, heading: str) -> None:
    (article,) = parse(markup).articles()
    assert article.heading == heading
    assert article.text.endswith("本市适用。")


def test_one_paragraph_may_hold_several_articles() -> None:
    html, entries = identify(
        "<p>第一条 甲事项。<br><strong>第二条</strong> 乙事项。<br>乙的第二款。<br>第三条 丙。</p>"
    )
    assert html == (
        '<p id="t-1">第一条 甲事项。</p><p id="t-2"><strong>第二条</strong> 乙事项。<br>乙的第二款。</p>'
        '<p id="t-3">第三条 丙。</p>'
    )
    assert [entry["text"] for entry in entries] == ["甲事项。", "乙事项。\n乙的第二款。", "丙。"]


@pytest.mark.parametrize(
    "markup",
    [
        "<p>第三条规定，应当公开。</p><p>第三条、第四条的规定同样适用。</p>",
        "<blockquote><p>第三条 引用的条文。</p></blockquote>",
        "<table><tr><td>第三条 表中的条文</td></tr></table>",
        "<p>“第三条 修改后的条文。”</p>",
        "<p>第一百十条甲</p>",
        "",
    ],
)
def test_what_only_speaks_of_articles_is_no_legal_text(markup: str) -> None:
    assert not parse(markup).is_legal
    assert identify(markup) == (markup, [])


def test_an_ordinary_text_has_an_outline_only() -> None:
    markup = "<p>一、总体要求</p><p>（一）指导思想。坚持公开。</p><p>1.做到及时；不拖延。</p><p>以上。</p>"
    structure = parse(markup)
    assert [(entry.level, entry.text) for entry in structure.outline] == [
        (1, "一、总体要求"),
        (2, "（一）指导思想"),
        (3, "1.做到及时"),
    ]
    assert identify(markup) == (markup, [])


def test_a_table_of_contents_gives_no_chapters() -> None:
    contents = "<p>目录</p><p>第一章 总则</p><p>第二章 附则（第二条—第三条）</p>"
    body = "<p>第一章 总则</p><p>第一条 甲。</p><p>第二章 附则</p><p>第二条 乙。</p>"
    _, entries = identify(contents + body)
    assert [entry["id"] for entry in entries] == ["z-1", "t-1", "z-2", "t-2"]


def test_lists_made_in_word_are_items_and_points() -> None:
    markup = "<p>第一条 有下列情形的：</p><ol><li>甲<ol><li>子</li></ol></li><li>乙</li></ol><p>第二款。</p>"
    assert list(by_citation(parse(markup)))[2:] == [
        "第一条第一款第（一）项",
        "第一条第一款第（一）项第1目",
        "第一条第一款第（二）项",
        "第一条第二款",
    ]


def test_an_annexed_regulation_gets_ids_of_its_own() -> None:
    html, entries = identify(
        "<h2>第一章 总则</h2><p>第一条 决定甲。</p><p>第二条 决定乙。</p><p>附件</p><p>规定全文：</p>"
        "<h2>第一章 总则</h2><p>第一条 规定丙。</p>"
    )
    assert [entry["id"] for entry in entries] == ["z-1", "t-1", "t-2", "z-1-2", "t-1-2"]
    assert entries[2]["text"] == "决定乙。"
    assert '<p id="t-1-2">第一条 规定丙。</p>' in html


def test_breaks_in_the_numbering_are_reported() -> None:
    assert parse("<p>第一条 甲。</p><p>第三条 乙。</p><p>第三条之一 丙。</p><p>第一条 附件。</p>").gaps() == (
        "条文序号不连续：第一条之后是第三条",
    )


def test_comments_are_left_alone() -> None:
    assert identify("<!-- 题注 --><p>第一条 甲。</p>")[0] == '<!-- 题注 --><p id="t-1">第一条 甲。</p>'


def test_links_to_an_older_anchor_follow() -> None:
    html, _ = identify('<p id="a-1">第一条 甲。</p><p>见<a href="#a-1">第一条</a></p>')
    assert html == '<p id="t-1">第一条 甲。</p><p>见<a href="#t-1">第一条</a></p>'


# --- identity across editions

bodies = st.lists(
    st.tuples(st.sampled_from("市县区镇村"), st.sampled_from(["公开", "审查", "答复", "监督"]), st.integers(1, 9999)),
    min_size=2,
    max_size=12,
    unique=True,
).map(
    lambda triples: [f"{who}级机关应当{act}{chinese_numeral(n)}号目录所列事项，并报送备案。" for who, act, n in triples]
)


def text_of(bodies: list[str], labels: list[str] | None = None) -> str:
    labels = labels or [f"第{chinese_numeral(n)}条" for n in range(1, len(bodies) + 1)]
    return "".join(f"<p>{label}　{body}</p>" for label, body in zip(labels, bodies, strict=True))


def ids_by_text(entries: list[dict]) -> dict[str, str]:
    return {entry["text"]: entry["id"] for entry in entries if not entry["retired"]}


@given(st.lists(st.sampled_from(["略。", "甲事项。", "乙事项，另行规定。"]), min_size=1, max_size=8))
def test_identifying_again_changes_nothing(bodies: list[str]) -> None:
    html, entries = identify("<h2>第一章 总则</h2>" + text_of(bodies))
    assert identify(html, entries) == (html, entries)


@given(bodies, st.data())
def test_inserting_an_article_keeps_all_other_ids(bodies: list[str], data: st.DataObject) -> None:
    _, first = identify(text_of(bodies))
    at = data.draw(st.integers(0, len(bodies)))
    _, second = identify(text_of([*bodies[:at], "本条是新增的，规定举报奖励。", *bodies[at:]]), first)
    kept = ids_by_text(second)
    new = kept.pop("本条是新增的，规定举报奖励。")
    assert kept == ids_by_text(first)
    assert new not in ids_by_text(first).values()


@given(bodies, st.data())
def test_deleting_an_article_keeps_ids_and_retires_one_for_ever(bodies: list[str], data: st.DataObject) -> None:
    _, first = identify(text_of(bodies))
    at = data.draw(st.integers(0, len(bodies) - 1))
    _, second = identify(text_of([*bodies[:at], *bodies[at + 1 :]]), first)
    gone = first[at]
    assert {**ids_by_text(second), gone["text"]: gone["id"]} == ids_by_text(first)
    assert second[-1] == gone | {"retired": True}
    _, third = identify(text_of(bodies), second)
    assert ids_by_text(third)[gone["text"]] != gone["id"]
    assert len({entry["id"] for entry in third}) == len(third)


@given(bodies, st.integers(1, 200))
def test_renumbering_keeps_ids(bodies: list[str], offset: int) -> None:
    _, first = identify(text_of(bodies))
    labels = [f"第{chinese_numeral(n + offset)}条" for n in range(1, len(bodies) + 1)]
    _, second = identify(text_of(bodies, labels), first)
    assert ids_by_text(second) == ids_by_text(first)


@settings(max_examples=30)
@given(bodies, st.permutations(range(12)))
def test_an_id_is_never_given_twice(bodies: list[str], order: list[int]) -> None:
    """Whatever is shuffled, dropped and put back over four editions."""
    entries: list[dict] = []
    owners: dict[str, int] = {}
    for edition in range(1, 5):
        chosen = [bodies[i] for i in order[edition:] if i < len(bodies)] or bodies[:1]
        _, entries = identify(text_of(chosen), entries)
        ids = [entry["id"] for entry in entries]
        assert len(set(ids)) == len(ids)
        for entry in entries:
            assert owners.setdefault(entry["id"], entry["first_edition"]) == entry["first_edition"]
        retired = {entry["id"] for entry in entries if entry["retired"]}
        assert retired.isdisjoint(ids_by_text(entries).values())


def test_an_amendment_as_they_happen() -> None:
    """第二条之一 inserted, the third reworded, the fourth repealed, the fifth moves up."""
    _, first = identify(
        text_of(
            ["为了规范，制定本办法。", "适用于本市。", "市政府负责统筹。", "违者罚款二百元。", "自公布之日起施行。"]
        )
    )
    _, second = identify(
        text_of(
            [
                "为了规范，制定本办法。",
                "适用于本市。",
                "新设机构受理投诉。",
                "市政府负责统筹协调。",
                "自公布之日起施行。",
            ],
            ["第一条", "第二条", "第二条之一", "第三条", "第四条"],
        ),
        first,
    )
    assert [(entry["id"], entry["number_label"], entry["retired"], entry["first_edition"]) for entry in second] == [
        ("t-1", "第一条", False, 1),
        ("t-2", "第二条", False, 1),
        ("t-2z1", "第二条之一", False, 2),
        ("t-3", "第三条", False, 1),
        ("t-5", "第四条", False, 1),
        ("t-4", "第四条", True, 1),
    ]


def test_an_article_rewritten_in_its_place_keeps_its_id() -> None:
    _, first = identify(text_of(["甲市负责统筹协调。", "原有内容。", "自公布之日起施行。"]))
    _, second = identify(text_of(["甲市负责统筹协调。", "换成别的规矩了！", "自公布之日起施行。"]), first)
    assert [entry["id"] for entry in second] == ["t-1", "t-2", "t-3"]


def test_an_article_moved_to_another_chapter_keeps_its_id() -> None:
    moving = "信访事项由受理机关依法处理并答复信访人。"
    _, first = identify(text_of([moving, "适用于本市行政区域。", "自公布之日起施行，有效期五年。"]))
    _, second = identify(text_of(["适用于本市行政区域。", "自公布之日起施行，有效期五年。", moving]), first)
    assert ids_by_text(second) == ids_by_text(first)


def test_chapters_keep_ids_by_their_titles() -> None:
    _, first = identify("<h2>第一章 总则</h2><p>第一条 甲。</p><h2>第二章 罚则</h2><p>第二条 乙。</p>")
    _, second = identify(
        "<h2>第一章 总则</h2><p>第一条 甲。</p>"
        "<h2>第二章 监督</h2><p>第二条 丙事。</p>"
        "<h2>第三章 罚则</h2><p>第三条 乙。</p>",
        first,
    )
    chapters = {entry["heading"]: entry["id"] for entry in second if entry["kind"] == Level.CHAPTER}
    assert chapters == {"总则": "z-1", "监督": "z-2-2", "罚则": "z-2"}


def test_a_text_that_loses_its_articles_remembers_them() -> None:
    _, first = identify(text_of(["甲事项。"]))
    markup = "<p>改为通知。</p>"
    assert identify(markup, first) == (markup, [first[0] | {"retired": True}])


def test_the_edition_may_be_named() -> None:
    _, entries = identify(text_of(["甲事项。"]), edition=3)
    assert entries[0]["first_edition"] == 3
