"""Days that can have happened: whoever writes one is told at once when it contradicts the others of the case."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from typing import Any

from gongkai.applications.applications import Application
from gongkai.applications.clock_facts import CASE_FACTS, clocks_of
from gongkai.law.calendar import CalendarRangeError
from gongkai.law.clock import HistoryError
from gongkai.procedures.engine import Refused
from gongkai.procedures.tables import Attempt

Effect = Callable[[Attempt], Mapping[str, Any]]


def was_before(application: Application, at: datetime) -> bool:
    """Whether an act at that moment belongs to the history that a case brought with it (既有台账): it is recorded as it
    was, lawful or not; the clock says what was wrong with it."""
    return application.taken_over_at is not None and at <= application.taken_over_at


def demand_possible(application: Application) -> None:
    """Ask this last, inside the transaction that wrote a day: raises Refused when the case's days can no longer have
    happened (a notice before the receipt, a day in the future), so that no page ever meets such a case."""
    fresh = Application.objects.prefetch_related(*CASE_FACTS).get(pk=application.pk)
    try:
        clocks_of(application).of(fresh)
    except (HistoryError, CalendarRangeError) as error:
        raise Refused([f"日期有矛盾：{error}。"]) from error


def dated(effect: Effect) -> Effect:
    """An effect that writes days the clock counts from: together with all others they must be possible."""

    @wraps(effect)
    def checked(attempt: Attempt) -> Mapping[str, Any]:
        data = effect(attempt)
        subject = attempt.subject
        demand_possible(subject if isinstance(subject, Application) else subject.application)
        return data

    return checked
