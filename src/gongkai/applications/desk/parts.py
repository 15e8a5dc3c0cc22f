"""The parts of a case that are procedures of their own, each with what may be done with it now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse

from gongkai.agencies.officers import Officer
from gongkai.applications.applications import Application
from gongkai.applications.clock_facts import clocks_of
from gongkai.applications.desk.decision import Decided, DecisionForm, decided
from gongkai.applications.procedures import APPLICATION, ASSIGNMENT, CONSULTATION, EXTENSION, ITEM, REMEDY
from gongkai.applications.urgency import Urgency, answer_due, dated
from gongkai.law.clock import Timeline
from gongkai.procedures.tables import Procedure
from gongkai.publishing.desk.act_forms import ActForm
from gongkai.publishing.desk.acts import Acts, acts_on

PARTS: Mapping[str, tuple[Procedure, str]] = {
    "items": (ITEM, "items"),
    "assignments": (ASSIGNMENT, "assignments"),
    "extensions": (EXTENSION, "extensions"),
    "consultations": (CONSULTATION, "consultations"),
    "remedies": (REMEDY, "remedies"),
}
"""By the word in the address: the procedure, and the relation of the case."""

_OWN_PAGE = frozenset({(ITEM.key, "draft")})
"""Events with a form of their own."""
_ADOPT = EXTENSION.event("adopt").label


@dataclass(frozen=True)
class Part:
    """One part: the row, its state, what may be done, and what else the page shows of it."""

    row: Any
    state: str
    acts: Acts
    decided: Decided | None = None
    form: DecisionForm | None = None
    may_draft: bool = False
    due: Urgency | None = None
    why_due: str = ""


def address(procedure: Procedure, subject: Any, event: str) -> str:
    """Where an act on a case or a part of one is sent."""
    if procedure is APPLICATION:
        return reverse("applications:fire_application", args=[subject.pk, event])
    return reverse(f"applications:fire_{procedure.key}", args=[subject.application_id, subject.pk, event])


def prefix(procedure: Procedure, subject: Any) -> str:
    """What keeps the fields of several parts apart."""
    return f"{procedure.key}{subject.pk}-"


def part_or_404(case: Application, of: str, pk: int) -> tuple[Procedure, Any]:
    """A part of the case by the word in the address and its number."""
    procedure, relation = PARTS[of]
    found = next((one for one in getattr(case, relation).all() if one.pk == pk), None)
    if found is None:
        raise Http404("本件里没有这一项，它可能已经被他人改动。")
    return procedure, found


def of_case(
    case: Application, officer: Officer, tried: ActForm | None, deciding: DecisionForm | None, line: Timeline | None
) -> dict[str, Sequence[Part]]:
    """Every part of the case by kind."""
    found: dict[str, Sequence[Part]] = {}
    for of, (procedure, relation) in PARTS.items():
        found[of] = [
            _part(procedure, one, case, officer, tried, deciding, line) for one in getattr(case, relation).all()
        ]
    return found


def _part(
    procedure: Procedure,
    row: Any,
    case: Application,
    officer: Officer,
    tried: ActForm | None,
    deciding: DecisionForm | None,
    line: Timeline | None,
) -> Part:
    acts = acts_on(procedure, row, officer, tried=tried, address=address, prefix=prefix(procedure, row))
    drafting = [one for one in acts.permitted if (procedure.key, one.event.key) in _OWN_PAGE]
    rest = [one for one in acts.permitted if one not in drafting]
    refused = [one for one in acts.refused if case.imported or one["act"] != _ADOPT]
    shown = Acts(acts.version, rest, refused, acts.others, (), acts.tried)
    state = procedure.state(row.state).label
    if procedure is ITEM:
        form = deciding if deciding is not None and deciding.item.pk == row.pk else None
        return Part(row, state, shown, decided(row), form if drafting else None, bool(drafting))
    if procedure is REMEDY:
        due = answer_due(row, clocks_of(case).calendar)
        urgency = dated(due.date, "答复", clocks_of(case)) if due is not None and row.state == "filed" else None
        return Part(row, state, shown, due=urgency, why_due=due.reason if due else "")
    if procedure is CONSULTATION and line is not None:
        step = line.step(f"consultation:{row.pk}")
        waits = row.state == "sent" and step is not None and step.due is not None
        urgency = dated(step.due, "提出意见", clocks_of(case)) if waits and step is not None and step.due else None
        return Part(row, state, shown, due=urgency)
    return Part(row, state, shown)
