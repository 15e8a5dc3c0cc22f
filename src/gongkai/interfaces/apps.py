"""Application configuration."""

from django.apps import AppConfig


class InterfacesConfig(AppConfig):
    name = "gongkai.interfaces"
    label = "interfaces"
    verbose_name = "对外接口"

    def ready(self) -> None:
        from gongkai.interfaces import freshness, ledger_kinds, once  # noqa: F401 - register on import
        from gongkai.interfaces.captcha import spending  # noqa: F401 - registers on import
        from gongkai.interfaces.uploads import clearing  # noqa: F401 - registers on import
