"""Deadlines as calendar feeds (.ics, RFC 5545): one per application, one per officer, under addresses nobody can guess.

The address carries a keyed digest, kept nowhere. An application's ends with its secret, an officer's with the password:
who changes it has a new address. A feed says days and numbers, never who asks for what.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from icalendar import Calendar, Event

from gongkai.agencies.officers import Officer
from gongkai.applications import asked_names
from gongkai.applications.applications import OPEN_STATES, Application
from gongkai.applications.clock_facts import Clocks
from gongkai.applications.queries import access_applications, own_work, with_clock_facts
from gongkai.law.clock import Actor, Step, Timeline
from gongkai.ledger import moment

_SALT = "gongkai.applications.calendars"
_DIGITS = 40
_MOST = 500
_REFRESH = "PT6H"


def application_address(application: Application) -> str:
    """The path of an application's feed."""
    return reverse("apply:calendar", args=[f"{application.pk}-{_mark(_of_application(application))}"])


def officer_address(officer: Officer) -> str:
    """The path of an officer's feed: the open deadlines of their own cases."""
    return reverse("apply:officer_calendar", args=[f"{officer.pk}-{_mark(_of_officer(officer))}"])


def application_of(token: str) -> Application | None:
    """Whose feed the address names."""
    pk, mark = _parted(token)
    found = with_clock_facts(Application.objects.filter(pk=pk, erased_at=None).select_related("agency")).first()
    return found if found is not None and constant_time_compare(mark, _mark(_of_application(found))) else None


def officer_of(token: str) -> Officer | None:
    """The officer whose feed the address names, as long as they are in office."""
    pk, mark = _parted(token)
    found = Officer.objects.filter(pk=pk, is_active=True).select_related("agency").first()
    return found if found is not None and constant_time_compare(mark, _mark(_of_officer(found))) else None


def of_application(application: Application) -> bytes:
    """Every step that has a day: those to come for the agency and for the applicant, and when the reply is due."""
    feed = _feed(f"申请 {application.number} 的期限")
    for event in _events(application, Clocks(), whose=None):
        feed.add_component(event)
    return bytes(feed.to_ical())


def of_officer(officer: Officer) -> bytes:
    """What the agency has to do next in each open case that is theirs; as many queries as relations the clock reads."""
    feed, clocks = _feed(f"{officer.name}：依申请公开期限"), Clocks()
    cases = access_applications(officer).filter(own_work(officer), state__in=OPEN_STATES).distinct()
    for application in with_clock_facts(cases.select_related("agency").order_by("-pk"))[:_MOST]:
        for event in _events(application, clocks, whose=Actor.AGENCY):
            feed.add_component(event)
    return bytes(feed.to_ical())


def _events(application: Application, clocks: Clocks, *, whose: Actor | None) -> Iterator[Event]:
    line = clocks.read(application).line
    if line is None:
        return
    for step in _dated(line, whose):
        yield _event(application, line, step)


def _dated(line: Timeline, whose: Actor | None) -> Iterable[Step]:
    pending = [one for one in line.steps if one.due is not None and one.state.pending]
    return [one for one in pending if whose is None or one.actor is whose]


def _event(application: Application, line: Timeline, step: Step) -> Event:
    event, due = Event(), step.due or date.max
    event.add("uid", f"application-{application.pk}-{step.key}@gongkai")
    event.add("dtstamp", moment.now())
    event.add("dtstart", due)
    event.add("dtend", due + timedelta(days=1))
    event.add("summary", f"{asked_names.label(step)}（最后一日）：{application.number}")
    told = f"{application.agency.name}。{step.article}。"
    if line.provisional:
        told += "放假安排尚未公布，日期暂按推算，公布后自动更新。"
    event.add("description", told)
    event.add("transp", "TRANSPARENT")
    return event


def _feed(name: str) -> Calendar:
    feed = Calendar()
    feed.add("prodid", "-//Gongkai//Applications//ZH")
    feed.add("version", "2.0")
    feed.add("method", "PUBLISH")
    feed.add("name", name)
    feed.add("x-wr-calname", name)
    feed.add("x-published-ttl", _REFRESH)
    return feed


def _of_application(application: Application) -> str:
    return f"application {application.pk} {application.query_code} {application.secret_hash}"


def _of_officer(officer: Officer) -> str:
    return f"officer {officer.pk} {officer.password}"


def _mark(text: str) -> str:
    return salted_hmac(_SALT, text, algorithm="sha256").hexdigest()[:_DIGITS]


def _parted(token: str) -> tuple[int, str]:
    pk, _, mark = token.partition("-")
    return (int(pk), mark) if pk.isascii() and pk.isdigit() and len(pk) < 18 else (0, "")
