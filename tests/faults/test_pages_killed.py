"""kill -9 of the worker between a release and its pages leaves nothing stale, on both databases."""

import random
import time
from pathlib import Path

import pytest
from tests.faults.installation import Installation, installation, until

pytestmark = pytest.mark.fault

EDITIONS = 12
OVER_SECONDS = 3


def test_a_worker_killed_again_and_again_leaves_no_stale_page(tmp_path: Path) -> None:
    chance = random.Random(711)
    with installation(tmp_path) as here:
        here.scene("schedule", str(EDITIONS), str(OVER_SECONDS))
        here.run("gongkai.config.command", "pages", "build")  # home and columns, before anything is in them
        for _ in range(3):
            worker = here.worker()
            # Somewhere between starting up and the middle of the work; where exactly is the point of the test.
            time.sleep(chance.uniform(0.6, 2.0))
            here.kill(worker)
        here.worker()
        until(lambda: here.scene("state")["editions"] == {"released": EDITIONS}, "every edition released")
        until(lambda: "待" not in status(here), "every page renewed")
        assert int(status(here).split("可用\t")[1].split(" ")[0]) > EDITIONS
        assert "全部一致" in here.run("gongkai.config.command", "pages", "verify")


def status(here: Installation) -> str:
    """Pages by host and state."""
    return here.run("gongkai.config.command", "pages", "status")
