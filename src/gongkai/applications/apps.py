"""Application configuration."""

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "gongkai.applications"
    label = "applications"
    verbose_name = "依申请公开"

    def ready(self) -> None:
        # What registers itself on import: kinds, procedures, what they do to prepared pages, whose data lies here.
        from gongkai.applications import freshness, ledger_kinds, procedures, retention, uploads  # noqa: F401
        from gongkai.applications.actions import due_moves, opening, taking_over  # noqa: F401
        from gongkai.applications.desk.opening import register_panel as register_opening
        from gongkai.applications.desk.recognising import register_panel as register_recognition
        from gongkai.applications.letter_settings import register_entry
        from gongkai.applications.rail import register_entries

        register_entries()
        register_entry()
        register_recognition()
        register_opening()
