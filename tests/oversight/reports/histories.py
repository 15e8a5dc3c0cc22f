"""Histories of cases drawn by hypothesis, and lived through by firing the procedures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from tests.factories import cases
from tests.factories.people import Staffed

from gongkai.applications.actions import later
from gongkai.applications.applications import Application
from gongkai.applications.parties import PartyKind
from gongkai.applications.powers import ApplicantActor
from gongkai.applications.procedures import REMEDY
from gongkai.applications.remedies import RemedyKind, RemedyResult
from gongkai.procedures.engine import fire

_DECISIONS: tuple[dict[str, Any], ...] = (
    cases.GRANTED,
    cases.REFUSED,
    {"outcome": "refused", "grounds": ["process", "internal-affairs"], "reasons": "过程性信息。"},
    {"outcome": "needs_processing", "reasons": "需要另行制作。"},
    {"outcome": "reconfirm", "reasons": "已经提供过。"},
    {"outcome": "petition", "facts": {"proper_channel": "信访部门"}},
    {"outcome": "other", "reasons": "其他情形。"},
)
_LAPSED_AFTER = 30  # days: what was to be made good within nine was not
FIRST, LAST = 2019, 2021


@dataclass(frozen=True)
class Challenge:
    """A reconsideration or a court case. ``decided``: days it takes, None: not decided; ``renewed``: the reply that it
    orders is given in a new round."""

    kind: RemedyKind
    after: int
    decided: int | None
    result: RemedyResult
    renewed: bool


@dataclass(frozen=True)
class Story:
    """One application: who, how many items (a decision for each), when, how it went on and for how many days."""

    kind: PartyKind
    arrived: date
    way: str
    days: int
    decisions: tuple[int, ...]
    challenges: tuple[Challenge, ...]
    anew: tuple[tuple[int, int | None], ...]
    """Unchallenged, the agency corrects itself: days after its last reply; days until it answers, None: not yet."""

    @property
    def ended(self) -> date | None:
        """The day on which its items are closed."""
        if self.way == "open":
            return None
        return self.arrived + timedelta(days=max(self.days, _LAPSED_AFTER) if self.way == "lapsed" else self.days)

    @property
    def filed(self) -> Iterator[tuple[date, date | None]]:
        """The first and last day of every remedy."""
        for one in self.challenges if self.way == "replied" and self.ended else ():
            filed = self.ended + timedelta(days=one.after)
            yield filed, None if one.decided is None else filed + timedelta(days=one.decided)


_TURNS = st.sampled_from([date(year, *day) for year in range(FIRST, LAST + 1) for day in ((1, 1), (12, 20), (12, 31))])
_CHALLENGES = st.builds(
    Challenge,
    kind=st.sampled_from([RemedyKind.RECONSIDERATION, RemedyKind.LITIGATION_DIRECT]),
    after=st.integers(1, 50),
    decided=st.none() | st.sampled_from([20, 90, 400]),
    result=st.sampled_from(RemedyResult),
    renewed=st.booleans(),
)
STORIES = st.builds(
    Story,
    kind=st.sampled_from(PartyKind),
    arrived=_TURNS | st.dates(date(FIRST, 1, 1), date(LAST, 12, 31)),
    way=st.sampled_from(["replied", "replied", "withdrawn", "lapsed", "open"]),
    days=st.sampled_from([0, 12, 40, 400, 800]),
    decisions=st.lists(st.integers(0, len(_DECISIONS) - 1), min_size=1, max_size=2).map(tuple),
    challenges=st.lists(_CHALLENGES, max_size=2).map(tuple),
    anew=st.lists(st.tuples(st.integers(0, 40), st.none() | st.sampled_from([1, 30, 300])), max_size=2).map(tuple),
)


SET_RIGHT_TWICE = Story(PartyKind.CITIZEN, date(LAST, 2, 1), "replied", 12, (0, 1), (), ((5, 30), (0, 1)))
"""Two answers of the year give way to a third."""


def live_through(at: Staffed, story: Story) -> None:
    """The case comes in and goes as far as its story says."""
    wanted = [f"信息{number}" for number in range(len(story.decisions))]
    case = cases.received(at, arrived=story.arrived, kind=story.kind, wanted=wanted)
    day, officer = story.ended, at.disclosure_officer
    if day is None:
        return
    if story.way == "withdrawn":
        cases.act(case, "withdraw", by=ApplicantActor(case.pk), day=day)
    elif story.way == "lapsed":
        given = {"unclear": "不明确", "wanted": "写明年份", "notified_on": story.arrived}
        until = story.arrived + timedelta(days=9)
        case = cases.act(case, "clarify", by=officer, day=story.arrived, until=until, **given)
        cases.act(case, "lapse", by=officer, day=day)
    else:
        case = cases.act(case, "take_up", by=officer, day=story.arrived)
        _reply(at, case, story.decisions, day)
        if not story.challenges:
            _set_right(at, case, story, day)
        for challenge, (filed, decided) in zip(story.challenges, story.filed, strict=True):
            _challenge(at, case, story, challenge, filed, decided)


def _set_right(at: Staffed, case: Application, story: Story, day: date) -> None:
    decisions = story.decisions
    for after, until in story.anew:
        day += timedelta(days=after)
        cases.act(cases.again(case), "answer_anew", by=at.disclosure_head, day=day, reason="漏查了档案")
        if until is None:
            return
        case, day = case.rounds.get(), day + timedelta(days=until)
        decisions = tuple((one + 1) % len(_DECISIONS) for one in decisions)
        _reply(at, case, decisions, day)


def _reply(at: Staffed, case: Application, decisions: Sequence[int], day: date) -> None:
    officer = at.disclosure_officer
    for item, decision in zip(case.items.all(), decisions, strict=True):
        cases.draft(item, by=officer, day=day, **_DECISIONS[decision])
    case = cases.act(cases.again(case), "submit", by=officer, day=day)
    if case.state == "legal_review":
        case = cases.act(case, "pass", by=at.legal_reviewer, day=day)
    case = cases.act(case, "pass_head", by=at.disclosure_head, day=day)
    case = cases.act(case, "sign", by=at.leader, day=day)
    cases.frozen_reply(at, case)
    cases.act(case, "deliver", by=officer, day=day, replied_on=day)


def _challenge(
    at: Staffed, case: Application, story: Story, challenge: Challenge, filed: date, decided: date | None
) -> None:
    with cases.on(filed):
        made = later.file_remedy(
            case, kind=challenge.kind, body="澜川市人民政府", filed_on=filed, by=at.disclosure_officer
        )
    if decided is None:
        return
    orders = challenge.result == RemedyResult.CORRECTED
    given = {"result": challenge.result, "decided_on": decided, "orders_new_reply": orders}
    with cases.on(decided):
        fire(REMEDY, made, "decide", by=at.legal_reviewer, given=given)
    if orders and challenge.renewed:
        _reply(at, case.rounds.latest("pk"), story.decisions, decided + timedelta(days=15))
