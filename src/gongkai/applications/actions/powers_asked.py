"""Asking for a power before an act that is no event of a procedure."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied

from gongkai.agencies.officers import Officer
from gongkai.applications.applications import OPEN_STATES, Application
from gongkai.applications.powers import roles_over
from gongkai.procedures.engine import Refused


def demand(officer: Officer, application: Application, roles: Iterable[str]) -> None:
    """The officer holds one of the roles over the case; raises PermissionDenied."""
    if not roles_over(officer, application) & frozenset(roles):
        raise PermissionDenied("这一事项由公开工作机构或者承办处室办理。")


def demand_open(application: Application) -> None:
    """The case is not closed; raises Refused."""
    if application.state not in OPEN_STATES:
        raise Refused([f"申请的状态是“{application.get_state_display()}”，不能再办理。"])
