"""Files that staff put into a case: what is to be provided, scans, proofs of delivery; and what the applicant gets."""

from datetime import date

from django.db import transaction

from gongkai.agencies.officers import Officer
from gongkai.applications import case_files
from gongkai.applications.actions import letters
from gongkai.applications.actions.powers_asked import demand
from gongkai.applications.applications import Application
from gongkai.applications.dispatch import Delivery
from gongkai.applications.files import CaseFile, FileRole
from gongkai.applications.items import RequestedItem
from gongkai.applications.powers import DEPARTMENT, OFFICE, OFFICER
from gongkai.interfaces.uploads import scanning
from gongkai.procedures.engine import Refused
from gongkai.texts.reading import UnreadableFile

DEPARTMENT_ADDS = (FileRole.RECORD, FileRole.INTERNAL)
"""What a department finds and thinks."""
OFFICE_ADDS = (
    FileRole.RECORD,
    FileRole.PROVIDED,
    FileRole.REQUEST,
    FileRole.IDENTITY,
    FileRole.AUTHORITY,
    FileRole.ATTACHMENT,
    FileRole.SUPPLEMENT,
    FileRole.PAYMENT,
    FileRole.OPINION,
    FileRole.INTERNAL,
)
"""What the office adds; letters and proofs of delivery come with the acts they belong to."""


@transaction.atomic
def add(
    application: Application,
    data: bytes,
    *,
    name: str,
    role: FileRole,
    by: Officer,
    item: RequestedItem | None = None,
) -> CaseFile:
    """Take a file into the case. What is to be provided is the applicant's when the reply goes out; what is added after
    that, at once. Raises Refused for a kind that is not taken, and for what the scanner objects to."""
    demand(by, application, OFFICE | DEPARTMENT if role in DEPARTMENT_ADDS else OFFICE)
    if role not in OFFICE_ADDS:
        raise Refused(["这类材料随有关事项存入，请在文书或者送达登记中上传。"])
    return _keep(application, data, name=name, role=role, by=by, item=item)


@transaction.atomic
def arrived(
    delivery: Delivery, *, on: date, received_by: str, by: Officer, proof: tuple[str, bytes] | None = None
) -> Delivery:
    """A letter was received, with the paper that proves it (name and bytes), if there is one."""
    application = delivery.letter.application
    demand(by, application, OFFICER)
    name, data = proof or ("", b"")
    kept = _keep(application, data, name=name, role=FileRole.EVIDENCE, by=by) if proof else None
    return letters.arrived(delivery, on=on, received_by=received_by, by=by, evidence=kept)


def _keep(
    application: Application,
    data: bytes,
    *,
    name: str,
    role: FileRole,
    by: Officer,
    item: RequestedItem | None = None,
) -> CaseFile:
    given = role == FileRole.PROVIDED and application.replied_on is not None
    scanned = _scanned(data)
    try:
        return case_files.keep(
            application, data, name=name, role=role, by=by, item=item, scanned=scanned, for_applicant=given
        )
    except UnreadableFile as unreadable:
        raise Refused([unreadable.message_zh]) from None


def _scanned(data: bytes) -> str:
    """``clean`` where a scanner has looked, "" where there is none. Raises Refused."""
    try:
        threat = scanning.scan(data)
    except scanning.NoAnswer:
        raise Refused(["病毒检查服务没有应答，文件没有存入。请稍后再上传。"]) from None
    if threat:
        raise Refused([f"文件含有病毒（{threat}），没有存入。"])
    return "clean" if scanning.configured() else ""
