"""Gongkai 公开: open government information (政府信息公开) from a draft to the public, by law.

Start reading with ``law`` (the rules, pure), then ``ledger`` and ``procedures`` (how things happen),
then ``agencies``, ``catalog`` and ``publishing`` (who, what, how). ``docs/tour.md`` walks through it in an hour.
"""

__version__ = "0.1.0"
