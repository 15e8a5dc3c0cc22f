"""The clock's JSON (docs/clock.md): a document of acts in, a timeline with its explanation out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from gongkai.law.clock.acts import ORDER, Act, Answer, ConsultationKind, Received
from gongkai.law.clock.consultations import Outcome
from gongkai.law.clock.deriving import Timeline
from gongkai.law.clock.explaining import explain, readings_that_mattered
from gongkai.law.clock.history import History, HistoryError
from gongkai.law.clock.segments import ClockDay, Segment
from gongkai.law.clock.steps import Step
from gongkai.law.readings import Readings, readings_offered
from gongkai.law.receipt import Channel

FORMAT = "gongkai-clock-1"
MAX_ACTS = 500
"""More acts than any application has; what is beyond is a mistake."""


class DocumentError(ValueError):
    """A document that cannot be read: `path` says where (acts[2].on), the message what to do, in Chinese."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path}：{message}" if path else message)
        self.path = path


def _snake(name: str) -> str:
    return "".join(f"_{one.lower()}" if one.isupper() else one for one in name).lstrip("_")


ACTS: dict[str, type[Act]] = {_snake(kind.__name__): kind for kind in ORDER}
"""The name of each act in JSON: received, clarification_notice …"""


def load(document: Mapping[str, Any], *, today: date | None = None) -> tuple[History, Readings, date]:
    """Read a document: the history, the readings and the day to look from. `today` is used where it names none.

    Raises DocumentError with the path of the field that is wrong.
    """
    if not isinstance(document, Mapping):
        raise DocumentError("", "应是一个JSON对象，含acts（办理经过）")
    _known(document, {"format", "today", "readings", "acts"}, "")
    if document.get("format", FORMAT) != FORMAT:
        raise DocumentError("format", f"应是“{FORMAT}”，或者不写")
    given = document.get("acts")
    if not isinstance(given, list) or not given:
        raise DocumentError("acts", "应是办理经过的列表，至少有一项“received”（收到申请）")
    if len(given) > MAX_ACTS:
        raise DocumentError("acts", f"有{len(given)}项，最多{MAX_ACTS}项")
    acts = [_act(one, f"acts[{place}]") for place, one in enumerate(given)]
    seen_on = _date(document["today"], "today") if document.get("today") is not None else today
    if seen_on is None:
        raise DocumentError("today", "请写明计算之日，如“2024-02-18”")
    try:
        return History(acts), _readings(document.get("readings")), seen_on
    except HistoryError as error:
        raise DocumentError(f"acts[{error.index}]" if error.index is not None else "acts", str(error)) from error


def _known(given: Mapping[str, Any], known: set[str], path: str) -> None:
    for key in given:
        if key not in known:
            where = f"{path}.{key}" if path else str(key)
            raise DocumentError(where, f"没有这个字段，可用的有：{'、'.join(sorted(known))}")


def _act(given: Any, path: str) -> Act:
    if not isinstance(given, Mapping):
        raise DocumentError(path, '应是一个JSON对象，如{"act": "replied", "on": "2024-02-18"}')
    kind = ACTS.get(given.get("act", "")) if isinstance(given.get("act", ""), str) else None
    if kind is None:
        raise DocumentError(f"{path}.act", f"不认识的行为，可用的有：{'、'.join(ACTS)}")
    known = {one.name: one for one in fields(kind)}
    _known(given, {"act", *known}, path)
    values: dict[str, Any] = {}
    if kind is Received and given.get("arrived") is None and given.get("signed") is not None:
        given = {**given, "arrived": given["signed"]}
    for name, one in known.items():
        value = given.get(name)
        if value is None:
            if one.default is MISSING:
                raise DocumentError(f"{path}.{name}", f"“{kind.NAME}”必须写明")
            continue
        values[name] = _READERS[str(one.type).removesuffix(" | None")](value, f"{path}.{name}")
    return kind(**values)


def _date(value: Any, path: str) -> date:
    try:
        if isinstance(value, str) and len(value) == len("2024-02-18"):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise DocumentError(path, f"应是日期，如“2024-02-18”，现为{_shown(value)}")


def _text(value: Any, path: str) -> str:
    if isinstance(value, str) and value.strip() and len(value) <= 200:
        return value.strip()
    raise DocumentError(path, f"应是200字以内的文字，现为{_shown(value)}")


def _truth(value: Any, path: str) -> bool:
    if isinstance(value, bool):
        return value
    raise DocumentError(path, f"应是true或者false，现为{_shown(value)}")


