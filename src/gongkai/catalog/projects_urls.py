"""Addresses of the desk's projects, under ``/desk/projects/``."""

from django.urls import path

from gongkai.catalog.desk import projects

app_name = "projects"
urlpatterns = [
    path("", projects.projects, name="list"),
    path("new/", projects.new_project, name="new"),
    path("<int:pk>/", projects.project, name="project"),
]
