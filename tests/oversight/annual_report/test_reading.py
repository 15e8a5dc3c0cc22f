"""Single things that published reports do to their readers; what is too large or no report is refused with advice."""

import io

import openpyxl
import pytest

from gongkai.oversight.annual_report.reading import chapters, likeness
from gongkai.oversight.annual_report.reading.blocks import MOST_PLACES
from gongkai.oversight.annual_report.reading.report import read
from gongkai.texts.reading import UnreadableFile

HEADINGS = "<p>一、总体情况</p><p>略。</p><p>二、主动公开政府信息情况</p>"


@pytest.mark.parametrize(
    ("lines", "agency", "year"),
    [
        (["澜川市司法局2023年政府信息公开工作年度报告"], "澜川市司法局", 2023),
        (["澜川市司法局", "2023年度政府信息公开工作年度报告"], "澜川市司法局", 2023),
        (["澜川市司法局2023年政府信息", "公开工作年度报告"], "澜川市司法局", 2023),
        (["首页 > 年报", "澜川市司法局 2023 年政府信息公开年度报告"], "澜川市司法局", 2023),
        (["2023年政府信息公开工作年度报告"], "", 2023),
        (["一、总体情况", "《云溪区2022年政府信息公开工作年度报告》已发布。"], "云溪区", 2022),
        (["关于召开会议的通知"], "", None),
    ],
)
def test_titles(lines: list[str], agency: str, year: int | None) -> None:
    _, found, of = chapters.read(lines)
    assert (found.lstrip("《"), of) == (agency, year)


def test_chapters_keep_their_paragraphs_and_lose_what_belongs_to_tables() -> None:
    lines = [
        "前言。",
        "一、总体情况",
        "第一段。",
        "一、这是一句以编号开头的话，不是标题。",
        "二、 主动公开政府信息情况",
    ]
    narrative, _, _ = chapters.read([*lines, "第二十条第（一）项", "三、收到和处理政府信息公开申请情况"])
    assert narrative.preface == "前言。"
    assert narrative.chapters == {1: "第一段。\n一、这是一句以编号开头的话，不是标题。", 2: "", 3: ""}


@pytest.mark.parametrize(
    ("text", "other", "least"),
    [
        ("2.其他法律行政止公开", "2.其他法律行政法规禁止公开", 0.8),
        ("(三)不予公开", "（三）不予公开", 1.0),
        ("３．危及三安全一稳定", "3.危及“三安全一稳定”", 1.0),
    ],
)
def test_labels_are_known_however_they_are_written(text: str, other: str, least: float) -> None:
    assert likeness.alike(text, other) >= least


def test_a_remark_in_a_cell_leaves_its_number() -> None:
    row = "<tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr>"
    cells = "<tr><td>行政规范性文件</td><td>３</td><td>/</td><td>22（其中修订16件）</td></tr>"
    page = f"<h1>澜川市司法局2023年政府信息公开工作年度报告</h1>{HEADINGS}<table>{row}{cells}</table>"
    figures = read("report.html", page.encode()).figures
    place = "table2.art20_1.行政规范性文件"
    assert [figures[f"{place}.{one}"].number for one in ("made", "repealed", "valid")] == [3, None, 22]
    assert figures[f"{place}.repealed"].blank
    assert figures[f"{place}.valid"].remark == "(其中修订16件)"


def test_what_was_not_found_is_said() -> None:
    page = f"<h1>澜川市司法局2023年政府信息公开工作年度报告</h1>{HEADINGS}"
    missing = read("report.html", page.encode()).missing
    assert missing[0] == "没有找到表二“主动公开政府信息情况”。"
    assert missing[-1] == "没有找到第六章“其他需要报告的事项”。"
    assert len(missing) == 7


def test_the_year_may_stand_in_the_period_or_be_given() -> None:
    assert read("a.html", f"<p>统计期限自2021年1月1日起至12月31日止。</p>{HEADINGS}".encode()).year == 2021
    with pytest.raises(UnreadableFile, match="没有找到统计年度"):
        read("a.html", HEADINGS.encode())
    assert read("a.html", HEADINGS.encode(), year=2024).year == 2024


def _workbook(rows: int, columns: int) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.cell(rows, columns, "x")
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.html", b"   ", "文件是空的"),
        ("a.html", "<p>会议通知</p>".encode(), "没有找到年度报告"),
        ("a.html", b"<table>" + b"<tr><td colspan=200 rowspan=200>x</td></tr>" * 9 + b"</table>", "一张表格太大"),
        ("a.html", b"<div>" * 5000, "没有找到年度报告|过于复杂"),
        ("a.xlsx", _workbook(MOST_PLACES, 2), "删去多余的行列"),
        ("a.json", b"[1, 2]", "无法读取 JSON"),
        ("a.json", b'{"year": 2023}', "format_version"),
        ("a.json", b'{"year": 2023, "format_version": "2021", "chapters": 5}', "chapters"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "."),
        ("a.exe", b"MZ\x90", "不是能读的文件"),
    ],
)
def test_what_is_no_report_is_refused_with_what_to_do(name: str, data: bytes, told: str) -> None:
    with pytest.raises(UnreadableFile, match=told):
        read(name, data)
