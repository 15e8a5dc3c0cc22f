"""What people search for: how often, with how many hits. Who asked is never kept (docs/operate/search.md)."""

from django.db import models

from gongkai.agencies.bodies import Agency
from gongkai.ledger.refs import Ref


class SearchCount(models.Model):
    """How often a query was asked on a site on a day, and how many hits it had the last time."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="search_counts")
    day = models.DateField()
    query = models.CharField(max_length=60)
    count = models.PositiveIntegerField(default=0)
    hits = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-day", "-count", "query"]
        constraints = [models.UniqueConstraint(fields=["agency", "day", "query"], name="search_count_once")]
        indexes = [models.Index(fields=["day"], name="search_count_day")]


class FrequentSearch(models.Model):
    """A query asked often enough, on enough different days, to be offered to others; drawn anew every day.

    ``agency`` empty: over all sites of the city.
    """

    agency = models.ForeignKey(Agency, models.CASCADE, null=True, blank=True, related_name="frequent_searches")
    query = models.CharField(max_length=60)
    count = models.PositiveIntegerField()

    class Meta:
        ordering = ["-count", "query"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "query"], name="search_frequent_once"),
            models.UniqueConstraint(
                fields=["query"], condition=models.Q(agency=None), name="search_frequent_city_once"
            ),
        ]


class CountsReview(models.Model):
    """A day on which counts were reviewed: frequent ones drawn, old ones deleted. Only the newest row is kept."""

    day = models.DateField(unique=True)


class DeniedSuggestion(models.Model):
    """A word that no suggestion may contain, on one agency's site or (agency empty) anywhere in the city."""

    agency = models.ForeignKey(Agency, models.CASCADE, null=True, blank=True, related_name="denied_suggestions")
    word = models.CharField("词语", max_length=40)
    note = models.CharField("理由", max_length=200, blank=True)

    class Meta:
        ordering = ["word"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "word"], name="search_denied_once"),
            models.UniqueConstraint(fields=["word"], condition=models.Q(agency=None), name="search_denied_city_once"),
        ]

    def __str__(self) -> str:
        return self.word

    def ref(self) -> Ref:
        return Ref("denied_suggestion", str(self.pk), self.word)
