"""Table four from remedies: cases pending at the beginning of the year or filed in it, by what came of them in it.

Cases carried over from the year before are counted again (含上年度结转数量): what is not decided by 31 December is
尚未审结 and stands in the next year's table with its result.
"""

from collections import Counter

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When

from gongkai.agencies.bodies import Agency
from gongkai.applications.remedies import Remedy, RemedyKind, RemedyResult
from gongkai.law.annual_report.formats import BLOCKS, RESULT_COLUMNS
from gongkai.oversight.annual_report.collecting.applications import TOTAL, Year

PENDING = "pending"
_BLOCK_OF = {
    RemedyKind.RECONSIDERATION.value: "review",
    RemedyKind.LITIGATION_DIRECT.value: "litigation_direct",
    RemedyKind.LITIGATION_AFTER.value: "litigation_after_review",
}
_COLUMN_OF = {
    RemedyResult.UPHELD.value: "maintain",
    RemedyResult.CORRECTED.value: "correct",
    RemedyResult.OTHER.value: "other",
}


def of_year(agency: Agency, year: Year) -> QuerySet[Remedy]:
    """Every case of table four."""
    undecided = Q(decided_on=None) | Q(decided_on__gte=year.first)
    ours = Remedy.objects.order_by().filter(application__agency=agency, filed_on__lte=year.last)
    return ours.filter(undecided | Q(filed_on__gte=year.first))


def _decided(year: Year) -> Q:
    return Q(decided_on__isnull=False, decided_on__lte=year.last)


def count(agency: Agency, year: Year) -> dict[str, int]:
    """Every cell of table four, by key; one query."""
    ended = Case(When(_decided(year), then=F("result")), default=Value(PENDING), output_field=CharField())
    grouped = of_year(agency, year).annotate(ended=ended).values_list("kind", "ended").annotate(number=Count("*"))
    found: Counter[tuple[str, str]] = Counter()
    for kind, ended_as, number in grouped:
        column = PENDING if ended_as == PENDING else _COLUMN_OF.get(ended_as, "other")
        found[_BLOCK_OF[kind], column] += number
        found[_BLOCK_OF[kind], TOTAL] += number
    return {
        f"table4.{block.key}.{column.key}": found[block.key, column.key]
        for block in BLOCKS
        for column in RESULT_COLUMNS
    }


def behind(agency: Agency, year: Year, block: str, column: str) -> QuerySet[Remedy]:
    """The cases that one cell counts."""
    kind = next(kind for kind, one in _BLOCK_OF.items() if one == block)
    cases = of_year(agency, year).filter(kind=kind).select_related("application").order_by("filed_on", "pk")
    if column == TOTAL:
        return cases
    if column == PENDING:
        return cases.exclude(_decided(year))
    named = [result for result, one in _COLUMN_OF.items() if one == column]
    if column == "other":
        return cases.filter(_decided(year)).exclude(result__in=[one for one in _COLUMN_OF if one not in named])
    return cases.filter(_decided(year), result__in=named)
