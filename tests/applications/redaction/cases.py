"""A case with a file to be provided, sealed as it is kept."""

import hashlib
from dataclasses import dataclass

from django.urls import reverse
from tests.factories import people
from tests.factories.people import Staffed

from gongkai.applications.actions import receiving
from gongkai.applications.actions.receiving import Received, Wanted
from gongkai.applications.applications import Application, Channel
from gongkai.applications.files import CaseFile, FileRole
from gongkai.applications.parties import PartyKind
from gongkai.ledger import moment, person_files
from gongkai.texts.filetypes import sniff


@dataclass
class Case:
    """An application of an agency, and a record found for it."""

    at: Staffed
    application: Application
    file: CaseFile

    def url(self, name: str, *more: object) -> str:
        return reverse(f"redaction:{name}", args=[self.application.pk, self.file.code, *more])


def case(data: bytes, name: str = "情况说明.pdf", *, host: str = "localhost") -> Case:
    """A case received today with this file as 拟提供的信息."""
    at = people.staffed(host=host)
    came = Received(
        kind=PartyKind.CITIZEN,
        personal={"name": "林一凡", "phone": "13800000000"},
        wanted=[Wanted("路灯照明改造情况说明")],
        channel=Channel.COUNTER,
        arrived_on=moment.today(),
    )
    application = receiving.receive(at.agency, came, by=at.disclosure_officer)
    return Case(at, application, record(application, data, name))


def record(application: Application, data: bytes, name: str) -> CaseFile:
    """One more file of the case."""
    kind = sniff(name, data)
    person = application.applicant.person
    sealed = person_files.store(person=person, name=name, content_type=kind.content_type, source=[data])
    return CaseFile.objects.create(
        application=application,
        role=FileRole.RECORD,
        name=name,
        kind=kind.key,
        content_type=kind.content_type,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        place=str(sealed.pk),
        person=person,
        at=moment.now(),
    )


def mark(page: int = 1, ground: str = "privacy", note: str = "", **sides: float) -> dict[str, object]:
    """A box as the browser sends it."""
    where = {"left": 0.1, "top": 0.1, "right": 0.4, "bottom": 0.2} | sides
    return {"page": page, **where, "ground": ground, "note": note}
