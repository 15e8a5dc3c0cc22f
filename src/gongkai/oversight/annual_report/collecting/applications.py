"""Table three from applications: the requested item counts, by kind of applicant and by what became of it.

An application is received in the year in which it arrived (到达之日): the day of receipt of article 31 may wait for a
confirmation in the next year, while the office has had the application in hand since it arrived. A new round (责令重新
答复、自行纠正) is the same application and not received anew; of the answers of one year the last one counts
(``applications.rounds``), an answer of an earlier year stands as it was reported.

The four quantities of a column are cut out of one set of items by two questions (arrived in the year? closed by its
end?), so that 一＋二＝三＋四 holds whatever the records say.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.db.models import Case, Count, Q, QuerySet, TextField, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce

from gongkai.agencies.bodies import Agency
from gongkai.applications import rounds
from gongkai.applications.items import RequestedItem
from gongkai.applications.rounds import Answer, Replaced
from gongkai.law import replies
from gongkai.law.annual_report.formats import APPLICANT_COLUMNS, ReportFormat, rows
from gongkai.law.applicants import ApplicantKind
from gongkai.law.report_rows import COMPUTED_ROWS, row_in

TOTAL = "total"
_ELSE = "other_other"  # what no rule knows (a decision taken over without its kind) is 其他处理 3.其他
_KIND = "application__applicant_kind"
_BY_GROUND = [one.key for one in replies.all_outcomes() if one.row is None and one.fixed_ground is None]
_COLUMN_OF = {kind.value: kind.column for kind in ApplicantKind}
_OTHERS = ApplicantKind.OTHER.column


@dataclass(frozen=True, slots=True)
class Year:
    """The first and last day of a report."""

    number: int

    @property
    def first(self) -> date:
        return date(self.number, 1, 1)

    @property
    def last(self) -> date:
        return date(self.number, 12, 31)


def of_year(agency: Agency, year: Year) -> QuerySet[RequestedItem]:
    """Every item of table three: received in the year, or before it and not closed before it."""
    open_then = Q(closed_on=None) | Q(closed_on__gte=year.first)
    ours = _of(agency).filter(rounds.FIRST)
    ours = ours.filter(application__arrived_on__lte=year.last)
    return ours.filter(Q(application__arrived_on__gte=year.first) | open_then)


def _of(agency: Agency) -> QuerySet[RequestedItem]:
    return RequestedItem.objects.order_by().filter(application__agency=agency)


def answered_anew(agency: Agency, year: Year) -> list[Replaced]:
    """What was answered more than once in the year."""
    return rounds.replaced(_of(agency), year.first, year.last)


def _came(year: Year) -> Q:
    return Q(application__arrived_on__gte=year.first)


def _done(year: Year) -> Q:
    return Q(closed_on__isnull=False, closed_on__lte=year.last)


def _with_ground(items: QuerySet[RequestedItem]) -> QuerySet[RequestedItem]:
    """The first ground, read only where the row depends on it."""
    first = Coalesce(KeyTextTransform("0", "grounds"), Value(""), output_field=TextField())
    where = Case(When(outcome__in=_BY_GROUND, then=first), default=Value(""), output_field=TextField())
    return items.annotate(ground=where)


def count(agency: Agency, year: Year, format: ReportFormat) -> dict[str, int]:
    """Every cell of table three, by key; two queries, three where something was answered anew. Rows are grouped by
    columns as they are stored: what a decision counts as is worked out for each of the few groups, not for each row."""
    grouped = (
        of_year(agency, year)
        .values_list(_KIND, "outcome", "grounds")
        .annotate(number=Count("*"), came=Count("pk", filter=_came(year)), done=Count("pk", filter=_done(year)))
    )
    found: Counter[tuple[str, str]] = Counter()
    for kind, outcome, grounds, number, came, done in grouped:
        counts = {
            "new_received": came,
            "carried_over": number - came,
            _row(Answer(outcome, grounds), format): done,
            TOTAL: done,
            "carry_forward": number - done,
        }
        for row, counted in counts.items():
            found[row, _COLUMN_OF.get(kind, _OTHERS)] += counted
            found[row, TOTAL] += counted
    for one in answered_anew(agency, year):
        for answer, change in ((one.was, -1), (one.now, +1)):
            for column in (_COLUMN_OF.get(one.applicant_kind, _OTHERS), TOTAL):
                found[_row(answer, format), column] += change
    return {
        f"table3.{row.key}.{column.key}": found[row.key, column.key]
        for row in rows(format)
        for column in APPLICANT_COLUMNS
    }


def _row(answer: Answer, format: ReportFormat) -> str:
    first = str(answer.grounds[0]) if answer.outcome in _BY_GROUND and answer.grounds else ""
    return row_of(answer.outcome, first, format)


@cache
def row_of(outcome: str, ground: str, format: ReportFormat) -> str:
    """The row that counts a decision."""
    try:
        return replies.report_row(replies.outcome(outcome), [ground] if ground else [], format=format)
    except (KeyError, ValueError):
        return row_in(_ELSE, format)


def behind(agency: Agency, year: Year, format: ReportFormat, row: str, column: str) -> QuerySet[RequestedItem]:
    """The items that one cell counts."""
    items = _with_ground(of_year(agency, year)).select_related("application")
    if column != TOTAL:
        items = items.filter(_of_column(column))
    whole: dict[str, Callable[[], Q]] = {
        "new_received": lambda: _came(year),
        "carried_over": lambda: ~_came(year),
        "carry_forward": lambda: ~_done(year),
        TOTAL: lambda: _done(year),
    }
    wanted = whole[row]() if row in whole else _done(year) & _stands_in(row, format, answered_anew(agency, year))
    return items.filter(wanted).order_by("application__arrived_on", "application_id", "position", "pk")


def _of_column(column: str) -> Q:
    kinds = [kind for kind, one in _COLUMN_OF.items() if one == column]
    if column != _OTHERS:
        return Q(**{f"{_KIND}__in": kinds})
    return ~Q(**{f"{_KIND}__in": [kind for kind in _COLUMN_OF if kind not in kinds]})


def _stands_in(row: str, format: ReportFormat, anew: Sequence[Replaced]) -> Q:
    """Decided as the row says, by the answer that counts."""
    now = [one.pk for one in anew if _row(one.now, format) == row]
    return Q(pk__in=now) | (_of_row(row, format) & ~Q(pk__in=[one.pk for one in anew]))


def _of_row(row: str, format: ReportFormat) -> Q:
    """The decisions of a row; the row 其他 takes what no other row does."""
    if row != row_in(_ELSE, format):
        return _decided_as(row, format)
    elsewhere = Q(pk__in=[])
    for one in rows(format):
        if one.key != row and one.key not in COMPUTED_ROWS:
            elsewhere |= _decided_as(one.key, format)
    return ~elsewhere


def _decided_as(row: str, format: ReportFormat) -> Q:
    plain = [
        one.key for one in replies.all_outcomes() if one.key not in _BY_GROUND and row_of(one.key, "", format) == row
    ]
    wanted = Q(outcome__in=plain)
    for key in _BY_GROUND:
        grounds = [one for one in replies.outcome(key).grounds if row_of(key, one, format) == row]
        wanted |= Q(outcome=key, ground__in=grounds)
    return wanted
