"""Where the index lies, which one counts, and who may touch it.

``search/CURRENT`` names the directory of the index that answers; it is replaced in one step, so that an index is there
whole or not at all. Locks are the operating system's (``flock``): they end with the process that holds them.
"""

import fcntl
import json
import os
import shutil
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

from gongkai.search.engines.contract import Busy

_CURRENT, _PROGRESS, _DAY = "CURRENT", "progress.json", "day"
_INDEX, _DAMAGED, _ACQUITTED = "index-", "damaged-", "acquitted-"
_SUSPECT_AFTER_SECONDS = 3600


def home() -> Path:
    """``search`` in the data directory."""
    made = Path(settings.DATA_DIR) / "search"
    made.mkdir(parents=True, exist_ok=True)
    return made


def current() -> Path | None:
    """The directory of the index that counts; None when there is none."""
    try:
        name = (home() / _CURRENT).read_text(encoding="utf-8").strip()
    except OSError:
        return None
    found = home() / name
    return found if name.startswith(_INDEX) and found.is_dir() else None


def fresh() -> Path:
    """A new place for an index to be made in."""
    return home() / f"{_INDEX}{uuid.uuid4().hex[:12]}"


def swap(to: Path) -> None:
    """From now on this index counts; what was there before it goes (who still reads it keeps what is open)."""
    write(home() / _CURRENT, to.name)
    sweep()


def sweep() -> None:
    """Take away every index but the current one, and the marks on what is gone. Nobody may be making one."""
    kept = current()
    for path in home().glob(f"{_INDEX}*"):
        if path != kept:
            shutil.rmtree(path, ignore_errors=True)
    for prefix in (_DAMAGED, _ACQUITTED):
        for mark in home().glob(f"{prefix}*"):
            if kept is None or mark.name != f"{prefix}{kept.name}":
                mark.unlink(missing_ok=True)


def condemn(index: Path) -> None:
    """Note that this index gave an answer it should not have given; the worker looks into it."""
    if index.is_dir():
        (home() / f"{_DAMAGED}{index.name}").touch()


def condemned(index: Path) -> bool:
    """Whether somebody noted damage."""
    return (home() / f"{_DAMAGED}{index.name}").exists()


def acquit(index: Path) -> None:
    """It was looked into, and seems sound; remembered since when."""
    (home() / f"{_DAMAGED}{index.name}").unlink(missing_ok=True)
    acquitted = home() / f"{_ACQUITTED}{index.name}"
    if not acquitted.exists():
        acquitted.touch()


def suspect(index: Path) -> bool:
    """Whether it was noted again after it had seemed sound, and has answered long enough: a part that the look into it
    does not reach. A new one is left alone, else a question that no index can answer would have it made all day."""
    acquitted = home() / f"{_ACQUITTED}{index.name}"
    return acquitted.exists() and time.time() - acquitted.stat().st_mtime > _SUSPECT_AFTER_SECONDS


@contextmanager
def alone(what: str, *, wait: bool = True) -> Iterator[None]:
    """Be the only one in any process at ``what``. Raises Busy when another is and ``wait`` is False."""
    handle = hold(what, wait=wait)
    try:
        yield
    finally:
        os.close(handle)


def hold(what: str, *, wait: bool) -> int:
    """The same, until the handle given is closed."""
    handle = os.open(home() / f"{what}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(handle)
        raise Busy(f"another process is at {what}") from error
    return handle


def held_elsewhere(what: str) -> bool:
    """Whether somebody is at it now."""
    try:
        os.close(hold(what, wait=False))
    except Busy:
        return True
    return False


def progress() -> dict[str, Any] | None:
    """How far the making of an index has come; None when none is being made."""
    try:
        told = json.loads((home() / _PROGRESS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return told if isinstance(told, dict) else None


def tell_progress(told: dict[str, Any] | None) -> None:
    """Leave word for ``gongkai search status``."""
    if told is None:
        (home() / _PROGRESS).unlink(missing_ok=True)
    else:
        write(home() / _PROGRESS, json.dumps(told))


def day() -> date | None:
    """The last day whose endings the index knows of; None when it was never looked."""
    try:
        return date.fromisoformat((home() / _DAY).read_text(encoding="utf-8").strip())
    except (OSError, ValueError):
        return None


def set_day(day: date) -> None:
    """Note that day."""
    write(home() / _DAY, day.isoformat())


def write(path: Path, text: str) -> None:
    """Replace a file in one step, and have it on the disk."""
    beside = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}")
    with beside.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
