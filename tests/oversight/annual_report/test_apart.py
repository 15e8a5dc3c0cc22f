"""A report is checked in a process of its own just as here; a file that makes it spin or swell ends that process."""

from typing import Any

import pytest
from tests.oversight.portal import wrong

from gongkai.applications.redaction import office
from gongkai.oversight.annual_report import apart, checking
from gongkai.oversight.annual_report.apart import Limits, Unusable
from gongkai.oversight.annual_report.apart_work import Asked, Given
from gongkai.oversight.annual_report.reading.report import read

GOOD, MUCH = Limits(), 1024**3
HUGE = Given("pasted.txt", "一、总体情况\n".encode() * 600_000)
"""More than a second of work on any machine."""
OLD = Given("report.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "WordDocument\0".encode("utf-16-le"))


def test_the_same_is_found_in_a_process_of_its_own() -> None:
    report, before = wrong.html(), wrong.html(2022)
    found = apart.check(Asked(Given("a.html", report), Given("b.html", before), makes_rules=False))
    here = checking.check(read("a.html", report), before=read("b.html", before), makes_rules=False)
    assert found == here
    assert found.findings


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        (Limits(seconds=1, patience=60, memory=MUCH), "用的时间太长"),
        (Limits(seconds=30, patience=0, memory=MUCH), "用的时间太长"),
        (Limits(seconds=30, patience=60, memory=64 * 1024**2), "占用的内存太多"),
    ],
)
def test_what_reaches_a_limit_is_ended_and_told_what_to_do(
    limits: Limits, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "LIMITS", limits)
    with pytest.raises(Unusable, match=f"{told}.*另存为 Word") as refused:
        apart.check(Asked(HUGE))
    assert refused.value.file == "report"


def test_old_word_files_are_converted_first(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.GONGKAI_SOFFICE = "/nonexistent/soffice"
    with pytest.raises(Unusable, match="没有安装 LibreOffice") as refused:
        apart.check(Asked(Given("a.html", b""), OLD))
    assert refused.value.file == "before"
    monkeypatch.setattr(office, "modern", lambda name, data, seconds: ("report.html", wrong.html()))
    monkeypatch.setattr(apart, "_answer", lambda asked, limits: apart.Answer(checking.check(read(*_of(asked)))))
    assert apart.check(Asked(OLD)).report.year == 2023


def _of(asked: Asked) -> tuple[str, bytes]:
    return asked.report.name, asked.report.data
