"""What happens to annual reports changes two prepared pages: the years' page of the agency, and (through the release of
its document, which ``publishing`` declares) wherever documents are listed."""

from collections.abc import Sequence

from gongkai.ledger.entries import Entry
from gongkai.ledger.refs import Ref
from gongkai.oversight import ledger_kinds as kinds
from gongkai.pages import effects
from gongkai.pages.effects import Effect

_PUBLIC = frozenset({kinds.REPORT_PUBLISHED, kinds.REPORT_ADOPTED})


def years_of(agency_id: int | str) -> Ref:
    """The key of "the published reports of this agency", which its page of years shows."""
    return Ref("annual_reports", str(agency_id))


def _published(entries: Sequence[Entry], effect: Effect) -> None:
    effect.touch(*(years_of(entry.agency_id) for entry in entries))


effects.register(_PUBLIC, _published)
effects.harmless({value for name, value in vars(kinds).items() if name.isupper() and isinstance(value, str)} - _PUBLIC)
