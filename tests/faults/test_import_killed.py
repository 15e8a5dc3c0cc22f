"""kill -9 of an import at any instant leaves it consistent, and the same command finishes it, on both databases."""

import random
import time
from pathlib import Path

import pytest
from tests.factories import imports
from tests.faults.installation import installation
from tests.waiting import until

pytestmark = pytest.mark.fault

DOCUMENTS = 150


def a_site(at: Path) -> Path:
    """Pages heavy enough that the import lasts some seconds, with a picture and an attachment each."""
    files: dict[str, bytes | str] = {}
    for number in range(DOCUMENTS):
        text = "".join(f"<p>第{part}条 {imports.SENTENCE}</p>" for part in range(40))
        body = f'{text}<p><img src="p{number}.png" alt="图"><a href="f{number}.csv">附表</a></p>'
        files[f"t{number}.html"] = imports.page(f"关于第{number}处管网检修的公告", body=body)
        files[f"p{number}.png"] = imports.picture() + bytes(str(number), "ascii")
        files[f"f{number}.csv"] = f"项目,数\n检修,{number}\n"
    return imports.folder(at, files)


def command(folder: Path, who: dict[str, str]) -> list[str]:
    asked = ["--agency", who["agency"], "--by", who["username"], "--as", "adopted", "--set", "主题分类=综合政务"]
    return ["import", str(folder), *asked]


def test_an_import_killed_again_and_again_is_finished_and_takes_nothing_twice(tmp_path: Path) -> None:
    chance = random.Random(20261122)
    folder = a_site(tmp_path / "site")
    with installation(tmp_path / "data") as here:
        who = here.scene("importer")
        done = 0
        for _ in range(2):
            process = here.begin("gongkai.config.command", *command(folder, who))
            until(lambda before=done: here.scene("imported")["documents"] > before, "a batch committed")  # type: ignore[misc]
            # Somewhere in the batches after it; where exactly is the point of the test.
            time.sleep(chance.uniform(0.0, 0.4))
            here.kill(process)
            state = here.scene("imported")
            assert consistent(state), state
            assert done < state["documents"] < DOCUMENTS, "killed in the middle, and what was committed stays"
            done = state["documents"]
        here.scene("command", *command(folder, who))
        state = here.scene("imported")
        assert consistent(state), state
        assert (state["documents"], state["titles"], state["unfinished"]) == (DOCUMENTS, DOCUMENTS, 0)
        assert state["runs"] == 1


def consistent(state: dict[str, int]) -> bool:
    """Each document has its line, its ledger entries, its checks, its files and its old address, or there is none."""
    documents = state["documents"]
    once = ("items", "titles", "imported", "adopted", "checked", "addresses", "index_numbers", "live")
    return all(state[key] == documents for key in once) and state["files"] == 3 * documents
