"""Application configuration."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "gongkai.agencies"
    label = "agencies"
    verbose_name = "机构与人员"

    def ready(self) -> None:
        from gongkai.agencies import freshness, ledger_kinds  # noqa: F401 - register on import
        from gongkai.agencies.navigation import Entry, register
        from gongkai.agencies.roles import Role

        keepers = frozenset({Role.DISCLOSURE_OFFICER, Role.DISCLOSURE_HEAD, Role.ADMIN})
        admins = frozenset({Role.ADMIN})
        register(Entry("本机关信息", "staff:agency", "设置", keepers))
        register(Entry("处室", "staff:departments", "设置", admins))
        register(Entry("人员与岗位", "staff:officers", "设置", admins))
        register(Entry("接口令牌", "staff:tokens", "设置", admins))
        register(Entry("全市机关", "staff:bodies", "设置", admins, supervising=True))
        register(Entry("工作日历", "staff:calendar", "设置", admins, supervising=True))
