"""What other systems sent: each once, with the answer it got, so that sending it again changes nothing."""

from typing import Any

from django.db import models
from django.utils import timezone

from gongkai.agencies.bodies import Agency
from gongkai.agencies.tokens import ApiToken
from gongkai.catalog.documents import Document, new_code
from gongkai.catalog.editions import Edition
from gongkai.ledger.refs import Ref


class Push(models.Model):
    """One document that a system sent. ``key`` is the sender's Idempotency-Key, ``digest`` of what came with it;
    ``answer`` is what was said then, and is said again. ``source_id`` is the sender's own number for it.
    """

    code = models.CharField(max_length=12, unique=True, default=new_code)
    agency = models.ForeignKey(Agency, models.CASCADE, related_name="pushes")
    token = models.ForeignKey(ApiToken, models.PROTECT, related_name="pushes")
    key = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    source_id = models.CharField("来文系统编号", max_length=100, blank=True)
    document = models.OneToOneField(Document, models.PROTECT, related_name="push")
    answer = models.JSONField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="publishing_push_once")]
        indexes = [models.Index(fields=["agency", "source_id"], name="publishing_push_source")]

    def ref(self) -> Ref:
        return Ref("push", str(self.pk), self.source_id or self.code)


def access_pushes(token: ApiToken) -> "models.QuerySet[Push]":
    """What a system may ask about: all that was sent to its agency, or to its department where it is limited to one;
    by whichever token, since tokens are replaced. One query."""
    sent = Push.objects.filter(agency_id=token.agency_id)
    if token.department_id is not None:
        sent = sent.filter(document__department_id=token.department_id)
    return sent.select_related("document", "document__agency", "document__department", "token")


def editions_of(pushes: "list[Push]") -> dict[int, Edition]:
    """The edition that was sent, by document; one query."""
    documents = [one.document_id for one in pushes]
    rows: Any = Edition.objects.filter(document__in=documents, number=1).defer("body", "text", "provisions")
    return {one.document_id: one for one in rows}
