"""Application configuration."""

from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "gongkai.catalog"
    label = "catalog"
    verbose_name = "信息目录"

    def ready(self) -> None:
        from gongkai.catalog import ledger_kinds  # noqa: F401 - registers on import
