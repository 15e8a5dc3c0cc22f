"""Short words for the examples: received at the counter on Friday 2024-03-01, due on 2024-03-29 when nothing happens.

The days of that spring: 4–6 April were the Tomb-sweeping holiday, Sunday 7 April and Sunday 28 April were worked,
1–5 May was the Labour holiday.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from gongkai.law.calendar import Calendar
from gongkai.law.clock import (
    Channel,
    ConsultationKind,
    ConsultationSent,
    History,
    Readings,
    Received,
    Timeline,
    timeline,
)

CALENDAR = Calendar()
THIRD, JOINT, OTHER = ConsultationKind.THIRD_PARTY, ConsultationKind.JOINT_AGENCY, ConsultationKind.OTHER_AGENCY


def on(text: str) -> date:
    """03-11 → 2024-03-11; with a year, that year."""
    return date.fromisoformat(text if len(text) > 5 else f"2024-{text}")


def consulted(sent: str, kind: ConsultationKind = THIRD, key: str = "甲公司", received: str | None = "") -> Any:
    """Sent and received on the same day, unless said otherwise; None: not recorded."""
    return ConsultationSent(key, kind, on(sent), None if received is None else on(received or sent))


def line(*acts: Any, today: str | None = None, received: str = "03-01", **readings: Any) -> Timeline:
    """The timeline of an application received at the counter, looked at on `today` (the last act's day if not said)."""
    history = History([Received(Channel.COUNTER, on(received)), *acts])
    return timeline(history, CALENDAR, on(today) if today else history.last_day, Readings(**readings))


def due(*acts: Any, **more: Any) -> str | None:
    """The due date as text."""
    found = line(*acts, **more).due_date
    return found.isoformat() if found else None
