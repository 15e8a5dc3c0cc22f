"""kill -9 of the worker between a release and its pages leaves nothing stale, on both databases."""

import random
import time
from pathlib import Path

import pytest
from tests.faults.installation import Installation, installation
from tests.waiting import until

pytestmark = pytest.mark.fault

EDITIONS = 8
ROUNDS = 2


def test_a_worker_killed_again_and_again_leaves_no_stale_page(tmp_path: Path) -> None:
    chance = random.Random(711)
    with installation(tmp_path) as here:
        here.scene("office")
        here.scene("command", "pages", "build")  # home and columns, before anything is in them
        done = 0
        for _ in range(ROUNDS):
            here.scene("schedule", str(EDITIONS // ROUNDS), "1")
            worker = here.worker()
            until(lambda before=done: here.scene("state")["releases"] > before, "a release")  # type: ignore[misc]
            # Somewhere before or among the pages that show it; where exactly is the point of the test.
            time.sleep(chance.uniform(0.0, 0.4))
            here.kill(worker)
            done = here.scene("state")["releases"]
        here.worker()
        until(lambda: here.scene("state")["editions"] == {"released": EDITIONS}, "every edition released")
        until(lambda: here.scene("behind") == 0, "every entry read")
        until(lambda: "待" not in status(here), "every page renewed")
        assert int(status(here).split("可用\t")[1].split(" ")[0]) > EDITIONS
        assert "全部一致" in here.scene("command", "pages", "verify")


def status(here: Installation) -> str:
    """Pages by host and state."""
    return str(here.scene("command", "pages", "status"))
