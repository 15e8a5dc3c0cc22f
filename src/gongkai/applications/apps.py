"""Application configuration."""

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "gongkai.applications"
    label = "applications"
    verbose_name = "依申请公开"

    def ready(self) -> None:
        # What registers itself on import: kinds, procedures, what they do to prepared pages.
        from gongkai.applications import freshness, ledger_kinds, procedures, uploads  # noqa: F401
