"""The entry itself, and the refusal to change it."""

from typing import Any, NoReturn

from django.db import models

from gongkai.ledger import kinds
from gongkai.ledger.refs import Ref


class AppendOnly(TypeError):
    """Somebody tried to change or delete what happened. Write a new entry instead."""


class EntryQuerySet(models.QuerySet["Entry"]):
    """Reads only; the database refuses the rest as well (migration 0002)."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnly("ledger entries are never updated")

    def delete(self) -> NoReturn:
        raise AppendOnly("ledger entries are never deleted")

    def about(self, subject: Ref) -> "EntryQuerySet":
        """Entries on this subject, oldest first."""
        return self.filter(subject_kind=subject.kind, subject_id=subject.id).order_by("id")


class Entry(models.Model):
    """One thing that happened: who, when, in which agency, on what, before and after.

    ``xid`` is the PostgreSQL transaction that wrote it (0 on SQLite, whose single writer commits in order): followers
    read in the order (xid, id) and only below the oldest running transaction, so that none is ever skipped.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=80)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=20, blank=True)
    actor_id = models.CharField(max_length=40, blank=True)
    actor_label = models.CharField(max_length=120, blank=True)
    agency_id = models.CharField(max_length=40, blank=True)
    agency_label = models.CharField(max_length=120, blank=True)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=40)
    subject_label = models.CharField(max_length=300, blank=True)
    data = models.JSONField(default=dict)
    person_id = models.UUIDField(null=True)
    sealed = models.BinaryField(null=True)
    xid = models.BigIntegerField(default=0)

    objects = EntryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["xid", "id"], name="ledger_follow"),
            models.Index(fields=["subject_kind", "subject_id", "id"], name="ledger_subject"),
            models.Index(fields=["agency_id", "kind", "at"], name="ledger_agency_kind"),
            models.Index(fields=["actor_kind", "actor_id", "at"], name="ledger_actor"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly("ledger entries are never updated")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly("ledger entries are never deleted")

    @property
    def subject(self) -> Ref:
        return Ref(self.subject_kind, self.subject_id, self.subject_label)

    @property
    def actor(self) -> Ref:
        return Ref(self.actor_kind, self.actor_id, self.actor_label)

    @property
    def label(self) -> str:
        return kinds.get(self.kind).label

    @property
    def tone(self) -> str:
        return kinds.get(self.kind).tone

    @property
    def sentence(self) -> str:
        return kinds.sentence(self.kind, self.data)
