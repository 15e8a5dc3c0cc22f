"""Values as they look on a page."""

import pytest

from gongkai.catalog.presenting import contents, size_label, with_addresses
from gongkai.texts import provisions, richtext


def _law(text: str) -> tuple[str, list[dict[str, object]]]:
    return provisions.identify(richtext.clean(text))


@pytest.mark.parametrize(
    ("size", "label"), [(20, "20 字节"), (1023, "1023 字节"), (38 * 1024, "38 KB"), (1258291, "1.2 MB")]
)
def test_sizes_are_said_in_the_unit_a_reader_knows(size: int, label: str) -> None:
    assert size_label(size) == label


def test_an_article_s_number_stands_out_and_its_words_stay() -> None:
    body, entries = _law("<p>第一条　为规范。</p><p class='align-right'>落款</p>")
    assert with_addresses(body, entries) == (
        '<p id="t-1"><a class="anchor" href="#t-1" aria-label="第一条的链接"></a>'
        '<span class="law-no">第一条</span>为规范。</p>'
        '<p class="align-right">落款</p>'
    )


def test_a_number_in_bold_type_stays_as_it_was_set() -> None:
    body, entries = _law("<p><strong>第一条</strong>　为规范。</p>")
    assert "</a><strong>第一条</strong>　为规范。" in with_addresses(body, entries)


def test_a_text_without_articles_is_left_alone() -> None:
    body = richtext.clean('<h2 id="note-1">一、背景</h2><p>文字</p>')
    assert with_addresses(body, []) == body


def test_the_table_of_contents_has_chapters_and_sections_in_their_depth() -> None:
    _, entries = _law(
        "<h2>第一章　总则</h2><h3>第一节　一般规定</h3><p>第一条　甲。</p><h2>第二章　附则</h2><p>第二条　乙。</p>"
    )
    assert [(one.text, one.depth) for one in contents(entries)] == [
        ("第一章　总则", 0), ("第一节　一般规定", 1), ("第二章　附则", 0)
    ]  # fmt: skip


def test_a_short_text_has_no_table_of_contents() -> None:
    _, entries = _law("<h2>第一章　总则</h2><p>第一条　甲。</p>")
    assert contents(entries) == []
