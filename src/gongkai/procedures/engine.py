"""Asking what is permitted, with all reasons for what is not, and firing an event: guard → change → ledger entry."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from gongkai.ledger import moment
from gongkai.ledger.entries import Entry
from gongkai.ledger.recording import record
from gongkai.procedures.tables import ANYONE, Actor, Attempt, Event, Procedure


class Refused(Exception):
    """The event may not happen; ``reasons`` are all of them, in Chinese, for the person to act on."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("；".join(reasons))
        self.reasons = reasons


class Conflict(Refused):
    """Somebody else acted first: what the person looked at is no longer what is there."""


@dataclass(frozen=True)
class Permission:
    """One event for one actor on one subject now. Not permitted means: look at ``reasons``."""

    event: Event
    reasons: tuple[str, ...]
    in_role: bool

    @property
    def permitted(self) -> bool:
        return not self.reasons


@dataclass(frozen=True)
class Fired:
    """What an event did."""

    subject: Any
    source: str
    target: str
    entry: Entry


def permitted(procedure: Procedure, subject: Any, actor: Actor, *, now: datetime | None = None) -> list[Permission]:
    """Every event that leaves the subject's present state, permitted or with all reasons why not, in table order."""
    held = procedure.roles_of(actor, subject)
    at = now or moment.now()
    return [
        _permission(Attempt(procedure, event, subject, actor, held, at))
        for event in procedure.events
        if subject.state in event.roles
    ]


def fire(
    procedure: Procedure,
    subject: Any,
    event_key: str,
    *,
    by: Actor,
    given: Mapping[str, Any] | None = None,
    version: int | None = None,
    now: datetime | None = None,
) -> Fired:
    """Let an event happen: in one transaction lock the subject, check, make the change, set the state, record.

    ``version`` is the one the person saw; another one means somebody acted in between (Conflict). ``given`` are the
    facts the event asks for. Raises Refused with every reason; then nothing has changed.
    """
    event = procedure.event(event_key)
    with transaction.atomic():
        current = _locked(subject)
        _check_version(procedure, current, version)
        attempt = Attempt(
            procedure, event, current, by, procedure.roles_of(by, current), now or moment.now(), dict(given or {})
        )
        reasons = _reasons(attempt) + _missing(attempt)
        if reasons:
            raise Refused(reasons)
        return _carry_out(attempt)


def _carry_out(attempt: Attempt) -> Fired:
    subject, event = attempt.subject, attempt.event
    source = subject.state
    target = event.choose(attempt) if event.choose else event.targets[0]
    if target not in event.targets:
        raise ValueError(f"{attempt.procedure.key}.{event.key} chose undeclared target {target!r}")
    data = dict((event.effect(attempt) if event.effect else None) or {})
    subject.state = target
    subject.version += 1
    subject.save(update_fields=["state", "version"])
    entry = record(
        event.kind,
        by=attempt.actor,
        subject=subject,
        agency=attempt.procedure.agency_of(subject),
        at=attempt.now,
        **data | {"event": event.key, "from_state": source, "to_state": target},
    )
    return Fired(subject, source, target, entry)


def _locked(subject: Any) -> Any:
    return type(subject)._default_manager.select_for_update().get(pk=subject.pk)


def _check_version(procedure: Procedure, current: Any, version: int | None) -> None:
    if version is not None and current.version != version:
        state = procedure.state(current.state).label
        raise Conflict([f"在您查看之后，他人已经办理过，现在的状态是“{state}”。请刷新页面，看过最新情况再决定。"])


def _permission(attempt: Attempt) -> Permission:
    return Permission(attempt.event, tuple(_reasons(attempt)), in_role=not _role_reasons(attempt))


def _reasons(attempt: Attempt) -> list[str]:
    """All reasons at once: the state, the role, and every guard."""
    state = _state_reasons(attempt)
    if state:
        return state
    guarded = [reason for guard in attempt.event.guards for reason in guard(attempt)]
    return _role_reasons(attempt) + guarded


def _state_reasons(attempt: Attempt) -> list[str]:
    if attempt.subject.state in attempt.event.roles:
        return []
    state = attempt.procedure.state(attempt.subject.state).label
    return [f"现在的状态是“{state}”，不能{attempt.event.label}。"]


def _role_reasons(attempt: Attempt) -> list[str]:
    wanted = attempt.event.roles[attempt.subject.state]
    if ANYONE in wanted and attempt.roles:
        return []
    if wanted & attempt.roles:
        return []
    names = "、".join(sorted(attempt.procedure.role_label(role) for role in wanted))
    return [f"“{attempt.event.label}”由{names}办理。"]


def _missing(attempt: Attempt) -> list[str]:
    return [
        f"请填写“{asked.label}”。"
        for asked in attempt.event.asks
        if asked.required and attempt.given.get(asked.key) in (None, "", [], False)
    ]
