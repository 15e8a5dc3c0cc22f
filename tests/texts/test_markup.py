"""Texts from everywhere: six encodings, Markdown, pasted pages, saved web pages."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.texts import furniture, markup
from gongkai.texts.markup import decode, read_html, read_labels_from_text, read_markdown, read_plain
from gongkai.texts.reading import PENDING_IMAGES, UnreadableFile
from gongkai.texts.richtext import outline, plain_text, replace_images

SIMPLIFIED = "为了保障公民、法人和其他组织依法获取政府信息，提高政府工作的透明度，制定本条例。"
TRADITIONAL = "為了保障公民、法人和其他組織依法獲取政府資訊，提高政府工作的透明度，制定本條例。"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk", "gb2312"]
)
def test_simplified_chinese_is_read_in_every_encoding(encoding: str) -> None:
    line = SIMPLIFIED + "\n2024 年\n"
    assert decode((line * 3).encode(encoding)).text == line * 3


def test_traditional_chinese_in_big5_is_told_from_gb18030() -> None:
    decoded = decode(TRADITIONAL.encode("big5"))
    assert (decoded.text, decoded.encoding, decoded.lossy) == (TRADITIONAL, "big5hkscs", False)
    assert decode(SIMPLIFIED.encode("gbk")).encoding == "gb18030"


@pytest.mark.parametrize(
    ("written", "said"),
    [("utf-8", "gb2312"), ("gbk", "utf-8"), ("gbk", "big5"), ("big5", "gb2312"), ("gb18030", "base64")],
)
def test_wrong_declarations_do_not_mislead(written: str, said: str) -> None:
    text = f'<meta charset="{said}"><p>{TRADITIONAL if written == "big5" else SIMPLIFIED}</p>'
    assert decode(text.encode(written), said).text == text


def test_rare_characters_of_names_survive_a_small_declaration() -> None:
    assert decode("<meta charset=gb2312>镕䶮人民政府办公室通知".encode("gb18030")).text.endswith(
        "镕䶮人民政府办公室通知"
    )


def test_a_damaged_file_says_so() -> None:
    damaged = (SIMPLIFIED * 10).encode()[:-1]
    decoded = decode(damaged)
    assert decoded.encoding == "utf-8"
    assert decoded.lossy
    assert "补正" in read_plain(damaged).warnings[0]


@given(st.binary(max_size=300), st.none() | st.text(max_size=12))
def test_decoding_never_fails_and_always_names_an_encoding(data: bytes, declared: str | None) -> None:
    decoded = decode(data, declared)
    assert codecs.lookup(decoded.encoding)


@given(
    st.text(
        st.characters(codec="gb18030", exclude_characters="\0", exclude_categories=["Cs", "Cc", "Co"]),
        min_size=1,
        max_size=80,
    )
)
def test_utf8_is_never_taken_for_anything_else(text: str) -> None:
    assert decode(text.encode()).text == text.removeprefix("\ufeff")


MARKDOWN = """# 澜川市数据管理办法

（2024年1月1日公布）

<!-- INFO END -->

## 第一章 总则

第一条 为了**规范**管理<script>alert(1)</script>，制定本办法。

| 项目 | 数量 |
| --- | ---: |
| 甲 | 1 |

1. 一
3. 三

![图](./a.png)
"""


def test_markdown_becomes_a_body_with_its_title_apart() -> None:
    source = read_markdown(MARKDOWN.encode())
    assert source.title == "澜川市数据管理办法"
    assert "INFO END" not in source.html
    assert "alert" not in source.html
    assert source.html.startswith("<p>（2024年1月1日公布）</p><h2>第一章 总则</h2>")
    assert "<th>项目</th>" in source.html
    assert plain_text(source.html).split("\n")[-1] == "1. 一 3. 三"
    assert source.images == {PENDING_IMAGES + "1": "./a.png"}
    assert "img" not in replace_images(source.html, dict.fromkeys(source.images))


def test_lists_that_count_on_stay_lists() -> None:
    assert '<ol start="2"><li>甲</li><li>乙</li></ol>' in read_markdown("2. 甲\n3. 乙".encode()).html


def test_markdown_nested_beyond_reason_keeps_its_words() -> None:
    assert "底" in read_markdown(("> " * 500 + "底").encode()).html
    assert read_markdown(b"<!-- nothing -->").html == ""


def test_a_later_heading_is_no_title() -> None:
    source = read_markdown("文\n\n# 标题".encode())
    assert (source.title, source.html) == ("标题", "<p>文</p>")
    assert read_markdown("> # 引\n\n文".encode()).title == ""


PASTED = """澜川市城市管理委员会2020年度报告

