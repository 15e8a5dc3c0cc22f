"""The day of receipt (收到申请之日): article 31 【核】, by the way an application reached the agency.

Channels the article does not name (机关信箱, 热线转交) follow the rule for the internet 【忆】: both sides confirm.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.law.articles import cite
from gongkai.law.calendar import Calendar
from gongkai.law.numerals import chinese_date
from gongkai.law.readings import DEFAULT, Readings

NEEDS_CONFIRMATION = "需与申请人确认"
NEEDS_SIGNATURE = "需补录签收之日"


class ReceiptError(ValueError):
    """Dates of a receipt that contradict each other; the message says so in Chinese."""


class Channel(StrEnum):
    """The way an application came in (提交渠道)."""

    COUNTER = "counter"
    SIGNED_MAIL = "signed_mail"
    PLAIN_MAIL = "plain_mail"
    ONLINE = "online"
    FAX = "fax"
    MAILBOX = "mailbox"
    HOTLINE = "hotline"

    @property
    def label(self) -> str:
        """The officials' word for it."""
        return _LABELS[self]

    @property
    def needs_confirmation(self) -> bool:
        """Whether the day of receipt is a day of confirmation with the applicant."""
        return self not in (Channel.COUNTER, Channel.SIGNED_MAIL)

    @property
    def article(self) -> str:
        """Where the rule stands."""
        return cite(31, item={Channel.COUNTER: 1, Channel.SIGNED_MAIL: 2, Channel.PLAIN_MAIL: 2}.get(self, 3))


_LABELS = {
    Channel.COUNTER: "当面提交",
    Channel.SIGNED_MAIL: "需签收的邮寄",
    Channel.PLAIN_MAIL: "平常信函",
    Channel.ONLINE: "互联网渠道",
    Channel.FAX: "传真",
    Channel.MAILBOX: "机关信箱",
    Channel.HOTLINE: "热线转交",
}


@dataclass(frozen=True, slots=True)
class Receipt:
    """When an application counts as received: `day`, None while something is missing (`needs`); `reason` and
    `warnings` in Chinese. `actual` is the day before it was rolled to a working day, where that reading is used."""

    day: date | None
    reason: str
    article: str
    warnings: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    actual: date | None = None

    @property
    def rolled(self) -> bool:
        """Whether the day of receipt was moved from a day of rest."""
        return self.day != self.actual


def receipt(
    channel: Channel,
    *,
    arrived: date,
    signed: date | None = None,
    confirmed: date | None = None,
    calendar: Calendar,
    readings: Readings = DEFAULT,
) -> Receipt:
    """The day of receipt of an application that came by `channel`. Article 31.

    `arrived`: the day it reached the agency (handed in, delivered, submitted on the site); `signed`: the day the agency
    signed for it; `confirmed`: the day both sides confirmed. Raises ReceiptError for dates that contradict each other,
    CalendarRangeError for dates the calendar cannot answer for.
    """
    if confirmed is not None and confirmed < arrived:
        raise ReceiptError(f"确认之日{chinese_date(confirmed)}早于到达之日{chinese_date(arrived)}，请核对")
    calendar.day(arrived)
    found = _actual(channel, arrived, signed, confirmed, readings)
    if found.day is None or not readings.receipt_rolls_to_working_day or calendar.is_working(found.day):
        return found
    rolled = calendar.next_working(found.day)
    reason = f"{found.reason}；当日是休息日，视为次一工作日{chinese_date(rolled)}收到"
    return Receipt(rolled, reason, found.article, found.warnings, found.needs, found.day)


def _actual(
    channel: Channel, arrived: date, signed: date | None, confirmed: date | None, readings: Readings
) -> Receipt:
    article = channel.article
    if channel is Channel.COUNTER:
        return Receipt(arrived, f"当面提交，{chinese_date(arrived)}提交之日为收到之日", article, actual=arrived)
    if channel is Channel.SIGNED_MAIL:
        return _signed(arrived, signed, article)
    if channel is Channel.PLAIN_MAIL:
        return _plain(arrived, confirmed, article, readings)
    if confirmed is None:
        reason = f"通过{channel.label}提交，双方确认之日为收到之日，尚未确认，期限没有起算"
        return Receipt(None, reason, article, needs=(NEEDS_CONFIRMATION,))
    reason = f"通过{channel.label}提交，{chinese_date(confirmed)}双方确认之日为收到之日"
    return Receipt(confirmed, reason, article, actual=confirmed)


def _signed(arrived: date, signed: date | None, article: str) -> Receipt:
    if signed is None:
        return Receipt(None, "邮寄提交，签收之日为收到之日，尚未录入签收之日", article, needs=(NEEDS_SIGNATURE,))
    warnings: tuple[str, ...] = ()
    if signed < arrived:
        said = "机关签收早于到达公开工作机构，以签收之日为准，其间的时间已计入期限"
        warnings = (f"{said}（{chinese_date(signed)}签收，{chinese_date(arrived)}到达）",)
    reason = f"邮寄提交，{chinese_date(signed)}机关签收之日为收到之日"
    return Receipt(signed, reason, article, warnings, actual=signed)


def _plain(arrived: date, confirmed: date | None, article: str, readings: Readings) -> Receipt:
    """Such a letter is to be confirmed on the day it arrives; what follows when it was not is disputed."""
    if confirmed == arrived:
        reason = f"平常信函，{chinese_date(arrived)}到达当日与申请人确认，确认之日为收到之日"
        return Receipt(arrived, reason, article, actual=arrived)
    needs = (NEEDS_CONFIRMATION,) if confirmed is None else ()
    late = (
        ()
        if confirmed is None
        else (f"应当于到达当日（{chinese_date(arrived)}）与申请人确认，{chinese_date(confirmed)}才确认",)
    )
    if not readings.late_confirmation_is_receipt:
        reason = f"平常信函，没有在到达当日确认，以{chinese_date(arrived)}到达之日为收到之日"
        return Receipt(arrived, reason, article, late, needs, arrived)
    if confirmed is None:
        return Receipt(None, "平常信函，确认之日为收到之日，尚未与申请人确认，期限没有起算", article, needs=needs)
    reason = f"平常信函，{chinese_date(confirmed)}与申请人确认之日为收到之日"
    return Receipt(confirmed, reason, article, late, actual=confirmed)
