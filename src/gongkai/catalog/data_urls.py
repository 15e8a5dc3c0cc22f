"""Addresses of 开放数据, under ``/data/``."""

from django.urls import path

from gongkai.catalog.portal import opendata

app_name = "data"
urlpatterns = [
    path("", opendata.opendata, name="opendata"),
    path("catalog.jsonld", opendata.catalogue, name="catalogue"),
    path("<slug:slug>/<str:name>", opendata.download, name="download"),
]
