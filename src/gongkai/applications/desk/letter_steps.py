"""A letter goes out or arrives, and the step of the case that it carries out has happened: nobody enters a day twice.

Where the step cannot be on that day (an extension told too late), the letter's fact stands and the officer is told why.
"""

from datetime import date

from django.http import HttpRequest

from gongkai.agencies.officers import Officer
from gongkai.applications.dispatch import Letter
from gongkai.applications.letter_offers import CONSULTING
from gongkai.applications.procedures import CONSULTATION, EXTENSION
from gongkai.applications.steps import ConsultationState, ExtensionState
from gongkai.procedures.engine import Refused, fire
from gongkai.procedures.tables import Procedure
from gongkai.publishing.desk import notices


def sent(request: HttpRequest, letter: Letter, on: date, *, by: Officer) -> None:
    """The notice of an approved extension is the telling of it (art. 33)."""
    if letter.key != "extension":
        return
    for one in letter.application.extensions.filter(state=ExtensionState.APPROVED):
        one.application = letter.application
        _happened(request, EXTENSION, one, "notify", by, notified_on=on)


def arrived(request: HttpRequest, letter: Letter, on: date, *, by: Officer) -> None:
    """Whoever is consulted has received the question on the day the letter came (arts. 32, 34)."""
    asked = letter.consultation
    if asked is None or letter.key not in CONSULTING.values():
        return
    if asked.state == ConsultationState.SENT and asked.received_on is None:
        asked.application = letter.application
        _happened(request, CONSULTATION, asked, "received", by, received_on=on)


def _happened(request: HttpRequest, procedure: Procedure, part: object, event: str, by: Officer, **days: date) -> None:
    label = procedure.event(event).label
    try:
        fire(procedure, part, event, by=by, given=days)
    except Refused as refused:
        notices.failed(request, f"没有登记“{label}”：{'；'.join(refused.reasons)}")
    else:
        notices.done(request, f"同时已登记“{label}”。")
