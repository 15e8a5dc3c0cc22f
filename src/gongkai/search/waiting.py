"""What still has to be projected: kept as files beside the index, because it belongs to the index and not to the data.

It waits because it is much (all documents of an agency that was renamed), or because another process has the writer.
"""

import json
import os
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path

from gongkai.search import directory

_numbers = count()


@dataclass(frozen=True)
class Job:
    """Single subjects (``ids``), or everything of a ``scope`` after the id ``last``."""

    subject: str
    ids: tuple[int, ...] = ()
    scope: str = ""
    last: int = 0


def add(jobs: Iterable[Job]) -> None:
    """Leave jobs for whoever writes the index; they are on the disk when this returns."""
    for job in jobs:
        name = f"{time.time_ns():020d}-{os.getpid()}-{next(_numbers):06d}.json"
        directory.write(_folder() / name, json.dumps(asdict(job)))


def first() -> tuple[Path, Job] | None:
    """The oldest job and its file; None when nothing waits. A file that cannot be read is thrown away."""
    for path in sorted(_folder().glob("*.json")):
        try:
            told = json.loads(path.read_text(encoding="utf-8"))
            return path, Job(told["subject"], tuple(told["ids"]), told["scope"], told["last"])
        except FileNotFoundError:
            continue
        except (ValueError, KeyError, TypeError):
            path.unlink(missing_ok=True)
    return None


def done(path: Path, rest: Job | None = None) -> None:
    """A job is done; ``rest`` is what of it still waits, at its place."""
    if rest is None:
        path.unlink(missing_ok=True)
    else:
        directory.write(path, json.dumps(asdict(rest)))


def how_many() -> int:
    """How many jobs wait."""
    return sum(1 for _ in _folder().glob("*.json"))


def clear() -> None:
    """Nothing waits any more: an index made afresh has it all."""
    for path in _folder().glob("*.json"):
        path.unlink(missing_ok=True)


def _folder() -> Path:
    made = directory.home() / "waiting"
    made.mkdir(exist_ok=True)
    return made
