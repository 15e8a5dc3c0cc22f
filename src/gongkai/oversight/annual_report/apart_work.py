"""What the process of ``apart`` does: limit itself, read, check, answer. ``python -m`` with its limits as arguments.

It is asked and answers in JSON, so that nothing a file does to it is believed by the process that started it. It needs
neither settings nor database and is given neither.
"""

from __future__ import annotations

import resource
import sys
from dataclasses import dataclass
from typing import ClassVar

from pydantic import ConfigDict, TypeAdapter

from gongkai.oversight.annual_report.checking import Checked, check
from gongkai.oversight.annual_report.reading.report import read
from gongkai.texts.reading import UnreadableFile


@dataclass(frozen=True, slots=True)
class Given:
    """A file: its name and what it holds."""

    __pydantic_config__: ClassVar = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be checked, with what ``checking.check`` takes beside it."""

    report: Given
    before: Given | None = None
    year: int | None = None
    makes_rules: bool | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found; or which of the files (``report``, ``before``) cannot be used and why, in Chinese."""

    checked: Checked | None = None
    file: str = ""
    why: str = ""
    out_of_memory: bool = False


ASKED, ANSWER = TypeAdapter(Asked), TypeAdapter(Answer)


def answered(asked: Asked) -> Answer:
    """Read and check."""
    file = "before"
    try:
        before = read(asked.before.name, asked.before.data) if asked.before else None
        file = "report"
        report = read(asked.report.name, asked.report.data, year=asked.year)
    except UnreadableFile as error:
        return Answer(file=file, why=str(error), out_of_memory=_lacked_memory(error))
    try:
        return Answer(check(report, before=before, makes_rules=asked.makes_rules))
    except ValueError as error:
        return Answer(file="before", why=str(error))


def _lacked_memory(error: BaseException | None) -> bool:
    """Whether a reader took a lack of memory for a broken file."""
    while error is not None:
        if isinstance(error, MemoryError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _work(seconds: int, memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    try:
        answer = answered(ASKED.validate_json(sys.stdin.buffer.read()))
    except MemoryError:
        answer = Answer(file="report", out_of_memory=True)
    sys.stdout.buffer.write(ANSWER.dump_json(answer))


if __name__ == "__main__":
    _work(*map(int, sys.argv[1:]))
