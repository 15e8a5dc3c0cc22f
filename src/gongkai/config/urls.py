"""Addresses: the desk under ``/desk/``, interfaces under ``/api/``, all else is what the public sees.

What the public sees is of the host's agency.
"""

from django.urls import include, path

from gongkai.config.api_reference import reference

urlpatterns = [
    path("api/v1/", include("gongkai.config.api")),
    path("desk/columns/", include("gongkai.catalog.desk_urls")),
    path("desk/matters/", include("gongkai.catalog.matters_urls")),
    path("desk/letters/", include("gongkai.applications.letters_urls")),
    path("desk/reports/", include("gongkai.oversight.desk_urls")),
    path("desk/search/", include("gongkai.search.desk_urls")),
    path("desk/messages/", include("gongkai.telling.desk_urls")),
    path("desk/projects/", include("gongkai.catalog.projects_urls")),
    path("desk/applications/", include("gongkai.applications.desk.redaction_urls")),
    path("desk/applications/", include("gongkai.applications.desk_urls")),
    path("desk/", include("gongkai.publishing.desk_urls")),
    path("desk/", include("gongkai.agencies.desk_urls")),
    path("apply/", include("gongkai.applications.portal_urls")),
    path("reports/", include("gongkai.oversight.years_urls")),
    path("search/", include("gongkai.search.portal_urls")),
    path("reports/", include("gongkai.oversight.portal_urls")),
    path("uploads/", include("gongkai.interfaces.uploads.urls")),
    path("data/api/", reference, name="api_reference"),
    path("data/", include("gongkai.catalog.data_urls")),
    path("", include("gongkai.catalog.portal_urls")),
]
handler403 = "gongkai.agencies.refusals.forbidden"
handler404 = "gongkai.catalog.portal.not_found"
handler500 = "gongkai.catalog.portal.server_error"
