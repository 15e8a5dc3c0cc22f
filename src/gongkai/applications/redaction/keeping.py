"""The bytes of a case's files: read from where they lie sealed, and new ones sealed beside them."""

import hashlib

from gongkai.agencies.officers import Officer
from gongkai.applications.files import CaseFile, FileRole
from gongkai.ledger import moment, person_files
from gongkai.ledger.person_files import PersonFile
from gongkai.ledger.persons import Forgotten
from gongkai.texts.filetypes import ALLOWED
from gongkai.texts.reading import UnreadableFile


def content(file: CaseFile) -> bytes:
    """The plain bytes. Raises UnreadableFile when the personal data of the case was erased."""
    try:
        return b"".join(PersonFile.objects.get(pk=file.place).chunks())
    except (Forgotten, PersonFile.DoesNotExist) as error:
        raise UnreadableFile("这份材料已按规定删除，无法再打开。") from error


def keep_derived(original: CaseFile, data: bytes, *, name: str, role: FileRole, by: Officer) -> CaseFile:
    """A PDF made from ``original``, under the same person's key. In the transaction of the caller."""
    kind = ALLOWED["pdf"]
    sealed = person_files.store(person=original.person, name=name, content_type=kind.content_type, source=[data])
    return CaseFile.objects.create(
        application=original.application,
        item=original.item,
        role=role,
        name=name,
        kind=kind.key,
        content_type=kind.content_type,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        place=str(sealed.pk),
        person=original.person,
        derived_from=original,
        by=by,
        at=moment.now(),
    )
