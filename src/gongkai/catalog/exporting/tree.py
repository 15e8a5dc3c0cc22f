"""The tree on disk. Killed at any instant it is whole: the export before it, or one that the next start finishes.

What is new or changed is made ready beside the tree, in ``.export/new``, with a journal of what was done. When all is
there, ``.export/commit.json`` is written, and only then do files go into place: what others lead to first, the manifest
last, and what is no longer wanted goes away at the very end. A start that finds the commit file goes on from there.
"""

import fcntl
import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path, PurePosixPath

from gongkai.catalog.exporting import items
from gongkai.catalog.exporting.items import Item

MANIFEST, SUMS, BROKEN = "manifest.jsonl", "SHA256SUMS", "broken-links.txt"
_HOME = ".export"
_LAST = (BROKEN, "receipt.html", "receipt.txt", SUMS, MANIFEST)  # after everything they speak of
_CHUNK = 1024 * 1024


class NotOurs(Exception):
    """The directory holds something that no export put there."""


class InUse(Exception):
    """Another export is writing there."""


class Tree:
    """One directory with an export. Use as a context: it is locked against a second export meanwhile."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._home = root / _HOME
        self._new = self._home / "new"
        self._commit = self._home / "commit.json"
        self._journal = self._home / "journal.jsonl"
        self._state = self._home / "state.jsonl"
        self.former: dict[str, Item] = {}
        self.written = 0
        self.removed = 0

    def __enter__(self) -> "Tree":
        """Raises NotOurs, InUse, OSError. First finishes an export that was killed while its files went into place."""
        if self.root.exists() and not self._home.is_dir() and any(self.root.iterdir()):
            raise NotOurs(str(self.root))
        self._home.mkdir(parents=True, exist_ok=True)
        self._lock = (self._home / "lock").open("w")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._lock.close()
            raise InUse(str(self.root)) from None
        if self._commit.exists():
            self._into_place()
            self.written = self.removed = 0
        self.former = {one.address: one for one in items.load(self._state)}
        return self

    def __exit__(self, *_: object) -> None:
        self._lock.close()

    def resume(self, fingerprint: str) -> dict[str, Item]:
        """What an export that was killed had made ready, if nothing changed since; else begin anew."""
        found: dict[str, Item] = {}
        if self._begun() == fingerprint:
            with self._journal.open(encoding="utf-8") as journal:
                next(journal)
                lines = journal.read()
            (self._home / "resumed.jsonl").write_text(lines, encoding="utf-8")
            found = {one.address: one for one in items.load(self._home / "resumed.jsonl") if self._has(one)}
        else:
            shutil.rmtree(self._new, ignore_errors=True)
        self._put(self._journal, [items.as_line({"fingerprint": fingerprint}).encode()])
        with self._journal.open("a", encoding="utf-8") as journal:
            journal.writelines(items.as_line(asdict(one)) for one in found.values())
        return found

    def note(self, item: Item) -> None:
        """Write into the journal that this one is ready."""
        with self._journal.open("a", encoding="utf-8") as journal:
            journal.write(items.as_line(asdict(item)))

    def stage(self, file: PurePosixPath, chunks: Iterable[bytes]) -> tuple[str, int]:
        """Make a file ready unless the same lies in the tree already; its SHA-256 and size in bytes."""
        part = self._home / f"{uuid.uuid4().hex}.part"
        digest, size = hashlib.sha256(), 0
        with part.open("wb") as out:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                out.write(chunk)
        if self._lies(str(file), digest.hexdigest(), size):
            part.unlink()
            (self._new / file).unlink(missing_ok=True)
        else:
            (self._new / file).parent.mkdir(parents=True, exist_ok=True)
            part.replace(self._new / file)
        return digest.hexdigest(), size

    def lies(self, item: Item) -> bool:
        """Whether the file of an earlier export is still there as it was."""
        return self._lies(item.file, item.sha256, item.size)

    def finish(self, made: Sequence[Item]) -> None:
        """All is ready: put it into place, with its manifest and check sums; take away what is no longer wanted."""
        wanted = {one.file for one in made}
        obsolete = sorted({one.file for one in self.former.values()} - wanted)
        for leftover in [one for one in self._new.rglob("*") if one.is_file()]:
            name = str(leftover.relative_to(self._new))
            if name not in wanted and name not in _LAST:
                leftover.unlink()
        sums = "".join(f"{one.sha256}  {one.file}\n" for one in sorted(made, key=lambda one: one.file))
        self._stage_last(MANIFEST, items.dump(made, public=True))
        self._stage_last(SUMS, sums)
        self._put(self._home / "next-state.jsonl", [items.dump(made, public=False).encode()])
        self._put(self._commit, [json.dumps({"obsolete": obsolete}).encode()])
        self._into_place()

    def manifest_sha256(self, made: Sequence[Item]) -> str:
        """The SHA-256 that the manifest of these items has."""
        return hashlib.sha256(items.dump(made, public=True).encode()).hexdigest()

    def _stage_last(self, name: str, text: str) -> None:
        self.stage(PurePosixPath(name), [text.encode()])

    def _into_place(self) -> None:
        """Idempotent: whatever was done before a kill is not there to be done again."""
        for file in self._in_order():
            target = self.root / file
            target.parent.mkdir(parents=True, exist_ok=True)
            (self._new / file).replace(target)
            self.written += 1
        for name in json.loads(self._commit.read_text(encoding="utf-8"))["obsolete"]:
            self._take_away(self.root / name)
        ready = self._home / "next-state.jsonl"
        if ready.exists():
            ready.replace(self._state)
        self._journal.unlink(missing_ok=True)
        (self._home / "resumed.jsonl").unlink(missing_ok=True)
        self._commit.unlink()
        shutil.rmtree(self._new, ignore_errors=True)

    def _in_order(self) -> list[PurePosixPath]:
        """Files that pages need, then pages, then what speaks of all of them."""
        names = [PurePosixPath(one.relative_to(self._new)) for one in self._new.rglob("*") if one.is_file()]

        def rank(file: PurePosixPath) -> tuple[int, str]:
            if str(file) in _LAST:
                return 2 + _LAST.index(str(file)), ""
            return (1 if file.suffix == ".html" else 0), str(file)

        return sorted(names, key=rank)

    def _take_away(self, path: Path) -> None:
        if path.exists():
            path.unlink()
            self.removed += 1
        for folder in path.parents:
            if folder == self.root or not folder.is_dir() or any(folder.iterdir()):
                break
            folder.rmdir()

    def _lies(self, file: str, sha256: str, size: int) -> bool:
        """By the manifest and the size on disk: reading every file again would be the work of writing it."""
        known = self._by_file().get(file)
        path = self.root / file
        if known is None:  # what has no line in the manifest: the manifest itself and what stands beside it
            return path.is_file() and path.stat().st_size == size and _sha256(path) == sha256
        return (known.sha256, known.size) == (sha256, size) and path.is_file() and path.stat().st_size == size

    def _by_file(self) -> dict[str, Item]:
        if not hasattr(self, "_files"):
            self._files = {one.file: one for one in self.former.values()}
        return self._files

    def _has(self, item: Item) -> bool:
        ready = self._new / item.file
        if ready.is_file():
            return _sha256(ready) == item.sha256
        return self.lies(item)

    def _begun(self) -> str:
        """The fingerprint of the export that the journal belongs to; empty without one."""
        try:
            with self._journal.open(encoding="utf-8") as journal:
                return str(json.loads(next(journal))["fingerprint"])
        except (OSError, StopIteration, ValueError, KeyError):
            return ""

    def _put(self, path: Path, chunks: Iterable[bytes]) -> None:
        part = path.with_name(f"{path.name}.{uuid.uuid4().hex}.part")
        with part.open("wb") as out:
            out.writelines(chunks)
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
