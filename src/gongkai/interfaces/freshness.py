"""What the kinds of this package do to prepared pages: nothing, they are between the public and the office."""

from gongkai.interfaces import ledger_kinds as kinds
from gongkai.pages import effects

effects.harmless({kinds.UPLOAD_INFECTED})
