"""Packages made to hurt their reader are refused with a sentence that says what to do."""

import io
import struct
import zipfile

import pytest
from tests.texts.packages import packed

from gongkai.texts import archives
from gongkai.texts.archives import open_archive, parse_xml, read_member, read_members
from gongkai.texts.reading import UnreadableFile


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "a/../../b", "C:\\x.txt", "..\\..\\x"])
def test_names_that_leave_the_archive_are_refused(name: str) -> None:
    with pytest.raises(UnreadableFile, match="不安全的成员名称"):
        open_archive(packed({name: "x"}))


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(UnreadableFile, match="压缩炸弹"):
        open_archive(packed({"word/document.xml": b"0" * (archives.RATIO_MATTERS_FROM_BYTES + 1)}))


def test_a_bomb_that_lies_about_its_size_is_counted_while_unpacking() -> None:
    data = bytearray(packed({"a.xml": b"\0" * 3_000_000}))
    # The directory entry claims 1,000 bytes (offset 24 of the central header, PKWARE appnote 4.3.12).
    entry = data.index(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = struct.pack("<I", 1_000)
    archive = open_archive(bytes(data))
    with pytest.raises(UnreadableFile):
        read_member(archive, "a.xml", limit=1_000_000)


def test_the_limit_holds_for_all_members_together(monkeypatch: pytest.MonkeyPatch) -> None:
    archive = open_archive(packed({f"{number}.bin": b"abc" * 100 for number in range(10)}))
    monkeypatch.setattr(archives, "MAX_UNPACKED_BYTES", 2_000)
    with pytest.raises(UnreadableFile, match="过大"):
        read_members(archive)


def test_too_many_members_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_MEMBERS", 5)
    with pytest.raises(UnreadableFile, match="上限"):
        open_archive(packed({str(number): "" for number in range(6)}))


def test_encrypted_members_are_refused() -> None:
    data = bytearray(packed({"a.xml": "x"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(UnreadableFile, match="加密"):
        open_archive(bytes(data))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 10, b"no zip at all"])
def test_broken_archives_are_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match="损坏"):
        open_archive(data)


def test_outside_entities_are_refused_and_never_read() -> None:
    attack = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
    with pytest.raises(UnreadableFile, match="实体"):
        parse_xml(attack)


def test_entities_that_multiply_are_refused() -> None:
    doubled = "".join(f'<!ENTITY e{n} "&e{n - 1};&e{n - 1};">' for n in range(1, 40))
    with pytest.raises(UnreadableFile):
        parse_xml(f'<!DOCTYPE a [<!ENTITY e0 "x">{doubled}]><a>&e39;</a>'.encode("utf-16"))


def test_written_archives_tell_no_time() -> None:
    data = archives.write_archive({"b": b"2", "[Content_Types].xml": b"1"})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert [member.filename for member in archive.infolist()] == ["[Content_Types].xml", "b"]
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
