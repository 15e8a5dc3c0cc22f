"""What the supervising office does about reports: it reminds. Returning and accepting are events of the submission."""

from django.core.exceptions import ValidationError
from django.db import transaction

from gongkai.agencies.bodies import Agency
from gongkai.agencies.officers import Officer
from gongkai.ledger import moment
from gongkai.ledger.recording import record
from gongkai.oversight import ledger_kinds as kinds
from gongkai.oversight.annual_report.editions import Reminder


@transaction.atomic
def remind(agency: Agency, year: int, *, text: str, by: Officer) -> Reminder:
    """催报: ask an agency for its report of the year. Raises ValidationError."""
    if not text.strip():
        raise ValidationError({"text": "请写明催报意见。"})
    made = Reminder.objects.create(agency=agency, year=year, text=text.strip()[:300], by=by, at=moment.now())
    record(kinds.REPORT_REMINDED, by=by, subject=made, agency=agency, what=made.text, year=year)
    return made
