"""``gongkai check FILE``: reports checked from the command line, without a database."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.law.annual_report.made import CHAPTERS, HEADINGS, built

from gongkai.config import command
from gongkai.law.annual_report import figures

Write = Callable[..., Path]
TITLE = "澜川市城市管理委员会{}年政府信息公开工作年度报告"


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """A report as a JSON file; ``cells`` are the free cells of its tables, ``more`` what differs in the document."""

    def made(year: int, cells: dict[str, int] | None = None, **more: Any) -> Path:
        document = figures.dump(built(year, cells or {})) | {
            "agency": "澜川市城市管理委员会",
            "title": TITLE.format(year),
            "headings": {str(number): text for number, text in HEADINGS.items()},
            "chapters": {str(number): text for number, text in CHAPTERS.items()},
        }
        path = tmp_path / f"{year}.json"
        path.write_text(json.dumps(document | more, ensure_ascii=False), encoding="utf-8")
        return path

    return made


def check(*arguments: str | Path) -> int:
    return command.main(["check", *map(str, arguments)])


def test_a_report_that_is_right(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(write(2023, {"table3.granted.natural_person": 5})) == 0
    out = capsys.readouterr().out
    assert "澜川市城市管理委员会 2023年度" in out
    assert "国办公开办函〔2021〕30号" in out
    assert "表二10格，表三175格，表四15格；6章正文" in out
    assert "没有发现问题" in out


def test_errors_are_told_with_place_values_and_advice(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = {"columns": [], "blocks": {"review": [10, 1, 0, 0, 0]}}
    assert check(write(2023, table4=wrong)) == 1
    out = capsys.readouterr().out
    assert "【错误】T4-1 表四“行政复议”" in out
    assert "之和为11，总计为0，相差11" in out
    assert "建议：" in out
    assert "依据：" in out


def test_json_has_every_cell_and_every_finding(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(write(2023, {"table3.granted.natural_person": 5}, agency="澜川市青石镇"), "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["agency"], told["year"], told["format_version"]) == ("澜川市青石镇", 2023, "2021")
    assert told["table3"]["rows"]["granted"] == [5, 0, 0, 0, 0, 0, 5]
    assert len(told["cells"]) == 200
    granted = next(one for one in told["cells"] if one["key"] == "table3.granted.natural_person")
    assert (granted["row"], granted["column"], granted["number"]) == ("granted", "natural_person", 5)
    assert told["findings"] == []


def test_last_years_report(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    before = write(2022, {"table3.carry_forward.natural_person": 2})
    after = write(2023, {"table3.granted.natural_person": 5, "table3.carried_over.natural_person": 1})
    assert check(after, "--before", before) == 1
    out = capsys.readouterr().out
    assert "Y-1 表三“自然人”列" in out
    assert "S-3 正文" in out
    assert check(before, "--before", after) == 2
    assert "2023年度不是2022年度的上一年度" in capsys.readouterr().err


def test_who_has_no_power_to_make_rules(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(2023, {"table2.art20_1.规章.valid": 6})
    assert check(path) == 0
    assert "S-1" not in capsys.readouterr().out
    assert check(path, "--no-rules-power", "--json") == 0
    (found,) = json.loads(capsys.readouterr().out)["findings"]
    assert (found["rule"], found["severity"], found["values"]) == ("S-1", "warning", ["6", "0"])
    assert check(path, "--no-rules-power", "--strict") == 1


def test_what_cannot_be_read_says_what_was_not_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    nothing = tmp_path / "notice.html"
    nothing.write_text("<p>关于召开会议的通知</p>", encoding="utf-8")
    without_year = tmp_path / "report.txt"
    without_year.write_text("\n".join(HEADINGS.values()), encoding="utf-8")
    assert check(nothing, without_year, tmp_path / "absent.pdf") == 2
    told = capsys.readouterr().err
    assert "既没有找到表二、表三、表四，也没有找到六章的标题" in told
    assert "没有找到统计年度" in told
    assert "无法打开文件" in told
    assert check(without_year, "--year", "2023") == 0
    out = capsys.readouterr().out
    assert "没有找到表三" in out


def test_several_files_are_a_list(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(write(2022), write(2023), "--json") == 0
    assert [one["year"] for one in json.loads(capsys.readouterr().out)] == [2022, 2023]


def test_options_for_reports_need_a_report(capsys: pytest.CaptureFixture[str]) -> None:
    assert check("--json") == 1
    assert "请写明要检查的报告文件" in capsys.readouterr().err
