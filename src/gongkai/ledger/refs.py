"""How the ledger names people and things without knowing them: kind, id and the label of that day."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Ref:
    """A name for a subject, an actor or an agency: ``Ref("document", "41", "关于…的通知")``."""

    kind: str
    id: str
    label: str = ""

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.id}"


class Named(Protocol):
    """Whatever can say how the ledger should name it."""

    def ref(self) -> Ref: ...


SYSTEM = Ref("system", "", "系统")


def ref_of(thing: "Ref | Named | None") -> Ref:
    """The reference of a thing; None is nobody in particular (an empty reference)."""
    if thing is None:
        return Ref("", "", "")
    return thing if isinstance(thing, Ref) else thing.ref()
