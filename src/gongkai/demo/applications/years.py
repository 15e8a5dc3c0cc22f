"""The former ledger of an agency: every case of its years, planned so that each year's report is what happened. Pure.

One case, one item. Which of a year's cases are decided how is drawn by chance, but those that need steps in between
(补正, 征求意见, 延期) are taken from cases that came early enough to be decided in the same year.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from gongkai.demo.applications import told
from gongkai.demo.applications.told import DemoApplicant, DemoRemedy, DemoWanted, DemoYear
from gongkai.demo.days import add_working_days, working_day_from, working_day_until
from gongkai.law.replies import outcome

SETTLED_BEFORE = 75
"""Days before today up to which cases are of the former ledger; later ones were handled here."""
_CHANNELS = (*["online"] * 11, *["counter"] * 4, *["signed_mail"] * 4, "plain_mail", "fax", "mailbox", "hotline")
_ON_TIME = (7, 17)
_LAST_RECEIVED = (12, 1)
_EARLY_UNTIL = (10, 20)
_NEEDS_TIME = {"unclear", "clarification_lapsed"}
_PROTECTING = {"trade-secret", "privacy"}
_MAY_TAKE_LONGER = {"granted", "partial", "refused"}
_REMEDY_AFTER, _REMEDY_TAKES = 24, 52


@dataclass(frozen=True)
class Asked:
    """An opinion asked for: of whom, when it went out, when the answer came (None: silence), what it was."""

    kind: str
    sent: date
    answered: date | None
    answer: str


@dataclass(frozen=True)
class PlannedRemedy:
    """A remedy with its days; ``decided`` None: not yet."""

    told: DemoRemedy
    filed: date
    answered: date
    decided: date | None


@dataclass(frozen=True)
class Settled:
    """A case of the former ledger. ``ended``: replied, lapsed or withdrawn on that day."""

    key: str
    agency: str
    received: date
    ended: date
    channel: str
    applicant: DemoApplicant
    wanted: DemoWanted
    name: str
    notice: date | None = None
    supplement: date | None = None
    extended: date | None = None
    asked: Asked | None = None
    remedy: PlannedRemedy | None = None
    stars: int = 0


@dataclass(eq=False)
class _Slot:
    """A case before it is known how it is decided: when it came, and whether it is decided in the year after."""

    received: date
    carried: bool
    early: bool


def settled(agency: str, today: date) -> list[Settled]:
    """Every case of the former ledger, by day of receipt; none of them ends after ``today`` less some weeks."""
    until = today - timedelta(days=SETTLED_BEFORE)
    first = told.first_year(agency)
    carried = _december(first - 1, told.first_carried(agency), Random(f"{agency} {first - 1}"))
    found: list[Settled] = []
    for number in range(first, until.year + 1):
        rng = Random(f"{agency} {number}")
        planned = told.year(agency, number)
        own = _slots(number, planned, rng)
        closing = [*carried, *(one for one in own if not one.carried)]
        found += _decided(agency, number, closing, planned, rng)
        carried = [one for one in own if one.carried]
    past = sorted((one for one in found if one.ended <= until), key=lambda one: (one.received, one.key))
    return _with_remedies(agency, past, today)


def _slots(number: int, planned: DemoYear, rng: Random) -> list[_Slot]:
    """Days of receipt over the year; the last ones are carried over."""
    first, last = date(number, 1, 3), date(number, *_LAST_RECEIVED)
    days = sorted(_working_day(first, last, rng) for _ in range(planned.received - planned.carried))
    early = date(number, *_EARLY_UNTIL)
    return [_Slot(day, False, day <= early) for day in days] + _december(number, planned.carried, rng)


def _december(number: int, count: int, rng: Random) -> list[_Slot]:
    """So late in the year that they are answered in the next."""
    last = working_day_until(date(number, 12, 31))
    return sorted(
        (_Slot(add_working_days(last, -rng.randint(0, 8)), True, False) for _ in range(count)),
        key=lambda one: one.received,
    )


def _working_day(first: date, last: date, rng: Random) -> date:
    return working_day_from(first + timedelta(days=rng.randint(0, (last - first).days)))


def _decided(agency: str, number: int, slots: list[_Slot], planned: DemoYear, rng: Random) -> Iterator[Settled]:
    """Each slot closed in that year with its decision."""
    decisions = list(_decisions(agency, planned, rng))
    demanding = [one for one in decisions if one.outcome in _NEEDS_TIME]
    others = [one for one in decisions if one.outcome not in _NEEDS_TIME]
    early = [one for one in slots if one.early]
    patient = rng.sample(early, min(len(demanding), len(early)))
    rest = [one for one in slots if one not in patient]
    rng.shuffle(others)
    made = [
        _case(agency, number, place, slot, decision, rng)
        for place, (slot, decision) in enumerate([*zip(patient, demanding), *zip(rest, others)])  # noqa: B905
    ]
    return iter(_with_steps(made, planned, rng))


def _decisions(agency: str, planned: DemoYear, rng: Random) -> Iterator[DemoWanted]:
    """What is asked, as often as the year's report counts each group; within a group every kind in turn."""
    for group, count in planned.decided.items():
        kinds = [one for one in told.wanted(agency) if outcome(one.outcome).disposal.value == group]
        begin = rng.randrange(len(kinds)) if kinds else 0
        for place in range(count):
            yield kinds[(begin + place) % len(kinds)]


