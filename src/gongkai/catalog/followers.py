"""What the catalogue does when something else happened: a new body gets its statutory columns."""

from collections.abc import Sequence

from gongkai.agencies.bodies import Agency
from gongkai.agencies.ledger_kinds import AGENCY_CREATED
from gongkai.catalog.actions.columns import ensure_required
from gongkai.ledger import followers
from gongkai.ledger.entries import Entry
from gongkai.ledger.refs import SYSTEM


def columns_from_the_start(entries: Sequence[Entry]) -> None:
    """Statutory columns exist from the start (国办公开办函〔2019〕61号); those there already are left alone."""
    for agency in Agency.objects.filter(pk__in=[entry.agency_id for entry in entries]):
        ensure_required(agency, by=SYSTEM)


followers.register(
    followers.Follower("statutory-columns", "法定栏目", columns_from_the_start, frozenset({AGENCY_CREATED}))
)
