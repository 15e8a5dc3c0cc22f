"""Application configuration."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "gongkai.ledger"
    label = "ledger"
    verbose_name = "台账"

    def ready(self) -> None:
        from gongkai.ledger import erasure, ledger_kinds  # noqa: F401 - register on import
