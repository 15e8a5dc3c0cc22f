"""What the public may upload, and for what: registered by the packages that want files."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from gongkai.texts.filetypes import ALLOWED


@dataclass(frozen=True)
class Purpose:
    """One use of uploads.

    ``kinds``: keys of ``texts.filetypes.ALLOWED``, empty for all of them. ``max_bytes``: of one file, within the
    installation's own limit. ``settled``: called with the upload in the transaction in which a file that was claimed
    while it waited for the virus scanner is accepted or refused.
    """

    name: str
    label: str
    kinds: frozenset[str] = frozenset()
    max_bytes: int = 0
    settled: Callable[[Any], None] | None = None

    @property
    def limit(self) -> int:
        """The largest file in bytes."""
        largest: int = settings.GONGKAI_PUBLIC_UPLOAD_MAX_BYTES
        return min(self.max_bytes or largest, largest)

    @property
    def accept(self) -> str:
        """For the ``accept`` of a file input."""
        return ",".join(ALLOWED[key].extension for key in ALLOWED if not self.kinds or key in self.kinds)

    @property
    def described(self) -> str:
        """What may be uploaded, in Chinese."""
        known = "、".join(key for key in ALLOWED if not self.kinds or key in self.kinds)
        return f"可以上传 {known}，单个文件不超过 {self.limit // 1024 // 1024} MB。"


_PURPOSES: dict[str, Purpose] = {}


def register(purpose: Purpose) -> Purpose:
    """Declare a purpose (in an AppConfig.ready); names are unique."""
    if purpose.name in _PURPOSES:
        raise ValueError(f"purpose {purpose.name!r} is registered twice")
    _PURPOSES[purpose.name] = purpose
    return purpose


def get(name: str) -> Purpose | None:
    """The purpose of that name, None when there is none."""
    return _PURPOSES.get(name)
