"""Counting the answers that were offered while somebody applied: shown, opened, asked nevertheless. Nobody's name."""

from django.db import transaction
from django.db.models import F

from gongkai.agencies.bodies import Agency
from gongkai.applications.aftermath import Offered
from gongkai.ledger import moment


def count(agency: Agency, what: str) -> None:
    """One more ``shown``, ``opened`` or ``asked`` today."""
    if what not in ("shown", "opened", "asked"):
        raise ValueError(what)
    with transaction.atomic():
        row, _ = Offered.objects.get_or_create(agency=agency, day=moment.today())
        Offered.objects.filter(pk=row.pk).update(**{what: F(what) + 1})
