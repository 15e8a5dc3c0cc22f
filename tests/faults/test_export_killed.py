"""kill -9 of an export at any instant leaves the tree as it was, and the same command goes on from there."""

import random
import subprocess
from pathlib import Path

import pytest
from tests.faults.installation import installation
from tests.waiting import until

pytestmark = pytest.mark.fault


def test_an_export_killed_again_and_again_comes_out_whole(tmp_path: Path) -> None:
    chance = random.Random(25)
    out = tmp_path / "out"
    journal = out / ".export" / "journal.jsonl"
    with installation(tmp_path / "data") as here:
        here.scene("portal")
        export = ("export", str(out), "--all")
        ready = 0
        for _ in range(2):
            process = here.begin("gongkai.config.command", *export)
            # Somewhere among the pages; where exactly is the point of the test.
            enough = ready + chance.randint(5, 40)
            until(lambda enough=enough: lines(journal) > enough, "some pages made ready")  # type: ignore[misc]
            here.kill(process)
            assert [one.name for one in out.iterdir()] == [".export"], "nothing is in place that is not whole"
            assert lines(journal) > ready, "and what was ready stays"
            ready = lines(journal)
        assert "接着上次中断的做" in here.scene("command", *export)
        assert not journal.exists()
        assert intact(out)


def lines(journal: Path) -> int:
    """How many items the journal has, its first line left out."""
    return max(journal.read_bytes().count(b"\n") - 1, 0) if journal.exists() else 0


def intact(out: Path) -> bool:
    """Whether every file is there as the check sums say."""
    return subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=out, check=False).returncode == 0
