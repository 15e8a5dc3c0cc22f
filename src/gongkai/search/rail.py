"""What this package puts on the desk's rail."""

from gongkai.agencies.navigation import Entry, register
from gongkai.search.queries import KEEPERS


def register_entries() -> None:
    """Declare the entries; called once, when the application is ready."""
    register(Entry("检索", "searchdesk:search", key="s", finds=True))
    register(Entry("公众在搜什么", "searchdesk:asked", "公开", frozenset(one.value for one in KEEPERS)))
