"""Which files are accepted, recognised by their content: a name alone proves nothing, and a mismatch is an error."""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import dataclass

import puremagic

from gongkai.texts.archives import open_archive, refuse_nested_archives
from gongkai.texts.decoding import decode
from gongkai.texts.images import strip_image
from gongkai.texts.reading import UnreadableFile

__all__ = ["ALLOWED", "FileKind", "sniff", "strip_image"]

_MB = 1024 * 1024
# Names longer than this cannot be stored with a suffix of our own on common file systems.
MAX_NAME_CHARS = 200
# Signatures stand at the beginning; the tables of OLE files may stand anywhere.
SIGNATURE_BYTES = 4096
# Text has tabs and line ends, hardly any other control characters.
MAX_CONTROL_SHARE = 0.001


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file we accept.

    ``key`` names it (``docx``), ``label`` is its Chinese name, ``extension`` what we store it under (``.docx``),
    ``content_type`` what we serve it as, ``max_bytes`` its largest size. ``inline_safe``: a browser may show it on our
    own host; everything else is served as a download.
    """

    key: str
    label: str
    extension: str
    content_type: str
    inline_safe: bool
    max_bytes: int


def _kind(key: str, label: str, content_type: str, megabytes: int, *, inline: bool = False) -> FileKind:
    return FileKind(key, label, f".{key}", content_type, inline, megabytes * _MB)


_OOXML = "application/vnd.openxmlformats-officedocument"

# Sizes: what a reader on a phone can still be asked to load, by kind; PDF and OFD carry scanned annexes, video is
# video.
ALLOWED: dict[str, FileKind] = {
    kind.key: kind
    for kind in (
        _kind("pdf", "PDF 文件", "application/pdf", 200, inline=True),
        _kind("ofd", "OFD 版式文件", "application/ofd", 200),
        _kind("docx", "Word 文档", f"{_OOXML}.wordprocessingml.document", 100),
        _kind("xlsx", "Excel 工作簿", f"{_OOXML}.spreadsheetml.sheet", 60),
        _kind("pptx", "演示文稿", f"{_OOXML}.presentationml.presentation", 100),
        _kind("doc", "旧版 Word 文档", "application/msword", 50),
        _kind("xls", "旧版 Excel 工作簿", "application/vnd.ms-excel", 50),
        _kind("wps", "WPS 文字", "application/wps-office.wps", 50),
        _kind("et", "WPS 表格", "application/wps-office.et", 50),
        _kind("jpg", "JPG 图片", "image/jpeg", 30, inline=True),
        _kind("png", "PNG 图片", "image/png", 30, inline=True),
        _kind("gif", "GIF 图片", "image/gif", 20, inline=True),
        _kind("webp", "WebP 图片", "image/webp", 30, inline=True),
        _kind("mp4", "MP4 视频", "video/mp4", 500, inline=True),
        _kind("mp3", "MP3 音频", "audio/mpeg", 100, inline=True),
        _kind("zip", "ZIP 压缩包", "application/zip", 200),
        _kind("csv", "CSV 数据", "text/csv", 50),
        _kind("txt", "文本文件", "text/plain", 10),
    )
}

_SAME_EXTENSION = {"jpeg": "jpg", "jpe": "jpg", "jfif": "jpg", "m4v": "mp4"}
_REFUSED = {
    "svg": "SVG 图片可以携带脚本，不接受上传。请转换为 PNG 后再上传。",
    "svgz": "SVG 图片可以携带脚本，不接受上传。请转换为 PNG 后再上传。",
    "html": "网页文件可以携带脚本，不接受作为附件。请用“导入网页”读取正文，或转换为 PDF 后再上传。",
    "docm": "文档带有宏，不接受上传。请另存为不含宏的 .docx 后再上传。",
    "xlsm": "工作簿带有宏，不接受上传。请另存为不含宏的 .xlsx 后再上传。",
    "pptm": "演示文稿带有宏，不接受上传。请另存为不含宏的 .pptx 后再上传。",
    "ppt": "旧版 .ppt 文件不接受上传。请用 PowerPoint 或 WPS 另存为 .pptx 或 PDF 后再上传。",
    "rar": "RAR 压缩包不接受上传（多数电脑无法直接打开）。请改用 ZIP 格式，或直接上传其中的文件。",
    "7z": "7z 压缩包不接受上传（多数电脑无法直接打开）。请改用 ZIP 格式，或直接上传其中的文件。",
    "rtf": "RTF 文件不接受上传。请用 Word 或 WPS 另存为 .docx 后再上传。",
    "program": "这是可以运行的程序，不接受上传。",
}
_REFUSED.update(dict.fromkeys(("htm", "xhtml", "mht", "mhtml"), _REFUSED["html"]))
_PROGRAMS = (
    ".exe", ".com", ".scr", ".bat", ".cmd", ".ps1", ".vbs", ".js", ".jse", ".wsf", ".hta", ".lnk", ".msi", ".dll",
    ".jar", ".apk", ".sh", ".html", ".htm", ".svg", ".docm", ".xlsm", ".pptm",
)  # fmt: skip

_OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What puremagic calls the kinds we take by signature alone.
_BY_SIGNATURE = {
    ".pdf": "pdf", ".png": "png", ".jpg": "jpg", ".jpeg": "jpg", ".gif": "gif", ".webp": "webp", ".mp4": "mp4",
    ".m4v": "mp4", ".mp3": "mp3", ".mpga": "mp3", ".rar": "rar", ".7z": "7z", ".rtf": "rtf", ".exe": "program",
    ".elf": "program", ".AppImage": "program",
}  # fmt: skip
_MARKUP_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+(?P<type>\w+)|(?P<tag>html|head|body|script|svg|iframe|meta|title)\b)",
    re.IGNORECASE | re.DOTALL,
)
# One extension may stand for content that other programs of its family write.
_COMPATIBLE = {"doc": {"wps"}, "xls": {"et"}, "docx": {"wps"}, "xlsx": {"et"}, "txt": {"csv"}}


def sniff(name: str, data: bytes) -> FileKind:
    """The kind of the file ``name`` by its content.

    Raises :class:`UnreadableFile` when the kind is not accepted, the extension says something else than the content, or
    the file is empty, too large, encrypted or malicious.
    """
    if not data:
        raise UnreadableFile("文件是空的（0 字节）。请检查原文件后重新上传。")
    if len(name) > MAX_NAME_CHARS or re.search(r"[\x00-\x1f/\\]", name):
        raise UnreadableFile(f"文件名过长（超过 {MAX_NAME_CHARS} 个字）或含有不能使用的字符。请改名后再上传。")
    extension = posixpath.splitext(name)[1].lstrip(".").lower()
    extension = _SAME_EXTENSION.get(extension, extension)
    if extension in _REFUSED:
        raise UnreadableFile(_REFUSED[extension])
    found = _content(data)
    if found in _REFUSED:
        raise UnreadableFile(_REFUSED[found])
    if extension not in ALLOWED:
        shown = f".{extension} " if extension else "没有扩展名"
        raise UnreadableFile(f"不接受{shown}的文件。可以上传：{'、'.join(ALLOWED)}。")
    if found != extension and extension not in _COMPATIBLE.get(found, set()):
        actual = f"实际是{ALLOWED[found].label}" if found in ALLOWED else "内容无法识别"
        raise UnreadableFile(f"文件扩展名是 .{extension}，{actual}。请检查文件，改正扩展名或重新保存后再上传。")
    kind = ALLOWED[extension]
    size = len(data) / _MB
    if len(data) > kind.max_bytes:
        raise UnreadableFile(
            f"{kind.label}最大 {kind.max_bytes // _MB} MB，此文件 {size:.1f} MB。请压缩或拆分后再上传。"
        )
    return kind


def _content(data: bytes) -> str:
    """The key of what ``data`` is, "" when unknown."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_content(data)
    if data.startswith(_OLE_SIGNATURE):
        return _ole_content(data)
    if data.startswith((b"MZ", b"\x7fELF")) and b"\0" in data[:SIGNATURE_BYTES]:
        return "program"
    if _is_text(data):
        return _text_content(data)
    try:
        matches = puremagic.magic_string(data[:SIGNATURE_BYTES])
    except (puremagic.PureError, ValueError):
        return ""
    return next((_BY_SIGNATURE[match.extension] for match in matches if match.extension in _BY_SIGNATURE), "")


