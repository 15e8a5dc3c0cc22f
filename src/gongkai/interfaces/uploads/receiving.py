"""Taking bytes in: begin an upload, add to it where it stands, or take a whole file from a plain form."""

import base64
import binascii
import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Sum
from django.http import UnreadablePostError
from django.utils.crypto import salted_hmac

from gongkai.interfaces.problems import Problem
from gongkai.interfaces.uploads.checking import check
from gongkai.interfaces.uploads.parts import Busy
from gongkai.interfaces.uploads.purposes import Purpose
from gongkai.interfaces.uploads.upload import State, Upload
from gongkai.ledger import moment
from gongkai.ledger.refs import Named, Ref, ref_of
from gongkai.texts.filetypes import MAX_NAME_CHARS

KEPT = timedelta(days=1)  # since the last byte arrived
CHECKSUMS = ("sha1", "sha256", "md5")  # sha1 is the one the protocol demands
_READ_BYTES = 256 * 1024
_SECURED_EVERY = 8 * 1024 * 1024  # of one long request: no more than this is sent again after a crash
_MB = 1024 * 1024


class Body(Protocol):
    """What bytes are read from: a request, a file."""

    def read(self, size: int = ..., /) -> bytes: ...


class Moved(Exception):
    """The upload stands elsewhere than the sender thinks; it asks where and goes on from there."""


class Mismatch(Exception):
    """The bytes are not those whose checksum was given; nothing of them was kept."""


@dataclass(frozen=True)
class Checksum:
    """What the sender says of the bytes of one request."""

    algorithm: str
    digest: bytes

    @classmethod
    def parse(cls, header: str) -> "Checksum":
        """From ``sha1 <base64>``; raises Problem 400."""
        algorithm, _, encoded = header.partition(" ")
        if algorithm not in CHECKSUMS:
            raise Problem(400, f"不支持这种校验算法，支持：{'、'.join(CHECKSUMS)}。")
        try:
            return cls(algorithm, base64.b64decode(encoded, validate=True))
        except binascii.Error:
            raise Problem(400, "校验值不是 base64。") from None


def begin(
    *, purpose: Purpose, name: str, size: int, address: str, agency: "Ref | Named | None" = None
) -> tuple[str, Upload]:
    """A new upload and its token. ``address``: where it comes from. Raises Problem (413, 422, 429, 507)."""
    if size > purpose.limit:
        raise Problem(413, f"“{name}”超过 {purpose.limit // _MB} MB，请压缩或拆分后再上传。")
    if not size:
        raise Problem(422, f"“{name}”是空的（0 字节），请检查原文件后重新上传。")
    if not 0 < len(name) <= MAX_NAME_CHARS:
        raise Problem(422, f"文件名应为 1 至 {MAX_NAME_CHARS} 个字，请改名后再上传。")
    source = salted_hmac("gongkai.uploads", address, algorithm="sha256").hexdigest()
    _demand_space(source, size)
    now = moment.now()
    token, upload = Upload.begun(purpose=purpose, name=name, size=size, source=source, agency=ref_of(agency), at=now)
    upload.expires_at = now + KEPT
    upload.parts.create()
    upload.save(force_insert=True)
    return token, upload


def append(upload: Upload, *, offset: int, body: Body, length: int, checksum: Checksum | None = None) -> Upload:
    """Add ``length`` bytes where the upload stands; what was acknowledged survives kill -9 and a power cut.

    A body that breaks off counts as far as it came, unless it has a checksum. The last byte brings the check. Raises
    Moved, Mismatch, Busy, Problem 413, FileNotFoundError.
    """
    parts = upload.parts
    with parts.locked() as file:
        upload.refresh_from_db()
        if upload.state != State.RECEIVING or offset != upload.offset:
            raise Moved
        if offset + length > upload.size:
            raise Problem(413, "发来的内容比声明的文件大小多。")
        digest = hashlib.new(checksum.algorithm, usedforsecurity=False) if checksum else None
        at, secured, left = offset, offset, length
        try:
            while left and (data := body.read(min(_READ_BYTES, left))):
                parts.write(file, at, data)
                at, left = at + len(data), left - len(data)
                if digest:
                    digest.update(data)
                elif at - secured >= _SECURED_EVERY:
                    parts.secure(file)
                    secured = _acknowledge(upload, at)
        except UnreadablePostError:
            if not checksum:
                parts.secure(file)
                _acknowledge(upload, at)
            raise
        if checksum and digest and (left or digest.digest() != checksum.digest):
            raise Mismatch
        parts.secure(file)
        _acknowledge(upload, at)
    return check(upload) if upload.complete else upload


def take_whole(
    *, purpose: Purpose, file: UploadedFile, address: str, agency: "Ref | Named | None" = None
) -> tuple[str, Upload]:
    """A file of a plain form, checked like any other. Raises ValidationError in Chinese."""
    name = file.name or ""
    try:
        token, upload = begin(purpose=purpose, name=name, size=file.size or 0, address=address, agency=agency)
        append(upload, offset=0, body=file, length=upload.size)
    except Problem as problem:
        raise ValidationError(problem.detail) from None
    except Busy:  # nobody else knows the token yet
        raise AssertionError from None
    if upload.state == State.REFUSED:
        raise ValidationError(upload.problem)
    return token, upload


def _acknowledge(upload: Upload, offset: int) -> int:
    upload.offset, upload.expires_at = offset, moment.now() + KEPT
    with transaction.atomic():
        Upload.objects.filter(pk=upload.pk).update(offset=offset, expires_at=upload.expires_at)
    return offset


def _demand_space(source: str, size: int) -> None:
    """What lies here unclaimed, of one address and of all, has a limit: a disk that is full stops the whole site."""
    waiting = Upload.objects.exclude(state=State.REFUSED)
    for rows, limit, status, words in (
        (
            waiting.filter(source=source, claimed_by=""),
            settings.GONGKAI_UPLOADS_PER_ADDRESS_BYTES,
            429,
            "您所在的网络上传而没有提交的文件太多，请先提交，或者明天再试。",
        ),
        (
            waiting,
            settings.GONGKAI_UPLOADS_MAX_BYTES,
            507,
            "暂时没有空间接收文件，请稍后再试，或者改用邮寄、当面提交。",
        ),
    ):
        if (rows.aggregate(taken=Sum("size"))["taken"] or 0) + size > limit:
            raise Problem(status, words, title="暂时不能上传")
