"""Which days were working days when due dates were last compared; a new official calendar is told against it."""

from django.db import models


class WorkdaysSeen(models.Model):
    """One row: the days that were an exception to the working week (``{"2026-02-16": false}``), as open cases know
    them. While a change is gone through, ``coming`` holds the new ones and ``after`` how far it has come."""

    days = models.JSONField(default=dict)
    coming = models.JSONField(null=True)
    after = models.BigIntegerField(default=0)
    began_at = models.DateTimeField(null=True)
