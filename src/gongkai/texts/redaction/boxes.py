"""The values of redaction: boxes on pages, characters with their places, and the report of what was removed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

# A character of which more than this lies under a box is taken for covered. Lines of print touch each other, and a box
# over one of them must not silence the next.
COVERED_SHARE = 0.1
# A box thinner than this cannot be seen or meant (a thousandth of A4 is 0.2 mm).
MIN_SIDE = 0.001


@dataclass(frozen=True, slots=True)
class Box:
    """What is covered on ``page`` (from 1), in fractions of the page as a reader sees it, from its top left corner.

    ``ground`` is printed in the box for the public; ``note`` is for the colleagues and never leaves the office.
    Raises ValueError for a box that is not on the page.
    """

    page: int
    left: float
    top: float
    right: float
    bottom: float
    ground: str
    note: str = ""

    def __post_init__(self) -> None:
        if self.page < 1:
            raise ValueError("页码从 1 开始。")
        inside = all(0 <= side <= 1 for side in (self.left, self.top, self.right, self.bottom))
        if not inside or self.right - self.left < MIN_SIDE or self.bottom - self.top < MIN_SIDE:
            raise ValueError("遮盖框须在页面之内，且有宽度和高度。")

    def covers(self, char: Char) -> bool:
        """Whether so much of the character lies under the box that it counts as removed."""
        if self.left <= char.middle[0] <= self.right and self.top <= char.middle[1] <= self.bottom:
            return True
        width = min(self.right, char.right) - max(self.left, char.left)
        height = min(self.bottom, char.bottom) - max(self.top, char.top)
        area = (char.right - char.left) * (char.bottom - char.top)
        return width > 0 and height > 0 and width * height > COVERED_SHARE * area


@dataclass(frozen=True, slots=True)
class Char:
    """A character of a page: the box of its ink and the box of its place in the line, both in fractions of the page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    cell: tuple[float, float, float, float]

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of its place in the line."""
        left, top, right, bottom = self.cell
        return (left + right) / 2, (top + bottom) / 2


@dataclass(frozen=True, slots=True)
class Label:
    """What is printed in a box: its ground, or its number in the file where there is no room."""

    number: int
    box: Box


@dataclass(frozen=True, slots=True)
class PageSize:
    """A page as a reader sees it (turned, cropped): its number from 1, width and height in points."""

    number: int
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Removed:
    """One covered place: its number in the file, where it is, why, and how many characters of text lay there.

    The characters themselves are not in it: a report is read by more people than the original.
    """

    number: int
    page: int
    place: str
    ground: str
    chars: int


@dataclass(frozen=True, slots=True)
class Report:
    """What was removed, in the order of the pages, and how many pages have no text of their own (scans)."""

    removed: tuple[Removed, ...]
    pages: int
    without_text: int

    @property
    def grounds(self) -> dict[str, int]:
        """How many places by ground, in the order of their first appearance."""
        counted: dict[str, int] = {}
        for one in self.removed:
            counted[one.ground] = counted.get(one.ground, 0) + 1
        return counted


@dataclass(frozen=True, slots=True)
class Redacted:
    """A new PDF and what is not in it any more."""

    data: bytes
    report: Report


def reading_order(page: int, top: float, left: float, bottom: float, right: float) -> tuple[float, ...]:
    """By what places are numbered: page, line (hundredths of the page: boxes on one line differ a little), side."""
    return page, int(top * 100 + 0.5), left, top, bottom, right


def ordered(boxes: Iterable[Box]) -> list[Box]:
    """In the order in which a reader meets them."""
    return sorted(boxes, key=lambda box: reading_order(box.page, box.top, box.left, box.bottom, box.right))


def kept(chars: Iterable[Char], boxes: list[Box]) -> list[Char]:
    """The characters of a page that no box of this page covers."""
    return [char for char in chars if not any(box.covers(char) for box in boxes)]


def as_read(chars: Iterable[Char], labels: list[Label]) -> list[Char | Label]:
    """The characters outside the boxes, and each label where the first character stood that its box covers: whoever has
    the page read aloud hears the reason in its place. Boxes over pictures come last."""
    line: list[Char | Label] = []
    waiting = list(labels)
    for char in chars:
        covering = [label for label in labels if label.box.covers(char)]
        if not covering:
            line.append(char)
            continue
        for label in covering:
            if label in waiting:
                waiting.remove(label)
                line.append(label)
    return line + waiting


def place(box: Box) -> str:
    """Where on its page a box lies, in words."""
    middle = (box.top + box.bottom) / 2
    across = (box.left + box.right) / 2
    row = "上部" if middle < 1 / 3 else "中部" if middle < 2 / 3 else "下部"
    if box.right - box.left > 0.6:
        return row
    return row + ("左侧" if across < 1 / 3 else "居中" if across < 2 / 3 else "右侧")
