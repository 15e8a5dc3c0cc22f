"""Application configuration."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "gongkai.agencies"
    label = "agencies"
    verbose_name = "机构与人员"

    def ready(self) -> None:
        from gongkai.agencies import ledger_kinds  # noqa: F401 - registers on import
