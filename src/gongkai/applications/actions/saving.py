"""What an officer keeps for themselves: parts of the worklist under names of their own. Nobody else's affair."""

from gongkai.agencies.officers import Officer
from gongkai.applications.filters import SavedFilter
from gongkai.procedures.engine import Refused

MOST = 20
_NAME_LENGTH = 30


def save_filter(name: str, query: str, *, by: Officer) -> SavedFilter:
    """Keep what follows the ? of an address; the same name again replaces it. Raises Refused without a name, and for
    more than ``MOST``."""
    kept_as = name.strip()[:_NAME_LENGTH]
    if not kept_as:
        raise Refused(["请给这组筛选条件起个名字，再保存。"])
    if SavedFilter.objects.filter(officer=by).exclude(name=kept_as).count() >= MOST:
        raise Refused([f"最多保存{MOST}组筛选，请先删除不用的。"])
    made, _ = SavedFilter.objects.update_or_create(officer=by, name=kept_as, defaults={"query": query})
    return made


def remove_filter(pk: int, *, by: Officer) -> None:
    """Take one of one's own away; somebody else's stays."""
    SavedFilter.objects.filter(officer=by, pk=pk).delete()
