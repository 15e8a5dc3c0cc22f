"""What other packages may read of agencies, and who may touch what."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from gongkai.agencies.bodies import Agency, Department, SiteHost, Succession
from gongkai.agencies.officers import Appointment, Officer
from gongkai.agencies.roles import Role
from gongkai.agencies.tokens import ApiToken, digest_of
from gongkai.pages.shared import once


def city() -> Agency | None:
    """The body that has the city's portal; None before anything was set up."""
    return once("city", Agency.objects.filter(is_city=True).first)


def agencies_on(day: date | None = None) -> list[Agency]:
    """Bodies existing that day (today), in the order of display."""
    on = day or timezone.localdate()
    return [agency for agency in Agency.objects.all() if agency.exists_on(on)]


def access_own_agency(officer: Officer, roles: Iterable[str]) -> Agency:
    """The officer's own agency, for somebody who holds one of the roles in it; raises PermissionDenied."""
    if not officer.holds(roles):
        labels = "、".join(str(Role(role).label) for role in roles)
        raise PermissionDenied(f"这一页由{labels}使用。需要时请联系本单位系统管理员。")
    return officer.agency


def access_department(officer: Officer, department_id: int) -> Department:
    """A department of the officer's own agency; raises Department.DoesNotExist for any other."""
    return Department.objects.get(pk=department_id, agency_id=officer.agency_id)


def token_of(token: str) -> ApiToken | None:
    """The token as it was issued, in force or not; one query."""
    return ApiToken.objects.select_related("agency", "department", "officer").filter(digest=digest_of(token)).first()


def access_tokens(officer: Officer) -> QuerySet[ApiToken]:
    """Tokens of the own agency, for its administrator; one query."""
    own = ApiToken.objects.select_related("agency", "department", "officer").filter(agency_id=officer.agency_id)
    return own if officer.holds([Role.ADMIN]) else own.none()


def officers_of(agency: Agency) -> QuerySet[Officer]:
    """The agency's officers with department and appointments: three queries whatever their number."""
    appointments = Prefetch("appointments", Appointment.objects.select_related("department"))
    return Officer.objects.filter(agency=agency).select_related("department").prefetch_related(appointments)


def holders(agency_id: int, role: str, department_id: int | None = None) -> list[Officer]:
    """Who holds the role today over something of that department."""
    officers = (
        Officer.objects.filter(agency_id=agency_id, is_active=True, appointments__role=role)
        .prefetch_related("appointments")
        .distinct()
    )
    return [officer for officer in officers if role in officer.roles_over(department_id)]


def primary_host(agency: Agency) -> str | None:
    """The agency's main host name, None when it has no site of its own."""
    return next((one.host for one in agency.hosts.all() if one.primary), None)


def hosts_by_agency() -> dict[int, str]:
    """Primary host of every agency, for pages that link across sites."""
    rows = SiteHost.objects.filter(primary=True).values_list("agency_id", "host")
    return once("hosts by agency", lambda: dict(rows))


def known_hosts() -> frozenset[str]:
    """Every host name, former ones included, under which this installation answers as somebody's site; one query."""
    rows = SiteHost.objects.values_list("host", flat=True)
    return once("known hosts", lambda: frozenset({settings.GONGKAI_CITY_HOST, *rows}))


def ending_of(agency: Agency) -> Succession | None:
    """How the body ended, for the notice on its old pages; None while it exists."""
    return agency.successions.select_related("successor").first() if agency.abolished_on else None
