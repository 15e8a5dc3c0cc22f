"""Small numbers in public tables: nobody shall be recognised by being the only one.

The outcome groups are published exactly, because the annual report must publish them so (条例第五十条). Why something
was withheld, and what kind of person asked how, is told more finely than the report does, and by year and agency: one
refusal on the ground of privacy in a small agency may be a known person's. So lines below ``FEWEST`` are put together,
and where they would still be fewer, with the next smallest, since else the difference from the whole would give them
away. Averages over fewer than that are not told.
"""

from collections.abc import Sequence

from gongkai.applications.figures import Line

FEWEST = 5
TOGETHER = "其余（各不足5件）"


def safe(lines: Sequence[Line]) -> list[Line]:
    """The lines with every number at least ``FEWEST``; nothing at all where the whole is fewer."""
    whole = sum(one.number for one in lines)
    if whole < FEWEST:
        return []
    kept = [one for one in lines if one.number >= FEWEST]
    small = [one for one in lines if one.number < FEWEST]
    if not small:
        return kept
    together = sum(one.number for one in small)
    while together < FEWEST or len(small) == 1:
        least = min(kept, key=lambda one: one.number, default=None)
        if least is None:
            break
        kept.remove(least)
        small.append(least)
        together += least.number
    label = TOGETHER if all(one.number < FEWEST for one in small) else "其余"
    return [*kept, Line(label, together, together / whole)]
