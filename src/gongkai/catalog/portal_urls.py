"""Addresses of the public side; what each of them shows is in ``portal/``."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from gongkai.catalog.portal import (
    agencies,
    catalogue,
    columns,
    crawling,
    documents,
    feeds,
    figures,
    files,
    history,
    home,
    matters,
    paths,
    projects,
    site_map,
)


class Holding(StringConverter):
    """Legal texts that hold, or those that no longer do."""

    regex = "valid|expired"


class Form(StringConverter):
    """The two kinds of feed."""

    regex = "atom|rss"


class Direction(StringConverter):
    """Older or newer than a place in a list."""

    regex = "before|after"


register_converter(Holding, "holding")
register_converter(Direction, "direction")
register_converter(Form, "form")

paths.register()
app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("<form:form>.xml", feeds.of_site, name="feed"),
    path("map/", site_map.site_map, name="map"),
    path("robots.txt", crawling.robots, name="robots"),
    path("sitemap.xml", crawling.sitemap, name="sitemap"),
    path("sitemap/pages.xml", crawling.pages, name="sitemap_pages"),
    path("sitemap/documents-<int:part>.xml", crawling.documents, name="sitemap_documents"),
    path("jg/", agencies.directory, name="agencies"),
    path("jg/<slug:slug>/", agencies.agency, name="agency"),
    path("lm/<slug:key>/", columns.column, name="column"),
    path("lm/<slug:key>/<form:form>.xml", feeds.of_column, name="column_feed"),
    path("lm/<slug:key>/<direction:direction>/<str:cursor>/", columns.column, name="column"),
    path("lm/<slug:key>/<holding:holding>/", columns.column, name="column"),
    path("lm/<slug:key>/<holding:holding>/<direction:direction>/<str:cursor>/", columns.column, name="column"),
    path("info/<slug:code>/", documents.document, name="document"),
    path("info/<slug:code>/compare/", history.compare, name="compare"),
    path("info/<slug:code>/compare/<int:old>-<int:new>/", history.compare, name="compare"),
    path("info/<slug:code>/compare/<int:old>-<int:new>/all/", history.compare, {"everything": True}),
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
