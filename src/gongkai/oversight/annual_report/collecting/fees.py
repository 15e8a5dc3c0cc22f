"""What chapter six tells of the fee 信息处理费 (国办函〔2020〕109号): notices sent, their amount, what was paid."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Sum

from gongkai.agencies.bodies import Agency
from gongkai.applications.steps import Fee
from gongkai.oversight.annual_report.collecting.applications import Year


@dataclass(frozen=True, slots=True)
class FeeFacts:
    """Notices sent in the year and their amount, payments in it and theirs, in yuan."""

    notices: int
    noticed: Decimal
    payments: int
    paid: Decimal


def fees(agency: Agency, year: Year) -> FeeFacts:
    """The facts of the year; two queries."""
    ours = Fee.objects.filter(application__agency=agency)
    days = (year.first, year.last)
    noticed = ours.filter(noticed_on__range=days).aggregate(number=Count("pk"), amount=Sum("amount"))
    paid = ours.filter(paid_on__range=days).aggregate(number=Count("pk"), amount=Sum("paid_amount"))
    nothing = Decimal(0)
    return FeeFacts(noticed["number"], noticed["amount"] or nothing, paid["number"], paid["amount"] or nothing)
