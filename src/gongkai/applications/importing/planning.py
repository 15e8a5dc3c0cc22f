"""What taking over a ledger would make, before anything is written: row by row, with every problem and its cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from gongkai.agencies.bodies import Agency, Department
from gongkai.agencies.officers import Officer
from gongkai.applications.actions.parties import masked
from gongkai.applications.applications import Application, Ending
from gongkai.applications.clock_facts import Clocks
from gongkai.applications.importing.cases import LedgerCase, Problem
from gongkai.applications.parties import PartyKind
from gongkai.applications.powers import OFFICE
from gongkai.law.calendar import CalendarRangeError
from gongkai.law.clock import (
    ClarificationNotice,
    ConsultationAnswered,
    ConsultationSent,
    ExtensionGranted,
    History,
    HistoryError,
    Received,
    Supplement,
    Timeline,
    timeline,
)
from gongkai.law.receipt import Channel


class Fate(StrEnum):
    """What would become of a case."""

    CLOSED = "closed"
    OPEN = "open"
    SKIPPED = "skipped"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        """In words."""
        return {
            "closed": "迁入并办结",
            "open": "迁入，继续办理",
            "skipped": "已经迁入，跳过",
            "refused": "有误，不迁入",
        }[self.value]


@dataclass(frozen=True)
class Planned:
    """One case with what would become of it, in words."""

    case: LedgerCase
    fate: Fate
    told: str
    problems: Sequence[str] = ()
    due: date | None = None

    @property
    def applicant(self) -> str:
        """The name as lists show it."""
        return masked(PartyKind(self.case.facts.get("kind") or PartyKind.CITIZEN), self.case.said("name"))


@dataclass(frozen=True)
class Plan:
    """Every case of the ledger, in its order."""

    rows: Sequence[Planned]

    def of(self, fate: Fate) -> list[Planned]:
        """Those of one fate."""
        return [one for one in self.rows if one.fate is fate]

    @property
    def counts(self) -> dict[Fate, int]:
        return {fate: len(self.of(fate)) for fate in Fate}

    @property
    def made(self) -> int:
        """How many cases would be made."""
        return len(self.of(Fate.CLOSED)) + len(self.of(Fate.OPEN))


@dataclass(frozen=True)
class Known:
    """What names in a ledger may refer to, of one agency, and which numbers are there already."""

    agency: Agency
    departments: Mapping[str, Department]
    handlers: Mapping[str, Officer]
    taken: Mapping[str, str]
    clocks: Clocks = field(default_factory=Clocks)

    @classmethod
    def of(cls, agency: Agency) -> "Known":
        """Three queries, and those of the calendar."""
        handlers = Officer.objects.filter(agency=agency, is_active=True, appointments__role__in=list(OFFICE)).distinct()
        numbered = Application.objects.filter(agency=agency).exclude(source_number="")
        return cls(
            agency,
            {one.name: one for one in agency.departments.all()},
            {one.name: one for one in handlers},
            dict(numbered.values_list("source_number", "number")),
        )


def plan(cases: Sequence[LedgerCase], agency: Agency) -> Plan:
    """What would be made; a fixed number of queries, whatever the number of cases."""
    known = Known.of(agency)
    return Plan([planned(case, known) for case in cases])


def planned(case: LedgerCase, known: Known) -> Planned:
    """What would become of one case."""
    if case.number in known.taken:
        return Planned(case, Fate.SKIPPED, f"本机关已有这一编号的申请，登记号{known.taken[case.number]}")
    problems = [*case.problems, *_names(case, known), *_remedies(case)]
    line: Timeline | None = None
    if not {"arrived", "channel"} & {one.column for one in problems}:
        try:
            line = timeline(History(case.acts()), known.clocks.calendar, known.clocks.today, known.clocks.readings)
        except (HistoryError, CalendarRangeError) as error:
            problems.append(_contradiction(case, error))
    if problems:
        said = [one.sentence(case) for one in sorted(problems, key=lambda one: one.row)]
        return Planned(case, Fate.REFUSED, "", said)
    if case.closed:
        ending = str(Ending(case.ending).label)
        return Planned(case, Fate.CLOSED, f"{ending}，{case.day('replied'):%Y-%m-%d}{_note(case, line)}")
    due = line.due_date if line is not None else None
    told = line.status.label if line is not None else ""
    if due is not None:
        told += f"，答复期限至{due:%Y-%m-%d}"
    return Planned(case, Fate.OPEN, told + _note(case, line), due=due)


def _note(case: LedgerCase, line: Timeline | None) -> str:
    unconfirmed = Channel(case.facts["channel"]).needs_confirmation and not case.facts.get("confirmed")
    if unconfirmed and line is not None and line.receipt.day is None:
        return "；没有确认日期，期限不能起算"
    return ""


_COLUMN_OF = {
    Received: "arrived",
    ClarificationNotice: "clarified",
    Supplement: "supplemented",
    ExtensionGranted: "extension_approved",
    ConsultationSent: "consulted_on",
    ConsultationAnswered: "consulted_answered",
}


def _contradiction(case: LedgerCase, error: Exception) -> Problem:
    acts = list(case.acts())
    place = getattr(error, "index", None)
    column = _COLUMN_OF.get(type(acts[place]), "replied") if place is not None and place < len(acts) else ""
    return Problem(case.row, column, f"日期有矛盾：{error}。")


def _names(case: LedgerCase, known: Known) -> list[Problem]:
    found = []
    if (name := case.said("department")) and name not in known.departments:
        there = "、".join(list(known.departments)[:12]) or "还没有处室"
        found.append(
            Problem(case.row, "department", f"本机关没有“{name[:30]}”这个处室（现有：{there}），请改正或者留空。")
        )
    if (name := case.said("handler")) and name not in known.handlers:
        found.append(Problem(case.row, "handler", f"“{name[:20]}”不是本机关的公开经办人，请改正或者留空。"))
    return found


def _remedies(case: LedgerCase) -> list[Problem]:
    """Nobody contests a reply before it was given, and nothing is decided before it was filed."""
    found = []
    arrived, replied = case.day("arrived"), case.day("replied")
    for filed_key, decided_key in (("reconsidered", "reconsider_decided"), ("sued", "sue_decided")):
        filed, decided = case.day(filed_key), case.day(decided_key)
        if filed is not None and arrived is not None and filed < (replied or arrived):
            found.append(Problem(case.row, filed_key, "早于答复（到达）日期，请核对。"))
        if filed is not None and decided is not None and decided < filed:
            found.append(Problem(case.row, decided_key, "早于提起之日，请核对。"))
    return found
