"""Best bets 推荐结果: for a query, the document or page that answers it, chosen by a person and shown on top."""

from datetime import date

from django.db import models
from django.db.models import Q

from gongkai.agencies.bodies import Agency
from gongkai.catalog.documents import Document
from gongkai.ledger.refs import Ref


class BestBet(models.Model):
    """What is shown first to who asks exactly this (or a synonym of it), until its last day.

    It leads to a public document, or to an address (a page of this site, or another https site). ``key`` is the query
    folded as queries are compared.
    """

    agency = models.ForeignKey(Agency, models.CASCADE, null=True, blank=True, related_name="best_bets")
    query = models.CharField("搜索词", max_length=40)
    key = models.CharField(max_length=60)
    document = models.ForeignKey(Document, models.CASCADE, null=True, blank=True, related_name="best_bets")
    address = models.CharField("网址", max_length=300, blank=True)
    title = models.CharField("显示的标题", max_length=100, blank=True)
    note = models.CharField("推荐说明", max_length=200, blank=True)
    until = models.DateField("推荐至", null=True, blank=True)
    position = models.PositiveIntegerField("顺序", default=0)

    class Meta:
        ordering = ["key", "position", "id"]
        indexes = [models.Index(fields=["key", "agency"], name="search_bet_key")]
        constraints = [
            models.CheckConstraint(
                condition=Q(document__isnull=False, address="") | Q(document__isnull=True) & ~Q(address=""),
                name="search_bet_one_target",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.query} → {self.title or self.address or self.document}"

    def ref(self) -> Ref:
        return Ref("best_bet", str(self.pk), self.query)

    def shown_on(self, day: date) -> bool:
        """Whether it is still recommended that day; the last day counts in."""
        return self.until is None or day <= self.until
