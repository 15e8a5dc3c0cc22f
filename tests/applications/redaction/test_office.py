"""Office files become PDF without what they hide; where LibreOffice is missing or does not end, officers are told."""

import io
import os
import select
from pathlib import Path

import openpyxl
import pytest
from pytest_django import fixtures
from tests.texts import packages

from gongkai.applications.redaction import office
from gongkai.texts.pdf import read_pdf
from gongkai.texts.reading import UnreadableFile
from gongkai.texts.redaction import Box, find, leftovers, redact
from gongkai.texts.redaction.sheets import only_visible

real = pytest.mark.skipif(
    not office.is_installed(), reason="没有 LibreOffice（scripts/system-packages office），未做真实转换"
)


def _document() -> bytes:
    body = (
        packages.paragraph("关于处理结果的说明")
        + packages.paragraph(
            packages.run("联系人赵某某")
            + f'<w:del w:id="1" w:author="周某某">{packages.run("甲乙丙丁").replace("w:t", "w:delText")}</w:del>'
            + f'<w:ins w:id="2" w:author="周某某">{packages.run("已经补充")}</w:ins>'
        )
        + packages.paragraph(packages.run("戊己庚辛", "<w:vanish/>"))
        + packages.paragraph(
            '<w:r><w:commentReference w:id="0"/></w:r>' + packages.run("结论如下") + '<w:commentRangeEnd w:id="0"/>'
        )
    )
    relationships = packages.relationship("c1", "comments", "comments.xml")
    return packages.word(body, relationships=relationships, extra={"word/comments.xml": packages.comments("壬癸子丑")})


def _workbook(*, formula: bool = False) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for at, value in {"A1": "可见标题", "B1": "寅卯", "A2": "辰巳", "A3": "可见数据", "C3": "右侧"}.items():
        sheet[at] = value
    sheet.column_dimensions["B"].hidden = True
    sheet.row_dimensions[2].hidden = True
    secret = book.create_sheet("午未")
    secret["A1"] = "申酉戌亥"
    secret.sheet_state = "hidden"
    if formula:
        sheet["A4"] = "=午未!A1"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def test_nothing_hidden_is_left_in_the_cells_of_a_workbook() -> None:
    cleaned = openpyxl.load_workbook(io.BytesIO(only_visible(_workbook())))
    values = [cell.value for sheet in cleaned.worksheets for row in sheet.iter_rows() for cell in row if cell.value]
    assert values == ["可见标题", "可见数据", "右侧"]
    assert [sheet.sheet_state for sheet in cleaned.worksheets] == ["visible", "hidden"]


def test_a_formula_that_was_never_calculated_is_no_value_when_something_is_hidden() -> None:
    with pytest.raises(UnreadableFile, match="尚未计算的公式"):
        only_visible(_workbook(formula=True))


@real
def test_a_word_file_is_printed_without_changes_comments_and_hidden_text() -> None:
    made = office.to_pdf("说明.docx", _document())
    text = "".join(read_pdf(made).text.split())
    assert text == "关于处理结果的说明联系人赵某某已经补充结论如下"
    for hidden in ("甲乙丙丁", "戊己庚辛", "壬癸子丑", "周某某"):
        assert not find(made, hidden)
    boxes = [Box(one.page, one.left, one.top, one.right, one.bottom, "个人隐私") for one in find(made, "赵某某")]
    redacted = redact(made, boxes)
    assert leftovers(redacted.data, boxes, made) == []
    assert "".join(read_pdf(redacted.data).text.split()) == "关于处理结果的说明联系人个人隐私已经补充结论如下"


@real
def test_a_workbook_is_printed_without_hidden_sheets_rows_and_columns() -> None:
    text = read_pdf(office.to_pdf("名册.xlsx", _workbook())).text
    assert text.split() == ["可见标题", "可见数据", "右侧"]


@real
def test_a_file_of_the_old_format_is_cleaned_too(tmp_path: Path) -> None:
    program = office._program()
    assert program is not None
    old = office._converted(program, _document(), "docx", "doc")
    text = "".join(read_pdf(office.to_pdf("说明.wps", old)).text.split())
    assert "联系人赵某某已经补充" in text
    assert not {"甲乙丙丁", "壬癸子丑", "戊己庚辛"} & {text[at : at + 4] for at in range(len(text))}


def _program(folder: Path, lines: str) -> str:
    script = folder / "soffice"
    script.write_text(f"#!/bin/sh\n{lines}\n")
    script.chmod(0o700)
    return str(script)


def test_without_the_program_officers_are_asked_for_a_pdf(settings: fixtures.Settings, tmp_path: Path) -> None:
    settings.GONGKAI_SOFFICE = str(tmp_path / "absent")
    assert not office.is_installed()
    with pytest.raises(UnreadableFile, match=r"没有安装 LibreOffice.*另存为 PDF"):
        office.to_pdf("说明.docx", _document())


def test_a_file_that_gives_nothing_is_told(settings: fixtures.Settings, tmp_path: Path) -> None:
    settings.GONGKAI_SOFFICE = _program(tmp_path, "exit 0")
    with pytest.raises(UnreadableFile, match="文件无法转换"):
        office.to_pdf("说明.docx", _document())


def test_what_does_not_end_is_ended_with_all_it_started(settings: fixtures.Settings, tmp_path: Path) -> None:
    pipe = tmp_path / "held"
    os.mkfifo(pipe)
    held = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    settings.GONGKAI_SOFFICE = _program(tmp_path, f"(echo started; exec sleep 600) > {pipe} &\nwait")
    with pytest.raises(UnreadableFile, match="超过 2 秒，已经停止"):
        office.converted("说明.docx", _document(), "pdf", seconds=2)
    assert _all_said(held) == b"started\n"
    os.close(held)


def _all_said(pipe: int) -> bytes:
    """What was written until the last that holds the pipe has ended: a killed process ends soon, not at once."""
    said = b""
    while select.select([pipe], [], [], 60)[0]:
        heard = os.read(pipe, 100)
        if not heard:
            return said
        said += heard
    raise AssertionError("somebody still holds the pipe")
