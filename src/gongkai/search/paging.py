"""Places in a list of results, as they stand in an address. Pure."""

import re
from dataclasses import dataclass

_WRITTEN = re.compile(r"([a-z])([ond])(\d{1,19})(?:-(\d{1,5}))?")


@dataclass(frozen=True)
class Cursor:
    """``mode`` is how the words were taken on the first page, which the next ones keep to. ``older`` and ``newer`` are
    places by date; ``order`` and ``offset`` the last hit and how many came before, by relevance."""

    mode: str
    older: int | None = None
    newer: int | None = None
    order: int = 0
    offset: int = 0

    def __str__(self) -> str:
        if self.older is not None:
            return f"{self.mode}o{self.older}"
        if self.newer is not None:
            return f"{self.mode}n{self.newer}"
        return f"{self.mode}d{self.order}-{self.offset}"


def parse(text: str) -> Cursor | None:
    """From an address; None for anything that is not one (a list then starts at its head)."""
    match = _WRITTEN.fullmatch(text)
    if match is None or int(match[3]) >= 1 << 64:
        return None
    mode, way, number = match[1], match[2], int(match[3])
    if way == "o":
        return Cursor(mode, older=number)
    if way == "n":
        return Cursor(mode, newer=number)
    return Cursor(mode, order=number, offset=int(match[4] or 0))
