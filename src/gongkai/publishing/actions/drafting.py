"""Writing drafts: begun from a file or an empty page, saved by several hands, mended at a finding, handed in."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction

from gongkai.agencies.bodies import Agency, Department
from gongkai.agencies.officers import Officer
from gongkai.catalog import header, storage
from gongkai.catalog.actions import content
from gongkai.catalog.actions.content import PreparedFile
from gongkai.catalog.actions.documents import DRAFT_FIELDS, DraftConflict, create_document, save_draft
from gongkai.catalog.editions import Edition, EditionState
from gongkai.catalog.files import FileRole, StoredFile
from gongkai.procedures.engine import Fired, fire
from gongkai.publishing import checking, incoming, replacing, suggestions
from gongkai.publishing.checks.places import Where
from gongkai.publishing.checks.registry import Finding
from gongkai.publishing.incoming import Incoming, IncomingImage
from gongkai.publishing.procedures import EDITION
from gongkai.texts import richtext

_KEYS = sorted(DRAFT_FIELDS)
_MARK = 4  # hex digits by which one field is told from its former value


@dataclass(frozen=True)
class Material:
    """What a draft begins with, its files judged, read and kept: the slow part, done before the transaction."""

    text: Incoming
    pictures: Sequence[tuple[IncomingImage, PreparedFile]] = ()
    source: PreparedFile | None = None
    attachments: Sequence[PreparedFile] = ()


def prepare(
    text: Incoming | None,
    source: tuple[str, bytes] | None = None,
    attachments: Sequence[tuple[str, bytes]] = (),
    *,
    keep: bool = True,
) -> Material:
    """Read and clean the pictures of a text, the file it came from and attachments. Nothing is listed yet; ``keep``
    false stores no bytes (a trial). Raises ValidationError."""
    read = text or Incoming("", "")
    ready = content.prepare_file
    return Material(
        text=read,
        pictures=[(one, ready(name=one.name, data=one.data, role=FileRole.IMAGE, keep=keep)) for one in read.images],
        source=ready(name=source[0], data=source[1], role=FileRole.SOURCE, keep=keep) if source else None,
        attachments=[ready(name=name, data=data, role=FileRole.ATTACHMENT, keep=keep) for name, data in attachments],
    )


def begin(
    *,
    agency: Agency,
    type_key: str,
    by: Officer,
    department: Department | None,
    facts: Mapping[str, Any],
    text: Incoming | None = None,
    source: tuple[str, bytes] | None = None,
    request_key: UUID | None = None,
) -> Edition:
    """A new document with its first draft: from the text that was read, its pictures and the file it came from kept.

    The same ``request_key`` again (a button pressed twice, a page sent anew) gives the draft made the first time.

    The title of the text is taken when none was given. Reading and cleaning files happens before the transaction.
    Raises ValidationError by field; then nothing was made.
    """
    if (made := _made_with(request_key, by)) is not None:
        return made
    material = prepare(text, source)
    try:
        return set_up(
            agency=agency,
            type_key=type_key,
            by=by,
            department=department,
            facts=facts,
            material=material,
            request_key=request_key,
        )
    except IntegrityError:
        made = _made_with(request_key, by)  # the other of two that came at the same moment was quicker
        if made is None:
            raise ValidationError("这张表单已由他人提交过，请重新点“起草”。") from None
        return made


@transaction.atomic
def set_up(
    *,
    agency: Agency,
    type_key: str,
    by: Officer,
    department: Department | None,
    facts: Mapping[str, Any],
    material: Material,
    request_key: UUID | None = None,
) -> Edition:
    """The document and its first draft out of what was prepared. Raises ValidationError by field, and IntegrityError
    when a document was begun with the same ``request_key``."""
    values = dict(facts)
    values["title"] = values.get("title") or material.text.title
    edition = create_document(
        agency=agency, type_key=type_key, by=by, department=department, facts=values, request_key=request_key
    )
    if material.source is not None:
        content.attach(edition, material.source, by=by)
    for one in material.attachments:
        content.attach(edition, one, by=by)
    stored = {one.src: content.attach(edition, ready, by=by, alt=one.alt) for one, ready in material.pictures}
    return _written(edition, material.text.body, stored, by)


def _made_with(request_key: UUID | None, by: Officer) -> Edition | None:
    if request_key is None:
        return None
    return Edition.objects.filter(document__request_key=request_key, drafted_by=by).order_by("number").first()


def stamp(edition: Edition) -> str:
    """What a page carries to say which text it shows: the version, and a digest of header and body.

    The version counts files, links and steps as well; of two people only those are in each other's way who wrote in the
    text, so a save is judged by the digest where the version has moved on.
    """
    marks = "".join(_mark(getattr(edition, key)) for key in _KEYS)
    return f"{edition.version}-{_digest(edition)}-{marks}"


def wrote(seen: str, key: str, value: Any) -> bool:
    """Whether ``value`` differs from what the page with the stamp ``seen`` was drawn with: its writer changed it.

    True where the stamp cannot tell.
    """
    marks = seen.split("-")[-1]
    place = _KEYS.index(key) * _MARK
    return len(marks) != len(_KEYS) * _MARK or marks[place : place + _MARK] != _mark(value)


def save(edition: Edition, *, by: Officer, seen: str, facts: Mapping[str, Any], unasked: bool = False) -> Edition:
    """Save what a page sent. ``seen`` is the stamp the page was drawn with; raises DraftConflict when the text is no
    longer that one, ValidationError by field."""
    with transaction.atomic():
        current = Edition.objects.select_for_update().select_related("document__agency").get(pk=edition.pk)
        version, _, rest = seen.partition("-")
        if str(current.version) != version and _digest(current) != rest.partition("-")[0]:
            raise DraftConflict(current)
        return save_draft(current, by=by, version=current.version, facts=facts, unasked=unasked)


def hand_in(edition: Edition, *, by: Officer) -> Fired:
    """Submit the draft for review as its writer last saw it; pictures its body no longer shows are taken off.

    Raises Refused with every reason, Conflict when somebody saved in between.
    """
    with transaction.atomic():
        current = Edition.objects.select_for_update().get(pk=edition.pk)
        if current.state == EditionState.DRAFTING and current.version == edition.version:
            content.drop_unused_images(current, by=by)
            edition.refresh_from_db(fields=["version"])
        return fire(EDITION, edition, "submit", by=by, version=edition.version)


def mend(edition: Edition, *, fingerprint: str, by: Officer) -> tuple[Edition, str]:
    """Put the replacement of a finding in its place. Returns the draft and the field that changed.

    Raises ValidationError when the finding is gone, offers nothing to put in, or stands in a file.
    """
    with transaction.atomic():
        current = Edition.objects.select_for_update().select_related("document__agency").get(pk=edition.pk)
        finding = next(
            (one for one in checking.current_report(current).findings if one.fingerprint == fingerprint), None
        )
        if finding is None:
            raise ValidationError("这项检查结果已经不在了：可能已经改好。")
        field, value = _mended(current, finding)
        return save_draft(current, by=by, version=current.version, facts={field: value}), field


def accept(edition: Edition, key: str, *, by: Officer) -> Edition:
    """Take over what the text says of its header (``key`` a header field), or take the repeated head off the body
    (``opening``). Raises ValidationError when the text does not say it any more."""
    fields = edition.document.type_info.fields
    if key == "opening":
        facts: dict[str, Any] = {"body": suggestions.without_opening(edition.body, edition.title)}
    else:
        offered = suggestions.suggest(edition.body, edition.header(fields), fields)
        found = next((one for one in offered if one.key == key), None)
        if found is None:
            raise ValidationError("正文中已经没有这一项，请直接填写。")
        is_day = header.BY_KEY[key].kind == "date"
        facts = {key: date.fromisoformat(found.value) if is_day else found.value}
    return save_draft(edition, by=by, version=edition.version, facts=facts)


def show_hidden(edition: Edition, stored: StoredFile, *, by: Officer) -> Edition:
    """A person decides that text which Word hides belongs to the text: the body is read anew from the source with it.

    Only while the body still is what was read, so that nobody's writing is lost. Deletions and comments never come back
    this way: whoever wants such words writes them. Raises ValidationError.
    """
    data = storage.read(stored.original)
    as_read = incoming.read(stored.name, data)
    if richtext.plain_text(as_read.body) != edition.text:
        raise ValidationError("正文读入之后已经修改，不能重新读入。请对照摘录，把需要公开的文字补写到正文里。")
    whole = incoming.read(stored.name, data, keep_hidden=True)
    pictures = [(one, content.prepare_file(name=one.name, data=one.data, role=FileRole.IMAGE)) for one in whole.images]
    with transaction.atomic():
        held = {one.src: content.attach(edition, ready, by=by, alt=one.alt) for one, ready in pictures}
        edition = _written(edition, whole.body, held, by)
        content.drop_unused_images(edition, by=by)
        edition.refresh_from_db()
        return edition


def _written(edition: Edition, body: str, pictures: Mapping[str, StoredFile], by: Officer) -> Edition:
    addresses: dict[str, str | None] = {src: stored.get_absolute_url() for src, stored in pictures.items()}
    return save_draft(edition, by=by, version=None, facts={"body": richtext.replace_images(body, addresses)})


def _mended(edition: Edition, finding: Finding) -> tuple[str, str]:
    place = finding.place
    if finding.replacement is None or place.start is None or place.end is None:
        raise ValidationError("这一处没有可以直接替换的写法，请在正文中修改。")
    try:
        if place.where is Where.BODY:
            return "body", replacing.replace_in_body(edition.body, place.start, place.end, finding.replacement)
        if place.where in (Where.TITLE, Where.HEADER) and place.field in DRAFT_FIELDS:
            value = str(getattr(edition, place.field))
            return place.field, replacing.replace_in_value(value, place.start, place.end, finding.replacement)
    except replacing.PlaceGone as gone:
        raise ValidationError(str(gone)) from None
    raise ValidationError("附件里的文字不能在这里替换，请修改原文件后重新上传。")


def _digest(edition: Edition) -> str:
    values = {key: getattr(edition, key) for key in sorted(DRAFT_FIELDS)} | {
        "drafting": edition.state == EditionState.DRAFTING
    }
    return _hash(json.dumps(values, cls=DjangoJSONEncoder, ensure_ascii=False))[:16]


def _mark(value: Any) -> str:
    return _hash(value.isoformat() if isinstance(value, date) else str(value or ""))[:_MARK]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
