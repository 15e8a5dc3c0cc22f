"""Application configuration."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "gongkai.pages"
    label = "pages"
    verbose_name = "预制网页"

    def ready(self) -> None:
        from gongkai.pages import following, renewal  # noqa: F401 - register on import
