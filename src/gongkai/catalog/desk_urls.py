"""Addresses of the desk's column pages, under ``/desk/columns/``."""

from django.urls import path

from gongkai.catalog.desk import columns

app_name = "columns"
urlpatterns = [
    path("", columns.columns, name="list"),
    path("new/", columns.new_column, name="new"),
    path("topics/", columns.topics, name="topics"),
    path("<int:pk>/", columns.column, name="column"),
]
