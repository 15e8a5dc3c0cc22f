"""What an export is made of: one item per file, with what the manifest says of it."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

_INWARD = ("leads", "missing")  # what the next export wants to know, and nobody else


@dataclass(frozen=True)
class Item:
    """One file of the tree. ``keys`` are the things it shows, as the ledger names them; ``leads`` the addresses of the
    pages it leads to, ``missing`` what it names and nobody has."""

    address: str
    file: str
    sha256: str
    size: int
    type: str
    status: int = 200
    title: str = ""
    date: str = ""
    keys: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    def public(self) -> dict[str, object]:
        """The line of the manifest."""
        return {key: value for key, value in asdict(self).items() if key not in _INWARD}


def dump(items: Iterable[Item], *, public: bool) -> str:
    """One line of JSON for each item, in the order of their files."""
    ordered = sorted(items, key=lambda one: one.file)
    return "".join(as_line(one.public() if public else asdict(one)) for one in ordered)


def as_line(facts: dict[str, object]) -> str:
    """A line of JSON, its line break included."""
    return json.dumps(facts, ensure_ascii=False) + "\n"


def load(path: Path) -> Iterator[Item]:
    """The items of a file written by ``dump`` or line by line; stops at a line that was not finished."""
    if not path.exists():
        return
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            try:
                facts: Any = json.loads(line)
                lists = {key: tuple(facts[key]) for key in ("keys", "leads", "missing")}
                yield Item(**(facts | lists))
            except (ValueError, TypeError, KeyError):
                return
