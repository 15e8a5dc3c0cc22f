"""Addresses of the public side; what each of them shows is in ``portal/``."""

from django.urls import path

from gongkai.catalog.portal import (
    agencies,
    catalogue,
    columns,
    documents,
    figures,
    files,
    history,
    home,
    matters,
    paths,
    projects,
)

paths.register()
app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("jg/", agencies.directory, name="agencies"),
    path("jg/<slug:slug>/", agencies.agency, name="agency"),
    path("lm/<slug:key>/", columns.column, name="column"),
    path("info/<slug:code>/", documents.document, name="document"),
    path("info/<slug:code>/compare/", history.compare, name="compare"),
    path("info/<slug:code>/v<int:number>/", history.edition, name="edition"),
    path("qd/", matters.full_list, name="matters"),
    path("qd/all.xlsx", matters.download, name="matters_download"),
    path("qd/<int:pk>/", matters.matter, name="matter"),
    path("qd/jg/<slug:slug>/", matters.of_body, name="matters_of"),
    path("jz/", projects.projects, name="projects"),
    path("jz/<year:year>/", projects.projects, name="projects_of"),
    path("jz/<slug:code>/", projects.project, name="project"),
    path("sj/", figures.of_year, name="figures"),
    path("sj/<year:year>/", figures.of_year, name="figures_of"),
    path("ml/", catalogue.years, name="catalogue"),
    path("ml/<year:year>/", catalogue.year, name="catalogue_year"),
    path("ml/<year:year>.csv", catalogue.download, name="catalogue_download"),
    path("ml/<year:year>/<month:month>/", catalogue.month, name="catalogue_month"),
    path("ml/<year:year>/<month:month>/<int:page>/", catalogue.month, name="catalogue_month_page"),
    path("files/<slug:code>/<str:name>", files.file, name="file"),
]
