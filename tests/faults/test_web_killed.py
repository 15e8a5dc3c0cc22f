"""kill -9 of the web server at any instant: what was acknowledged is saved, once, and nothing is half there."""

import json
import random
import re
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.faults.browsing import Browser, NoAnswer
from tests.faults.installation import installation
from tests.serving import free_port
from tests.waiting import until

pytestmark = pytest.mark.fault

WRITERS = 3
KILLS = 2
AT_LEAST = 8  # acknowledged by each writer after the last kill, so that the work goes on
_STAMP = re.compile(r'name="version" value="([^"]+)"')


@dataclass
class Writer:
    """Somebody drafting as fast as the server answers, and what they were told."""

    name: str
    browser: Browser
    department: str
    begun: list[str] = field(default_factory=list)
    saved: list[str] = field(default_factory=list)
    tried: int = 0
    failures: list[str] = field(default_factory=list)
    unanswered: int = 0

    def write(self, stop: threading.Event) -> None:
        """Begin drafts and save them until told to stop; every title and text is sent once and never again."""
        while not stop.is_set():
            self.tried += 1
            try:
                self._one(f"关于{self.name}线第{self.tried}处检修的公告")
            except NoAnswer:
                self.unanswered += 1
                stop.wait(0.05)
            except AssertionError as error:
                self.failures.append(str(error))

    def _one(self, title: str) -> None:
        new = "/desk/new/?type=notice"
        _, token = self.browser.form(new)
        values = {"department": self.department, "disclosure": "proactive", "title": title}
        text = f"各有关单位：\n{title}如下，请沿线用户提前做好准备。"
        # Every third one from a file, so that there are bytes beside the rows.
        file = ("来稿.txt", text.encode()) if self.tried % 3 == 0 else None
        where = self.browser.post(new, values if file else values | {"pasted": text}, token=token, file=file)
        assert where, f"{title} was not taken"
        self.begun.append(title)
        page, token = self.browser.form(where)
        stamp = _STAMP.search(page)
        assert stamp, f"no draft at {where}"
        summary = f"概述：{title}"
        sent = {"version": stamp[1], "summary": summary}
        assert self.browser.post(where.replace("/edit/", "/save/"), sent, token=token), f"{summary} was not taken"
        self.saved.append(summary)


def test_a_web_server_killed_again_and_again_loses_and_doubles_nothing(tmp_path: Path) -> None:
    chance = random.Random(20261123)
    port = free_port()
    stop = threading.Event()
    with installation(tmp_path) as here:
        facts = here.scene("desk")
        server = here.web(port)
        writers = [writer(str(number), port, facts) for number in range(WRITERS)]
        threads = [threading.Thread(target=one.write, args=(stop,)) for one in writers]
        for thread in threads:
            thread.start()
        try:
            for _ in range(KILLS):
                before = sum(len(one.begun) for one in writers)
                until(lambda before=before: sum(len(one.begun) for one in writers) > before + 1, "drafts being taken")  # type: ignore[misc]
                # Somewhere in the middle of several requests; where exactly is the point of the test.
                time.sleep(chance.uniform(0.0, 0.3))
                here.kill(server)
                server = here.web(port)
            enough = {one.name: len(one.saved) + AT_LEAST for one in writers}
            until(lambda: all(len(one.saved) >= enough[one.name] for one in writers), "work going on")
        finally:
            stop.set()
            for thread in threads:
                thread.join()
        left = json.loads(here.run("tests.faults.drafts"))
    assert sum(one.unanswered for one in writers) > 0, "no request was cut off: the kills missed"
    consistent(writers, left)


def consistent(writers: list[Writer], left: dict[str, dict[str, int]]) -> None:
    """What was told is there; what is there is whole."""
    told = [title for one in writers for title in one.begun]
    assert [one for writer in writers for one in writer.failures] == []
    assert [title for title in told if left["titles"].get(title) != 1] == []
    assert [title for title, times in left["titles"].items() if times > 1] == []
    assert sorted({text for one in writers for text in one.saved} - set(left["summaries"])) == []
    broken = ("unrecorded", "without_document", "without_text", "broken_files")
    assert {key: left[key] for key in broken} == {key: [] for key in broken}
    assert (left["without_edition"], left["numbers"]) == (0, True)
    assert left["files"], "no draft came from a file"


def writer(name: str, port: int, facts: dict[str, str]) -> Writer:
    """Somebody signed in."""
    browser = Browser(port, "fault.localhost")
    browser.sign_in(facts["username"], facts["password"])
    return Writer(name, browser, str(facts["department"]))
