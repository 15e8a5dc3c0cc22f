"""A finished case of a former ledger 既有台账: what was decided then is taken over as it stands there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from gongkai.agencies.officers import Officer
from gongkai.applications.actions.powers_asked import demand
from gongkai.applications.applications import Application, Ending
from gongkai.applications.powers import OFFICER
from gongkai.applications.procedures import APPLICATION
from gongkai.procedures.engine import Refused, fire


@dataclass(frozen=True)
class Decided:
    """How an item was decided: an outcome of ``law.replies``, its grounds (the main one first), reasons and facts."""

    outcome: str
    grounds: Sequence[str] = ()
    reasons: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    earlier: Application | None = None


@transaction.atomic
def adopt(
    application: Application, decided: Sequence[Decided], *, on: date, by: Officer, ending: Ending = Ending.REPLIED
) -> Application:
    """Close the case as its ledger has it, one decision for each item in their order.

    Whether everything was on record that a decision needs today is not asked of what was decided then; under which row
    of the annual report it counts must be known. Raises Refused.
    """
    demand(by, application, OFFICER)
    items = list(application.items.all())
    if len(items) != len(decided):
        raise Refused([f"本件有{len(items)}项申请事项，台账中有{len(decided)}项处理决定，请核对。"])
    decisions = [
        {
            "outcome": one.outcome,
            "grounds": list(one.grounds),
            "reasons": one.reasons,
            "facts": one.facts,
            "earlier": one.earlier.pk if one.earlier else None,
        }
        for one in decided
    ]
    fired = fire(APPLICATION, application, "adopt", by=by, given={"ending": ending, "on": on, "decisions": decisions})
    adopted: Application = fired.subject
    return adopted
