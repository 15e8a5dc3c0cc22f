"""When to tell 何时告知: pure decisions from times given."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from gongkai.law.calendar import Calendar
from gongkai.telling.arrangements import Way
from gongkai.telling.messages import Channel


def quiet_until(moment: datetime, begin: time, end: time) -> datetime | None:
    """The end of the quiet hours in which a (local, aware) moment lies, None outside of them. They may go past
    midnight; the same time twice means there are none."""
    clock = moment.timetz().replace(tzinfo=None)
    if begin == end:
        return None
    if begin < end:
        inside, day = begin <= clock < end, moment.date()
    else:
        inside = clock >= begin or clock < end
        day = moment.date() + timedelta(days=1) if clock >= begin else moment.date()
    return datetime.combine(day, end, moment.tzinfo) if inside else None


def next_time(moment: datetime, at: time) -> datetime:
    """The first such time of day after a (local, aware) moment."""
    today = datetime.combine(moment.date(), at, moment.tzinfo)
    return today if today > moment else today + timedelta(days=1)


def officers_channels(
    way: Way, *, urgent: bool, mail: bool, phone: bool, sms_urgent: bool
) -> tuple[Collection[Channel], bool]:
    """By which channels an officer hears of something, and whether the mail waits for the digest."""
    channels = [Channel.BELL]
    if mail and way is not Way.BELL:
        channels.append(Channel.MAIL)
    if phone and urgent and sms_urgent:
        channels.append(Channel.SMS)
    return channels, way is Way.DIGEST and not urgent


class Stage(StrEnum):
    """How near a last day is."""

    SOON = "soon"
    TODAY = "today"
    OVER = "over"


def stage_of(today: date, due: date, warn_days: int, calendar: Calendar) -> Stage | None:
    """At which stage something due is, None when there is no need to say anything yet.

    What is due on a day of rest before the next working day is due "today": nobody is there to be told later.
    """
    if due < today:
        return Stage.OVER
    if due < calendar.next_working(today):
        return Stage.TODAY
    return Stage.SOON if calendar.between(today, due) <= warn_days else None
