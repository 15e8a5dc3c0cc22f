"""Application configuration."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "gongkai.pages"
    label = "pages"
    verbose_name = "预制网页"

    def ready(self) -> None:
        from gongkai.ledger import ledger_kinds
        from gongkai.pages import effects, following, renewal  # noqa: F401 - register on import

        # People who were forgotten and keys that were changed stand on no page: names of the public never do.
        effects.harmless({ledger_kinds.PERSON_FORGOTTEN, ledger_kinds.KEYS_ROTATED})
