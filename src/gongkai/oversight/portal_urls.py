"""Addresses of what the public sees of oversight, under ``/reports/``."""

from django.urls import path

from gongkai.oversight.portal import check

app_name = "reports"
urlpatterns = [
    path("check/", check.check, name="check"),
]
