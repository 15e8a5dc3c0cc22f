"""Anybody's report checked in a process of its own with hard limits: a file that makes a reader spin or swell ends that
process, not the site.

The process limits its own processor time and memory before it sees a byte of the file (``apart_work``); from here it is
ended, with all it started, when it takes too long by the clock. Old Word files are converted first, by LibreOffice
under limits of its own (``applications.redaction.office``). How many at once: ``oversight.limits.room``.
"""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, replace

from gongkai.applications.redaction import office
from gongkai.oversight.annual_report import apart_work
from gongkai.oversight.annual_report.apart_work import ANSWER, ASKED, Answer, Asked, Given
from gongkai.oversight.annual_report.checking import Checked
from gongkai.oversight.annual_report.reading.report import is_old
from gongkai.texts.reading import UnreadableFile

_LOG = logging.getLogger(__name__)
_ADVICE = "请另存为 Word（.docx）后再试，或者在网页上复制报告的正文，粘贴过来。"
_TOO_LONG = f"读取这份文件用的时间太长，已经停止。{_ADVICE}"
_TOO_LARGE = f"读取这份文件占用的内存太多，已经停止。{_ADVICE}"
_BROKEN = f"读取这份文件时出错，已经停止。{_ADVICE}"


@dataclass(frozen=True, slots=True)
class Limits:
    """``seconds`` of processor time, ``patience`` by the clock for the whole of it, ``memory`` in bytes of address
    space.

    The longest of the real reports takes one second and 150 MB.
    """

    seconds: int = 30
    patience: int = 50
    memory: int = 1024**3


LIMITS = Limits()


class Unusable(Exception):
    """One of the files cannot be used: ``file`` says which (``report``, ``before``), the message why, in Chinese."""

    def __init__(self, file: str, why: str) -> None:
        super().__init__(why)
        self.file = file


def check(asked: Asked) -> Checked:
    """What ``checking.check`` says of the files. Raises Unusable, also where a limit was reached."""
    until = time.monotonic() + LIMITS.patience
    report = _modern("report", asked.report, until)
    before = _modern("before", asked.before, until) if asked.before else None
    left = replace(LIMITS, patience=_left(until))
    answer = _answer(replace(asked, report=report, before=before), left)
    if answer.checked is None:
        raise Unusable(answer.file, _TOO_LARGE if answer.out_of_memory else answer.why)
    return answer.checked


def _left(until: float) -> int:
    return max(0, round(until - time.monotonic()))


def _modern(file: str, given: Given, until: float) -> Given:
    try:
        if not is_old(given.name, given.data):
            return given
        return Given(*office.modern(given.name, given.data, max(1, _left(until))))
    except UnreadableFile as error:
        raise Unusable(file, str(error)) from error


def _answer(asked: Asked, limits: Limits) -> Answer:
    """Let the process work, to its end or to the limit; nothing of it is left behind."""
    command = [sys.executable, "-P", "-m", apart_work.__name__, str(limits.seconds), str(limits.memory)]
    process = subprocess.Popen(
        command,
        env={"PYTHONPATH": os.pathsep.join(path for path in sys.path if path), "LANG": "C.UTF-8"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        told, said = process.communicate(ASKED.dump_json(asked), limits.patience)
    except subprocess.TimeoutExpired:
        raise Unusable("report", _TOO_LONG) from None
    finally:
        _end(process)
    if process.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        raise Unusable("report", _TOO_LONG)
    if process.returncode == -signal.SIGABRT:  # what libraries do that cannot have the memory they want
        raise Unusable("report", _TOO_LARGE)
    if process.returncode:
        _LOG.warning("a report could not be read (%d): %s", process.returncode, said.decode(errors="replace")[-2000:])
        raise Unusable("report", _BROKEN)
    return ANSWER.validate_json(told)


def _end(process: subprocess.Popen[bytes]) -> None:
    """The process and whatever it started: they are a session of their own."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
