"""The files of a source under names relative to it: a folder or a ZIP. Nothing outside is ever reached."""

from __future__ import annotations

import os
import posixpath
import unicodedata
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote

from gongkai.texts import archives
from gongkai.texts.decoding import decode
from gongkai.texts.reading import UnreadableFile

MAX_FILE_BYTES = 200 * 1024 * 1024  # the largest attachment accepted (filetypes.ALLOWED, but for video)
_WHAT = "压缩包"
_UTF8_FLAG = 0x800
# What operating systems and office programs leave beside the files people made.
_CLUTTER = ("__MACOSX/", "/__MACOSX/", "/.", "/~$")
_CLUTTER_NAMES = frozenset({"thumbs.db", "desktop.ini"})


class Tree(Protocol):
    """Files by name, ``/`` between folders; ``refused`` are those that cannot be taken, with the reason."""

    label: str
    names: list[str]
    refused: list[tuple[str, str]]

    def read(self, name: str) -> bytes:
        """The bytes of one of ``names``. Raises UnreadableFile."""


class Folder:
    """A folder of the disk with everything below it; links are not followed, since they may lead anywhere."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.label = str(self.root)
        self.names: list[str] = []
        self.refused: list[tuple[str, str]] = []
        self._list()

    def _list(self) -> None:
        for folder, folders, files in os.walk(self.root, onerror=self._not_listed):
            folders.sort()
            for name in [*files, *(one for one in folders if os.path.islink(os.path.join(folder, one)))]:
                self._add(Path(folder) / name)
        self.names.sort()

    def read(self, name: str) -> bytes:
        path = self.root / name
        try:
            if path.stat().st_size > MAX_FILE_BYTES:
                raise UnreadableFile(f"文件超过 {MAX_FILE_BYTES // 1024 // 1024} MB。请拆分后再导入。")
            return path.read_bytes()
        except OSError as error:
            raise UnreadableFile(f"文件打不开（{error.strerror}）。请检查它的读取权限后再导入。") from None

    def _add(self, path: Path) -> None:
        name = path.relative_to(self.root).as_posix()
        if is_clutter(name):
            return
        try:
            name.encode("utf-8")
        except UnicodeEncodeError:
            shown = decode(os.fsencode(name)).text
            self.refused.append((shown, "文件名不是 UTF-8 编码，无法可靠地记录来源。请改名后再导入。"))
            return
        if path.is_symlink():
            self.refused.append((name, "是指向别处的链接，不予跟随。请把文件本身放进来再导入。"))
        elif path.is_file():
            self.names.append(name)

    def _not_listed(self, error: OSError) -> None:
        name = os.path.relpath(str(error.filename), self.root)
        self.refused.append((name, f"文件夹打不开（{error.strerror}）。请检查它的读取权限后再导入。"))


class Beside(Folder):
    """The files beside a list: only those it names are looked at, since it may lie anywhere (a desktop, a home)."""

    def __init__(self, path: Path) -> None:
        super().__init__(path.resolve().parent)
        self.label = str(path.resolve())

    def _list(self) -> None:
        return

    def has(self, name: str) -> bool:
        """Whether that file lies below the folder, and is no link to somewhere else."""
        path = self.root / name
        try:
            return path.is_file() and path.resolve() == path
        except (OSError, ValueError):
            return False


class Zip:
    """A ZIP archive, checked before anything is unpacked, and unpacked in memory only."""

    def __init__(self, path: Path) -> None:
        if path.stat().st_size > archives.MAX_UNPACKED_BYTES:
            limit = archives.MAX_UNPACKED_BYTES // 1024 // 1024
            raise UnreadableFile(f"压缩包超过 {limit} MB。请解压成文件夹，再导入该文件夹。")
        self.label = str(path.resolve())
        self._archive = archives.open_archive(path.read_bytes(), what=_WHAT)
        self._members: dict[str, str] = {}
        self.refused: list[tuple[str, str]] = []
        for member in self._archive.infolist():
            self._add(member)
        self.names = sorted(self._members)

    def read(self, name: str) -> bytes:
        return archives.read_member(self._archive, self._members[name], limit=MAX_FILE_BYTES, what=_WHAT)

    def _add(self, member: zipfile.ZipInfo) -> None:
        name = member_name(member)
        if member.is_dir() or name.endswith("/") or is_clutter(name):
            return
        if name.startswith("/") or ".." in name.split("/"):
            raise UnreadableFile("压缩包中有不安全的成员名称（如“../”或绝对路径）。请用常用软件重新打包后再导入。")
        if name in self._members:
            self.refused.append((name, "压缩包里有两个同名的文件，分不清用哪一个。请改名后重新打包。"))
        else:
            self._members[name] = member.filename


def member_name(member: zipfile.ZipInfo) -> str:
    """The member's name as its maker typed it: Chinese Windows writes GBK without saying so, others UTF-8."""
    if member.flag_bits & _UTF8_FLAG:
        return member.filename.replace("\\", "/")
    # Without the flag Python has read the bytes as code page 437, which loses none of them.
    return decode(member.filename.encode("cp437", "replace")).text.replace("\\", "/")


def is_clutter(name: str) -> bool:
    """Whether a file is what an operating system left there, not what people made."""
    return any(mark in f"/{name}" for mark in _CLUTTER) or posixpath.basename(name).lower() in _CLUTTER_NAMES


class Finder:
    """Finds a file by the way somebody wrote its name: relative, quoted, with other case or other slashes."""

    def __init__(self, names: Iterable[str]) -> None:
        self._known = {_folded(name): name for name in names}

    def find(self, written: str, *, beside: str = "") -> str | None:
        """The file that ``written`` means in a file called ``beside``; None when there is none inside the source."""
        for candidate in dict.fromkeys((written, unquote(written), unquote(written.split("?")[0].split("#")[0]))):
            path = candidate.strip().replace("\\", "/")
            if not path or path.endswith("/"):
                continue
            start = "" if path.startswith("/") else posixpath.dirname(beside)
            whole = posixpath.normpath(posixpath.join(start, path.lstrip("/")))
            if whole.startswith("../"):
                continue
            found = self.known(whole)
            if found:
                return found
        return None

    def known(self, name: str) -> str | None:
        """The file of that name, whatever its case; None when there is none."""
        return self._known.get(_folded(name))


class FinderBeside(Finder):
    """Finds files on the disk when they are asked for."""

    def __init__(self, tree: Beside) -> None:
        super().__init__(())
        self.tree = tree

    def known(self, name: str) -> str | None:
        return name if self.tree.has(name) else None


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
