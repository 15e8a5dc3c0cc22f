"""Asking for a power before an act that is no event of a procedure."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied

from gongkai.agencies.officers import Officer
from gongkai.applications.applications import IN_HAND, OPEN_STATES, Application, ApplicationState
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


def demand_in_hand(application: Application) -> None:
    """Nothing was handed in for review yet; raises Refused with what to do first."""
    demand_open(application)
    if application.state not in IN_HAND:
        first = "撤回签发" if application.state == ApplicationState.SIGNED else "收回修改"
        raise Refused([f"申请的状态是“{application.get_state_display()}”，请先{first}，再办理这一事项。"])
