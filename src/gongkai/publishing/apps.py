"""Application configuration."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "gongkai.publishing"
    label = "publishing"
    verbose_name = "信息发布"

    def ready(self) -> None:
        # What registers itself on import: kinds, procedures, followers, timed acts, outlets.
        from gongkai.publishing import (  # noqa: F401
            callbacks,
            deliveries,
            freshness,
            ledger_kinds,
            procedures,
            schedule,
            telling_rules,
        )
        from gongkai.publishing.outlets import callback, exchange, webhook  # noqa: F401
        from gongkai.publishing.rail import register_entries

        register_entries()
        telling_rules.register()
