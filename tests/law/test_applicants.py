"""Who applies, as the annual report counts them."""

from __future__ import annotations

from gongkai.law.applicants import ORGANISATION_KINDS, ApplicantKind


def test_a_natural_person_and_five_kinds_of_organisation() -> None:
    assert [kind.label for kind in ApplicantKind] == [
        "自然人",
        "商业企业",
        "科研机构",
        "社会公益组织",
        "法律服务机构",
        "其他",
    ]
    assert [kind for kind in ApplicantKind if not kind.is_organisation] == [ApplicantKind.CITIZEN]
    assert len(ORGANISATION_KINDS) == 5


def test_each_has_its_column_in_table_three() -> None:
    assert {kind.value: kind.column for kind in ApplicantKind} == {
        "citizen": "natural_person",
        "enterprise": "commercial",
        "research": "research",
        "public_interest": "social_welfare",
        "legal_service": "legal_service",
        "other": "other_org",
    }


def test_other_alone_says_other_what() -> None:
    assert ApplicantKind.OTHER.full_label == "法人或其他组织（其他）"
    assert ApplicantKind.CITIZEN.full_label == "自然人"
