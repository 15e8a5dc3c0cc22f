"""A clean text as the lines a reader sees."""

import pytest

from gongkai.texts.lines import comparable, fragment, read, serialise


def lines(markup: str) -> list[tuple[str, str]]:
    return [(line.kind.value, line.text) for line in read(fragment(markup))]


def test_every_kind_of_line() -> None:
    markup = (
        "<h2>标题</h2><p>甲<strong>乙</strong><br>丙</p>\n<ul><li>丁</li></ul><blockquote><p>戊</p></blockquote>"
        "<table><caption>表</caption><tr><th>己</th><td>庚<br>辛</td></tr></table>"
        '<figure><img src="/files/a.png" alt="图"><figcaption>壬</figcaption></figure>癸'
    )
    assert lines(markup) == [
        ("heading", "标题"),
        ("paragraph", "甲乙"),
        ("paragraph", "丙"),
        ("item", "丁"),
        ("quote", "戊"),
        ("paragraph", "表"),
        ("row", "己｜庚 辛"),
        ("figure", "［图片：图］"),
        ("figure", "壬"),
        ("paragraph", "癸"),
    ]


def test_where_a_line_begins() -> None:
    root = fragment("<p>甲<br>乙</p>")
    first, second = read(root)
    assert (first.block, first.after) == (root[0], None)
    assert (second.block, second.after) == (root[0], root[0][0])


def test_the_bold_words_at_the_beginning() -> None:
    assert [line.bold for line in read(fragment("<p><b>第一条 </b>甲</p><p>乙<b>丙</b></p><h3><b>丁</b></h3>"))] == [
        "第一条",
        "",
        "丁",
    ]


def test_numbers_and_depths_of_lists() -> None:
    markup = '<ol start="3"><li><p>甲</p><p>甲续</p><ol><li>子</li></ol></li><li>乙</li></ol><ul><li>丙</li></ul>'
    assert [(line.text, line.ordinal, line.depth) for line in read(fragment(markup))] == [
        ("甲", 3, 1),
        ("甲续", None, 1),
        ("子", 1, 2),
        ("乙", 4, 1),
        ("丙", None, 1),
    ]


@pytest.mark.parametrize(
    "markup", ["", "甲&lt;b&gt;", "<p>甲<br>乙&amp;</p>\n<!-- 注 -->尾", "<table><tr><td>甲</table>", "甲\x00"]
)
def test_writing_is_stable(markup: str) -> None:
    written = serialise(fragment(markup))
    assert serialise(fragment(written)) == written


def test_width_and_white_space_are_no_difference_but_punctuation_is() -> None:
    assert comparable("第１期　（ＡＢ）") == comparable("第 1 期(AB)")
    assert comparable("甲，乙") != comparable("甲,乙")
