"""A former ledger on its way in: what was read from it, sealed, and what became of each case."""

from django.db import models

from gongkai.agencies.bodies import Agency
from gongkai.agencies.officers import Officer
from gongkai.applications.applications import Application
from gongkai.ledger.refs import Ref


class LedgerImport(models.Model):
    """One ledger that was uploaded. ``sealed`` holds the cases as they were read, under ``person``'s key, until they
    are made or given up; ``position``: how many of them were gone through. Not started: it is only looked at."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="ledger_imports")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    name = models.CharField("文件名", max_length=200)
    person = models.UUIDField(unique=True)
    sealed = models.BinaryField()
    cases = models.PositiveIntegerField("申请件数")
    position = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name

    def ref(self) -> Ref:
        return Ref("ledger_import", str(self.pk), self.name)

    @property
    def running(self) -> bool:
        return self.started_at is not None and self.done_at is None


class LineStatus(models.TextChoices):
    """What became of a case of the ledger."""

    MADE = "made", "已迁入"
    SKIPPED = "skipped", "已跳过"
    REFUSED = "refused", "未迁入"


class LedgerLine(models.Model):
    """What became of one case, written in the transaction that made it. Nothing of the person stands in ``told``."""

    ledger_import = models.ForeignKey(LedgerImport, models.CASCADE, related_name="lines")
    place = models.PositiveIntegerField()
    source_number = models.CharField("原登记号", max_length=60)
    status = models.CharField(max_length=8, choices=LineStatus.choices)
    application = models.ForeignKey(Application, models.SET_NULL, null=True, blank=True, related_name="+")
    told = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["ledger_import", "place"], name="applications_ledger_line")]