def _case(agency: str, number: int, place: int, slot: _Slot, wanted: DemoWanted, rng: Random) -> Settled:
    day = slot.received
    case = Settled(
        key=f"{agency}-{number}-{place}",
        agency=agency,
        received=day,
        ended=add_working_days(day, rng.randint(12, 17) if slot.carried else rng.randint(*_ON_TIME)),
        channel=rng.choice(_CHANNELS),
        applicant=told.applicant(rng),
        wanted=wanted,
        name=wanted.named(rng, day),
        stars=rng.choice((0, 0, 0, 5, 5, 4, 3)),
    )
    if wanted.outcome == "unclear":
        return _clarified(case, rng)
    if wanted.outcome == "clarification_lapsed":
        notice = add_working_days(day, rng.randint(3, 6))
        return replace(case, notice=notice, ended=add_working_days(notice, 13))
    if wanted.outcome == "withdrawn":
        return replace(case, ended=add_working_days(day, 13 if slot.carried else rng.randint(2, 6)))
    return case


def _clarified(case: Settled, rng: Random) -> Settled:
    notice = add_working_days(case.received, rng.randint(3, 6))
    supplement = add_working_days(notice, rng.randint(3, 7))
    ended = add_working_days(supplement, rng.randint(6, 15))
    return replace(case, notice=notice, supplement=supplement, ended=ended)


def _with_steps(cases: list[Settled], planned: DemoYear, rng: Random) -> list[Settled]:
    """Some had opinions asked for, were clarified first, took longer."""
    limit = (cases[0].ended.year, *_EARLY_UNTIL) if cases else (1, 1, 1)
    able = [
        place
        for place, one in enumerate(cases)
        if one.wanted.outcome in _MAY_TAKE_LONGER and one.notice is None and one.received <= date(*limit)
        and one.received.year == one.ended.year
    ]  # fmt: skip
    rng.shuffle(able)
    # Of those asked, most object: it is their secret; a third had nothing to hide.
    secret = [place for place in able if _PROTECTING & set(cases[place].wanted.grounds)]
    objecting = secret[: planned.third_party - planned.third_party // 3]
    able = objecting + [place for place in able if place not in secret] + secret[len(objecting) :]
    for count, change in (
        (planned.third_party, _third_party),
        (planned.joint, _joint),
        (planned.extended, _extended),
        (planned.clarified, _clarified),
    ):
        for place in able[:count]:
            cases[place] = change(cases[place], rng)
        able = able[count:]
    return cases


def _third_party(case: Settled, rng: Random) -> Settled:
    """Asked; those whose secrets it is object, some of the others do not answer at all."""
    answer = "object" if case.wanted.grounds else rng.choice(("consent", "consent", "partly", ""))
    return _consulted(case, "third_party", answer, rng)


def _joint(case: Settled, rng: Random) -> Settled:
    return _consulted(case, "joint_agency", rng.choice(("consent", "")), rng)


def _consulted(case: Settled, kind: str, answer: str, rng: Random) -> Settled:
    sent = add_working_days(case.received, rng.randint(2, 5))
    back = add_working_days(sent, rng.randint(4, 11) if answer else 17)
    asked = Asked(kind, sent, back if answer else None, answer)
    return replace(case, asked=asked, ended=add_working_days(back, rng.randint(3, 9)))


def _extended(case: Settled, rng: Random) -> Settled:
    proposed = add_working_days(case.received, rng.randint(13, 16))
    return replace(case, extended=proposed, ended=add_working_days(case.received, rng.randint(22, 34)))


def _with_remedies(agency: str, cases: list[Settled], today: date) -> list[Settled]:
    """Each told remedy against a reply that withheld something, at days that fit its years."""
    found = list(cases)
    for one in told.remedies(agency):
        late = one.decided != one.filed
        for place, case in enumerate(found):
            planned = _planned(one, case, late)
            if planned is not None and planned.filed < today:
                decided = planned.decided if planned.decided and planned.decided < today else None
                found[place] = replace(case, remedy=replace(planned, decided=decided), stars=0)
                break
    return found


def _planned(one: DemoRemedy, case: Settled, late: bool) -> PlannedRemedy | None:
    """Against this case, when its days fit."""
    against = case.wanted.outcome in ("refused", "partial", "not_held", "other_agency")
    if case.remedy is not None or not against or case.received.year != one.filed:
        return None
    filed = add_working_days(case.ended, _REMEDY_AFTER)
    takes = _REMEDY_TAKES * (2 if one.kind != "reconsideration" else 1)
    decided = add_working_days(filed, takes) if one.decided else None
    fits = filed.year == one.filed and (decided is None or decided.year == one.decided)
    if not fits:
        return None
    if late and decided is not None and decided.year == filed.year:
        return None
    return PlannedRemedy(one, filed, add_working_days(filed, 9), decided)
