"""The registry of checks and the one way to run them: facts in, a report out.

A check is a pure function that yields remarks. The registry turns remarks into findings: it names the check, makes the
fingerprint under which a person's answer is kept, masks whatever personal number a message might still carry, and puts
the findings in order. Packages above add their own checks with ``register`` in their ``AppConfig.ready``.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

from gongkai.publishing.checks.facts import DraftFacts
from gongkai.publishing.checks.personal import mask_personal
from gongkai.publishing.checks.places import Passage, Place, Where

__all__ = [
    "Check",
    "Finding",
    "Passage",
    "Place",
    "Remark",
    "Report",
    "Severity",
    "Where",
    "all_checks",
    "register",
    "run_checks",
]

LISTED = 200  # open findings of one check in a report: more than anybody works through before running it again
NEIGHBOURS = 6  # characters of context in a fingerprint: an edit elsewhere in the text leaves the answer standing


class Severity(StrEnum):
    """How much a finding weighs: 阻断 stops the release, 提示 asks for a look, 说明 only informs."""

    BLOCK = "block"
    WARN = "warn"
    INFO = "info"

    @property
    def label(self) -> str:
        return {"block": "阻断", "warn": "提示", "info": "说明"}[self.value]

    @property
    def rank(self) -> int:
        return ("block", "warn", "info").index(self.value)


@dataclass(frozen=True)
class Remark:
    """What a check says about one place. ``code`` tells the rules inside one check apart.

    ``replacement`` is the text that may take the place of ``place.start .. place.end`` at one click; None where there
    is nothing to put in. An ``answerable`` remark stops blocking once a person has answered it with a reason.
    """

    severity: Severity
    message: str
    place: Place
    code: str = ""
    suggestion: str = ""
    replacement: str | None = None
    answerable: bool = True


@dataclass(frozen=True)
class Finding:
    """A remark with its check and fingerprint; free of personal data, so that it may be kept as evidence."""

    check: str
    severity: Severity
    message: str
    place: Place
    suggestion: str
    replacement: str | None
    fingerprint: str
    answerable: bool
    answered: bool = False

    @property
    def blocks(self) -> bool:
        return self.severity is Severity.BLOCK and not (self.answered and self.answerable)

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON, with the excerpt written out."""
        data = asdict(self)
        data["place"]["excerpt"] = self.place.excerpt
        return data


@dataclass(frozen=True)
class Report:
    """The outcome of one run: findings in order of weight and place, and which checks in which version were run."""

    findings: tuple[Finding, ...]
    checks_run: Mapping[str, int]

    @property
    def blocked(self) -> bool:
        return any(finding.blocks for finding in self.findings)

    @property
    def blocking(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.blocks)

    @property
    def counts(self) -> dict[Severity, int]:
        """How many findings of each severity are still open (not answered, or not to be answered)."""
        counted = Counter(f.severity for f in self.findings if not (f.answered and f.answerable))
        return {severity: counted[severity] for severity in Severity}

    def as_dict(self) -> dict[str, Any]:
        return {
            "blocked": self.blocked,
            "counts": {severity.value: count for severity, count in self.counts.items()},
            "checks_run": dict(self.checks_run),
            "findings": [finding.as_dict() for finding in self.findings],
        }


Run = Callable[[DraftFacts], Iterable[Remark]]


@dataclass(frozen=True)
class Check:
    """One declared check. ``version`` rises when its judgement changes, so that old reports can be told from new."""

    key: str
    label: str
    description: str
    severities: tuple[Severity, ...]
    law_or_source: str
    run: Run
    version: int = 1


_checks: dict[str, Check] = {}


def register(
    *, key: str, label: str, description: str, severities: Iterable[Severity], law_or_source: str, version: int = 1
) -> Callable[[Run], Run]:
    """Declare the decorated function as a check. Raises ValueError when the key is taken by another function."""

    def declare(run: Run) -> Run:
        if key in _checks and _checks[key].run is not run:
            raise ValueError(f"check {key!r} is already registered")
        _checks[key] = Check(key, label, description, tuple(severities), law_or_source, run, version)
        return run

    return declare


