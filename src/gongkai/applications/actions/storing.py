"""Staff put a file into a case: a scan, a reply from whom was asked, what is to be given. Looked at for viruses, sealed."""

from django.db import transaction

from gongkai.agencies.officers import Officer
from gongkai.applications import case_files
from gongkai.applications.actions.handling import demand
from gongkai.applications.applications import Application
from gongkai.applications.files import CaseFile, FileRole
from gongkai.applications.items import RequestedItem
from gongkai.applications.powers import DEPARTMENT, OFFICE
from gongkai.interfaces.uploads import scanning
from gongkai.procedures.engine import Refused
from gongkai.texts.reading import UnreadableFile

BY_STAFF = tuple(one for one in FileRole if one is not FileRole.LETTER)
"""What staff put in; letters come from where letters are written."""


@transaction.atomic
def store(
    application: Application, data: bytes, *, name: str, role: FileRole, by: Officer, item: RequestedItem | None = None
) -> CaseFile:
    """Seal a file and list it. Raises Refused for what is no file of a known kind, or carries a virus, or could not be
    looked at."""
    demand(by, application, OFFICE | DEPARTMENT)
    try:
        threat = scanning.scan(data)
    except scanning.NoAnswer as error:
        raise Refused(["病毒检查暂时没有应答，文件没有存入。请稍后再传。"]) from error
    if threat:
        raise Refused([f"“{name}”带有病毒，没有存入。请清除病毒或者更换文件后再传。"])
    given = role == FileRole.PROVIDED
    scanned = "clean" if scanning.configured() else ""
    try:
        return case_files.keep(
            application, data, name=name, role=role, by=by, item=item, for_applicant=given, scanned=scanned
        )
    except UnreadableFile as error:
        raise Refused([error.message_zh]) from error
