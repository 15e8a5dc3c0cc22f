"""Series: documents that come back every week, month or quarter, made from varied material so that no two read alike.

``entries_until(today)`` gives the entries of the last three years. A document of a series depends only on its own
date, so that it says the same whatever ``today`` is.
"""

from __future__ import annotations

from datetime import date

from gongkai.demo.city import content_names
from gongkai.demo.entries import Entry
from gongkai.demo.series import accounts, organisation, told

__all__ = ["entries_until"]


def entries_until(today: date) -> list[Entry]:
    """Every entry of every series in the three years before ``today``."""
    found = [one for name in content_names("material", ".toml") for one in told.entries(name, today)]
    return [*found, *accounts.entries(today), *organisation.entries(today)]
