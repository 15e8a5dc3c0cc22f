"""Sixteen people apply over HTTP at once, and the web server is killed in the middle: how many are accepted a second,
and is any lost or doubled? On an installation of its own, on the database kind of the environment."""

import json
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.faults.applying import Applicant, Ready
from tests.faults.browsing import NoAnswer
from tests.faults.installation import Installation, installation
from tests.serving import free_port
from tests.waiting import until

SUBMITTERS = 16
_PROCESSES = 2
_PATIENCE = 0.5  # seconds before a form without an answer is sent again


@dataclass
class Line:
    """One submitter with the forms it has looked over, and when each was accepted."""

    applicant: Applicant
    forms: list[Ready] = field(default_factory=list)
    accepted_at: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def prepare(self, count: int) -> None:
        for _ in range(count):
            self.forms.append(self.applicant.prepare())

    def send_all(self, gate: threading.Barrier) -> None:
        """One after the other; what got no answer is sent again until it has one."""
        gate.wait()
        for ready in self.forms:
            try:
                while not self.applicant.submit(ready):
                    time.sleep(_PATIENCE)
            except AssertionError as error:
                self.failures.append(str(error))
            else:
                self.accepted_at.append(time.perf_counter())


def submitters(each: int) -> dict[str, Any]:
    """Every submitter sends so many forms, once undisturbed and once with a kill in the middle."""
    with tempfile.TemporaryDirectory(prefix="gongkai-submit-") as name, installation(Path(name)) as plain:
        here = Installation(plain.environment | {"GONGKAI_PROXIES": "1"})
        try:
            here.scene("desk")
            port = free_port()
            server = here.web(port, _PROCESSES)
            calm = _round(here, port, server, each, kill=False)
            killed = _round(here, port, server, each, kill=True)
            left = json.loads(here.run("tests.faults.applied"))
        finally:
            here.stop_all()
    told = calm.pop("names") + killed.pop("names")
    broken = [key for key in ("unrecorded", "without_item", "unreadable") if left[key]]
    return {
        "submitters": SUBMITTERS,
        "processes": _PROCESSES,
        "calm": calm,
        "killed": killed,
        "lost": sum(left["names"].get(one, 0) == 0 for one in told),
        "doubled": sum(times > 1 for times in left["names"].values()),
        "whole": not broken and left["gapless"],
    }


def _round(here: Installation, port: int, server: Any, each: int, *, kill: bool) -> dict[str, Any]:
    first = SUBMITTERS * kill
    lines = [Line(Applicant(port, "fault.localhost", first + number)) for number in range(1, SUBMITTERS + 1)]
    _together([threading.Thread(target=_prepared, args=(one, each)) for one in lines])
    gate = threading.Barrier(SUBMITTERS + 1)
    threads = [threading.Thread(target=one.send_all, args=(gate,)) for one in lines]
    for thread in threads:
        thread.start()
    gate.wait()
    begin = time.perf_counter()
    if kill:
        half = SUBMITTERS * each // 2
        until(lambda: sum(len(one.accepted_at) for one in lines) >= half, "half of them accepted")
        here.kill(server)
        here.web(port, _PROCESSES)
    for thread in threads:
        thread.join()
    accepted = [moment for one in lines for moment in one.accepted_at]
    return {
        "accepted": len(accepted),
        "per_second": len(accepted) / (max(accepted) - begin),
        "sent_again": sum(one.applicant.unanswered for one in lines),
        "refused": [failure for one in lines for failure in one.failures],
        "names": [name for one in lines for name in one.applicant.acknowledged],
    }


def _prepared(line: Line, count: int) -> None:
    try:
        line.prepare(count)
    except (AssertionError, NoAnswer) as error:
        line.failures.append(f"preparing: {error}")


def _together(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
