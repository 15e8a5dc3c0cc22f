"""Addresses of the gallery: every component and every base template, shown without any domain behind them."""

from django.urls import path
from tests.ui.gallery import pages

urlpatterns = [
    path("home", pages.home),
    path("document", pages.document),
    path("list", pages.document_list),
    path("error", pages.error),
    path("components", pages.components),
    path("review", pages.review),
    path("table", pages.desk_table),
    path("form", pages.form),
    path("editor", pages.editor),
    path("bare", pages.bare),
    path("save", pages.save),
    path("upload", pages.upload),
    path("files/picture.png", pages.picture),
]
