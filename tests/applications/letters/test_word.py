"""A letter goes out as a Word file, is edited, and comes back as a body for the same frame."""

import io
import re
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.shared import Mm
from tests.applications.letters.specimens import facts_for, official

from gongkai.applications.letters import printing, word
from gongkai.applications.letters.catalogue import get
from gongkai.applications.letters.composing import Composed, compose
from gongkai.applications.letters.sample import SAMPLE
from gongkai.applications.letters.word_back import read_back
from gongkai.texts import richtext
from gongkai.texts.reading import UnreadableFile


def sent(key: str = "reply-partial") -> Composed:
    return compose(get(key), facts_for(get(key), long=True), official())


def edited(letter: Composed, change: Callable[[Any], None]) -> bytes:
    """The file after somebody worked on it."""
    document = docx.Document(io.BytesIO(word.docx(letter)))
    change(document)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def plain(body: str) -> str:
    return re.sub(r"\s", "", richtext.plain_text(body))


def styled(document: Any, style: str) -> Any:
    return next(one for one in document.paragraphs if one.style.name == style)


@pytest.mark.parametrize("key", ["reply-mixed", "fee", "registration", "third-party"])
def test_what_nobody_touched_comes_back_as_it_went(key: str) -> None:
    letter = get(key)
    out = compose(letter, facts_for(letter, long=False), official())
    back = read_back(word.docx(out), out)
    assert plain(back.html) == plain(out.body)
    assert back.notes == ()


def test_an_edited_body_prints_in_the_same_frame() -> None:
    out = sent()

    def change(document: Any) -> None:
        body = styled(document, word.BODY)
        body.runs[0].text = "改写后的第一段。"
        body.insert_paragraph_before("新写的一段。", word.BODY)

    back = read_back(edited(out, change), out)
    again = printing.html(out.with_body(back.html))
    assert "<p>新写的一段。</p>" in back.html
    assert "改写后的第一段" in plain(again)
    for kept in (out.title, out.number, out.salutation, out.signature, out.signed_on):
        assert kept in again


def test_the_frame_is_not_changed_from_word_and_that_is_told() -> None:
    out = sent()

    def change(document: Any) -> None:
        styled(document, word.NUMBER).runs[0].text = "〔2020〕1号"
        styled(document, word.DATE).runs[0].text = "2020年1月1日"

    back = read_back(edited(out, change), out)
    assert [note[:2] for note in back.notes] == ["文号", "日期"]
    assert "2020" not in plain(back.html).replace("2020年至2025年", "")


def test_a_signature_that_lost_its_style_is_still_the_frames() -> None:
    out = sent("notice-withdrawn")

    def change(document: Any) -> None:
        for name in (word.SIGNATURE, word.DATE):
            styled(document, name).style = document.styles["Normal"]

    back = read_back(edited(out, change), out)
    assert plain(back.html) == plain(out.body)


def test_slips_stay_ours() -> None:
    out = sent("third-party")
    back = read_back(word.docx(out), out)
    assert "签名或者盖章：" not in back.html
    assert len(out.enclosures) == 1


def test_comments_and_revisions_are_told() -> None:
    out = sent("notice-withdrawn")

    def change(document: Any) -> None:
        body = styled(document, word.BODY)
        document.add_comment(body.runs[0], "此处再核", "审核人")

    back = read_back(edited(out, change), out)
    assert "批注" in "".join(back.notes)
    assert "此处再核" not in back.html


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\x03\x04 broken"])
def test_what_is_no_word_file_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile):
        read_back(data, sent("notice-withdrawn"))


def test_a_file_without_a_body_is_refused() -> None:
    out = sent("notice-withdrawn")

    def change(document: Any) -> None:
        for one in list(document.paragraphs):
            if one.style.name == word.BODY:
                one._p.getparent().remove(one._p)

    with pytest.raises(UnreadableFile, match="没有找到文书的正文"):
        read_back(edited(out, change), out)


def test_the_file_has_the_geometry_and_fonts_of_the_sheet() -> None:
    out = sent()
    document = docx.Document(io.BytesIO(word.docx(out)))
    section = document.sections[0]
    sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(side / Mm(1)) for side in sides] == [37, 35, 28, 26]
    xml = document.styles["Normal"].element.xml
    assert 'w:eastAsia="仿宋_GB2312"' in xml
    assert 'w:line="579"' in xml  # 28.95 points, exactly
    assert document.core_properties.author == out.agency


def test_no_file_for_editing_carries_the_seal() -> None:
    document = docx.Document(io.BytesIO(word.docx(sent())))
    assert len(document.inline_shapes) == 0
    assert not [one for one in document.part.package.iter_parts() if one.partname.startswith("/word/media/")]


def test_tables_keep_their_cells() -> None:
    out = compose(get("fee"), SAMPLE)
    (table,) = docx.Document(io.BytesIO(word.docx(out))).tables
    assert [cell.text for cell in table.rows[2].cells] == ["第11至30件", "20件", "100元/件", "2000元"]
    assert table.rows[4].cells[0]._tc is table.rows[4].cells[2]._tc
