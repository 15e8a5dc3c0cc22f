"""How the agencies of the demo city number their letters, and whom they name for reconsideration and suits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from gongkai.applications.actions import letter_settings
from gongkai.applications.letter_settings import settings_of
from gongkai.demo.applications import stage
from gongkai.demo.applications.stage import Office, Story

_PREFIXES = {"A01": "澜府办公开", "A02": "澜城管公开", "A03": "澜站区公开"}
_DAYS_AGO = 200  # before the first letter of the demo
_BODY, _COURT = "澜川市人民政府", "云浦区人民法院"


def stories(offices: Mapping[str, Office], today: date) -> Iterator[Story]:
    """One for each agency that has a prefix: its head enters it one morning."""
    for code, prefix in _PREFIXES.items():
        if code in offices:
            yield _entered(offices[code], prefix, today)


def _entered(office: Office, prefix: str, today: date) -> Story:
    yield stage.at(today - timedelta(days=_DAYS_AGO), "09:00")
    kept = settings_of(office.agency)
    letter_settings.save_settings(
        office.agency,
        red_head=kept.red_head,
        number_prefix=prefix,
        number_pattern=kept.number_pattern,
        reconsideration_body=_BODY,
        court=_COURT,
        cite_interpretation=kept.cite_interpretation,
        by=office.head,
    )
