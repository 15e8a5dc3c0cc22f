"""A case with a file to be provided, sealed as it is kept."""

from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from tests.factories import people
from tests.factories.people import Staffed

from gongkai.applications import case_files
from gongkai.applications.actions import receiving
from gongkai.applications.actions.receiving import Received, Wanted
from gongkai.applications.applications import Application, Channel
from gongkai.applications.files import CaseFile, FileRole
from gongkai.applications.parties import PartyKind
from gongkai.ledger import moment
from gongkai.ledger.refs import SYSTEM


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


@transaction.atomic
def record(application: Application, data: bytes, name: str) -> CaseFile:
    """One more file of the case, found for it."""
    return case_files.keep(application, data, name=name, role=FileRole.RECORD, by=SYSTEM)


def mark(page: int = 1, ground: str = "privacy", note: str = "", **sides: float) -> dict[str, object]:
    """A box as the browser sends it."""
    where = {"left": 0.1, "top": 0.1, "right": 0.4, "bottom": 0.2} | sides
    return {"page": page, **where, "ground": ground, "note": note}