def _number(value: Any, path: str) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10_000:
        return value
    raise DocumentError(path, f"应是整数，现为{_shown(value)}")


def _amount(value: Any, path: str) -> Decimal:
    try:
        if isinstance(value, int | float | str) and not isinstance(value, bool):
            amount = Decimal(str(value))
            if amount.is_finite():
                return amount
    except InvalidOperation:
        pass
    raise DocumentError(path, f"应是金额（元），现为{_shown(value)}")


def _one_of(kind: type[StrEnum]) -> Callable[[Any, str], StrEnum]:
    def read(value: Any, path: str) -> StrEnum:
        if isinstance(value, str) and value in list(kind):
            return kind(value)
        offered = "、".join(f"{one.value}（{one.label}）" for one in kind)  # type: ignore[attr-defined]
        raise DocumentError(path, f"可用的有：{offered}，现为{_shown(value)}")

    return read


_READERS: dict[str, Callable[[Any, str], Any]] = {
    "date": _date,
    "str": _text,
    "bool": _truth,
    "int": _number,
    "Decimal": _amount,
    "Channel": _one_of(Channel),
    "ConsultationKind": _one_of(ConsultationKind),
    "Answer": _one_of(Answer),
}


def _shown(value: Any) -> str:
    text = str(value)
    return f"“{text[:40]}{'…' if len(text) > 40 else ''}”"


def _readings(given: Any) -> Readings:
    if given is None:
        return Readings()
    if not isinstance(given, Mapping):
        raise DocumentError("readings", '应是一个JSON对象，如{"stop_takes_send_day": true}')
    offered = {one.key: one for one in readings_offered()}
    _known(given, set(offered), "readings")
    values: dict[str, Any] = {
        key: (_number if offered[key].is_number else _truth)(value, f"readings.{key}") for key, value in given.items()
    }
    try:
        return Readings(**values)
    except ValueError as error:
        raise DocumentError("readings", str(error)) from error


def dump(timeline: Timeline) -> dict[str, Any]:
    """A timeline as JSON can carry it: dates as ISO text, `due_date` null while there is none."""
    course = timeline.course
    upcoming = timeline.next_step
    return {
        "format": FORMAT,
        "today": _iso(timeline.today),
        "receipt": {
            "day": _iso(timeline.receipt.day),
            "reason": timeline.receipt.reason,
            "article": timeline.receipt.article,
            "warnings": list(timeline.receipt.warnings),
            "needs": list(timeline.receipt.needs),
        },
        "status": timeline.status.value,
        "status_label": timeline.status.label,
        "due_date": _iso(timeline.due_date),
        "original_due": _iso(timeline.original_due),
        "days_left": timeline.days_left,
        "light": timeline.light.value,
        "provisional": timeline.provisional,
        "abandoned_from": _iso(course.abandoned),
        "consultation_outcomes": {key: one.value for key, one in timeline.consultation_outcomes.items()},
        "agency_decides": _keys(timeline, Outcome.AGENCY_DECIDES),
        "deemed_consent": _keys(timeline, Outcome.DEEMED_CONSENT),
        "next_step": upcoming.key if upcoming is not None else None,
        "steps": [_step(one) for one in timeline.steps],
        "segments": [_segment(one) for one in timeline.segments],
        "days": [_day(one) for one in timeline.days],
        "findings": [
            {"key": one.key, "gravity": one.gravity.value, "message": one.message, "article": one.article}
            for one in timeline.findings
        ],
        "readings": {one.key: getattr(timeline.readings, one.key) for one in readings_offered()},
        "readings_that_mattered": list(readings_that_mattered(timeline)),
        "explanation": explain(timeline),
    }


def _step(one: Step) -> dict[str, Any]:
    return {
        "key": one.key,
        "label": one.label,
        "due": _iso(one.due),
        "done_on": _iso(one.done_on),
        "state": one.state.value,
        "actor": one.actor.value,
        "required": one.required,
        "article": one.article,
    }


def _segment(one: Segment) -> dict[str, Any]:
    return {
        "kind": one.kind.value,
        "first": _iso(one.first),
        "last": _iso(one.last),
        "working_days": one.working_days,
        "article": one.article,
        "sentence": one.sentence,
    }


def _day(one: ClockDay) -> dict[str, Any]:
    return {
        "date": _iso(one.date),
        "state": one.state.value,
        "ordinal": one.ordinal,
        "reason": one.reason,
        "provisional": one.provisional,
    }


def _keys(timeline: Timeline, outcome: Outcome) -> list[str]:
    return [key for key, one in timeline.consultation_outcomes.items() if one is outcome]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
