"""What acts on bodies do to prepared pages."""

from collections.abc import Sequence

from gongkai.agencies import ledger_kinds as kinds
from gongkai.ledger.entries import Entry
from gongkai.ledger.refs import Ref
from gongkai.pages import effects
from gongkai.pages.effects import Effect

AGENCIES = Ref("agencies", "")
"""The key of "which bodies there are", for pages that list them."""


def _of_one_body(entries: Sequence[Entry], effect: Effect) -> None:
    """Contact, functions, heads, departments: every page of the site has the contact in its foot."""
    effect.touch(*(Ref("agency", entry.agency_id) for entry in entries))


def _of_all_bodies(entries: Sequence[Entry], effect: Effect) -> None:
    effect.touch(AGENCIES)


def _of_everything(entries: Sequence[Entry], effect: Effect) -> None:
    """Names and hosts stand on pages of every site, and decide which site has which page."""
    effect.everything()


effects.register({kinds.AGENCY_CHANGED, kinds.CONTACT_CHANGED, kinds.DEPARTMENT_CHANGED}, _of_one_body)
effects.register({kinds.AGENCY_CREATED}, _of_all_bodies)
# Working days decide what is late, wherever that is said.
effects.register({kinds.AGENCY_RENAMED, kinds.AGENCY_ENDED, kinds.HOST_CHANGED, kinds.CALENDAR_CHANGED}, _of_everything)
effects.harmless(
    {
        kinds.OFFICER_CREATED,
        kinds.OFFICER_CHANGED,
        kinds.APPOINTED,
        kinds.RELIEVED,
        kinds.SIGNED_IN,
        kinds.SIGNED_OUT,
        kinds.LOCKED_OUT,
        kinds.TOTP_CHANGED,
        kinds.PASSWORD_CHANGED,
        kinds.TOKEN_ISSUED,
        kinds.TOKEN_CHANGED,
        kinds.TOKEN_SHOWN,
        kinds.TOKEN_REVOKED,
        kinds.TOKEN_USED,
    }
)
