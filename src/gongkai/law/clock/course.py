"""The course of an application: runs of the clock, and the waits between them, one after the other.

A run counts working days from its start, which is not counted itself. A supplement (art. 30) or a payment ends a wait
and starts the count anew. Whoever lets a wait pass is deemed to have given up the application (视为放弃).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from gongkai.law.clock.acts import ExtensionGranted
from gongkai.law.clock.findings import Finding


class Began(StrEnum):
    """What a run starts from."""

    RECEIPT = "receipt"
    SUPPLEMENT = "supplement"
    PAYMENT = "payment"

    @property
    def label(self) -> str:
        """In Chinese."""
        return {"receipt": "收到申请", "supplement": "收到补正", "payment": "缴费"}[self.value]


class WaitKind(StrEnum):
    """What the applicant is waited for."""

    SUPPLEMENT = "supplement"
    PAYMENT = "payment"
    REASONS = "reasons"

    @property
    def label(self) -> str:
        """In Chinese."""
        return {"supplement": "等待补正", "payment": "等待缴费", "reasons": "等待说明理由"}[self.value]


@dataclass(slots=True)
class Run:
    """A run of the clock from `start` (not counted). `began` by an act on `from_day`; `ended` on the day of the notice
    that interrupted it. `extra` working days by a valid extension, `later` a day fixed under article 35."""

    began: Began
    from_day: date
    start: date
    original_due: date | None
    counted_due: date | None
    ended: date | None = None
    extra: int = 0
    later: date | None = None

    @property
    def due(self) -> date | None:
        """The last day to reply in this run; None while a stop has no known end."""
        if self.counted_due is None or self.later is None:
            return self.counted_due
        return max(self.counted_due, self.later)


@dataclass(slots=True)
class Wait:
    """A wait from the day of the notice (`since`) up to `until`; `ended` on the day the applicant did as asked."""

    kind: WaitKind
    since: date
    until: date
    stated: bool = True
    ended: date | None = None
    excused: bool = False


@dataclass(slots=True)
class Course:
    """Runs and waits in order; `abandoned` from the day after a wait passed, with what was waited for.
    `extended_by`: the extension that took effect, told before `extended_before`; `reasons_until`: while reasons are
    waited for."""

    phases: list[Run | Wait] = field(default_factory=list)
    abandoned: date | None = None
    abandoned_for: WaitKind | None = None
    extended_by: ExtensionGranted | None = None
    extended_before: date | None = None
    reasons_until: date | None = None
    findings: list[Finding] = field(default_factory=list)

    @property
    def run(self) -> Run | None:
        """The run that goes on; None in a wait, after giving up, before receipt."""
        last = self.phases[-1] if self.phases else None
        return last if isinstance(last, Run) and self.abandoned is None else None

    @property
    def last_run(self) -> Run | None:
        """The latest run, interrupted or not."""
        return next((one for one in reversed(self.phases) if isinstance(one, Run)), None)

    @property
    def wait(self) -> Wait | None:
        """The wait that goes on."""
        last = self.phases[-1] if self.phases else None
        return last if isinstance(last, Wait) and self.abandoned is None else None
