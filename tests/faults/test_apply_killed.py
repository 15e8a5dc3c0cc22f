"""kill -9 of the web server while people apply: what was acknowledged is there, once and whole, whoever sends again."""

import json
import random
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.faults.applying import Applicant
from tests.faults.browsing import NoAnswer
from tests.faults.installation import installation
from tests.serving import free_port
from tests.waiting import until

pytestmark = pytest.mark.fault

APPLICANTS = 3
KILLS = 2
AT_LEAST = 2  # acknowledged to each after the last kill


@dataclass
class Line:
    """An applicant who applies again and again, and what went wrong."""

    applicant: Applicant
    failures: list[str] = field(default_factory=list)

    def apply(self, stop: threading.Event) -> None:
        """Until told to stop; a form without an answer is sent again until there is one."""
        while not stop.is_set():
            try:
                ready = self.applicant.prepare()
                while not self.applicant.submit(ready) and not stop.wait(0.05):
                    pass
            except NoAnswer:
                stop.wait(0.05)
            except AssertionError as error:
                self.failures.append(str(error))


def test_applications_survive_a_web_server_killed_again_and_again(tmp_path: Path) -> None:
    chance, port, stop = random.Random(20261127), free_port(), threading.Event()
    with installation(tmp_path) as plain:
        here = plain.seeing({"GONGKAI_PROXIES": "1"})
        here.scene("desk")
        server = here.web(port)
        lines = [Line(Applicant(port, "fault.localhost", number)) for number in range(1, APPLICANTS + 1)]
        threads = [threading.Thread(target=one.apply, args=(stop,)) for one in lines]
        for thread in threads:
            thread.start()
        try:
            for _ in range(KILLS):
                before = _acknowledged(lines)
                until(lambda before=before: _acknowledged(lines) > before + 1, "applications taken")  # type: ignore[misc]
                # Somewhere in the middle of several requests; where exactly is the point of the test.
                time.sleep(chance.uniform(0.0, 0.2))
                here.kill(server)
                server = here.web(port)
            enough = {id(one): len(one.applicant.acknowledged) + AT_LEAST for one in lines}
            until(lambda: all(len(one.applicant.acknowledged) >= enough[id(one)] for one in lines), "work going on")
        finally:
            stop.set()
            for thread in threads:
                thread.join()
        left = json.loads(here.run("tests.faults.applied"))
    assert [one for line in lines for one in line.failures] == []
    acknowledged = [name for line in lines for name in line.applicant.acknowledged]
    assert [name for name in acknowledged if left["names"].get(name) != 1] == []
    assert [name for name, times in left["names"].items() if times > 1] == []
    assert {key: left[key] for key in ("unrecorded", "without_item", "unreadable")} == {
        "unrecorded": [],
        "without_item": [],
        "unreadable": [],
    }
    assert left["gapless"]


def _acknowledged(lines: list[Line]) -> int:
    return sum(len(line.applicant.acknowledged) for line in lines)
