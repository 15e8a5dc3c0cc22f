"""``gongkai clock``: a file or standard input, text or JSON, readings by option, and no database needed."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db.utils import OperationalError

from gongkai.applications.commands import clock
from gongkai.config import command
from gongkai.law.calendar import Calendar, DayKind, Override

DOCUMENT = {
    "today": "2024-03-20",
    "acts": [
        {"act": "received", "channel": "counter", "arrived": "2024-03-01"},
        {"act": "consultation_sent", "key": "甲", "kind": "third_party", "on": "2024-03-11", "received": "2024-03-11"},
        {"act": "consultation_answered", "key": "甲", "on": "2024-03-18", "answer": "consent"},
    ],
}


@pytest.fixture(autouse=True)
def calendar(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine without any database."""

    def none() -> Calendar:
        raise OperationalError("no such table")

    monkeypatch.setattr(clock, "current_calendar", none)
    monkeypatch.setattr(clock, "_may_have_a_database", lambda: True)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "case.json"
    path.write_text(json.dumps(DOCUMENT), encoding="utf-8")
    return path


def test_no_database_is_made_only_to_compute(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.undo()
    monkeypatch.setitem(clock.connection.settings_dict, "NAME", str(tmp_path / "none.sqlite3"))
    monkeypatch.setattr(clock.connection, "vendor", "sqlite")
    assert command.main(["clock", str(file)]) == 0
    assert not (tmp_path / "none.sqlite3").exists()
    assert "2024-04-08" in capsys.readouterr().out


def test_people_read_the_date_and_why(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["clock", str(file)]) == 0
    said, warned = capsys.readouterr()
    assert "没有可用的数据库" in warned
    assert "期满日：2024-04-08，剩余工作日：12" in said
    assert "2024年3月12日至2024年3月18日停止计算" in said
    assert "2024-03-12  告知补正（如需要）：期限已过" in said


def test_programs_read_json_and_choose_readings(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["clock", str(file), "--json", "--stop-takes-send-day", "true", "--today", "2024-03-21"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["due_date"], told["today"]) == ("2024-04-09", "2024-03-21")
    assert told["readings"]["stop_takes_send_day"] is True


def test_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    raw = io.BytesIO(b"\xef\xbb\xbf" + json.dumps(DOCUMENT).encode())
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(raw))
    assert command.main(["clock", "-"]) == 0
    assert "2024-04-08" in capsys.readouterr().out


def test_what_operators_entered_counts(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    entered = Calendar([Override(date(2024, 4, 7), DayKind.WEEKEND, "甲号")])
    monkeypatch.setattr(clock, "current_calendar", lambda: entered)
    assert command.main(["clock", str(file)]) == 0
    assert "期满日：2024-04-09" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "不是 JSON：第1行第2个字符处有误"),
        ("[" * 100_000, "嵌套过深"),
        ("[]", "应是一个JSON对象"),
        ('{"acts": [{"act": "received", "channel": "counter", "arrived": "1999-01-01"}]}', "不在工作日历范围内"),
        (json.dumps({**DOCUMENT, "today": "2024-03-17"}), "晚于计算之日2024年3月17日"),
        (json.dumps({**DOCUMENT, "readings": {"sunday": True}}), "readings.sunday：没有这个字段"),
        (" " * 1_000_001, "超过 1 MB"),
    ],
)
def test_what_is_wrong_is_said(content: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "wrong.json"
    path.write_text(content, encoding="utf-8")
    assert command.main(["clock", str(path)]) == 1
    assert message in capsys.readouterr().err


def test_a_file_that_is_not_there_or_not_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["clock", str(tmp_path / "none.json")]) == 1
    assert "读不到" in capsys.readouterr().err
    (tmp_path / "gbk.json").write_bytes("收到".encode("gbk"))
    assert command.main(["clock", str(tmp_path / "gbk.json")]) == 1
    assert "UTF-8" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["x.json", "--stop-takes-send-day", "yes"], ["x.json", "--no-such"]])
def test_a_call_that_makes_no_sense(arguments: list[Any]) -> None:
    with pytest.raises(SystemExit) as ended:
        command.main(["clock", *arguments])
    assert ended.value.code == 2
