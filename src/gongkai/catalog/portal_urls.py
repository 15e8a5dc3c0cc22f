"""Addresses of the public side; what each of them shows is in ``portal/``."""

from django.urls import path

from gongkai.catalog.portal import agencies, columns, documents, files, history, home

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("jg/", agencies.directory, name="agencies"),
    path("jg/<slug:slug>/", agencies.agency, name="agency"),
    path("lm/<slug:key>/", columns.column, name="column"),
    path("info/<slug:code>/", documents.document, name="document"),
    path("info/<slug:code>/compare/", history.compare, name="compare"),
    path("info/<slug:code>/v<int:number>/", history.edition, name="edition"),
    path("files/<slug:code>/<str:name>", files.file, name="file"),
]
