"""What a timeline has to say about a history: violations, warnings, notes, in Chinese, with the article."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Gravity(StrEnum):
    """How grave a finding is."""

    VIOLATION = "violation"
    WARNING = "warning"
    NOTE = "note"

    @property
    def label(self) -> str:
        """In Chinese."""
        return {"violation": "违反规定", "warning": "请注意", "note": "说明"}[self.value]


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: `key` is stable, `message` for people; `reading` names the parameter that decided, if one did."""

    key: str
    gravity: Gravity
    message: str
    article: str = ""
    reading: str = ""
