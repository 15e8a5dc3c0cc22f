"""What this package puts on the desk's rail."""

from gongkai.agencies.navigation import Entry, register
from gongkai.agencies.officers import Officer
from gongkai.agencies.roles import Role
from gongkai.publishing import worklist
from gongkai.publishing.parcels import Delivery, DeliveryState

OPERATORS = frozenset({Role.DISCLOSURE_OFFICER.value, Role.DISCLOSURE_HEAD.value, Role.ADMIN.value})
"""Who looks after the outlets."""
DRAFTERS = frozenset({Role.DRAFTER.value, Role.DISCLOSURE_OFFICER.value})
"""Who may begin a document."""
KEEPERS = frozenset({Role.DISCLOSURE_HEAD.value, Role.ADMIN.value})
"""Who sets how the agency publishes."""


def register_entries() -> None:
    """Declare the entries; called once, when the application is ready."""
    register(Entry("今天要办", "desk:tasks", count=worklist.waiting_count, key="t"))
    register(Entry("起草", "desk:new", roles=DRAFTERS, key="n"))
    register(Entry("文件", "desk:documents", "公开", key="w"))
    register(Entry("渠道投递", "desk:deliveries", "公开", OPERATORS, dead_count, always=True, key="q", tone="late"))
    register(Entry("词库", "desk:words", "设置", KEEPERS))
    register(Entry("审核流程", "desk:chains", "设置", KEEPERS))
    register(Entry("发布渠道", "desk:outlets", "设置", KEEPERS))
    register(Entry("办理流程图", "desk:procedures", "设置"))


def dead_count(officer: Officer) -> int | None:
    """How many deliveries wait for a person; none is no number. One query."""
    return Delivery.objects.filter(agency_id=officer.agency_id, state=DeliveryState.DEAD).count() or None
