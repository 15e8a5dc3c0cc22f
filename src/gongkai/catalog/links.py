"""Typed links between documents, readable both ways; a link belongs to the edition that makes it."""

from django.db import models

from gongkai.catalog.documents import Document
from gongkai.catalog.editions import Edition


class LinkKind(models.TextChoices):
    """What the linking edition does to the target."""

    INTERPRETS = "interprets", "解读"
    AMENDS = "amends", "修改"
    REPEALS = "repeals", "废止"
    BASIS = "basis", "依据"
    RELATED = "related", "相关"


REVERSE_LABELS: dict[str, str] = {
    LinkKind.INTERPRETS: "政策解读",
    LinkKind.AMENDS: "被修改",
    LinkKind.REPEALS: "被废止",
    LinkKind.BASIS: "据此制定",
    LinkKind.RELATED: "相关",
}
"""How the target's page calls the linking document."""


class Link(models.Model):
    """From an edition to a document of the installation, or to an outside address with its title."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="links")
    kind = models.CharField("关系", max_length=12, choices=LinkKind.choices)
    target = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="linked_from")
    title = models.CharField("名称", max_length=300, blank=True)
    url = models.URLField("网址", max_length=500, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(target__isnull=False) | ~models.Q(title=""), name="catalog_link_leads_somewhere"
            ),
        ]
