"""What this package puts on the desk's rail."""

from gongkai.agencies.navigation import Entry, register
from gongkai.agencies.officers import Officer
from gongkai.agencies.roles import Role
from gongkai.telling.status import LOG_READERS, unread

KEEPERS = frozenset({Role.DISCLOSURE_HEAD.value, Role.ADMIN.value})
"""Who sets how the agency tells."""


def register_entries() -> None:
    """Declare the entries; called once, when the application is ready."""
    register(Entry("消息", "telling:bell", count=unread_count, always=True, key="x", tone="soon", bell=True))
    register(Entry("告知情况", "telling:log", "公开", LOG_READERS))
    register(Entry("告知设置", "telling:arrangement", "设置", KEEPERS))


def unread_count(officer: Officer) -> int | None:
    """The number beside the bell; none is no number."""
    return unread(officer) or None
