"""What a procedure is: declared states and events, nothing computed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from gongkai.ledger.refs import Ref

ANYONE = "*"  # in a row's roles: every signed-in person who may see the subject
SYSTEM_ROLE = "system"  # the clock, acting through the worker


class Subject(Protocol):
    """What a procedure moves: a row with a state and a version, which the ledger can name."""

    pk: Any
    state: str
    version: int

    def ref(self) -> Ref: ...


class Actor(Protocol):
    """Who acts. What roles this is on a subject is the procedure's ``roles_of`` to say."""

    def ref(self) -> Ref: ...


@dataclass(frozen=True)
class State:
    """One state. ``ends`` states have no way out; ``waits`` says in Chinese for whom or what it waits."""

    key: str
    label: str
    waits: str = ""
    ends: bool = False


@dataclass(frozen=True)
class Asked:
    """A fact the person must or may give with an event; the desk draws the field, the engine demands it."""

    key: str
    label: str
    required: bool = True
    kind: str = "text"  # text, line, choice, datetime, date, number, document, checkbox
    help: str = ""
    choices: Callable[["Attempt"], list[tuple[str, str]]] | None = None
    initial: Callable[["Attempt"], Any] | None = None  # what the field holds before anybody typed


@dataclass(frozen=True)
class Attempt:
    """Somebody tries an event on a subject: all that guards, choosers and effects may look at."""

    procedure: "Procedure"
    event: "Event"
    subject: Any
    actor: Actor
    roles: frozenset[str]
    now: datetime
    given: Mapping[str, Any] = field(default_factory=dict)


Guard = Callable[[Attempt], Iterable[str]]
"""Returns every reason in Chinese why the event may not happen now; nothing when it may."""


@dataclass(frozen=True)
class Event:
    """One thing a person can do: from which states, in which roles, with what facts, to where.

    ``roles`` maps each source state to the roles that may fire the event there, so that a table row is one cell of the
    permission matrix. ``targets`` lists every state it can lead to; with more than one, ``choose`` picks.
    ``effect`` makes the change (and returns data for the ledger entry) inside the transaction, before the state is set.
    """

    key: str
    label: str
    roles: Mapping[str, frozenset[str]]
    targets: tuple[str, ...]
    kind: str
    choose: Callable[[Attempt], str] | None = None
    guards: tuple[Guard, ...] = ()
    asks: tuple[Asked, ...] = ()
    effect: Callable[[Attempt], Mapping[str, Any] | None] | None = None
    tone: str = "plain"  # go, plain, danger
    shortcut: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Procedure:
    """A declared table. Consistency is checked when it is made, so a typing slip cannot wait for a user."""

    key: str
    label: str
    states: tuple[State, ...]
    start: str
    events: tuple[Event, ...]
    role_labels: Mapping[str, str]
    roles_of: Callable[[Actor, Any], frozenset[str]]
    agency_of: Callable[[Any], Any]
    basis: str = ""

    def __post_init__(self) -> None:
        keys = [state.key for state in self.states]
        _demand(len(keys) == len(set(keys)), f"{self.key}: a state is declared twice")
        _demand(self.start in keys, f"{self.key}: unknown start state {self.start}")
        names = [event.key for event in self.events]
        _demand(len(names) == len(set(names)), f"{self.key}: an event is declared twice")
        for event in self.events:
            self._check_event(event, set(keys))
        ends = {state.key for state in self.states if state.ends}
        left = ends & {source for event in self.events for source in event.roles}
        _demand(not left, f"{self.key}: events leave end states {sorted(left)}")

    def _check_event(self, event: Event, states: set[str]) -> None:
        unknown = (set(event.roles) | set(event.targets)) - states
        _demand(not unknown, f"{self.key}.{event.key}: unknown states {sorted(unknown)}")
        _demand(bool(event.targets), f"{self.key}.{event.key}: leads nowhere")
        _demand(len(event.targets) == 1 or event.choose is not None, f"{self.key}.{event.key}: who chooses the target?")
        roles = {role for group in event.roles.values() for role in group}
        missing = roles - set(self.role_labels) - {ANYONE, SYSTEM_ROLE}
        _demand(not missing, f"{self.key}.{event.key}: unknown roles {sorted(missing)}")

    def state(self, key: str) -> State:
        """The state of that key; raises KeyError."""
        return next(state for state in self.states if state.key == key)

    def event(self, key: str) -> Event:
        """The event of that key; raises KeyError."""
        for event in self.events:
            if event.key == key:
                return event
        raise KeyError(key)

    def role_label(self, role: str) -> str:
        """The Chinese name of a role, for a reason or a matrix."""
        if role == ANYONE:
            return "本机关人员"
        return "系统定时" if role == SYSTEM_ROLE else self.role_labels[role]


def roles(*names: str) -> frozenset[str]:
    """A set of roles, for table rows."""
    return frozenset(names)


def _demand(holds: bool, otherwise: str) -> None:
    if not holds:
        raise ValueError(otherwise)
