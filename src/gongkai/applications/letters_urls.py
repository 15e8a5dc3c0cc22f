"""Addresses of the letters' settings, under ``/desk/letters/``."""

from django.urls import path

from gongkai.applications.desk import letter_settings

app_name = "letters"
urlpatterns = [
    path("", letter_settings.settings, name="settings"),
    path("seal/", letter_settings.seal, name="seal"),
    path("<slug:key>/", letter_settings.wording, name="wording"),
    path("<slug:key>/preview/", letter_settings.preview, name="preview"),
    path("<slug:key>/specimen.pdf", letter_settings.specimen, name="specimen"),
]
