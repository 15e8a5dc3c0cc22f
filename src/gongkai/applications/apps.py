"""Application configuration."""

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "gongkai.applications"
    label = "applications"
    verbose_name = "依申请公开"

    def ready(self) -> None:
        # What registers itself on import: kinds, procedures, what they do to prepared pages, whose data lies here.
        from gongkai.applications import (  # noqa: F401
            freshness,
            ledger_kinds,
            procedures,
            retention,
            telling_deadlines,
            telling_rules,
            uploads,
        )
        from gongkai.applications.actions import due_moves, taking_over  # noqa: F401
        from gongkai.applications.desk import letter_panel, opening, papers, recognising, told_panel
        from gongkai.applications.letter_settings import register_entry
        from gongkai.applications.rail import register_entries

        register_entries()
        register_entry()
        for panel in (letter_panel, papers, recognising, opening, told_panel):
            panel.register_panel()
        telling_rules.register()
        telling_deadlines.register()
