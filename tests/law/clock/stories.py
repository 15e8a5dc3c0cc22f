"""Random histories: what offices and applicants might do, oftener on the days where a rule turns than chance has it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

import chinese_calendar

from gongkai.law import clock
from gongkai.law.clock import Channel, ConsultationKind, History, HistoryError, Readings

FIRST, LAST = date(2017, 6, 1), date(2026, 1, 31)
TURNS = (0, 0, 1, 6, 7, 7, 8, 15, 15, 20, 20, 21, 35, 40)
is_worked = cache(chinese_calendar.is_workday)
NUMBERS = {"clarification_working_days": (5, 15), "other_agency_working_days": (10, 15, 30)}


class Story:
    """Writes one history: keeps the days on which something happened, so that others happen in relation to them."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.began = FIRST + timedelta(days=random.randint(0, (LAST - FIRST).days))
        self.days = [self.began]
        self.acts: list[Any] = []

    def chance(self, one_in: float) -> bool:
        return self.random.random() < one_in

    def after(self, day: date) -> date:
        """A day at or after `day`: near it, or where seven, fifteen, twenty working days end, one more or less."""
        if self.chance(0.4):
            found = day + timedelta(days=self.random.randint(0, 25))
        else:
            base = max(day, self.random.choice(self.days))
            found = base
            for _ in range(self.random.choice(TURNS)):
                found += timedelta(days=1)
                while not is_worked(found):
                    found += timedelta(days=1)
            found += timedelta(days=self.random.choice((-1, 0, 0, 1)))
        found = max(found, day)
        self.days.append(found)
        return found

    def perhaps(self, one_in: float, make: Callable[[], date]) -> date | None:
        return make() if self.chance(one_in) else None

    def receive(self) -> None:
        channel = self.random.choice(list(Channel))
        near = lambda: self.began + timedelta(days=self.random.choice((0, 0, 0, 1, 2, 3, 9)))  # noqa: E731
        signed = self.perhaps(0.97, near) if channel is Channel.SIGNED_MAIL else None
        confirmed = self.perhaps(0.97, near) if channel.needs_confirmation else None
        self.days += [one for one in (signed, confirmed) if one]
        self.acts.append(clock.Received(channel, self.began, signed, confirmed))

    def clarify(self) -> None:
        for _ in range(self.random.choice((0, 1, 1, 1, 2))):
            on = self.after(self.began)
            self.acts.append(clock.ClarificationNotice(on, self.perhaps(0.7, lambda on=on: self.after(on))))
            for _ in range(self.random.choice((0, 1, 1, 2))):
                self.acts.append(clock.Supplement(self.after(on)))
            if self.chance(0.25):
                self.acts.append(clock.DelayExcused(self.after(on), self.after(on)))

    def consult(self) -> None:
        for number in range(self.random.choice((0, 1, 1, 2, 3))):
            kind = self.random.choice(list(ConsultationKind))
            on = self.after(self.began)
            received = self.perhaps(0.8, lambda on=on: on + timedelta(days=self.random.choice((0, 0, 1, 3, 8))))
            self.acts.append(clock.ConsultationSent(f"{number}", kind, on, received))
            if self.chance(0.6):
                answer = self.random.choice(list(clock.Answer))
                self.acts.append(clock.ConsultationAnswered(f"{number}", self.after(received or on), answer))

    def extend(self) -> None:
        for _ in range(self.random.choice((0, 1, 1, 2))):
            on = self.after(self.began)
            told = self.perhaps(0.9, lambda on=on: self.after(on) if self.chance(0.5) else on)
            self.acts.append(clock.ExtensionGranted(on, told, self.random.choice((1, 5, 10, 20, 20, 20, 21, 30))))

    def charge(self) -> None:
        on = self.after(self.began)
        self.acts.append(clock.FeeNotice(on))
        if self.chance(0.75):
            self.acts.append(clock.FeePaid(self.after(on)))

    def ask_why(self) -> None:
        on = self.after(self.began)
        self.acts.append(clock.ReasonsDemanded(on, self.after(on)))
        if self.chance(0.6):
            self.acts.append(clock.ReasonsGiven(self.after(on)))
        if self.chance(0.6):
            judged = self.after(on)
            later = self.perhaps(0.8, lambda: self.after(judged))
            told = self.perhaps(0.8, lambda: self.after(judged) if self.chance(0.4) else judged)
            self.acts.append(clock.ReasonsJudged(judged, later is not None or self.chance(0.5), later, told))

    def end(self) -> None:
        on = self.after(self.began)
        answers = (clock.Supplement, clock.ReasonsGiven, clock.ConsultationAnswered, clock.FeePaid)
        self.acts = [act for act in self.acts if act.day <= on or isinstance(act, answers)]
        self.acts.append(self.random.choice((clock.Replied, clock.Replied, clock.Withdrawn, clock.Closed))(on))


def story(random: Random) -> tuple[History, date] | None:
    """A history and a day to look at it; None when what was made up cannot have happened."""
    made = Story(random)
    made.receive()
    for act, one_in in (
        (made.clarify, 0.6),
        (made.consult, 0.6),
        (made.extend, 0.5),
        (made.charge, 0.3),
        (made.ask_why, 0.25),
        (made.end, 0.5),
    ):
        if made.chance(one_in):
            act()
    random.shuffle(made.acts)
    try:
        history = History(made.acts)
    except HistoryError:
        return None
    # Not every day that was thought of has come: what is planned for later is left out by looking from the last one.
    today = max(history.last_day, made.after(made.began))
    return history, today


def readings(random: Random) -> Readings:
    """The default in half of the cases, any combination in the others."""
    if random.random() < 0.5:
        return Readings()
    chosen = {
        one.name: random.choice(NUMBERS[one.name]) if one.name in NUMBERS else random.random() < 0.5
        for one in fields(Readings)
    }
    return Readings(**chosen)
