"""A body is safe, has one form, and loses none of its words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.texts import blocks, richtext
from gongkai.texts.richtext import clean, plain_text

TAGS = (
    *("p", "h1", "h2", "h6", "b", "i", "strong", "u", "s", "sup", "br", "hr", "blockquote", "ul", "ol", "li", "a"),
    *(
        "table",
        "caption",
        "colgroup",
        "col",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "th",
        "td",
        "figure",
        "figcaption",
        "img",
    ),
    *("span", "div", "center", "font", "o:p", "pre", "dl", "dd", "section", "form", "script", "style", "title", "svg"),
    *("math", "template"),
)
ATTRIBUTES = (
    *("", " class=align-center", " style='text-align:right'", " href=/x", " href='javascript:alert(1)'", " id=t-1"),
    *(" src=/files/a.png", " align=center", " start=2", " colspan=2", " rowspan=0", " alt='a\"b&lt;'", " onclick=x"),
    *(" style='display:none'",),
)
PIECES = st.one_of(
    st.builds(lambda tag, attribute: f"<{tag}{attribute}>", st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES)),
    st.builds(lambda tag: f"</{tag}>", st.sampled_from(TAGS)),
    st.text(max_size=6),
    st.sampled_from(
        ["&nbsp;", "\u3000", "\n", "&lt;b&gt;", "&#8203;", "<!--x-->", "&amp;amp;", "中\n文", "&#13;", "]]>"]
    ),
)
HTML = st.lists(PIECES, max_size=25).map("".join)


@given(HTML)
@settings(max_examples=400)
def test_cleaning_a_clean_body_changes_nothing(html: str) -> None:
    once = clean(html)
    richtext._clean.forget()
    assert clean(once) == once


@given(HTML)
def test_a_tree_is_written_as_it_was_read(html: str) -> None:
    tree = blocks.tree(richtext._MOLD.clean(html))
    assert blocks.tree(blocks.write(tree.children)) == tree


def test_attributes_and_characters_are_read_as_they_were_meant() -> None:
    [node] = blocks.tree('<p id="t-1" title="a&gt;b &quot;c&quot;">甲 &amp; 乙<br>&lt;丙&gt;</p>').children
    assert isinstance(node, blocks.Node)
    assert node.attrs == {"id": "t-1", "title": 'a>b "c"'}
    assert node.children == ["甲 & 乙", blocks.Node("br"), "<丙>"]


@given(HTML)
@settings(max_examples=200)
def test_nothing_a_browser_would_run_survives(html: str) -> None:
    cleaned = clean(html).lower()
    for tag in ("<script", "<style", "<iframe", "<svg", "<form", "<font", "<span", "<div", "<h1"):
        assert tag not in cleaned
    assert all(not link.href.startswith("javascript") for link in richtext.links(cleaned))


@pytest.mark.parametrize(
    ("pasted", "cleaned"),
    [
        ("<h1>标题</h1>", "<h2>标题</h2>"),
        ("<h6>深</h6>", "<h5>深</h5>"),
        ("第一段<div>第二段</div>", "<p>第一段</p><p>第二段</p>"),
        ("<b>粗</b><i>斜</i><del>删</del>", "<p><strong>粗</strong><em>斜</em><s>删</s></p>"),
        ("<p><b><b>关于</b></b><b>通知</b><i></i></p>", "<p><strong>关于通知</strong></p>"),
        ("<b><p>一</p><p>二</p></b>", "<p><strong>一</strong></p><p><strong>二</strong></p>"),
        ("<p>&nbsp;</p><p><o:p></o:p></p><p>文</p>", "<p>文</p>"),
        ("<p>\u3000\u3000正文&nbsp;&nbsp;后</p>", "<p>正文 后</p>"),
        ("<p>各区\n人民政府 and\nmore</p>", "<p>各区人民政府 and more</p>"),
        ("<center>关于</center>", '<p class="align-center">关于</p>'),
        ("<p align=right>日期</p>", '<p class="align-right">日期</p>'),
        ("<p style='TEXT-ALIGN: center; mso-outline-level:1'>题</p>", '<p class="align-center">题</p>'),
        ("<p class='MsoNormal indent-none evil'>x</p>", '<p class="indent-none">x</p>'),
        ("<p id=t-5>五</p><p id=location>危</p>", '<p id="t-5">五</p><p>危</p>'),
        ("<ol start=3><li><p>三</p></li></ol>", '<ol start="3"><li>三</li></ol>'),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("<p>见<span style='display:none'>底稿</span>附件</p>", "<p>见附件</p>"),
        ("<p>见<b style='DISPLAY: none !important'>底稿</b><i hidden>甲</i>附件</p>", "<p>见附件</p>"),
        ("<p>张&#8203;三\u202e</p>", "<p>张三</p>"),
    ],
)
def test_word_pasted_noise_becomes_canonical(pasted: str, cleaned: str) -> None:
    assert clean(pasted) == cleaned


def test_tables_keep_their_merged_cells_and_lose_their_looks() -> None:
    pasted = (
        "<table border=1 width=90%><caption>表一</caption><tr height=20><th scope=col colspan=2>项目</th></tr>"
        "<tr><td rowspan=2 align=center style='color:red'><p>甲</p></td><td colspan=99999>乙</td></tr></table>"
    )
    assert clean(pasted) == (
        '<table><caption>表一</caption><tbody><tr><th scope="col" colspan="2">项目</th></tr>'
        '<tr><td rowspan="2" class="align-center">甲</td><td>乙</td></tr></tbody></table>'
    )


@pytest.mark.parametrize(
    "source", ["http://a.example/x.png", "data:image/png;base64,AA", "/files/../etc", "//a/x.png", "x.png"]
)
def test_pictures_come_from_our_own_files_only(source: str) -> None:
    assert clean(f'<p>前<img src="{source}">后</p>') == "<p>前后</p>"


def test_a_described_picture_stays_with_its_caption() -> None:
    figure = '<figure><img src="/files/2024/a.png" alt="办理流程" width="600"><figcaption>图1</figcaption></figure>'
    assert clean(figure) == figure
    assert richtext.images(figure) == [richtext.Image("/files/2024/a.png", "办理流程")]


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", " java\nscript:alert(1)", "data:text/html,x", "vbscript:x", "file:///c:/a"]
)
def test_links_that_act_lose_their_address_and_keep_their_words(href: str) -> None:
    assert clean(f'<p><a href="{href}">全文</a></p>') == "<p>全文</p>"


def test_links_that_lead_somewhere_stay() -> None:
    for href in ("https://www.gov.cn/", "mailto:a@b.cn", "tel:12345", "/about", "#t-5"):
        assert richtext.links(clean(f'<p><a href="{href}" onclick="x()" target="_blank">去</a></p>')) == [
            richtext.Link(href, "去")
        ]
    assert 'href="https://evil.example/x"' in clean('<a href="//evil.example/x">y</a>')


def test_very_deep_markup_is_flattened_and_its_text_kept() -> None:
    assert clean("<b><i>" * 20_000 + "底") == "<p><strong><em>底</em></strong></p>"
    assert plain_text(clean("<blockquote>" * 500 + "底")) == "底"
    assert clean("<script>x()</script>" + "<ul><li>" * 50_000 + "底&lt;b&gt;") == "<p>底&lt;b&gt;</p>"


def test_plain_text_has_a_line_for_each_block_and_tabs_between_cells() -> None:
    body = clean(
        "<h2>一、总则</h2><p>甲<br>乙</p><ol start=3><li>子</li><li>丑</li></ol>"
        "<table><tr><td>a</td><td><p>b</p><p>c</p></td></tr></table>"
    )
    assert plain_text(body) == "一、总则\n甲\n乙\n3. 子\n4. 丑\na\tb c"


def test_the_outline_names_levels_and_anchors() -> None:
    assert richtext.outline('<h2 id="z-1">第一章</h2><p>x</p><h3>节<br>名</h3>') == [
        richtext.Heading(2, "第一章", "z-1"),
        richtext.Heading(3, "节 名", ""),
    ]


def test_pictures_get_their_final_address_or_go() -> None:
    body = '<p>甲<img src="/files/pending/1">乙<img src="/files/pending/2"></p><p><img src="/files/pending/2"></p>'
    replaced = richtext.replace_images(body, {"/files/pending/1": "/files/a.png", "/files/pending/2": None})
    assert replaced == '<p>甲<img src="/files/a.png">乙</p>'


@given(st.text(max_size=200))
def test_any_text_becomes_paragraphs_without_loss(text: str) -> None:
    visible = "".join(richtext._INVISIBLE.sub("", text).split())
    assert "".join(plain_text(richtext.from_text(text)).split()) == visible
