"""索引号: assigned by rule, unique, never twice: agency code, year, running number within both."""

from django.db import connection, models

from gongkai.agencies.bodies import Agency


class IndexCounter(models.Model):
    """The last number given in an agency's year."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="index_counters")
    year = models.PositiveIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "year"], name="catalog_counter")]


def take(agency: Agency, year: int, count: int = 1) -> list[str]:
    """The next ``count`` index numbers (``A02-2024-000183``), inside the caller's transaction, which holds the row."""
    if not connection.in_atomic_block:
        raise RuntimeError("an index number is taken in the transaction that uses it")
    IndexCounter.objects.get_or_create(agency=agency, year=year)
    counter = IndexCounter.objects.select_for_update().get(agency=agency, year=year)
    first = counter.last + 1
    counter.last += count
    counter.save(update_fields=["last"])
    return [f"{agency.code}-{year}-{number:06d}" for number in range(first, first + count)]
