"""Walking a table cell by cell, so that a test can try every role in every state with every event."""

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.procedures.tables import ANYONE, Event, Procedure, State


@dataclass(frozen=True)
class Cell:
    """One combination and what the table says of it."""

    role: str
    state: State
    event: Event
    allowed: bool

    def __str__(self) -> str:
        return f"{self.state.key}/{self.role}/{self.event.key}"


def cells(procedure: Procedure) -> Iterator[Cell]:
    """Every role × state × event of the procedure."""
    for state in procedure.states:
        for role in procedure.role_labels:
            for event in procedure.events:
                wanted = event.roles.get(state.key, frozenset())
                yield Cell(role, state, event, bool(wanted & {role, ANYONE}))


def reachable(procedure: Procedure) -> frozenset[str]:
    """The states that can be reached from the start at all."""
    seen = {procedure.start}
    grown = True
    while grown:
        found = {target for event in procedure.events for target in event.targets if set(event.roles) & seen} - seen
        grown = bool(found)
        seen |= found
    return frozenset(seen)
