"""Addresses of the desk's full list, under ``/desk/matters/``."""

from django.urls import path

from gongkai.catalog.desk import matter_import, matters

app_name = "matters"
urlpatterns = [
    path("", matters.matters, name="list"),
    path("new/", matters.new_matter, name="new"),
    path("export.xlsx", matters.export, name="export"),
    path("import/", matter_import.upload, name="import"),
    path("import/<int:pk>/", matter_import.preview, name="preview"),
    path("city/", matters.city, name="city"),
    path("city/<int:pk>/", matters.of_agency, name="of_agency"),
    path("<int:pk>/", matters.matter, name="matter"),
]
