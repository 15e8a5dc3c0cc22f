"""The clock walked one day after the other: a second opinion that shares no code with `gongkai.law.clock`.

A clerk opens the file every morning, looks whether somebody let his time pass, takes the day's acts from a pile and
writes down what they mean. Working days come from the package `chinese_calendar` itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any

import chinese_calendar

TOMORROW = timedelta(days=1)
NEVER = date(2026, 12, 27)
"""The package knows no days after this; nothing is projected beyond."""
PILE = (
    "ClarificationNotice",
    "ReasonsDemanded",
    "ConsultationSent",
    "FeeNotice",
    "DelayExcused",
    "Supplement",
    "ReasonsGiven",
    "ConsultationAnswered",
    "FeePaid",
    "ReasonsJudged",
    "ExtensionGranted",
    "Replied",
    "Withdrawn",
    "Closed",
)


class Beyond(Exception):
    """The story runs out of the days known."""


@cache
def works(day: date) -> bool:
    if day > NEVER:
        raise Beyond
    return bool(chinese_calendar.is_workday(day))


def walk(day: date, steps: int) -> date:
    while steps > 0:
        day += TOMORROW
        steps -= works(day)
    return day


@dataclass
class File:
    """What the clerk knows."""

    received: date | None = None
    frozen: set[date] = field(default_factory=set)
    ice: date | None = None
    outcomes: dict[str, str] = field(default_factory=dict)
    mode: str = "counting"
    start: date = date.min
    allowed: int = 20
    fixed: date | None = None
    until: date = date.max
    gone_since: date | None = None
    gone_for: str = ""
    notices: int = 0
    fresh: date = date.min
    extended: bool = False
    reasons_by: date | None = None
    pocket: list[date] = field(default_factory=list)


def simulate(acts: Iterable[Any], today: date, r: Any) -> dict[str, Any]:
    """The facts of a story as the clerk finds them on `today`; `r` the readings."""
    pile = list(acts)
    named = [(type(act).__name__, act) for act in pile]
    file = File(received=_receipt(next(a for n, a in named if n == "Received"), r))
    finals = [(a.on, PILE.index(n), n) for n, a in named if n in ("Replied", "Withdrawn", "Closed")]
    end = min(finals)[0] if finals else today
    ending = min(finals)[2] if finals else ""
    _freeze(file, named, r, end)
    if file.received is not None:
        _live(file, named, r, end)
    return _verdict(file, named, ending, end, today)


def _receipt(act: Any, r: Any) -> date | None:
    channel = act.channel.value
    day = {"counter": act.arrived, "signed_mail": act.signed}.get(channel, act.confirmed)
    if channel == "plain_mail" and act.confirmed != act.arrived and not r.late_confirmation_is_receipt:
        day = act.arrived
    while day is not None and r.receipt_rolls_to_working_day and not works(day):
        day += TOMORROW
    return day


def _ice(file: File, sent: date, end: date | None, r: Any) -> None:
    """Freeze the days between sending and answer."""
    day = sent
    if end is None:
        start = sent if r.stop_takes_send_day else sent + TOMORROW
        file.ice = min(file.ice or start, start)
        return
    while day <= end:
        if sent < day < end or (day == sent and r.stop_takes_send_day and (sent != end or r.stop_takes_end_day)):
            file.frozen.add(day)
        if day == end and r.stop_takes_end_day and (sent != end or r.stop_takes_send_day):
            file.frozen.add(day)
        day += TOMORROW


def _freeze(file: File, named: list[tuple[str, Any]], r: Any, end: date) -> None:
    answers = {a.key: a.on for n, a in named if n == "ConsultationAnswered"}
    for name, act in named:
        if name != "ConsultationSent":
            continue
        began = act.received if act.received else act.on if r.unrecorded_delivery_counts_from_sending else None
        days = r.other_agency_working_days if act.kind.value == "other_agency" else 15
        last = walk(began, days) if began else None
        answer = answers.get(act.key)
        if answer and (last is None or answer <= last):
            file.outcomes[act.key] = "answered"
            _ice(file, act.on, answer, r)
        else:
            silent = "deemed_consent" if act.kind.value == "joint_agency" else "agency_decides"
            file.outcomes[act.key] = silent if last and end > last else "pending"
            _ice(file, act.on, last, r)
    demanded = [a for n, a in named if n == "ReasonsDemanded"]
    if r.reasons_stop_clock and demanded:
        given = [a.on for n, a in named if n == "ReasonsGiven"]
        _ice(file, demanded[0].on, min([demanded[0].until, *given]), r)


def _reach(file: File, steps: int) -> date | None:
    """The day on which so many working days are used up; None when ice comes before, for nobody knows how long."""
    day = file.start
    while steps > 0:
        day += TOMORROW
        if file.ice is not None and day >= file.ice:
            return None
        if day not in file.frozen and works(day):
            steps -= 1
    return day


def _due(file: File) -> date | None:
    day = _reach(file, file.allowed)
    return None if day is None else max(day, file.fixed or day)


def _start(file: File, day: date) -> None:
    file.mode, file.start, file.allowed, file.fixed, file.until = "counting", day, 20, None, date.max
    assert file.received is not None
    file.start = max(day, file.received)


def _live(file: File, named: list[tuple[str, Any]], r: Any, end: date) -> None:
    assert file.received is not None
    day = min(min(_day(n, a) for n, a in named), file.received)
    _start(file, file.received)
    file.fresh = file.received
    while day <= end:
        _morning(file, day, r)
        todays = [(PILE.index(n), i, n, a) for i, (n, a) in enumerate(named) if n in PILE and _day(n, a) == day]
        for _, _, name, act in sorted(todays, key=lambda one: one[:2]):
            if name in ("Replied", "Withdrawn", "Closed"):
                return
            handler = _ON.get(name)
            if handler:
                handler(file, act, r, end)
        day += TOMORROW


def _day(name: str, act: Any) -> date:
    if name == "Received":
        return min(act.arrived, act.signed or act.arrived)
    return act.approved_on if name == "ExtensionGranted" else act.on


def _morning(file: File, day: date, r: Any) -> None:
    """Has somebody let his time pass? Yesterday was the last day of whoever is gone today."""
    if file.mode == "gone":
        return
    waits = [(file.until, file.mode)] if file.mode in ("supplement", "payment") else []
    if r.silent_reasons_abandon and file.reasons_by:
        waits.append((file.reasons_by, "reasons"))
    over = sorted((until, {"supplement": 1, "payment": 0, "reasons": 0}[mode], mode) for until, mode in waits)
    if over and over[0][0] < day:
        file.gone_since, file.gone_for = over[0][0] + TOMORROW, over[0][2]
        file.mode = "gone"


def _notice(file: File, act: Any, r: Any, end: date) -> None:
    file.notices += 1
    if file.mode != "counting":
        return
    if file.notices > 1 and not r.second_notice_restarts:
        return
    if act.on > walk(file.fresh, 7) and not r.late_notice_restarts:
        return
    file.mode = "supplement"
    file.until = act.until or walk(act.on, r.clarification_working_days)


def _excuse(file: File, act: Any, r: Any, end: date) -> None:
    if file.mode == "gone" and file.gone_for == "supplement":
        file.mode, file.gone_since, file.gone_for = "supplement", None, ""
    if file.mode != "supplement":
        return
    file.until = max(file.until, act.until)
    early = sorted(day for day in file.pocket if day <= file.until)
    if early:
        _restart_after_supplement(file, early[0])
    else:
        _morning(file, act.on, r)


def _restart_after_supplement(file: File, day: date) -> None:
    _start(file, day)
    file.fresh = file.start


def _supplement(file: File, act: Any, r: Any, end: date) -> None:
    if file.mode == "supplement":
        _restart_after_supplement(file, act.on)
    elif file.mode == "gone" and file.gone_for == "supplement":
        file.pocket.append(act.on)


def _fee(file: File, act: Any, r: Any, end: date) -> None:
    if file.mode != "counting":
        return
    due = _due(file)
    if due is not None and act.on > due and not r.late_fee_notice_restarts:
        return
    file.mode, file.until = "payment", walk(act.on, 20)


def _paid(file: File, act: Any, r: Any, end: date) -> None:
    if file.mode == "payment":
        _start(file, act.on if r.payment_next_day_counts else act.on + TOMORROW)


def _demand(file: File, act: Any, r: Any, end: date) -> None:
    if file.mode != "gone":
        file.reasons_by = act.until


def _no_more_reasons(file: File, act: Any, r: Any, end: date) -> None:
    file.reasons_by = None


def _judge(file: File, act: Any, r: Any, end: date) -> None:
    file.reasons_by = None
    if act.later_due is None or act.notified_on is None or file.mode != "counting":
        return
    due = _due(file)
    if due is not None:
        told_late = act.notified_on > due and r.extension_needs_notice_in_time
        if act.on > due or told_late or act.later_due <= due:
            return
    file.fixed = act.later_due


def _extend(file: File, act: Any, r: Any, end: date) -> None:
    if file.mode != "counting" or act.notified_on is None:
        return
    if file.extended and (file.allowed > 20 or not r.extension_again_after_restart):
        return
    if act.working_days > 20 and r.oversize_extension_is_void:
        return
    first = _reach(file, 20)
    told_late = first is not None and act.notified_on > first and r.extension_needs_notice_in_time
    if told_late or (first is not None and act.approved_on > first):
        return
    file.extended, file.allowed = True, 20 + min(20, act.working_days)


_ON = {
    "ClarificationNotice": _notice,
    "DelayExcused": _excuse,
    "Supplement": _supplement,
    "FeeNotice": _fee,
    "FeePaid": _paid,
    "ReasonsDemanded": _demand,
    "ReasonsGiven": _no_more_reasons,
    "ReasonsJudged": _judge,
    "ExtensionGranted": _extend,
}


def _verdict(file: File, named: list[tuple[str, Any]], ending: str, end: date, today: date) -> dict[str, Any]:
    counting = file.received is not None and file.mode == "counting"
    due = _due(file) if counting else None
    original = _reach(file, 20) if counting else None
    return {
        "received": file.received,
        "status": _status(file, ending, due, end, today),
        "due_date": due,
        "original_due": original,
        "outcomes": file.outcomes,
        "abandoned": file.gone_since,
        "wait_until": file.until if file.received is not None and file.mode in ("supplement", "payment") else None,
        "counted": _counted(file, due, original) if counting and not ending else None,
    }


def _status(file: File, ending: str, due: date | None, end: date, today: date) -> str:
    if ending == "Replied":
        return "replied_late" if due is not None and end > due else "replied"
    if ending == "Withdrawn":
        return "withdrawn"
    if file.received is not None and file.mode == "gone":
        return "deemed_abandoned"
    if ending == "Closed":
        return "closed"
    if file.received is None:
        return "awaiting_confirmation"
    if file.mode != "counting":
        return f"awaiting_{file.mode}"
    if due is not None and today > due:
        return "overdue"
    if today in file.frozen or (file.ice is not None and today >= file.ice):
        return "stopped"
    return "awaiting_reasons" if file.reasons_by is not None and today <= file.reasons_by else "running"


def _counted(file: File, due: date | None, original: date | None) -> list[date] | None:
    """The days counted, one by one, when it is known how far."""
    if due is None or original is None:
        return None
    found, day = [], file.start
    while len(found) < file.allowed:
        day += TOMORROW
        if day not in file.frozen and works(day):
            found.append(day)
    return found
