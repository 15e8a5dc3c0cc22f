"""Dates in the text: those that do not exist, weekdays that are wrong, the signature date (落款)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from gongkai.publishing.checks.facts import DraftFacts
from gongkai.publishing.checks.registry import Remark, Severity, register
from gongkai.texts.dates import InvalidDate, official, parse_date

_DAY = re.compile(
    r"(?<![0-9])(?:(?P<year>(?:19|20)[0-9]{2})\s?年\s?)?(?P<month>[0-9]{1,2})\s?月\s?(?P<day>[0-9]{1,2})\s?日"
    r"(?:[（(]\s?(?:星期|周)(?P<weekday>[一二三四五六日天])\s?[）)])?"
)
_ISO_DAY = re.compile(r"(?<![0-9\-/])(?P<year>(?:19|20)[0-9]{2})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?![0-9\-/])")
_A_LEAP_YEAR = 2000  # a day without a year exists if it exists in some year
_WEEKDAYS = "一二三四五六日"
_SIGNATURE = re.compile(
    r"(?:[0-9０-９]{4}|[一二三四五六七八九〇○零]{4})\s*年\s*[^\s年月日]{1,3}\s*月\s*[^\s年月日]{1,3}\s*日"
)
_SIGNATURE_LINES = 20  # counted from the end: attachments printed after the signature push it up


@register(
    key="impossible-dates",
    label="不存在的日期、写错的星期",
    description="查找不存在的日期（如2月30日）和与日期对不上的星期。",
    severities=(Severity.WARN,),
    law_or_source="《政府信息公开条例》第六条（准确）",
)
def impossible_dates(facts: DraftFacts) -> Iterator[Remark]:
    for passage in facts.passages:
        for pattern in (_DAY, _ISO_DAY):
            for match in pattern.finditer(passage.value):
                if problem := _problem(match):
                    yield Remark(Severity.WARN, problem, passage.place(*match.span()))


def _problem(match: re.Match[str]) -> str:
    parts = match.groupdict()
    try:
        day = date(int(parts["year"] or _A_LEAP_YEAR), int(parts["month"]), int(parts["day"]))
    except ValueError:
        return f"“{match.group()}”这一天不存在，请核对"
    weekday = parts.get("weekday")
    if parts["year"] and weekday and _WEEKDAYS.index(weekday.replace("天", "日")) != day.weekday():
        return f"“{match.group()}”写错了，{official(day)}是星期{_WEEKDAYS[day.weekday()]}"
    return ""


@register(
    key="signature-date",
    label="落款日期",
    description="正文落款的日期与页头的成文日期一致。",
    severities=(Severity.WARN,),
    law_or_source="《党政机关公文处理工作条例》第九条第（十二）项；GB/T 9704—2012 第7.3.5条",
)
def signature_date(facts: DraftFacts) -> Iterator[Remark]:
    issued = facts.header_date("date_of_issue")
    if issued is None:
        return
    for offset, line in reversed(facts.body.lines[-_SIGNATURE_LINES:]):
        written = line.strip()
        if not _SIGNATURE.fullmatch(written):
            continue
        try:
            signed = parse_date(written)
        except InvalidDate:
            return  # impossible_dates() has said so
        if signed != issued:
            start = offset + line.index(written)
            message = f"落款日期“{written}”与页头的成文日期{official(issued)}不一致，请核对"
            yield Remark(Severity.WARN, message, facts.body.place(start, start + len(written)))
        return
