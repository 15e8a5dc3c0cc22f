"""A procedure drawn from its table: one row per state, one line per event from where it may happen to where it leads.

Coordinates in pixels for an inline SVG; the template only writes them out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.procedures.tables import SYSTEM_ROLE, Event, Procedure

ROW, LANE, BOX, HEAD = 38, 40, 128, 112
_GAP = 22  # between the boxes and the first line


@dataclass(frozen=True)
class StateRow:
    """A state: its box, and whether the subject is there now."""

    label: str
    y: int
    here: bool
    ends: bool
    start: bool


@dataclass(frozen=True)
class EventLine:
    """An event: its line, dots where it may happen, arrows where it leads; ``sentence`` says the same in words."""

    label: str
    tone: str
    x: int
    top: int
    bottom: int
    sources: Sequence[int]
    targets: Sequence[int]
    stays: Sequence[int]
    by_clock: bool
    sentence: str


@dataclass(frozen=True)
class Drawing:
    """The whole picture. ``width`` and ``height`` are those of the SVG."""

    width: int
    height: int
    states: Sequence[StateRow]
    events: Sequence[EventLine]
    guide_end: int
    box: int = BOX
    head: int = HEAD


def draw(procedure: Procedure, here: str = "") -> Drawing:
    """The drawing of a procedure, with the state ``here`` marked."""
    places = {state.key: HEAD + ROW * number + ROW // 2 for number, state in enumerate(procedure.states)}
    states = [
        StateRow(state.label, places[state.key], state.key == here, state.ends, state.key == procedure.start)
        for state in procedure.states
    ]
    lines = [
        _line(procedure, event, BOX + _GAP + LANE * number + LANE // 2, places)
        for number, event in enumerate(procedure.events)
    ]
    width = BOX + _GAP + LANE * len(lines) + LANE // 2
    return Drawing(width, HEAD + ROW * len(states) + 8, states, lines, width - 8)


def _line(procedure: Procedure, event: Event, x: int, places: dict[str, int]) -> EventLine:
    sources, targets = set(event.roles), set(event.targets)
    both = sources & targets
    ys = [places[key] for key in sources | targets]
    return EventLine(
        label=event.label,
        tone=event.tone,
        x=x,
        top=min(ys),
        bottom=max(ys),
        sources=sorted(places[key] for key in sources - both),
        targets=sorted(places[key] for key in targets - both),
        stays=sorted(places[key] for key in both),
        by_clock=all(SYSTEM_ROLE in roles for roles in event.roles.values()),
        sentence=_sentence(procedure, event),
    )


def _sentence(procedure: Procedure, event: Event) -> str:
    sources = "、".join(procedure.state(key).label for key in event.roles)
    targets = "、".join(procedure.state(key).label for key in event.targets)
    return f"{event.label}：在{sources}时可以办，办后到{targets}。"
