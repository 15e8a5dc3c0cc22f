"""Addresses of resumable uploads, under ``/uploads/``."""

from django.urls import path

from gongkai.interfaces.uploads import tus

app_name = "uploads"
urlpatterns = [
    path("", tus.create, name="create"),
    path("<str:token>", tus.one, name="upload"),
]
