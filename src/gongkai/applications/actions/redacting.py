"""区分处理 (art. 37): boxes are drawn over a file that is to be provided, and a file without what they cover is made.

The slow parts (printing Office files, making the new file, looking for what is left in it) are done before the
transaction; whether the boxes are still the same is asked inside it.
"""

import posixpath
from collections.abc import Sequence

from django.db import transaction

from gongkai.agencies.officers import Officer
from gongkai.applications import case_files
from gongkai.applications import ledger_kinds as kinds
from gongkai.applications.actions.powers_asked import demand, demand_open
from gongkai.applications.files import CaseFile, FileRole, Redaction
from gongkai.applications.powers import DEPARTMENT, OFFICE
from gongkai.applications.redaction import marks, office
from gongkai.applications.redaction.marks import Mark
from gongkai.ledger import moment
from gongkai.ledger.persons import Forgotten
from gongkai.ledger.recording import record
from gongkai.procedures.engine import Refused
from gongkai.texts.filetypes import ALLOWED
from gongkai.texts.reading import UnreadableFile
from gongkai.texts.redaction import leftovers, pages, redact

DRAWS = OFFICE | DEPARTMENT
"""Who may draw boxes: the office, and the department that has the case."""
DRAWN_ON = frozenset({"pdf", "jpg", "png", "webp"})
PRINTED_FIRST = frozenset({"docx", "xlsx", "doc", "xls", "wps", "et"})
NAME_LENGTH = 200


class RedactionConflict(Exception):
    """Somebody else saved in between; ``redaction`` is how it stands now."""

    def __init__(self, redaction: Redaction) -> None:
        super().__init__("redaction was saved meanwhile")
        self.redaction = redaction


def begin(file: CaseFile, *, by: Officer) -> Redaction:
    """The redaction of a file, begun now if it was not; an Office file is printed to PDF first, and boxes are drawn on
    that. Raises Refused, UnreadableFile."""
    _demand(file, by)
    target = file
    if file.kind in PRINTED_FIRST:
        printed = file.derived.filter(role=FileRole.INTERNAL, kind="pdf").first()
        target = printed or _printed(file, office.to_pdf(file.name, content(file)), by=by)
    elif file.kind not in DRAWN_ON:
        raise Refused(["只有 PDF、图片、Word 和 Excel 文件可以在线区分处理。请先另存为 PDF。"])
    existing = Redaction.objects.filter(file=target).first()
    if existing is not None:
        return existing
    # A file that cannot be opened is refused before anything is drawn on it.
    pages(content(target))
    with transaction.atomic():
        begun, _ = Redaction.objects.get_or_create(file=target, defaults={"by": by, "at": moment.now()})
    return begun


@transaction.atomic
def _printed(file: CaseFile, data: bytes, *, by: Officer) -> CaseFile:
    return _derive(file, data, mark="（转换为PDF）", role=FileRole.INTERNAL, by=by)


def content(file: CaseFile) -> bytes:
    """The plain bytes of a file that is worked on. Raises UnreadableFile when it was erased."""
    try:
        return case_files.content(file)
    except Forgotten as error:
        raise UnreadableFile("这份材料已按规定删除，无法再打开。") from error


@transaction.atomic
def save(redaction: Redaction, drawn: Sequence[Mark], *, seen: int, by: Officer) -> Redaction:
    """Save all boxes of a file. ``seen``: the version that the writer began with. Raises RedactionConflict, Refused.

    One entry in the ledger for each person and each file made: a page that saves itself is not to fill it.
    """
    _demand(redaction.file, by)
    locked = Redaction.objects.select_for_update().get(pk=redaction.pk)
    if locked.version != seen:
        raise RedactionConflict(locked)
    if locked.boxes == list(drawn):
        return locked
    same_sitting = locked.by_id == by.pk and locked.boxes and locked.made_version != locked.version
    locked.boxes, locked.version, locked.by, locked.at = list(drawn), locked.version + 1, by, moment.now()
    locked.save(update_fields=["boxes", "version", "by", "at"])
    if not same_sitting:
        case = redaction.file.application
        record(
            kinds.REDACTION_MARKED,
            by=by,
            subject=case,
            agency=case.agency,
            what=redaction.file.name,
            file=redaction.file_id,
        )
    return locked


def produce(redaction: Redaction, *, seen: int, by: Officer) -> CaseFile:
    """Make the file that is provided, and look for what should not be in it. Raises RedactionConflict; Refused with
    everything that is in the way: a file that does not pass the second look is not kept."""
    file = redaction.file
    _demand(file, by)
    if redaction.version != seen:
        raise RedactionConflict(redaction)
    missing = marks.without_ground(redaction.boxes)
    if not redaction.boxes:
        missing.append("还没有遮盖任何内容。全部可以公开的，请直接提供原件。")
    if missing:
        raise Refused(missing)
    original = content(file)
    covering = marks.boxes(redaction.boxes)
    try:
        made = redact(original, covering)
    except UnreadableFile as error:
        raise Refused([error.message_zh]) from error
    left = leftovers(made.data, covering, original)
    if left:
        raise Refused(["生成的文件没有通过核验，未予保存：", *left])
    return _keep(redaction, made.data, places=len(covering), seen=seen, by=by)


@transaction.atomic
def _keep(redaction: Redaction, data: bytes, *, places: int, seen: int, by: Officer) -> CaseFile:
    locked = Redaction.objects.select_for_update().get(pk=redaction.pk)
    if locked.version != seen:
        raise RedactionConflict(locked)
    file = redaction.file
    if locked.made is not None:
        # The one before is no longer what is provided; it stays in the case as what was once made.
        CaseFile.objects.filter(pk=locked.made.pk).update(role=FileRole.INTERNAL, for_applicant=False)
    source = file.derived_from or file
    made = _derive(source, data, mark="（区分处理）", role=FileRole.PROVIDED, by=by)
    locked.made, locked.made_version = made, seen
    locked.save(update_fields=["made", "made_version"])
    case = file.application
    record(
        kinds.REDACTED,
        by=by,
        subject=case,
        agency=case.agency,
        what=f"{source.name}，遮盖{places}处",
        file=made.pk,
        sha256=made.sha256,
    )
    return made


def _demand(file: CaseFile, by: Officer) -> None:
    """The officer may redact this file now; raises PermissionDenied, Refused."""
    demand(by, file.application, DRAWS)
    demand_open(file.application)
    source = file.derived_from or file
    if source.role != FileRole.RECORD or file.role not in (FileRole.RECORD, FileRole.INTERNAL):
        raise Refused(["只有拟提供的信息（原件）可以区分处理。"])
    if file.erased_at is not None:
        raise Refused(["这份材料已按规定删除，无法再打开。"])


def _derive(source: CaseFile, data: bytes, *, mark: str, role: FileRole, by: Officer) -> CaseFile:
    """A PDF made from a file, named after it, in the caller's transaction."""
    kind = ALLOWED["pdf"]
    stem = posixpath.splitext(source.name)[0]
    return case_files.keep(
        source.application,
        data,
        name=f"{stem[: NAME_LENGTH - len(mark) - len(kind.extension)]}{mark}{kind.extension}",
        role=role,
        by=by,
        kind=kind.key,
        content_type=kind.content_type,
        item=source.item,
        derived_from=source,
    )
