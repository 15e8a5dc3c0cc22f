"""Every check of a report together, in the order in which people mend things: errors first, then by rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.law.annual_report import arithmetic, cells, statements, wording, years
from gongkai.law.annual_report.figures import Figures
from gongkai.law.annual_report.findings import RULES, Finding, Severity
from gongkai.law.annual_report.wording import Narrative


@dataclass(frozen=True, slots=True)
class Before:
    """The report of the preceding year; the text may be absent."""

    figures: Figures
    narrative: Narrative | None = None


def check(
    figures: Figures, narrative: Narrative | None = None, *, before: Before | None = None, makes_rules: bool = True
) -> list[Finding]:
    """All findings. Without a narrative the text is not looked at. `makes_rules`: the agency may make 规章.

    Raises ValueError when `before` is not of the preceding year.
    """
    found = [
        *arithmetic.check(figures),
        *cells.check(figures),
        *cells.check_powers(figures, makes_rules=makes_rules),
        *years.check_format(figures),
    ]
    if narrative is not None:
        found += [*wording.check(narrative, figures), *statements.check(narrative, figures)]
    if before is not None:
        found += years.check(figures, before.figures)
        if narrative is not None and before.narrative is not None:
            found += wording.check_likeness(narrative, before.narrative)
    return in_order(found)


def in_order(found: Iterable[Finding]) -> list[Finding]:
    """Errors, warnings, hints; within each by rule; the same thing said twice only once."""
    codes, weights = list(RULES), list(Severity)
    unique = {(one.key, one.message): one for one in found}
    return sorted(unique.values(), key=lambda one: (weights.index(one.weight), codes.index(one.code)))
