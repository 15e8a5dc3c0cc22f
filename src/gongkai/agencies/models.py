"""Django looks for models here; they live with their subject."""

from gongkai.agencies.bodies import Agency, AgencyName, Contact, Department, Leader, SiteHost, Succession
from gongkai.agencies.officers import Appointment, Officer
from gongkai.agencies.tokens import ApiToken
from gongkai.agencies.workdays import AnnouncedYear, WorkdayNotice

__all__ = [
    "Agency",
    "AgencyName",
    "AnnouncedYear",
    "ApiToken",
    "Appointment",
    "Contact",
    "Department",
    "Leader",
    "Officer",
    "SiteHost",
    "Succession",
    "WorkdayNotice",
]
