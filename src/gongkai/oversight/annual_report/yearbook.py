"""The year of an agency beyond the tables: documents by type and topic, ways to the public, trainings, fees.

What the text of a report may refer to by name (``references``) and what its first draft is made of.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from gongkai.agencies.bodies import Agency
from gongkai.applications.applications import Application
from gongkai.applications.clock_facts import Clocks
from gongkai.applications.figures import Figures as Punctuality
from gongkai.applications.figures import figures as application_figures
from gongkai.catalog import doctypes
from gongkai.catalog.documents import PUBLIC_STATES, Document
from gongkai.catalog.matters import Matter
from gongkai.oversight.annual_report.collecting.applications import Year
from gongkai.oversight.annual_report.collecting.fees import FeeFacts, fees
from gongkai.oversight.annual_report.registers import Training
from gongkai.publishing.parcels import Delivery, DeliveryState

_TOPICS_TOLD = 3


@dataclass(frozen=True)
class Yearbook:
    """What happened in the year. ``types`` and ``topics``: label and number, the most frequent first."""

    year: int
    documents: int
    interpretations: int
    matters: int
    types: tuple[tuple[str, int], ...]
    topics: tuple[tuple[str, int], ...]
    trainings: int
    trained: int
    fees: FeeFacts
    deliveries: int

    def facts(self) -> dict[str, str]:
        """By the names that a text may refer to."""
        return {
            "公开.信息条数": str(self.documents),
            "公开.政策解读": str(self.interpretations),
            "公开.全清单事项": str(self.matters),
            "公开.渠道推送": str(self.deliveries),
            "培训.次数": str(self.trainings),
            "培训.人次": str(self.trained),
            "收费.通知件数": str(self.fees.notices),
            "收费.通知金额": f"{self.fees.noticed.normalize():f}",
            "收费.实收件数": str(self.fees.payments),
            "收费.实收金额": f"{self.fees.paid.normalize():f}",
        }


def of(agency: Agency, year: int) -> Yearbook:
    """The year as the records have it now; a fixed number of queries."""
    period = Year(year)
    documents = listed_in(agency, period)
    by_type = Counter(dict(documents.values_list("type").annotate(number=Count("pk"))))
    topics = documents.filter(topics__isnull=False).values_list("topics__name").annotate(number=Count("pk"))
    trained = Training.objects.filter(agency=agency, held_on__range=(period.first, period.last))
    sums = trained.aggregate(number=Count("pk"), people=Sum("people"))
    return Yearbook(
        year=year,
        documents=sum(by_type.values()),
        interpretations=by_type["interpretation"],
        matters=_matters(agency, period),
        types=tuple(
            (doctypes.get(key).label, number)
            for key, number in sorted(by_type.items(), key=lambda one: (-one[1], one[0]))
        ),
        topics=tuple(topics.order_by("-number", "topics__name")[:_TOPICS_TOLD]),
        trainings=sums["number"],
        trained=sums["people"] or 0,
        fees=fees(agency, period),
        deliveries=_deliveries(agency, period),
    )


def listed_in(agency: Agency, year: Year) -> QuerySet[Document]:
    """What was made public in the year and can still be read."""
    public = Document.objects.order_by().filter(agency=agency, state__in=PUBLIC_STATES)
    return public.filter(listed_at__gte=_begins(year.first), listed_at__lt=_begins(year.last + timedelta(days=1)))


def punctuality(agency: Agency, year: int) -> Punctuality:
    """How long replies took and how many were in time; reads the days of every answered application."""
    period = Year(year)
    own = Application.objects.filter(agency=agency)
    return application_figures(own, period.first, period.last, Clocks())


def _begins(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _matters(agency: Agency, year: Year) -> int:
    """Matters on the full list at the end of the year."""
    gone = Q(abolished_on__lte=year.last)
    return Matter.objects.filter(agency=agency).exclude(gone).count()


def _deliveries(agency: Agency, year: Year) -> int:
    """What went to other channels than the site."""
    sent = Delivery.objects.order_by().filter(agency=agency, state=DeliveryState.SENT)
    return sent.filter(done_at__gte=_begins(year.first), done_at__lt=_begins(year.last + timedelta(days=1))).count()
