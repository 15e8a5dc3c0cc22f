"""A published report against what the records say today: what differs, and what the ledger shows happened since.

Nothing else changes a past year: acts dated back, documents withdrawn later with an earlier day, figures mended.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.applications import ledger_kinds as case_kinds
from gongkai.law.annual_report.figures import Value
from gongkai.ledger.entries import Entry
from gongkai.oversight import ledger_kinds as kinds
from gongkai.oversight.annual_report.collecting import tables
from gongkai.oversight.annual_report.definitions import Definition, definitions
from gongkai.oversight.annual_report.editions import Origin, ReportEdition
from gongkai.oversight.annual_report.standing import Standing
from gongkai.publishing import ledger_kinds as document_kinds

_MOST = 200
_FREEZING = (kinds.REPORT_SUBMITTED, kinds.REPORT_ADOPTED)
_TOUCHING = (
    case_kinds.RECEIVED,
    case_kinds.AMENDED,
    case_kinds.ADOPTED,
    case_kinds.DELIVERED,
    case_kinds.WITHDRAWN,
    case_kinds.LAPSED,
    case_kinds.TRANSFERRED,
    case_kinds.ITEM_CLOSED,
    case_kinds.ITEM_DROPPED,
    case_kinds.ITEM_CHANGED,
    case_kinds.REMEDY_FILED,
    case_kinds.REMEDY_DECIDED,
    kinds.FIGURE_ENTERED,
    kinds.FIGURE_CHANGED,
    *sorted(document_kinds.TO_THE_PUBLIC),
)


@dataclass(frozen=True)
class Difference:
    """A cell that says something else today."""

    definition: Definition
    told: Value
    now: Value


def differences(edition: ReportEdition) -> list[Difference]:
    """The cells of a frozen, computed edition that would be other numbers today."""
    if edition.figures is None or edition.origin == Origin.READ:
        return []
    told = Standing(edition).figures
    now = tables.compute(edition.report.agency, edition.report.year)
    return [
        Difference(one, told[key], now[key])
        for key, one in definitions(told.format).items()
        if told[key].number != now[key].number
    ]


def entries_since(edition: ReportEdition) -> Sequence[Entry]:
    """What was recorded after the figures were frozen and can have changed them: dated back into the year, or about
    figures and documents of it. The newest first, at most two hundred."""
    year, ref = edition.report.year, edition.ref()
    frozen = Entry.objects.filter(subject_kind=ref.kind, subject_id=ref.id, kind__in=_FREEZING).order_by("-id").first()
    if frozen is None:
        return []
    ours = Entry.objects.filter(agency_id=str(edition.report.agency_id), kind__in=_TOUCHING)
    since = ours.filter(id__gt=frozen.pk).order_by("-id")
    return [entry for entry in since[: 20 * _MOST] if _of_year(entry, year)][:_MOST]


def _of_year(entry: Entry, year: int) -> bool:
    """Whether the entry is about a day of that year or earlier, as far as it says which."""
    on = str(entry.data.get("on") or "")
    if on:
        return on[:4] <= str(year)
    told = entry.data.get("year")
    return told is None or int(told) <= year
