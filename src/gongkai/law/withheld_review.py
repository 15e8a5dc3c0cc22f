"""Looking again at what was withheld 不予公开信息的定期评估: article 18.

条例第十八条 【摘】: an agency assesses periodically (定期评估审查) the information it does not disclose, and discloses
what may be disclosed by now. How often 定期 is the Regulation does not say; once a year is our reading 【忆】, which
an officer may shorten or lengthen for each piece of information.
"""

from __future__ import annotations

from datetime import date

from gongkai.law.articles import cite

REVIEW_EVERY_YEARS = 1
ARTICLE = cite(18)


def next_review(on: date) -> date:
    """When what was withheld (or last looked at) on that day is to be looked at again: the same day a year later."""
    year = on.year + REVIEW_EVERY_YEARS
    return on.replace(year=year, day=28) if (on.month, on.day) == (2, 29) else on.replace(year=year)


def due_before(today: date) -> date:
    """What was withheld on or before that day, and never looked at since, is due on ``today``."""
    year = today.year - REVIEW_EVERY_YEARS
    return today.replace(year=year, day=28) if (today.month, today.day) == (2, 29) else today.replace(year=year)