def _zip_content(data: bytes) -> str:
    archive = open_archive(data)
    names = set(archive.namelist())
    folders = {name.split("/", 1)[0] for name in names}
    if "OFD.xml" in names:
        return "ofd"
    if "[Content_Types].xml" in names:
        for folder, key in (("word", "docx"), ("xl", "xlsx"), ("ppt", "pptx")):
            if folder in folders:
                macros = any(posixpath.basename(name).lower() == "vbaproject.bin" for name in names)
                return key[:-1] + "m" if macros else key
    _refuse_programs(archive)
    refuse_nested_archives(archive, what="压缩包")
    return "zip"


def _refuse_programs(archive: zipfile.ZipFile) -> None:
    for member in archive.namelist():
        if member.lower().endswith(_PROGRAMS):
            raise UnreadableFile(f"压缩包中的“{member}”是程序、网页或带宏的文件，不接受上传。请取出后重新打包。")


def _ole_content(data: bytes) -> str:
    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") + b"\0\0" in data

    if has("EncryptedPackage"):
        raise UnreadableFile("文件设有打开密码。请取消密码后再上传。")
    for stream, key in (("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls"), ("PowerPoint Document", "ppt")):
        if has(stream):
            return key
    return ""


def _is_text(data: bytes) -> bool:
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return True
    if data.startswith((b"%PDF-", b"{\\rtf")):
        return False
    sample = data[: 16 * SIGNATURE_BYTES]
    controls = sum(sample.count(code) for code in range(32) if code not in (9, 10, 11, 12, 13, 26))
    return controls <= MAX_CONTROL_SHARE * len(sample)


def _text_content(data: bytes) -> str:
    text = decode(data[: 16 * SIGNATURE_BYTES]).text
    markup = _MARKUP_START.match(text)
    if markup:
        return "svg" if "svg" in ((markup["type"] or "").lower(), (markup["tag"] or "").lower()) else "html"
    return "txt"
