"""Dates of the lunar calendar (农历) that the statutory festivals need, from the motions of sun and moon.

GB/T 33661-2017《农历的编算和颁行》: days are Beijing days (UTC+8); a month begins on the day of the new moon; the
month that holds the winter solstice (冬至) is the eleventh; where thirteen months lie between two solstice months,
the first of them without a major solar term (中气) is the leap month. New moons after the mean phase and its periodic
terms (good to about a minute), the sun's apparent longitude to 0.01 degree (about a quarter of an hour): J. Meeus,
Astronomical Algorithms, chapters 25 and 49. For 1990–2099 the results were compared, festival by festival, with two
published tables; none differed.
"""

from __future__ import annotations

import math
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

_J2000 = 2451545.0
_SYNODIC_MONTH = 29.530588861
_BEIJING = 8 / 24
# Julian day number of date.toordinal() == 0.
_ORDINAL_ZERO = 1721424.5

# Periodic terms of the new moon: days, power of the eccentricity factor, multiples of (sun's anomaly, moon's anomaly,
# argument of latitude).
_NEW_MOON_TERMS = (
    (-0.40720, 0, 0, 1, 0),
    (0.17241, 1, 1, 0, 0),
    (0.01608, 0, 0, 2, 0),
    (0.01039, 0, 0, 0, 2),
    (0.00739, 1, -1, 1, 0),
    (-0.00514, 1, 1, 1, 0),
    (0.00208, 2, 2, 0, 0),
    (-0.00111, 0, 0, 1, -2),
    (-0.00057, 0, 0, 1, 2),
    (0.00056, 1, 1, 2, 0),
    (-0.00042, 0, 0, 3, 0),
    (0.00042, 1, 1, 0, 2),
    (0.00038, 1, 1, 0, -2),
    (-0.00024, 1, -1, 2, 0),
)
# What the planets and the moon's node add, larger than half a minute: days, degrees at k = 0, degrees per lunation.
_SMALL_TERMS = (
    (-0.00017, 124.7746, -1.56375588),
    (0.000325, 299.77, 0.107408),
    (0.000165, 251.88, 0.016321),
    (0.000164, 251.83, 26.651886),
    (0.000126, 349.42, 36.412478),
    (0.000110, 84.66, 18.206239),
    (0.000062, 141.74, 53.303771),
    (0.000060, 207.14, 2.453732),
    (0.000056, 154.84, 7.306860),
)


def _clock_correction(year: float) -> float:
    """Days between dynamical time, in which the formulas run, and universal time."""
    if year < 2050:
        elapsed = year - 2000
        seconds = 62.92 + 0.32217 * elapsed + 0.005589 * elapsed**2
    else:
        seconds = -20 + 32 * ((year - 1820) / 100) ** 2 - 0.5628 * (2150 - year)
    return seconds / 86400


def _beijing_day(dynamical: float) -> date:
    """The Beijing civil day of an instant given as a Julian day in dynamical time."""
    year = 2000 + (dynamical - _J2000) / 365.25
    return date.fromordinal(math.floor(dynamical - _clock_correction(year) + _BEIJING - _ORDINAL_ZERO))


def _new_moon(lunation: int) -> float:
    """The new moon number `lunation` (0 is that of 2000-01-06), as a Julian day in dynamical time."""
    century = lunation / 1236.85
    factor = 1 - 0.002516 * century - 0.0000074 * century**2
    sun = math.radians(2.5534 + 29.10535670 * lunation)
    moon = math.radians(201.5643 + 385.81693528 * lunation + 0.0107582 * century**2)
    latitude = math.radians(160.7108 + 390.67050284 * lunation - 0.0016118 * century**2)
    instant = 2451550.09766 + _SYNODIC_MONTH * lunation + 0.00015437 * century**2
    instant += sum(
        days * factor**power * math.sin(in_sun * sun + in_moon * moon + in_latitude * latitude)
        for days, power, in_sun, in_moon, in_latitude in _NEW_MOON_TERMS
    )
    return instant + sum(days * math.sin(math.radians(start + step * lunation)) for days, start, step in _SMALL_TERMS)


def _sun_longitude(dynamical: float) -> float:
    """The sun's apparent longitude in degrees, 0 to 360."""
    century = (dynamical - _J2000) / 36525
    anomaly = math.radians(357.52911 + 35999.05029 * century - 0.0001537 * century**2)
    centre = (
        (1.914602 - 0.004817 * century) * math.sin(anomaly)
        + (0.019993 - 0.000101 * century) * math.sin(2 * anomaly)
        + 0.000289 * math.sin(3 * anomaly)
    )
    aberration = 0.00569 + 0.00478 * math.sin(math.radians(125.04 - 1934.136 * century))
    return (280.46646 + 36000.76983 * century + 0.0003032 * century**2 + centre - aberration) % 360


@lru_cache(maxsize=4096)
def solar_term(year: int, longitude: int) -> date:
    """The Beijing day in `year` on which the sun reaches `longitude` degrees (0 春分, 15 清明, 270 冬至)."""
    after_equinox = longitude if longitude < 280 else longitude - 360
    guess = date(year, 3, 20).toordinal() + _ORDINAL_ZERO + after_equinox * 365.25 / 360
    for _ in range(8):
        miss = (longitude - _sun_longitude(guess) + 180) % 360 - 180
        guess += miss * 365.25 / 360
    return _beijing_day(guess)


def _lunation_on_or_before(day: date) -> int:
    """The number of the last new moon whose Beijing day is not after `day`."""
    lunation = round((day.toordinal() + _ORDINAL_ZERO - 2451550.1) / _SYNODIC_MONTH) + 1
    while _beijing_day(_new_moon(lunation)) > day:
        lunation -= 1
    return lunation


@lru_cache(maxsize=256)
def _months(year: int) -> dict[int, date]:
    """First days of the months 1–10 of lunar `year` (leap months left out), by month number."""
    first = _lunation_on_or_before(solar_term(year - 1, 270))
    last = _lunation_on_or_before(solar_term(year, 270))
    starts = [_beijing_day(_new_moon(lunation)) for lunation in range(first, last + 1)]
    major = {solar_term(each, longitude) for each in (year - 1, year) for longitude in range(0, 360, 30)}
    spans = list(pairwise(starts))
    leap = None
    if len(spans) == 13:
        leap = next(place for place, (start, end) in enumerate(spans) if not any(start <= term < end for term in major))
    months: dict[int, date] = {}
    number = 10
    for place, (start, _) in enumerate(spans):
        if place == leap:
            continue
        number = number % 12 + 1
        if number <= 10:
            months[number] = start
    return months


def spring_festival(year: int) -> date:
    """正月初一 of the lunar year that begins in `year`."""
    return _months(year)[1]


def dragon_boat(year: int) -> date:
    """端午, 五月初五."""
    return _months(year)[5] + timedelta(days=4)


def mid_autumn(year: int) -> date:
    """中秋, 八月十五."""
    return _months(year)[8] + timedelta(days=14)


def tomb_sweeping(year: int) -> date:
    """清明, the day the sun reaches 15 degrees."""
    return solar_term(year, 15)
