"""All applications of the demo city, played side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.agencies.bodies import Agency, Department
from gongkai.demo.applications import house_style, ledger_cases, scene, stage, told, years
from gongkai.demo.applications.acts import ACTS
from gongkai.demo.applications.hand import Hand
from gongkai.demo.applications.scene import Scene
from gongkai.demo.applications.stage import Office, Progress
from gongkai.demo.applications.years import Settled

_MORNING = "09:00"


@dataclass(frozen=True)
class Played:
    """What came of it: how many, whether letters could be printed, and with which codes applicants' pages open
    (what was asked for, 查询码, secret)."""

    cases: int
    printed: bool
    secrets: tuple[tuple[str, str, str], ...]


def former_ledger(today: date) -> list[Settled]:
    """Every case that was finished before this system came, of all agencies."""
    return [one for code in told.AGENCIES for one in years.settled(code, today)]


def play(
    agencies: Mapping[str, Agency],
    departments: Mapping[tuple[str, str], Department],
    today: date,
    progress: Progress,
    former: Sequence[Settled] | None = None,
) -> Played:
    """Every application as it stands on the morning of ``today``. ``former``: only these of the former ledger."""
    offices: dict[str, Office] = {}
    for code, agency in agencies.items():
        own = {name: one for (of, name), one in departments.items() if of == code}
        offices[code] = Office(agency, own, offices)
    finished = former_ledger(today) if former is None else former
    known: dict[str, int] = {}
    prints = scene.can_print()
    scenes = [Scene(one, Hand(offices[one["agency"]], one["key"]), today, known, prints) for one in scene.cases()]
    stories = [
        *house_style.stories(offices, today),
        *(ledger_cases.live(offices[one.agency], one) for one in finished),
        *(scene.live(one, ACTS) for one in scenes),
    ]
    stage.play(stories, "依申请公开", progress, stage.at(today, _MORNING))
    secrets = tuple(secret for one in scenes for secret in one.secrets)
    return Played(len(finished) + len(scenes), prints, secrets)
