"""Opening ZIP packages (.docx, .xlsx, .ofd, .zip) and the XML in them without being hurt by them.

What is refused: archives that unpack to far more than they weigh, names that leave the archive, encrypted members,
archives within archives, XML with a document type (entities, outside files).
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Mapping

from lxml import etree

from gongkai.texts.reading import UnreadableFile

# A 500-page file with pictures has some 1,500 members; ten times that is an attack or a backup, not a document.
MAX_MEMBERS = 15_000
# All members together. The largest attachment accepted is 200 MB (filetypes.ALLOWED); pictures hardly compress.
MAX_UNPACKED_BYTES = 400 * 1024 * 1024
# Deflate reaches about 1,000:1 on zeros. Real document XML stays below 60:1; tables of empty cells reach 100:1.
MAX_RATIO = 200
# Below this size a high ratio is harmless (a few kilobytes of blank XML), and common.
RATIO_MATTERS_FROM_BYTES = 2 * 1024 * 1024
# One XML part in memory becomes some ten times its size as a tree: 40 MB of XML is the most one worker can bear.
MAX_XML_BYTES = 40 * 1024 * 1024
# Longer names cannot be written on common file systems.
MAX_NAME_CHARS = 240

ARCHIVE_SUFFIXES = (".zip", ".rar", ".7z", ".gz", ".tgz", ".bz2", ".xz", ".tar", ".jar")
_ENCRYPTED_FLAG = 0x1


def open_archive(data: bytes, *, what: str = "文件") -> zipfile.ZipFile:
    """The archive in ``data``, checked by its directory: nothing is unpacked yet.

    ``what`` is the noun used in the sentence of :class:`UnreadableFile`.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeError) as error:
        raise UnreadableFile(f"{what}已损坏或不完整，无法打开。请重新保存后再上传。") from error
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise UnreadableFile(f"{what}内含 {len(members)} 个成员，超过 {MAX_MEMBERS} 个的上限。请拆分后再上传。")
    if sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
        raise UnreadableFile(
            f"{what}解压后超过 {MAX_UNPACKED_BYTES // 1024 // 1024} MB，可能是压缩炸弹。请缩小图片或拆分后再上传。"
        )
    for member in members:
        _refuse_bad_member(member, what)
    return archive


def _refuse_bad_member(member: zipfile.ZipInfo, what: str) -> None:
    # orig_filename: zipfile cuts `filename` at a NUL byte and rewrites separators, which would hide the trick.
    name = member.orig_filename.replace("\\", "/")
    if name.startswith("/") or ":" in name or "\0" in name or ".." in name.split("/") or len(name) > MAX_NAME_CHARS:
        raise UnreadableFile(f"{what}中有不安全的成员名称（如“../”或绝对路径）。请用常用软件重新打包或另存后再上传。")
    if member.flag_bits & _ENCRYPTED_FLAG:
        raise UnreadableFile(f"{what}已加密。请取消密码后再上传。")
    if member.file_size > RATIO_MATTERS_FROM_BYTES and member.file_size > MAX_RATIO * max(member.compress_size, 1):
        raise UnreadableFile(f"{what}的压缩比异常，可能是压缩炸弹。请用常用软件重新保存后再上传。")


def refuse_nested_archives(archive: zipfile.ZipFile, *, what: str = "文件") -> None:
    """A packed archive inside cannot be checked by reviewers nor opened by most readers: refuse it."""
    for member in archive.infolist():
        if member.filename.lower().endswith(ARCHIVE_SUFFIXES):
            raise UnreadableFile(f"{what}中又含压缩包“{member.filename}”。请解开后再上传，以便审核其中内容。")


def read_member(archive: zipfile.ZipFile, name: str, *, limit: int = MAX_UNPACKED_BYTES, what: str = "文件") -> bytes:
    """The bytes of member ``name``, at most ``limit``: the directory may lie about sizes, so count while unpacking.

    Raises KeyError when there is no such member.
    """
    member = archive.getinfo(name)
    try:
        with archive.open(member) as stream:
            content = stream.read(limit + 1)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise UnreadableFile(f"{what}已损坏（“{name}”无法解压）。请重新保存后再上传。") from error
    if len(content) > limit:
        raise UnreadableFile(f"{what}中“{name}”过大（超过 {limit // 1024 // 1024} MB）。请缩减内容或拆分后再上传。")
    return content


def read_members(archive: zipfile.ZipFile, *, what: str = "文件") -> dict[str, bytes]:
    """All files of the archive by name, within the limit for all together."""
    room = MAX_UNPACKED_BYTES
    members: dict[str, bytes] = {}
    for member in archive.infolist():
        if member.is_dir() or member.filename in members:
            continue
        content = read_member(archive, member.filename, limit=room, what=what)
        room -= len(content)
        members[member.filename] = content
    return members


def write_archive(members: Mapping[str, bytes], *, first: Iterable[str] = ("[Content_Types].xml",)) -> bytes:
    """A new archive of ``members``, those of ``first`` leading.

    Every member carries the same date, so that the archive does not tell when somebody worked.
    """
    leading = [name for name in first if name in members]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in [*leading, *(name for name in members if name not in leading)]:
            info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, members[name])
    return buffer.getvalue()


def parse_xml(data: bytes, *, what: str = "文件") -> etree._Element:
    """The root of an XML part. Entities are not resolved, nothing is fetched, a document type is refused."""
    if len(data) > MAX_XML_BYTES:
        raise UnreadableFile(f"{what}的内容超过 {MAX_XML_BYTES // 1024 // 1024} MB。请拆分后再上传。")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile(f"{what}的内部结构有误，无法读取。请用常用软件重新保存后再上传。") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableFile(f"{what}含有外部实体声明，不予读取。请用常用软件重新保存后再上传。")
    return root


def xml_bytes(root: etree._Element) -> bytes:
    """The part as it is written into a package."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
