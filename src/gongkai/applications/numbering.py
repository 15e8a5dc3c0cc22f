"""登记号: assigned by rule, unique, never twice, no gaps: agency code, 申, year, running number within both."""

from django.db import connection

from gongkai.agencies.bodies import Agency
from gongkai.applications.applications import NumberCounter


def take(agency: Agency, year: int) -> str:
    """The next number (``A02-申-2026-0012``), inside the caller's transaction, which holds the row."""
    if not connection.in_atomic_block:
        raise RuntimeError("an application's number is taken in the transaction that uses it")
    NumberCounter.objects.get_or_create(agency=agency, year=year)
    counter = NumberCounter.objects.select_for_update().get(agency=agency, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"{agency.code}-申-{year}-{counter.last:04d}"
