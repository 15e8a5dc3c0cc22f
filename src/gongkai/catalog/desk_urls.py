"""Addresses of the desk's column pages, under ``/desk/columns/``."""

from django.urls import path

from gongkai.catalog import desk

app_name = "columns"
urlpatterns = [
    path("", desk.columns, name="list"),
    path("new/", desk.new_column, name="new"),
    path("topics/", desk.topics, name="topics"),
    path("<int:pk>/", desk.column, name="column"),
]
