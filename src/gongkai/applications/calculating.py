"""The clock for anyone: a document of acts in (docs/clock.md), a timeline out, under this installation's calendar."""

from collections.abc import Mapping
from typing import Any

from gongkai.agencies.workdays import current_calendar
from gongkai.law.calendar import CalendarRangeError
from gongkai.law.clock import DocumentError, HistoryError, Timeline, load, timeline
from gongkai.ledger import moment

MOST_DAYS = 3660
"""From receipt to the day asked for: more is a mistyped year, and would be a page without end."""


def compute(document: Mapping[str, Any]) -> Timeline:
    """The timeline of a document. Raises DocumentError with the path of what is wrong, whatever is wrong."""
    history, readings, today = load(document, today=moment.today())
    if (today - history.received.day).days > MOST_DAYS:
        raise DocumentError("today", "离收到申请超过十年，请核对年份")
    try:
        return timeline(history, current_calendar(), today, readings)
    except HistoryError as error:
        raise DocumentError(f"acts[{error.index}]" if error.index is not None else "acts", str(error)) from error
    except CalendarRangeError as error:
        raise DocumentError("acts", str(error)) from error