def all_checks() -> tuple[Check, ...]:
    """Every registered check in the order of its registration, which is the order of the documentation."""
    return tuple(_checks.values())


def run_checks(facts: DraftFacts, checks: Iterable[Check] | None = None) -> Report:
    """Run ``checks`` (all registered ones by default) on ``facts``.

    A check that raises is a programming error and is not caught: a release must not pass because a check broke.
    """
    chosen = all_checks() if checks is None else tuple(checks)
    findings = [finding for check in chosen for finding in _listed(check, _findings(check, facts))]
    findings.sort(key=_order)
    return Report(tuple(findings), {check.key: check.version for check in chosen})


def _listed(check: Check, found: Iterable[Finding]) -> list[Finding]:
    """All answered findings and the first ``LISTED`` open ones; the rest becomes one finding that weighs as much."""
    findings = sorted(found, key=_order)
    unlisted = [finding for finding in findings if not finding.answered][LISTED:]
    if not unlisted:
        return findings
    left_out = set(map(id, unlisted))
    first = unlisted[0].place
    rest = Finding(
        check=check.key,
        severity=unlisted[0].severity,
        message=f"“{check.label}”还有{len(unlisted)}处没有列出，请先处理已经列出的，再检查一次",
        place=Place(first.where, first.field, first.start, first.start, attachment_id=first.attachment_id),
        suggestion="",
        replacement=None,
        fingerprint=hashlib.sha256(f"{check.key}\x1frest".encode()).hexdigest()[:24],
        answerable=False,
    )
    return [*(finding for finding in findings if id(finding) not in left_out), rest]


def _findings(check: Check, facts: DraftFacts) -> Iterable[Finding]:
    seen: Counter[str] = Counter()
    for remark in check.run(facts):
        if remark.severity not in check.severities:
            raise ValueError(f"check {check.key!r} does not declare severity {remark.severity!r}")
        clean = _without_personal_data(remark)
        basis = _basis(check.key, clean)
        fingerprint = hashlib.sha256(f"{basis}\x1f{seen[basis]}".encode("utf-8", "surrogatepass")).hexdigest()[:24]
        seen[basis] += 1
        yield Finding(
            check=check.key,
            severity=clean.severity,
            message=clean.message,
            place=clean.place,
            suggestion=clean.suggestion,
            replacement=clean.replacement,
            fingerprint=fingerprint,
            answerable=clean.answerable,
            answered=fingerprint in facts.answered,
        )


def _without_personal_data(remark: Remark) -> Remark:
    """The last net: a message, file name or link quoted outside a passage may carry a number too."""
    place = remark.place
    quote = mask_personal(place.quote)
    return replace(
        remark,
        message=mask_personal(remark.message),
        suggestion=mask_personal(remark.suggestion),
        place=replace(
            place, field=mask_personal(place.field), quote=quote, masked=place.masked or quote != place.quote
        ),
    )


def _basis(key: str, remark: Remark) -> str:
    """What makes a finding the same finding after an edit elsewhere: its rule, its words and their neighbours.

    Offsets are left out on purpose; so is the wording of the message wherever there are words of the draft to go by.
    """
    place = remark.place
    if place.quote:
        spot = f"{place.prefix[-NEIGHBOURS:]}\x1e{place.quote}\x1e{place.suffix[:NEIGHBOURS]}"
    else:
        spot = remark.message
    return "\x1f".join((key, remark.code, place.where, place.field, place.attachment_id or "", spot))


def _order(finding: Finding) -> tuple[int, int, str, int]:
    place = finding.place
    where = tuple(Where).index(place.where)
    return (finding.severity.rank, where, place.attachment_id or "", -1 if place.start is None else place.start)