日期：2021年1月9日 9:05    来源：澜川市城市管理委员会    浏览次数：12

分享：
字号：   大 中 小

　　依据《条例》第五十条规定，编制本报告。
　　一、总体情况
　　（一）主动公开
　　（二）对违反规定的单位，责令限期改正，并依照有关规定处理；
　　分享经验是一种责任。
　　来源：税收、非税收入；以及其他。
第一章　总则

【打印】 【关闭】
您访问的链接即将离开“澜川市”门户网站 是否继续?
已归档"""


def test_a_pasted_page_gives_title_labels_and_text() -> None:
    source = read_plain(PASTED.encode("gbk"))
    assert source.title == "澜川市城市管理委员会2020年度报告"
    assert source.labels == {
        "ArticleTitle": source.title,
        "PubDate": "2021-01-09 09:05",
        "ContentSource": "澜川市城市管理委员会",
    }
    assert source.encoding == "gb18030"
    assert [heading.text for heading in outline(source.html)] == ["一、总体情况", "（一）主动公开", "第一章 总则"]
    text = plain_text(source.html)
    assert text.startswith("依据《条例》")
    for kept in ("分享经验是一种责任。", "来源：税收、非税收入；以及其他。", "（二）对违反规定的单位"):
        assert kept in text
    for dropped in ("字号", "打印", "离开", "归档"):
        assert dropped not in text
    assert any("归档" in warning for warning in source.warnings)


def test_every_dropped_line_is_accounted_for() -> None:
    labelled = read_labels_from_text(PASTED)
    together = labelled.title + labelled.body + "".join(labelled.furniture)
    assert sorted("".join(together.split())) == sorted("".join(PASTED.split()))


def test_a_text_that_begins_at_once_has_no_title() -> None:
    labelled = read_labels_from_text("依据规定，编制本报告。\n一、总体情况\n正文")
    assert (labelled.title, labelled.labels) == ("", {})
    assert labelled.body.startswith("依据规定")


@pytest.mark.parametrize(
    "line", ["分享", "分享到：", "【字体：大 中 小】", "打印本页 | 关闭窗口", "當前位置：首頁 > 公開", "上一篇：通知"]
)
def test_furniture_is_recognised(line: str) -> None:
    assert furniture.is_furniture(line)


@pytest.mark.parametrize(
    "line", ["分享经验", "打印费用由申请人承担", "关闭矿井三处", "大中小企业", "首页改版", "字号要求"]
)
def test_sentences_are_no_furniture(line: str) -> None:
    assert not furniture.is_furniture(line)


def test_a_row_of_buttons_that_turns_out_to_be_text_is_decided_at_once() -> None:
    # One pattern for the whole row took minutes to find that this is none.
    assert not furniture.is_furniture(" 大中小" * 35 + "企")
    assert furniture.is_furniture(" 大中小" * 35)


def test_a_text_that_is_too_large_belongs_in_an_attachment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markup, "MAX_TEXT_BYTES", 10)
    for reader in (read_markdown, read_plain):
        with pytest.raises(UnreadableFile, match="附件"):
            reader(b"x" * 11)


def page(body: str, head: str = "") -> bytes:
    title = "<title>关于检查的通知_澜川市人民政府</title>"
    return f"<!DOCTYPE html><html><head>{title}{head}</head><body>{body}</body></html>".encode()


TEXT = "<p>各区人民政府，市政府各部门：</p><p>现将《澜川市数据管理办法》印发给你们，请认真贯彻执行。</p>"
NAVIGATION = '<div class="nav"><a href="/">首页</a><a href="/zw">政务公开</a></div>'
FOOTER = '<div class="footer">主办：澜川市人民政府办公室 备案号123</div>'


@pytest.mark.parametrize(
    "holder",
    [
        '<div id="UCAP-CONTENT">', '<div class="view TRS_UEDITOR trs_paper_default">', '<div class="TRS_Editor">',
        '<td id="zoom">', "<article>", '<div class="x9">',
    ],
)  # fmt: skip
def test_the_article_is_found_in_every_portals_container(holder: str) -> None:
    tag = holder[1:].split()[0].rstrip(">")
    before, after = ("<table><tr>", "</tr></table>") if tag == "td" else ("", "")
    source = read_html(page(f"{NAVIGATION}{before}{holder}{TEXT}</{tag}>{after}{FOOTER}"))
    assert (
        plain_text(source.html)
        == "各区人民政府，市政府各部门：\n现将《澜川市数据管理办法》印发给你们，请认真贯彻执行。"
    )
    assert source.title == "关于检查的通知"


def test_labels_are_read_in_any_spelling() -> None:
    head = (
        '<META NAME="articletitle" CONTENT="关于检查的通知"><meta name=PubDate content="2024-03-01 10:00">'
        '<meta content="市府办" name="contentSource"><meta name="keywords" content="检查;通知">'
        '<meta name="SiteIDCode" content="1">'
        '<meta name="viewport" content="width=device-width"><meta name="ColumnName" content="">'
    )
    labels = read_html(page(f"<article>{TEXT}</article>", head)).labels
    assert labels == {
        "ArticleTitle": "关于检查的通知",
        "PubDate": "2024-03-01 10:00",
        "ContentSource": "市府办",
        "Keywords": "检查;通知",
        "SiteIDCode": "1",
    }


def test_title_repetition_label_lines_and_buttons_leave_the_article() -> None:
    frame = "<h1>关于检查的通知</h1><p>发布时间：2024-03-01　来源：市府办</p><p>【字体：大 中 小】</p>"
    source = read_html(page(f"<article>{frame}{TEXT}<p>打印 关闭</p><p>上一篇：无</p></article>"))
    assert plain_text(source.html).startswith("各区人民政府")
    assert plain_text(source.html).endswith("贯彻执行。")
    assert source.labels["PubDate"] == "2024-03-01"
    assert source.labels["ContentSource"] == "市府办"


def test_share_bars_scripts_and_comments_inside_the_article_go() -> None:
    inside = (
        f'<!-- 内部 --><script>x()</script><div class="bdsharebuttonbox"><a>微博</a></div>{TEXT}<style>p{{}}</style>'
    )
    html = read_html(page(f'<div class="article-content">{inside}</div>')).html
    for gone in ("内部", "x()", "微博", "style"):
        assert gone not in html


def test_relative_addresses_are_completed_and_pictures_held() -> None:
    article = f'<article>{TEXT}<p><a href="./P1.pdf">附件</a><img src="../a.png" alt="图"></p></article>'
    source = read_html(page(article), base_url="https://www.example.gov.cn/zw/t1.html")
    assert 'href="https://www.example.gov.cn/zw/P1.pdf"' in source.html
    assert source.images == {PENDING_IMAGES + "1": "https://www.example.gov.cn/a.png"}
    assert any("相对地址" in warning for warning in read_html(page(article)).warnings)


def test_a_page_in_gbk_that_says_utf8_is_read() -> None:
    data = page(f"<article>{TEXT}</article>", '<meta charset="utf-8">').decode().encode("gbk")
    assert read_html(data, declared="utf-8").encoding == "gb18030"


@pytest.mark.parametrize("data", [b"", b"<html></html>", b"<p></p>", b"\x00\x01"])
def test_a_page_without_text_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match=r"正文|解析"):
        read_html(data)
