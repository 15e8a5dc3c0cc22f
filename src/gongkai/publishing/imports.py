"""Imports that can be interrupted: what was asked, and what became of each thing in the source."""

from django.db import models

from gongkai.agencies.bodies import Agency
from gongkai.agencies.officers import Officer
from gongkai.catalog.documents import Document


class ImportRun(models.Model):
    """One import of one source. Unfinished: it stopped in the middle, and the same command goes on where it was."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="import_runs")
    source = models.CharField("来源", max_length=500)
    adopts = models.BooleanField("照原发布日期公开", default=False)
    by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["agency", "source"], name="publishing_import_source")]


class ImportStatus(models.TextChoices):
    """What became of a thing in the source."""

    TAKEN = "taken", "已导入"
    HELD = "held", "留作草稿"
    SKIPPED = "skipped", "已跳过"
    REFUSED = "refused", "未导入"


class ImportItem(models.Model):
    """What became of one thing: written in the transaction that made its document, so that nothing is taken twice.

    ``path`` is its place in the source, ``sha256`` of its content; ``report`` is the line of the import's report.
    """

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="items")
    path = models.CharField(max_length=500)
    sha256 = models.CharField(max_length=64)
    status = models.CharField(max_length=10, choices=ImportStatus.choices)
    document = models.ForeignKey(Document, models.SET_NULL, null=True, related_name="import_items")
    report = models.JSONField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["run", "path", "sha256"], name="publishing_import_once")]
        indexes = [models.Index(fields=["sha256"], name="publishing_import_content")]
