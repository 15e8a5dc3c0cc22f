"""What the fields of an event hold before anybody typed: the usual answer, to be changed where it is another one."""

from datetime import date

from gongkai.applications import recognition
from gongkai.applications.applications import Application
from gongkai.ledger import moment
from gongkai.procedures.tables import Attempt


def today(attempt: Attempt) -> date:
    """The present day."""
    return moment.today()


def wanted_way(attempt: Attempt) -> str:
    """The way in which the applicant wants the reply: ways and methods of delivery have the same names."""
    return str(attempt.subject.way)


def this_month(attempt: Attempt) -> int:
    """How many applications the same person made to the agency in the same calendar month before this one (自然月)."""
    case: Application = attempt.subject
    return recognition.before_in_month(case)


def how_often(attempt: Attempt) -> str:
    """Number and frequency as facts (art. 35), counted over every record of the person that was merged."""
    case: Application = attempt.subject
    return recognition.often(case).sentence
