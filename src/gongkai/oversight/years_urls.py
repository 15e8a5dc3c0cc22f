"""Addresses of the published reports of all years, under ``/reports/``."""

from django.urls import path

from gongkai.oversight.portal import years

app_name = "report_years"
urlpatterns = [
    path("", years.here, name="here"),
    path("of/<slug:slug>/", years.of_body, name="of_body"),
    path("of/<slug:slug>/<int:year>.<slug:ending>", years.download, name="download"),
]
