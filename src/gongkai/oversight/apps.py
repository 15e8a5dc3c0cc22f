"""Application configuration."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "gongkai.oversight"
    label = "oversight"
    verbose_name = "监督保障"

    def ready(self) -> None:
        # What registers itself on import: kinds, what they do to prepared pages, procedures.
        from gongkai.oversight import freshness, ledger_kinds  # noqa: F401
        from gongkai.oversight.annual_report import procedures  # noqa: F401
        from gongkai.oversight.rail import register_entries

        register_entries()
