"""The clock against the simulation on many histories: ``python -m tests.law.clock.simulate --histories 100000``."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from datetime import date
from random import Random
from typing import Any

from tests.law.clock import simulation, stories

from gongkai.law.calendar import Calendar
from gongkai.law.clock import DayState, History, Readings, timeline

CALENDAR = Calendar()


def by_clock(history: History, today: date, readings: Readings) -> dict[str, Any]:
    """What the clock says, in the simulation's terms."""
    line = timeline(history, CALENDAR, today, readings)
    course = line.course
    counted = None
    if course.run is not None and line.ended_on is None and line.due_date is not None:
        days = line.days
        begun = max(place for place, day in enumerate(days) if day.state is DayState.START)
        counted = [day.date for day in days[begun:] if day.state is DayState.COUNTED]
    return {
        "received": line.receipt.day,
        "status": line.status.value,
        "due_date": line.due_date,
        "original_due": line.original_due,
        "outcomes": {key: outcome.value for key, outcome in line.consultation_outcomes.items()},
        "abandoned": course.abandoned,
        "wait_until": course.wait.until if course.wait is not None else None,
        "counted": counted,
    }


def both(history: History, today: date, readings: Readings) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """What the clock says, and what the simulation says; None when the story runs out of known days."""
    try:
        expected = simulation.simulate(history.acts, today, readings)
    except simulation.Beyond:
        return None
    return by_clock(history, today, readings), expected


def differing(found: dict[str, Any], expected: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Where the clock (first) and the simulation (second) differ."""
    return {key: (found[key], expected[key]) for key in expected if found[key] != expected[key]}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--histories", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    random = Random(options.seed)
    compared, disagreeing, statuses = 0, 0, Counter[str]()
    while compared < options.histories:
        made = stories.story(random)
        readings = stories.readings(random)
        said = both(*made, readings) if made is not None else None
        if made is None or said is None:
            continue
        compared += 1
        statuses[said[0]["status"]] += 1
        if found := differing(*said):
            disagreeing += 1
            if disagreeing <= 3:
                print(f"{found}\n  {made[0].acts}\n  today {made[1]}\n  {readings}", file=sys.stderr)
    print(f"{compared} histories, {disagreeing} disagreements; {dict(statuses.most_common())}")
    return 1 if disagreeing else 0


if __name__ == "__main__":
    sys.exit(main())
