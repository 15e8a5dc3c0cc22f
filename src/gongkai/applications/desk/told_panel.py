"""告知情况 beside a case: what its applicant was told by mail and short message, and what became of it."""

from typing import Any

from django.http import HttpRequest

from gongkai.agencies.officers import Officer
from gongkai.applications.applications import Application
from gongkai.applications.desk.panels import Panel, register
from gongkai.applications.powers import WHOLE_AGENCY, roles_over
from gongkai.telling import status


def context(request: HttpRequest, case: Application) -> dict[str, Any] | None:
    """None for departments: addresses are the office's, masked as they are."""
    officer = request.user
    if not isinstance(officer, Officer) or not roles_over(officer, case) & WHOLE_AGENCY:
        return None
    relations = ("extensions", "consultations", "corrections", "proposals")
    parts = [one.ref() for relation in relations for one in getattr(case, relation).all()]
    told = status.about(case.ref(), *parts)
    here = f"{case.get_absolute_url()}#told"
    return {"told": told, "here": here, "may_retry": officer.holds(status.LOG_READERS)}


def register_panel() -> None:
    """Declare it; called once, when the application is ready."""
    register(Panel("told", "告知情况", "applications/desk/told.html", context, side=True, order=20))
