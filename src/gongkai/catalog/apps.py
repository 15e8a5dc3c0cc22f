"""Application configuration."""

from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "gongkai.catalog"
    label = "catalog"
    verbose_name = "信息目录"

    def ready(self) -> None:
        from gongkai.agencies.navigation import Entry, register
        from gongkai.agencies.roles import Role
        from gongkai.catalog import followers, freshness, ledger_kinds  # noqa: F401 - register on import
        from gongkai.catalog.portal import addresses  # noqa: F401 - registers on import

        keepers = frozenset({Role.DISCLOSURE_OFFICER.value, Role.DISCLOSURE_HEAD.value})
        register(Entry("栏目", "columns:list", "公开", key="c"))
        register(Entry("全清单", "matters:list", "公开", keepers, key="m"))
        register(Entry("重点进展", "projects:list", "公开", keepers))
        register(Entry("各机关全清单", "matters:city", "监督", keepers, supervising=True))
