"""Parties 当事人: who applies, who is consulted, who acts for somebody. What identifies a person is sealed.

A party belongs to one agency: what one agency knows of a person is none of another's business. The same person in
two applications is two records until a human merges them (``merged_into``), which can be undone.
"""

from typing import Any

from django.db import models

from gongkai.agencies.bodies import Agency
from gongkai.law.applicants import ApplicantKind
from gongkai.ledger.refs import Ref


class PartyKind(models.TextChoices):
    """Who applies, in the words and order of the annual report's table three."""

    CITIZEN = ApplicantKind.CITIZEN.value, ApplicantKind.CITIZEN.label
    ENTERPRISE = ApplicantKind.ENTERPRISE.value, ApplicantKind.ENTERPRISE.label
    RESEARCH = ApplicantKind.RESEARCH.value, ApplicantKind.RESEARCH.label
    PUBLIC_INTEREST = ApplicantKind.PUBLIC_INTEREST.value, ApplicantKind.PUBLIC_INTEREST.label
    LEGAL_SERVICE = ApplicantKind.LEGAL_SERVICE.value, ApplicantKind.LEGAL_SERVICE.label
    OTHER = ApplicantKind.OTHER.value, ApplicantKind.OTHER.label


class Party(models.Model):
    """A person or organisation. ``sealed`` holds name, document, contacts (``PERSONAL``) under ``person``'s key.

    ``masked_name`` is what lists show. The indexes are keyed hashes: they find the same person again.
    """

    PERSONAL = (
        "name",
        "document_kind",
        "document_number",
        "phone",
        "email",
        "address",
        "postcode",
        "fax",
        "employer",
        "representative",
        "contact_person",
    )

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="parties")
    kind = models.CharField("申请人类型", max_length=20, choices=PartyKind.choices, default=PartyKind.CITIZEN)
    person = models.UUIDField(unique=True)
    sealed = models.BinaryField()
    masked_name = models.CharField("姓名或名称（掩码）", max_length=100)
    name_index = models.CharField(max_length=64, blank=True, db_index=True)
    document_index = models.CharField(max_length=64, blank=True, db_index=True)
    phone_index = models.CharField(max_length=64, blank=True, db_index=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    erased_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = "当事人"
        indexes = [models.Index(fields=["agency", "masked_name"])]

    def __str__(self) -> str:
        return self.masked_name

    def ref(self) -> Ref:
        return Ref("party", str(self.pk), self.masked_name)

    @property
    def is_citizen(self) -> bool:
        return self.kind == PartyKind.CITIZEN

    @property
    def one(self) -> Any:
        """The record that stands for this person after merges (one step: merging a merged record moves both)."""
        return self.merged_into or self
