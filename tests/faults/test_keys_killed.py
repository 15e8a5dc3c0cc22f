"""kill -9 while the master key is changed: everything stays readable meanwhile, and the next run goes on."""

import json
import signal
from pathlib import Path
from typing import Any

import pytest
from tests.faults.installation import Installation, installation
from tests.waiting import PATIENCE

pytestmark = pytest.mark.fault
PEOPLE = 300
KILLED_AT = (250, 30)  # within the second transaction, and within the first of the next run


def test_a_rotation_killed_in_the_middle_goes_on_and_nothing_is_unreadable(tmp_path: Path) -> None:
    made = str(tmp_path / "made.json")
    with installation(tmp_path / "data") as here:
        before = with_keys(here, "the old key")
        during = with_keys(here, "the new key", "the old key")
        after = with_keys(here, "the new key")
        before.run("tests.faults.keys", "make", made, str(PEOPLE))
        assert killed(during, "rotate", str(KILLED_AT[0])) == -signal.SIGKILL
        state = read(during, made)
        assert (state["read"], state["found"]) == (PEOPLE, True)
        assert PEOPLE + 1 > state["pending"] > 0, "the first kill missed"
        assert killed(during, "rotate", str(KILLED_AT[1])) == -signal.SIGKILL
        during.run("gongkai.config.command", "keys", "rotate")
        assert read(after, made) == {"read": PEOPLE, "found": True, "pending": 0, "rotations": 1}


def with_keys(here: Installation, master: str, *old: str) -> Installation:
    """The same installation as processes see it that know these keys (written without blanks)."""
    keys = {"GONGKAI_MASTER_KEY": hyphened(master), "GONGKAI_OLD_MASTER_KEYS": " ".join(map(hyphened, old))}
    return here.seeing(keys)


def hyphened(key: str) -> str:
    return key.replace(" ", "-")


def killed(here: Installation, *act: str) -> int:
    """Play an act that dies; how it ended."""
    return here.begin("tests.faults.keys", *act).wait(PATIENCE)


def read(here: Installation, made: str) -> dict[str, Any]:
    state: dict[str, Any] = json.loads(here.run("tests.faults.keys", "read", made))
    return state
