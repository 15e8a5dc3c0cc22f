"""Application configuration."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "gongkai.search"
    label = "search"
    verbose_name = "检索"

    def ready(self) -> None:
        # What registers itself on import: kinds, timed acts, findable kinds; the follower comes after these.
        from gongkai.applications import offering
        from gongkai.search import ledger_kinds, reviewing  # noqa: F401
        from gongkai.search.portal.offers import answers
        from gongkai.search.projections import documents  # noqa: F401
        from gongkai.search.query import register_expansion
        from gongkai.search.rail import register_entries
        from gongkai.search.synonyms import expand
        from gongkai.search.upkeep import register

        register()
        register_expansion(expand)
        register_entries()
        offering.register(answers)
