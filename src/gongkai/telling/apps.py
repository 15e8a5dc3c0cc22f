"""Application configuration."""

from django.apps import AppConfig


class TellingConfig(AppConfig):
    name = "gongkai.telling"
    label = "telling"
    verbose_name = "消息告知"

    def ready(self) -> None:
        # What registers itself on import: kinds, templates, the follower, timed acts.
        from gongkai.telling import following, freshness, ledger_kinds, sending, warnings, wordings  # noqa: F401
        from gongkai.telling.rail import register_entries

        register_entries()
