"""Nothing here changes what the public sees on a page."""

from gongkai.pages import effects
from gongkai.telling import ledger_kinds as kinds

effects.harmless(
    {
        kinds.ARRANGED,
        kinds.WORDED,
        kinds.PREFERRED,
        kinds.SENT,
        kinds.GIVEN_UP,
        kinds.BOUNCED,
        kinds.RETRIED,
    }
)
