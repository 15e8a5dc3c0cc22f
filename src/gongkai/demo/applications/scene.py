"""A case told step by step in ``content/applications/cases.toml``: each step has its day, its name and what it says.

Days are working days before the day of building. Where nothing can be printed, steps about letters are left out, and a
case stays signed where its reply would have gone out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from gongkai.demo.applications.hand import Hand
from gongkai.demo.applications.stage import Office, Story
from gongkai.demo.applications.told import DemoApplicant, applicant
from gongkai.demo.city import read_toml
from gongkai.demo.days import add_working_days, working_day_until
from gongkai.texts import printing

Step = Mapping[str, Any]
_OF_LETTERS = frozenset({"letter", "send", "arrived", "came_back", "opened"})
_NEEDS_LETTER = "deliver"


@dataclass
class Scene:
    """A case that is being told: whose hand it is in, and what its steps have made, by what they are."""

    told: Mapping[str, Any]
    hand: Hand
    today: date
    cases: dict[str, int]
    prints: bool
    made: dict[str, Any] = field(default_factory=dict)
    secrets: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def key(self) -> str:
        return str(self.told["key"])

    @property
    def office(self) -> Office:
        return self.hand.office

    def ago(self, days: int) -> date:
        """So many working days before the demo was built; ahead of it when negative."""
        return add_working_days(working_day_until(self.today), -days)

    def who(self, what: str, kind: str = "") -> DemoApplicant:
        """Somebody of that case; the same for the same ``what``."""
        return applicant(Random(f"{self.told.get('person', self.key)} {what}"), kind)


Act = Callable[[Scene, Step], None]


def cases() -> list[dict[str, Any]]:
    """Every case that is told step by step."""
    found: list[dict[str, Any]] = read_toml("applications", "cases.toml")["case"]
    return found


def can_print() -> bool:
    """Whether this machine has what letters need."""
    try:
        printing.engine()
    except printing.CannotPrint:
        return False
    return True


def live(scene: Scene, acts: Mapping[str, Act]) -> Story:
    """Step after step."""
    for step in _possible(scene):
        yield scene.hand.on(scene.ago(step["ago"]), step.get("clock", ""))
        try:
            acts[step["do"]](scene, step)
        except Exception as error:
            error.add_note(f"演示申请 {scene.key}，步骤 {dict(step)}")
            raise
        scene.cases[scene.key] = scene.hand.pk


def _possible(scene: Scene) -> Iterator[Step]:
    for step in scene.told["steps"]:
        if not scene.prints and step["do"] == _NEEDS_LETTER:
            return
        if scene.prints or step["do"] not in _OF_LETTERS:
            yield step
