"""Workbooks: what is hidden is reported and stays; who wrote it and what was noted in the margin goes."""

import io
from datetime import datetime

import openpyxl
import pytest
from openpyxl.comments import Comment
from tests.texts.packages import everything, packed, unpacked

from gongkai.texts import spreadsheets
from gongkai.texts.reading import HiddenKind, UnreadableFile
from gongkai.texts.spreadsheets import clean_xlsx, read_xlsx


def workbook() -> bytes:
    book = openpyxl.Workbook()
    book.properties.creator = "孙某某"
    sheet = book.active
    assert sheet is not None
    sheet.title = "预算表"
    sheet.append(["项目", "金额（万元）", "日期", "备注"])
    sheet.append(["教育", 12.0, datetime(2024, 3, 1), None])
    sheet.append(["卫生", 3.5, None, True])
    sheet.append(["底稿", 9])
    sheet["A2"].comment = Comment("此数待核", "孙某某")
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["D"].hidden = True
    secret = book.create_sheet("内部测算")
    secret["A1"] = "不公开"
    secret.sheet_state = "veryHidden"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_a_workbook_becomes_text_by_rows() -> None:
    read = read_xlsx(workbook())
    assert [(sheet.name, sheet.hidden) for sheet in read.sheets] == [("预算表", False), ("内部测算", True)]
    assert read.sheets[0].text.split("\n")[:3] == [
        "项目\t金额（万元）\t日期\t备注",
        "教育\t12\t2024-03-01",
        "卫生\t3.5\t\tTRUE",
    ]
    assert "内部测算\n不公开" in read.text


def test_what_is_hidden_is_reported_until_somebody_decides() -> None:
    report = read_xlsx(workbook()).hidden
    assert report.needs_decision
    assert report.of(HiddenKind.HIDDEN_SHEET).excerpt == "内部测算"  # type: ignore[union-attr]
    assert report.of(HiddenKind.HIDDEN_ROW).excerpt == "预算表 第 4 行"  # type: ignore[union-attr]
    assert report.of(HiddenKind.HIDDEN_COLUMN).excerpt == "预算表 第 4—4 列"  # type: ignore[union-attr]
    assert "此数待核" in report.of(HiddenKind.COMMENT).excerpt  # type: ignore[union-attr]
    assert report.of(HiddenKind.AUTHOR).excerpt == "孙某某"  # type: ignore[union-attr]


def test_the_download_has_no_names_and_no_comments_and_still_opens() -> None:
    cleaned = clean_xlsx(workbook())
    text = everything(cleaned)
    for trace in ("孙某某", "此数待核", "docProps/", "legacyDrawing"):
        assert trace not in text
    assert not any(name.endswith(".vml") for name in unpacked(cleaned))
    book = openpyxl.load_workbook(io.BytesIO(cleaned))
    assert book["预算表"]["A2"].value == "教育"
    assert book["内部测算"].sheet_state == "veryHidden"
    report = read_xlsx(cleaned).hidden
    assert report.count(HiddenKind.HIDDEN_SHEET) == 1
    assert report.count(HiddenKind.COMMENT) == 0


def test_the_folder_on_the_authors_machine_leaves_the_download() -> None:
    members: dict[str, bytes | str] = dict(unpacked(workbook()))
    path = '<x15ac:absPath xmlns:x15ac="urn:x" url="C:\\\\Users\\\\sun\\\\"/><sheets>'
    members["xl/workbook.xml"] = members["xl/workbook.xml"].replace(b"<sheets>", path.encode())  # type: ignore[union-attr, arg-type]
    assert "Users" in everything(packed(members))
    assert "Users" not in everything(clean_xlsx(packed(members)))


def test_a_database_is_no_workbook(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheets, "MAX_CELLS", 3)
    with pytest.raises(UnreadableFile, match="CSV"):
        read_xlsx(workbook())


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "另存为"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (b"a,b", "损坏"),
        (packed({"a": "b"}), "有效"),
    ],
)
def test_files_that_cannot_be_read_say_what_to_do(data: bytes, says: str) -> None:
    for act in (read_xlsx, clean_xlsx):
        with pytest.raises(UnreadableFile, match=says):
            act(data)


@pytest.mark.parametrize("part", ["xl/theme/theme1.xml", "xl/styles.xml", "xl/unusual.dat"])
def test_entities_are_refused_in_every_part_before_a_library_meets_them(part: str) -> None:
    members: dict[str, bytes | str] = dict(unpacked(workbook()))
    members[part] = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
    with pytest.raises(UnreadableFile, match="实体"):
        read_xlsx(packed(members))
