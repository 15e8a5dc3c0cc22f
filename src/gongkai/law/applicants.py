"""Who applies (申请人): a natural person, or a legal person or other organisation of one of five kinds.

条例第二十七条 【核】: citizens, legal persons and other organisations (公民、法人或者其他组织) may apply. The five
kinds are those the annual report counts by (表三 【摘】); the report calls the citizen 自然人.
"""

from __future__ import annotations

from enum import StrEnum

from gongkai.law.report_rows import NATURAL_PERSON, ORGANISATIONS, Column

ORGANISATION_LABEL = "法人或其他组织"
"""The heading over the five kinds, in the report's words."""


class ApplicantKind(StrEnum):
    """The kind of applicant, as the annual report counts it."""

    CITIZEN = "citizen"
    ENTERPRISE = "enterprise"
    RESEARCH = "research"
    PUBLIC_INTEREST = "public_interest"
    LEGAL_SERVICE = "legal_service"
    OTHER = "other"

    @property
    def label(self) -> str:
        """自然人, 商业企业 …, the report's own words."""
        return _COLUMNS[self].label

    @property
    def is_organisation(self) -> bool:
        """Whether it is a legal person or other organisation (法人或其他组织)."""
        return self is not ApplicantKind.CITIZEN

    @property
    def full_label(self) -> str:
        """The label where it stands alone: 法人或其他组织（其他）, 自然人."""
        return f"{ORGANISATION_LABEL}（{self.label}）" if self.is_organisation else self.label

    @property
    def column(self) -> str:
        """The key of its column in table three."""
        return _COLUMNS[self].key


_COLUMNS: dict[ApplicantKind, Column] = dict(zip(ApplicantKind, (NATURAL_PERSON, *ORGANISATIONS), strict=True))
ORGANISATION_KINDS = tuple(kind for kind in ApplicantKind if kind.is_organisation)
