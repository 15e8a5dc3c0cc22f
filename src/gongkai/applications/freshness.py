"""What happens to an application changes no prepared page: applicants' pages are never prepared."""

from gongkai.applications import ledger_kinds
from gongkai.pages import effects

effects.harmless({value for name, value in vars(ledger_kinds).items() if name.isupper() and isinstance(value, str)})
