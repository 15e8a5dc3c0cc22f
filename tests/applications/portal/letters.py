"""A letter that was sent, as the desk would have left it."""

import hashlib
from datetime import date

from tests.factories.people import Staffed

from gongkai.applications.applications import Application
from gongkai.applications.dispatch import Delivery, Letter, LetterState, Method
from gongkai.applications.files import CaseFile, FileRole
from gongkai.ledger import moment, person_files

PDF = b"%PDF-1.4 letter"


def sent(
    at: Staffed,
    case: Application,
    title: str = "补正告知书",
    *,
    method: Method = Method.ONLINE,
    key: str = "clarification",
) -> Letter:
    """Frozen, with its PDF sealed, and on its way."""
    file = given(case, PDF, role=FileRole.LETTER, name=f"{title}.pdf")
    letter = Letter.objects.create(
        application=case,
        key=key,
        title=title,
        number="城管公开〔2026〕1号",
        state=LetterState.FROZEN,
        dated=date(2026, 11, 20),
        pdf=file,
        sha256=file.sha256,
        by=at.disclosure_officer,
        created_at=moment.now(),
    )
    Delivery.objects.create(
        letter=letter, method=method, sent_on=moment.today(), by=at.disclosure_officer, at=moment.now()
    )
    return letter


def given(case: Application, data: bytes, *, role: FileRole = FileRole.PROVIDED, name: str = "合同.pdf") -> CaseFile:
    """A sealed file of the case, for the applicant."""
    person = case.applicant.person
    stored = person_files.store(person=person, name=name, content_type="application/pdf", source=[data])
    return CaseFile.objects.create(
        application=case,
        role=role,
        name=name,
        kind="pdf",
        content_type="application/pdf",
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        place=str(stored.pk),
        person=person,
        for_applicant=True,
        at=moment.now(),
    )
