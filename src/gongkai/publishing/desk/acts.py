"""What may be done with a subject now, as the page offers it: drawn from ``engine.permitted`` and nothing else."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.officers import Officer
from gongkai.procedures.engine import permitted
from gongkai.procedures.tables import SYSTEM_ROLE, Attempt, Event, Procedure
from gongkai.publishing.desk.act_forms import ActForm

_KINDS = {"go": "go", "danger": "warn"}
_ASKED_FIRST = frozenset({"release", "adopt"})  # nothing to fill in, yet not to be undone: asked once more


@dataclass(frozen=True)
class Act:
    """One act that is permitted: its button, its fields, where it is sent."""

    event: Event
    url: str
    form: ActForm
    open: bool

    @property
    def kind(self) -> str:
        return _KINDS.get(self.event.tone, "")

    @property
    def form_id(self) -> str:
        return f"act-{self.form.prefix}"

    @property
    def attests(self) -> bool:
        """The reviewer's boxes stand beside the text, not in a box that covers it; what needs facts is a form."""
        asks = self.event.asks
        return any(asked.kind == "checkbox" for asked in asks) and not any(asked.required for asked in asks)

    @property
    def opens(self) -> bool:
        """Whether the button opens a form (or a question) first."""
        return not self.attests and (bool(self.event.asks) or self.event.key in _ASKED_FIRST)


@dataclass(frozen=True)
class Acts:
    """All acts on a subject. ``refused``: mine, held up by a reason; ``blocked``: those of them that lead on, shown as
    buttons that do not work yet; ``others``: matters of other roles."""

    version: int
    permitted: Sequence[Act] = ()
    refused: Sequence[dict[str, str]] = ()
    others: Sequence[dict[str, str]] = ()
    blocked: Sequence[dict[str, str]] = ()
    tried: ActForm | None = None

    @property
    def attesting(self) -> Act | None:
        """The act whose attestations stand beside the text."""
        return next((act for act in self.permitted if act.attests), None)


def fire_url(procedure: Procedure, subject: Any, event_key: str) -> str:
    """Where an act on an edition or document is sent."""
    return reverse(f"desk:fire_{procedure.key}", args=[subject.pk, event_key])


Address = Callable[[Procedure, Any, str], str]


def acts_on(
    procedure: Procedure,
    subject: Any,
    officer: Officer,
    *,
    tried: ActForm | None = None,
    address: Address = fire_url,
    prefix: str = "",
) -> Acts:
    """What the officer may do with the subject, and why not the rest. ``tried``: a form just refused, shown again.
    ``address``: where acts are sent; ``prefix``: keeps the fields of several subjects on one page apart."""
    allowed: list[Act] = []
    refused: list[dict[str, str]] = []
    others: list[dict[str, str]] = []
    blocked: list[dict[str, str]] = []
    for permission in permitted(procedure, subject, officer):
        event = permission.event
        if event.roles[subject.state] == {SYSTEM_ROLE}:
            continue
        if permission.permitted:
            form = form_for(procedure, subject, officer, event, prefix=prefix)
            again = tried is not None and tried.prefix == form.prefix
            shown = tried if again and tried is not None else form
            allowed.append(Act(event, address(procedure, subject, event.key), shown, open=again))
        else:
            reasons = [{"act": event.label, "text": reason} for reason in permission.reasons]
            (refused if permission.in_role else others).extend(reasons)
            if permission.in_role and event.tone == "go" and set(event.targets) != {subject.state}:
                blocked.append({"label": event.label, "reasons": "；".join(permission.reasons)})
    return Acts(subject.version, allowed, refused, others, blocked, tried)


def form_for(
    procedure: Procedure, subject: Any, officer: Officer, event: Event, data: Any = None, *, prefix: str = ""
) -> ActForm:
    """The form of an event, filled with what was sent."""
    attempt = Attempt(procedure, event, subject, officer, procedure.roles_of(officer, subject), timezone.now())
    return ActForm(attempt, data, prefix=prefix)
