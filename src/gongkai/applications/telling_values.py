"""What a template for the public may say of a case: number, agency, telephone, where to ask."""

from django.urls import reverse

from gongkai.agencies.queries import primary_host
from gongkai.agencies.sites import written_url
from gongkai.applications.applications import Application

_NO_PLACE = "本机关网站"


def of_case(case: Application) -> dict[str, str]:
    """The values, by the names that templates for the public know."""
    agency = case.agency
    contact = getattr(agency, "contact", None)
    return {
        "number": case.number,
        "agency": agency.name,
        "phone": contact.phone if contact else "",
        "query_url": written_url(primary_host(agency) or "", reverse("apply:status")) or _NO_PLACE,
    }
