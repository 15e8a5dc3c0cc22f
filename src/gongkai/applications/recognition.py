"""The same person again, the same question again: suggested by what is equal, decided by a human."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from gongkai.applications.applications import Application
from gongkai.applications.parties import Party

_MOST = 20


@dataclass(frozen=True)
class Candidate:
    """Another record that may be the same person (with ``last_number``, its latest application), and what is equal in
    both."""

    party: Party
    equal: tuple[str, ...]


_COLUMNS = (("document_index", "证件号码"), ("phone_index", "电话"), ("name_index", "姓名或者名称"))


def candidates(party: Party) -> list[Candidate]:
    """Records of the agency that may be the same: same document, or same name and telephone. One query."""
    if party.erased_at is not None:
        return []
    same = Q(pk__in=())
    if party.document_index:
        same |= Q(document_index=party.document_index)
    if party.name_index and party.phone_index:
        same |= Q(name_index=party.name_index, phone_index=party.phone_index)
    if not party.is_citizen and party.name_index:
        same |= Q(name_index=party.name_index)
    found = Party.objects.filter(same, agency_id=party.agency_id, merged_into=None, erased_at=None)
    latest = Application.objects.filter(applicant=OuterRef("pk")).order_by("-arrived_on", "-pk")
    found = found.annotate(last_number=Subquery(latest.values("number")[:1]))
    found = found.exclude(pk__in=[party.pk, party.merged_into_id or party.pk]).order_by("pk")[:_MOST]
    return [Candidate(one, _equal(party, one)) for one in found]


def _equal(party: Party, other: Party) -> tuple[str, ...]:
    pairs = ((label, getattr(party, column), getattr(other, column)) for column, label in _COLUMNS)
    return tuple(label for label, mine, theirs in pairs if mine and mine == theirs)


def of_the_same(party: Party) -> QuerySet[Application]:
    """Applications of the person behind the record, merged records included, newest first."""
    one = party.merged_into_id or party.pk
    # The records are asked for first: a party is of one agency, and so are its applications, which an index finds.
    records = [one, *Party.objects.filter(merged_into_id=one).values_list("pk", flat=True)]
    return Application.objects.filter(applicant_id__in=records).order_by("-arrived_on", "-pk")


def repeats(application: Application) -> QuerySet[Application]:
    """Earlier applications of the same person with the same content (重复申请, art. 36 item 6)."""
    earlier = of_the_same(application.applicant).filter(likeness=application.likeness, pk__lt=application.pk)
    return earlier.exclude(likeness="")


def asked_by_others(application: Application) -> QuerySet[Application]:
    """Applications of others with the same content (art. 44: several people ask for the same)."""
    if not application.likeness:
        return Application.objects.none()
    own = of_the_same(application.applicant).values("pk")
    same = Application.objects.filter(agency_id=application.agency_id, likeness=application.likeness)
    return same.exclude(pk__in=own).order_by("-arrived_on", "-pk")


@dataclass(frozen=True)
class Often:
    """How often a person asks: this calendar month up to this application (what fees count), and in twelve months."""

    in_month: int
    items_in_month: int
    in_year: int

    @property
    def sentence(self) -> str:
        """As a letter says it: the facts of article 35, and what a fee by pieces rests on."""
        return (
            f"申请人当月提出政府信息公开申请{self.in_month}件（{self.items_in_month}项），"
            f"此前十二个月内（含本件）共{self.in_year}件。"
        )


def often(application: Application) -> Often:
    """Number and frequency (art. 35; 国办函〔2020〕109号 counts by calendar month). Counted, never a hindrance."""
    same = of_the_same(application.applicant)
    month = _within(same, *_month_until(application))
    year = same.filter(arrived_on__gt=_year_before(application.arrived_on), arrived_on__lte=application.arrived_on)
    return Often(len(month), sum(count for _, count in month), year.count())


def before_in_month(application: Application) -> int:
    """How many applications of the person came earlier in the same calendar month (当月此前累计)."""
    first, last = _month_until(application)
    same = of_the_same(application.applicant).filter(arrived_on__gte=first, arrived_on__lte=last)
    return same.filter(pk__lt=application.pk).count()


def _month_until(application: Application) -> tuple[date, date]:
    """From the first of the month to the day of the application: later ones count in theirs."""
    return application.arrived_on.replace(day=1), application.arrived_on


def _within(applications: QuerySet[Application], first: date, last: date) -> Sequence[tuple[int, int]]:
    found = applications.filter(arrived_on__gte=first, arrived_on__lte=last).annotate(number_of_items=Count("items"))
    return list(found.values_list("pk", "number_of_items"))


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=min(day.day, 28))
