"""How to read what the Regulation leaves open about the clock of an application: parameters, each with its default.

The first eight are disputed in practice; the others concern what could not be verified 【忆】. The default is the
reading that looks most lawful; which one was used is shown wherever it mattered (`clock.explain`).
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from functools import lru_cache
from typing import Any, cast


@dataclass(frozen=True, slots=True)
class Reading:
    """One parameter as people see it: `label` names the question; `yes` and `no` the two answers, or `yes` alone what
    a number means."""

    key: str
    default: bool | int
    label: str
    yes: str
    no: str = ""

    @property
    def is_number(self) -> bool:
        """Whether it is a number of working days rather than a choice of two."""
        return not isinstance(self.default, bool)

    def said(self, value: bool | int) -> str:
        """What the value means, in Chinese."""
        if self.is_number:
            return self.yes.format(value)
        return self.yes if value else self.no


def _choice(default: bool, label: str, *, yes: str, no: str) -> Any:
    return field(default=default, metadata={"label": label, "yes": yes, "no": no})


def _days(default: int, label: str, *, says: str) -> Any:
    return field(default=default, metadata={"label": label, "yes": says, "no": ""})


@dataclass(frozen=True, slots=True)
class Readings:
    """The readings a timeline is computed under. Raises ValueError for a number of days below 1."""

    receipt_rolls_to_working_day: bool = _choice(
        False,
        "休息日签收或者确认的",
        yes="视为次一工作日收到",
        no="收到之日就是当日",
    )
    stop_takes_send_day: bool = _choice(
        False,
        "发出征求意见书的当日",
        yes="当日即停止计算",
        no="当日照计，次日起停止计算",
    )
    stop_takes_end_day: bool = _choice(
        True,
        "收到意见（或者征求意见期满）的当日",
        yes="当日仍停止计算，次日恢复",
        no="当日恢复计算",
    )
    late_notice_restarts: bool = _choice(
        True,
        "超过7个工作日才告知补正的",
        yes="违反第三十条，但收到补正后仍重新计算",
        no="不停止也不重新计算",
    )
    second_notice_restarts: bool = _choice(
        False,
        "第二次告知补正的",
        yes="收到补正后重新计算",
        no="补正应当一次性告知，第二次告知不影响期限",
    )
    late_confirmation_is_receipt: bool = _choice(
        True,
        "平常信函没有在到达当日确认的",
        yes="以实际确认之日为收到之日",
        no="以到达之日为收到之日",
    )
    extension_needs_notice_in_time: bool = _choice(
        True,
        "期内同意延期，但期满后才告知申请人的",
        yes="延期不生效",
        no="延期生效",
    )
    oversize_extension_is_void: bool = _choice(
        True,
        "延期超过20个工作日的",
        yes="延期整体不生效",
        no="按20个工作日生效",
    )
    payment_next_day_counts: bool = _choice(
        True,
        "缴费后重新计算，缴费次日",
        yes="次日（工作日）为第1日",
        no="次日为始日，不计入",
    )
    late_fee_notice_restarts: bool = _choice(
        True,
        "答复期满后才通知缴费的",
        yes="违反规定，但缴费后仍重新计算",
        no="不停止也不重新计算",
    )
    unrecorded_delivery_counts_from_sending: bool = _choice(
        True,
        "没有记录征求意见书何时送达的",
        yes="暂按发出之日送达计算15个工作日",
        no="送达以前不起算，一直停止计算",
    )
    extension_again_after_restart: bool = _choice(
        False,
        "期限重新计算以后，能否再延期一次",
        yes="可以再延期一次",
        no="一件申请只能延期一次",
    )
    reasons_stop_clock: bool = _choice(
        False,
        "等待申请人说明理由期间",
        yes="停止计算",
        no="照计",
    )
    silent_reasons_abandon: bool = _choice(
        False,
        "申请人逾期不说明理由的",
        yes="视为放弃申请",
        no="由机关决定，期限照计",
    )
    clarification_working_days: int = _days(
        15,
        "补正告知没有写明补正期限的",
        says="按{}个工作日",
    )
    other_agency_working_days: int = _days(
        15,
        "征求其他机关（不是共同制作机关）意见，最多停止计算",
        says="{}个工作日",
    )

    def __post_init__(self) -> None:
        for one in readings_offered():
            value = getattr(self, one.key)
            if one.is_number and (isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 250):
                raise ValueError(f"{one.key}（{one.label}）应是1至250的整数：{value}")
            if not one.is_number and not isinstance(value, bool):
                raise ValueError(f"{one.key}（{one.label}）应是true或者false：{value}")

    @property
    def differing(self) -> tuple[Reading, ...]:
        """The parameters whose value is not the default."""
        return tuple(one for one in readings_offered() if getattr(self, one.key) != one.default)


@lru_cache(maxsize=1)
def readings_offered() -> tuple[Reading, ...]:
    """Every parameter, in order, for a form, an option of the command, a table."""
    return tuple(Reading(one.name, cast(bool | int, one.default), **one.metadata) for one in fields(Readings))


def reading(key: str) -> Reading:
    """The parameter of that name. Raises KeyError."""
    return {one.key: one for one in readings_offered()}[key]


DEFAULT = Readings()
"""Every parameter at its default."""
