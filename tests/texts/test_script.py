"""Simplified into Traditional and back: official words stay official, and a page stays the page it was."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from gongkai.texts import script

OFFICIAL = {
    "政府信息公开": "政府信息公開",
    "主动公开政府信息": "主動公開政府信息",
    "行政复议、行政诉讼": "行政復議、行政訴訟",
    "答复、批复、函复、复核、复审": "答復、批復、函復、復核、復審",
    "复制、复印、重复、复杂": "複製、複印、重複、複雜",
    "反复": "反覆",
    "公布、发布、颁布": "公佈、發佈、頒布",
    "，并公布，并发布": "，並公佈，並發佈",
    "合并，一并，并发症": "合併，一併，併發症",
    "批准、核准、准予，以正本为准": "批准、核准、准予，以正本為準",
    "制定制度": "制定制度",
    "规定制定的程序": "規定制定的程序",
    "特制定本规定，记录制度": "特制定本規定，記錄制度",
    "制作、研制、血液制品": "製作、研製、血液製品",
    "里程十公里，在这里": "里程十公里，在這裏",
    "皇后以后": "皇后以後",
    "干部不得干预，干旱": "幹部不得干預，乾旱",
    "海底干线": "海底幹線",
    "规划、计划、划船": "規劃、計劃、划船",
    "征收、征用、征求意见、长征": "徵收、徵用、徵求意見、長征",
    "关系、系统、联系": "關係、系統、聯繫",
    "报表、水表、代表": "報表、水錶、代表",
    "发展、头发、污染发生": "發展、頭髮、污染發生",
    "台账、平台、台风、台州": "臺賬、平臺、颱風、台州",
    "规范、范围、范某": "規範、範圍、范某",
    "有关注册商标，注射": "有關註冊商標，注射",
    "历史、日历、农历": "歷史、日曆、農曆",
    "云南、云计算": "雲南、雲計算",
    "一出具、二出口": "一出具、二出口",
    "折合、存折": "折合、存摺",
    "公开发布": "公開發佈",
    "说明书签署之日": "說明書簽署之日",
    "澜川市城市管理委员会": "瀾川市城市管理委員會",
    "群众为了了解程序": "群眾為了了解程序",
    "信息网络软件质量水平": "信息網絡軟件質量水平",
}
# Forms that were seen on pages converted without care, or that OpenCC's dictionary makes of the texts of this test.
WRONG = """
政府資訊 資訊公開 行政複議 複議 答覆 批覆 回覆 髮展 染髮生 髮票 髮放 換髮 ，併發 ，併向 ，併處 ，併報 ，併為 乾預
幹預 幹擾 乾擾 幹涉 乾涉 乾部 乾線 乾流 幹旱 幹燥 幹淨 製度 定製定 特製定 自製定 批準 核準 準許 準予 準入 標准
准則 准備 水准 精准 基准 公裏 海裏 裏程 裏弄 摺合 摺算 摺舊 緻使 緻殘 關注冊 關注銷 注冊 注銷 聯係 關繫 關系 繫統
係統 係列 齣口 齣具 齣現 檯賬 颱賬 臺風 麪 麵積 弔銷 鉅額 複核 複查 複審 覆核 錶彰 代錶 錶演 國曆史 曆史 農歷
日歷 公歷 借款口 憑藉款 應嚮 標簽 籤訂 籤署 籤發 籤字 滙 爲 衆 羣 祕 僞 覈 菸 釐 規范 示范 防范 範某 範縣 計划
規划 徵途 征求 征收 征集 后勤 以后 家俱 傢 侷 樑 合並 一並 兼並 製裁 製約 限製 體製 法製 機製 強製 控製 編製
公布 發布 宣布 頒佈
"""

CHINESE = "公开政府信息行政复议答复批准制定里程干部征求系统发展台账范围注册历史后并，。《》第一条"
words = st.text(st.sampled_from(CHINESE + "abc 12-:/.#?%"), max_size=40)


@pytest.mark.parametrize("simple", OFFICIAL)
def test_official_words_are_written_as_officials_write_them(simple: str) -> None:
    assert script.to_traditional(simple) == OFFICIAL[simple]


def test_every_protected_word_is_written_as_the_list_says() -> None:
    listed = script.protected_words()
    assert len(listed) >= 150
    assert {word: script.to_traditional(word) for word in listed} == listed
    assert [word for word, written in listed.items() if len(word) != len(written)] == []


@pytest.mark.shared
def test_no_known_wrong_form_comes_of_the_real_regulations(shared_data: Path) -> None:
    files = sorted((shared_data / "regulations").rglob("*.md"))
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    converted = script.to_traditional(text)
    # Right, with something within that would be wrong by itself: 重复核查, 示范县, 有关系统.
    judged = re.sub("重複|示範縣|有關系統", "", converted)
    assert {wrong: judged.count(wrong) for wrong in WRONG.split() if wrong in judged} == {}
    assert len(converted) == len(text)
    back = script.to_simplified(converted)
    assert sum(a != b for a, b in zip(text, back, strict=True)) < 10, "in three million characters"


@pytest.mark.shared
def test_an_official_traditional_page_is_met_but_for_a_handful_of_characters(shared_data: Path) -> None:
    """The report of 2020 as its agency shows it in Traditional, against our conversion of the same words."""
    paths = sorted((shared_data / "seeds").glob("*.txt"))
    page = next(text for path in paths if "工作年度報告" in (text := path.read_text(encoding="utf-8")))
    theirs = page[: page.index("您訪問的連結")]
    ours = script.to_traditional(script.to_simplified(theirs))
    differing = {(a, b) for a, b in zip(theirs, ours, strict=True) if a != b}
    # Forms of type (産 説), a slip of theirs (併發布), a word of the vocabulary they use (微網志), 衚同.
    assert differing == {("志", "誌"), ("産", "產"), ("併", "並"), ("布", "佈"), ("説", "說"), ("衚", "胡")}


@given(words)
def test_ascii_and_length_never_change(text: str) -> None:
    converted = script.to_traditional(text)
    assert len(converted) == len(text)
    assert [one for one in converted if one.isascii()] == [one for one in text if one.isascii()]


def test_private_characters_of_a_text_stay_what_they_are() -> None:
    own = "\U00100000\U0010fffd"
    assert script.to_traditional(f"信息{own}公开") == f"信息{own}公開"


def test_what_a_reader_of_traditional_types_finds_the_simplified_text() -> None:
    for typed in ("政府信息公開", "行政復議", "公佈", "公布", "裡", "裏", "為了", "爲了", "臺灣", "台灣"):
        simple = script.to_simplified(typed)
        assert script.to_simplified(simple) == simple
        assert not set(simple) & set("開復議裡裏為爲灣臺")
    assert script.to_simplified("abc 123") == "abc 123"


PAGE = """<!doctype html>
<html lang="zh-Hans" class="js"><head><meta charset="utf-8"><title>政府信息公开 - 澜川市</title>
<meta name="Description" content="行政复议指南"><link rel="canonical" href="http://a.test/info/x/">
<script>const words = "发展";</script><style>.a::before { content: "发展" }</style></head>
<body><!-- 发展 --><a href="/info/x/?a=1&amp;b=2" title='联系"我们"'>联系我们</a>
<form action="/search"><input name="q" value="发展" placeholder="搜索文件"><input type="submit" value="搜索发展">
<textarea>发展</textarea></form><img src="/files/图.png" alt="示意图">
<p id="发展" data-key="发展" class="发展">第三条　发展&amp;规范 a &lt; b</p>
<a href="/x/" lang="zh-Hans">简体<b>发展</b></a><span translate="no">发展<span>复议</span></span>复议
<br lang="zh-Hans">发展</body></html>"""


def test_a_page_is_converted_where_people_read_it_and_nowhere_else() -> None:
    page = script.html_to_traditional(PAGE, lambda url: f"/zh-hant{url}" if url.startswith("/") else url)
    tree = lxml_html.fromstring(page)
    assert tree.get("lang") == "zh-Hant"
    assert tree.findtext(".//title") == "政府信息公開 - 瀾川市"
    assert tree.xpath("//meta[@name='Description']/@content") == ["行政復議指南"]
    assert tree.xpath("//link/@href") == ["http://a.test/info/x/"]
    # The link to the page in the other script leads out of this one.
    assert tree.xpath("//a/@href") == ["/zh-hant/info/x/?a=1&b=2", "/x/"]
    assert tree.xpath("//form/@action") == ["/zh-hant/search"]


def test_what_is_not_read_stays() -> None:
    page = script.html_to_traditional(PAGE)
    for kept in (
        'const words = "发展";',
        'content: "发展" }',
        "<!-- 发展 -->",
        "<textarea>发展</textarea>",
        'value="发展" placeholder="搜索文件"',
        'src="/files/图.png" alt="示意圖"',
        '<p id="发展" data-key="发展" class="发展">第三條　發展&amp;規範 a &lt; b</p>',
        '<a href="/x/" lang="zh-Hans">简体<b>发展</b></a>',
        '<span translate="no">发展<span>复议</span></span>復議',
        '<br lang="zh-Hans">發展',
        'value="搜索發展"',
        "title='聯繫\"我們\"'",
    ):
        assert kept in page, kept


@given(st.lists(st.tuples(words, words, st.sampled_from(["p", "b", "a", "td", "h2"]), words), max_size=12))
def test_tags_names_and_addresses_of_any_page_stay(pieces: list[tuple[str, str, str, str]]) -> None:
    page = "".join(
        f'{before}<{tag} id="{own}" href="/{own}" title="{own}" class="{own}">{inside}</{tag}>'
        for before, inside, tag, own in pieces
    )
    converted = script.html_to_traditional(page)
    assert len(converted) == len(page)
    for kept in (r"<[a-z0-9]+", r' (?:id|href|class)="[^"]*"', r"[\x00-\x7f]"):
        assert re.findall(kept, converted) == re.findall(kept, page)
