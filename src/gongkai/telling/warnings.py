"""Warnings before the last lawful day 期限提醒: once some working days before, once on the day, once when it is past.

Higher packages say which days matter (``register``); the days are computed there, from the law, and read anew each
time. A last day that moves (a stop, an extension, a new calendar) is another day, and is warned of again.
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from gongkai.agencies.workdays import current_calendar
from gongkai.law.calendar import Calendar
from gongkai.ledger import clockwork
from gongkai.ledger.refs import Ref
from gongkai.telling import rules, wordings
from gongkai.telling.arrangements import Arrangement, WarnedDay
from gongkai.telling.registry import ToOfficer
from gongkai.telling.rules import Stage
from gongkai.telling.writing import Tiding, write

logger = logging.getLogger(__name__)

OVERDUE_FOR = timedelta(days=14)
"""What has been overdue for longer was told, or came here overdue: its light in the worklist says so."""
_DEFAULT_DAYS = Arrangement().warn_days
_TEMPLATES = {Stage.SOON: wordings.DUE_SOON, Stage.TODAY: wordings.DUE_TODAY, Stage.OVER: wordings.OVERDUE}
_BATCH = 500
_RETRIED_AFTER = timedelta(minutes=10)


@dataclass(frozen=True)
class Deadline:
    """A step that is open, and the last day on which it may lawfully be done."""

    subject: Ref
    agency_id: int
    step: str  # the key of the step: "reply", "supplement"
    label: str  # in officials' words: 答复
    due: date
    recipients: tuple[ToOfficer, ...]
    url: str


Read = Callable[[date, date], Iterable[Deadline]]
"""Every open step whose last lawful day lies from the first to the second day given, both included."""

_SOURCES: dict[str, Read] = {}


def register(source: str, read: Read) -> None:
    """Declare a source of deadlines (in an AppConfig.ready); names are unique, warnings are remembered under them."""
    if source in _SOURCES:
        raise ValueError(f"deadlines {source!r} are registered twice")
    _SOURCES[source] = read


def next_warning() -> datetime | None:
    """When the warnings of the day are due: at the hour set, or when what failed is tried again; one query."""
    if not _SOURCES:
        return None
    now = timezone.localtime()
    hour = now.replace(hour=settings.GONGKAI_WARNINGS_HOUR, minute=0, second=0, microsecond=0)
    today = WarnedDay.objects.filter(day=now.date()).first()
    if today is None:
        return hour
    return today.retry_at or hour + timedelta(days=1)


def warn_due(now: datetime) -> int:
    """Write the warnings of the day, once; returns how many messages were tried. A crash in the middle loses and
    doubles nothing: the day counts as done only at the end, and each message is there once. A source that fails is
    tried again later, and keeps neither the others nor the worker from their work."""
    here = timezone.localtime(now)
    if not _SOURCES or here.hour < settings.GONGKAI_WARNINGS_HOUR:
        return 0
    today = WarnedDay.objects.filter(day=here.date()).first()
    if today is not None and (today.retry_at is None or today.retry_at > now):
        return 0
    written, failed = warn(here.date(), now)
    facts = {"retry_at": now + _RETRIED_AFTER if failed else None, "last_error": "；".join(failed)}
    WarnedDay.objects.update_or_create(day=here.date(), defaults=facts)
    return written


def warn(today: date, now: datetime) -> tuple[int, list[str]]:
    """Warn of everything that is near; on a day of rest of nothing, since the working day before did. How many
    messages were tried, and which sources failed on what."""
    calendar = current_calendar()
    if not calendar.is_working(today):
        return 0, []
    days = dict(Arrangement.objects.values_list("agency_id", "warn_days"))
    until = max(calendar.add(today, max([_DEFAULT_DAYS, *days.values()])), calendar.next_working(today))
    written, failed = 0, []
    for source in _SOURCES:
        near = _Near(source, today, until, days, calendar)
        try:
            written += _of(near, now)
        except Exception as error:
            logger.exception("deadlines of %s could not be read", source)
            failed.append(f"{source}：{type(error).__name__}: {error}")
    return written, failed


@dataclass(frozen=True)
class _Near:
    """What one source is asked, and by what it is judged."""

    source: str
    today: date
    until: date
    days: Mapping[int, int]
    calendar: Calendar


def _of(near: _Near, now: datetime) -> int:
    """The warnings of one source, some hundreds at a time."""
    written, batch = 0, []
    for one in _SOURCES[near.source](near.today - OVERDUE_FOR, near.until):
        warn_days = near.days.get(one.agency_id, _DEFAULT_DAYS)
        stage = rules.stage_of(near.today, one.due, warn_days, near.calendar)
        if stage is not None:
            batch.append(_tiding(near.source, one, stage, near.today, near.calendar))
        if len(batch) >= _BATCH:
            written, batch = written + _write(batch, now), []
    return written + _write(batch, now)


@transaction.atomic
def _write(batch: list[Tiding], now: datetime) -> int:
    return write(batch, now) if batch else 0


def _tiding(source: str, one: Deadline, stage: Stage, today: date, calendar: Calendar) -> Tiding:
    days = calendar.between(today, one.due) if one.due > today else 0
    return Tiding(
        cause=f"due:{source}:{one.subject.key}:{one.step}:{one.due}:{stage}",
        template=_TEMPLATES[stage].key,
        subject=one.subject,
        agency_id=one.agency_id,
        recipients=one.recipients,
        values={"label": one.subject.label, "step": one.label, "due": f"{one.due:%Y-%m-%d}", "days": str(days)},
        url=one.url,
        urgent=stage is not Stage.SOON,
    )


clockwork.register(clockwork.Timed("due-soon warnings", next_warning, warn_due))
