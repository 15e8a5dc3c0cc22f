"""Addresses: the desk under ``/desk/``, everything else is what the public sees of the host's agency."""

from django.urls import include, path

urlpatterns = [
    path("desk/columns/", include("gongkai.catalog.desk_urls")),
    path("desk/matters/", include("gongkai.catalog.matters_urls")),
    path("desk/projects/", include("gongkai.catalog.projects_urls")),
    path("desk/", include("gongkai.publishing.desk_urls")),
    path("desk/", include("gongkai.agencies.desk_urls")),
    path("", include("gongkai.catalog.portal_urls")),
]
handler403 = "gongkai.agencies.refusals.forbidden"
handler404 = "gongkai.catalog.portal.not_found"
handler500 = "gongkai.catalog.portal.server_error"
