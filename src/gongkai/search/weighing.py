"""What stands before what when the words fit equally well: what holds, what binds, what is newer. Pure."""

from datetime import date

from gongkai.search.engines.contract import Holding

ENDED = 0.55
BINDING = 1.2
_EVEN, _PER_YEAR, _LEAST, _MOST = 2010, 0.02, 0.8, 1.6


def weight(holding: Holding, *, binding: bool, day: int, today: int) -> float:
    """``binding``: rules and policy, before what tells of them. Newer ones weigh more by their date alone and not by
    their age, so that nothing has to be weighed again because time passes; only what ends has to, on its day."""
    ended = holding.expired <= today or holding.repealed <= today
    return round(_newness(day) * (BINDING if binding else 1.0) * (ENDED if ended else 1.0), 3)


def _newness(day: int) -> float:
    if not day:
        return 1.0
    years = (date(day // 10_000, day // 100 % 100, day % 100) - date(_EVEN, 1, 1)).days / 365.25
    return min(_MOST, max(_LEAST, 1 + _PER_YEAR * years))
