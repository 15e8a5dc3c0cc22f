"""A history of acts that can have happened: one receipt, answers after their questions, nothing after the end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from gongkai.law.clock.acts import (
    FINAL,
    INCOMING,
    ORDER,
    Act,
    ClarificationNotice,
    Closed,
    ConsultationAnswered,
    ConsultationSent,
    DelayExcused,
    ExtensionGranted,
    FeeNotice,
    FeePaid,
    ReasonsDemanded,
    ReasonsGiven,
    ReasonsJudged,
    Received,
    Replied,
    Supplement,
    Withdrawn,
    name_of,
    stated_days,
)
from gongkai.law.numerals import chinese_date

A = TypeVar("A", bound=Act)

_ONCE: tuple[type[Act], ...] = (
    Received,
    ReasonsDemanded,
    ReasonsGiven,
    ReasonsJudged,
    FeeNotice,
    FeePaid,
    Replied,
    Withdrawn,
    Closed,
)
_AFTER: dict[type[Act], type[Act]] = {
    Supplement: ClarificationNotice,
    DelayExcused: ClarificationNotice,
    ReasonsGiven: ReasonsDemanded,
    ReasonsJudged: ReasonsDemanded,
    FeePaid: FeeNotice,
}
_RANK = {kind: rank for rank, kind in enumerate(ORDER)}


class HistoryError(ValueError):
    """A history that cannot have happened; the message names the act in Chinese. `index` is the act's place as given,
    where one act is to blame."""

    def __init__(self, message: str, index: int | None = None) -> None:
        super().__init__(message)
        self.index = index


class History:
    """The acts of one application, in their order. Immutable. Raises HistoryError when they cannot have happened."""

    __slots__ = ("acts",)

    acts: tuple[Act, ...]

    def __init__(self, acts: Iterable[Act]) -> None:
        given = tuple(acts)
        order = sorted(range(len(given)), key=lambda place: (given[place].day, _RANK[type(given[place])], place))
        object.__setattr__(self, "acts", tuple(given[place] for place in order))
        _check(self.acts, order)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("a history does not change; make another one")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, History) and self.acts == other.acts

    def __hash__(self) -> int:
        return hash(self.acts)

    def __repr__(self) -> str:
        return f"History({list(self.acts)})"

    def of(self, kind: type[A]) -> tuple[A, ...]:
        """The acts of one kind, in order."""
        return tuple(act for act in self.acts if isinstance(act, kind))

    def first(self, kind: type[A]) -> A | None:
        """The first act of a kind."""
        return next((act for act in self.acts if isinstance(act, kind)), None)

    @property
    def received(self) -> Received:
        """The receipt; every history has one."""
        return self.of(Received)[0]

    @property
    def final(self) -> Act | None:
        """The act that ended the case: reply, withdrawal or closing, whichever came first."""
        return next((act for act in self.acts if isinstance(act, FINAL)), None)

    @property
    def last_day(self) -> date:
        """The last day anything in it happened: a timeline can be asked for from then on."""
        return max(day for act in self.acts for day in stated_days(act))

    def plus(self, *acts: Act) -> History:
        """With more acts, to try what would follow."""
        return History((*self.acts, *acts))


def _check(acts: tuple[Act, ...], places: list[int]) -> None:
    """Every way in which acts contradict each other."""
    if not any(isinstance(act, Received) for act in acts):
        raise HistoryError("缺少“收到申请”，无从起算")
    began = next(act for act in acts if isinstance(act, Received)).day
    seen: set[type[Act]] = set()
    ended: Act | None = None
    sent: dict[str, ConsultationSent] = {}
    answered: set[str] = set()
    for act, place in zip(acts, places, strict=True):
        kind = type(act)
        wrong = (
            _repeated(act, kind in seen)
            or _too_early(act, began, seen)
            or _after_the_end(act, ended)
            or _consultation(act, sent, answered)
            or _own_dates(act)
        )
        if wrong:
            raise HistoryError(f"{name_of(act)}：{wrong}", place)
        seen.add(kind)
        if isinstance(act, FINAL) and ended is None:
            ended = act


def _repeated(act: Act, seen: bool) -> str:
    return f"“{act.NAME}”只能有一次" if seen and isinstance(act, _ONCE) else ""


def _too_early(act: Act, began: date, seen: set[type[Act]]) -> str:
    if act.day < began:
        return f"早于收到申请（{chinese_date(began)}），请核对日期"
    needed = _AFTER.get(type(act))
    return f"此前没有“{needed.NAME}”" if needed is not None and needed not in seen else ""


def _after_the_end(act: Act, ended: Act | None) -> str:
    if ended is None or isinstance(act, (*INCOMING, Received)):
        return ""
    if isinstance(act, Closed) and not isinstance(ended, Closed):
        return ""
    return f"此前已经{name_of(ended)}，不会再有“{act.NAME}”"


def _consultation(act: Act, sent: dict[str, ConsultationSent], answered: set[str]) -> str:
    if isinstance(act, ConsultationSent):
        if act.key in sent:
            return "编号与另一次征求意见相同，请换一个"
        sent[act.key] = act
    if isinstance(act, ConsultationAnswered):
        asked = sent.get(act.key)
        if asked is None:
            return "此前没有编号相同的“征求意见”"
        if act.key in answered:
            return "同一次征求意见只登记一次意见"
        if asked.received is not None and act.on < asked.received:
            return f"早于对方收到征求意见书（{chinese_date(asked.received)}）"
        answered.add(act.key)
    return ""


def _own_dates(act: Act) -> str:
    """Dates within one act."""
    for field, value in (
        ("补正期限", act.until if isinstance(act, ClarificationNotice) else None),
        ("说明理由的期限", act.until if isinstance(act, ReasonsDemanded) else None),
        ("对方收到之日", act.received if isinstance(act, ConsultationSent) else None),
        ("告知之日", act.notified_on if isinstance(act, ExtensionGranted | ReasonsJudged) else None),
        ("延迟答复的日期", act.later_due if isinstance(act, ReasonsJudged) else None),
    ):
        if value is not None and value < act.day:
            return f"{field}（{chinese_date(value)}）早于该行为"
    if isinstance(act, ExtensionGranted) and act.working_days < 1:
        return f"延期的工作日数应大于0：{act.working_days}"
    if isinstance(act, ReasonsJudged) and act.later_due and not act.reasonable:
        return "理由不合理的，告知不予处理，不确定延迟答复的日期"
    if isinstance(act, FeeNotice) and act.amount is not None and act.amount <= 0:
        return f"金额应大于0：{act.amount}"
    return ""
