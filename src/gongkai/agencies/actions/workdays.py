"""Operators enter what the State Council's yearly notice says; every open deadline follows by derivation."""

from datetime import date

from django.db import transaction

from gongkai.agencies import ledger_kinds as kinds
from gongkai.agencies.workdays import AnnouncedYear, WorkdayNotice
from gongkai.ledger.recording import record
from gongkai.ledger.refs import Named, Ref


@transaction.atomic
def enter_day(*, day: date, kind: str, document_number: str, by: Ref | Named, note: str = "") -> WorkdayNotice:
    """Set the kind of one day (a second entry for the day replaces the first). Raises ValidationError by field."""
    notice = WorkdayNotice.objects.filter(day=day).first() or WorkdayNotice(day=day)
    notice.kind, notice.document_number, notice.note = kind, document_number, note
    notice.full_clean()
    notice.save()
    what = f"{day.isoformat()} {notice.get_kind_display()}"
    record(kinds.CALENDAR_CHANGED, by=by, subject=notice, what=what, document_number=document_number)
    return notice


@transaction.atomic
def remove_day(notice: WorkdayNotice, *, by: Ref | Named) -> None:
    """Take back an entry made by mistake."""
    subject = notice.ref()
    what = f"撤回 {notice.day.isoformat()} {notice.get_kind_display()}"
    number = notice.document_number
    notice.delete()
    record(kinds.CALENDAR_CHANGED, by=by, subject=subject, what=what, document_number=number)


@transaction.atomic
def announce_year(*, year: int, document_number: str, by: Ref | Named) -> AnnouncedYear:
    """Declare a year's arrangement entered completely: its dates are final from now on."""
    announced = AnnouncedYear.objects.filter(year=year).first() or AnnouncedYear(year=year)
    announced.document_number = document_number
    announced.full_clean()
    announced.save()
    record(
        kinds.CALENDAR_CHANGED,
        by=by,
        subject=announced,
        what=f"{year}年放假安排已全部录入",
        document_number=document_number,
    )
    return announced
