"""What became of one thing of a source: a line of the report, and what is kept of it in the database."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from gongkai.publishing.imports import ImportStatus


@dataclass
class Outcome:
    """One line. ``header`` has, by key, the label, the value as text and where it came from."""

    path: str
    sha256: str = ""
    status: str = ImportStatus.REFUSED
    reason: str = ""
    title: str = ""
    type: str = ""
    type_label: str = ""
    type_origin: str = ""
    header: dict[str, dict[str, str]] = field(default_factory=dict)
    code: str = ""
    index_number: str = ""
    released: bool = False
    findings: list[dict[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    taken_files: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    old_addresses: list[str] = field(default_factory=list)

    @property
    def status_label(self) -> str:
        return str(ImportStatus(self.status).label)

    def text(self, key: str) -> str:
        """A header value as text, "" when there is none."""
        return self.header.get(key, {}).get("value", "")

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return asdict(self) | {"status_label": self.status_label}

    @classmethod
    def from_dict(cls, plain: dict[str, Any]) -> Outcome:
        """The line as it was kept."""
        return cls(**{key: value for key, value in plain.items() if key != "status_label"})
