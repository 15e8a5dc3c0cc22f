"""Addresses of the public search, under ``/search/``."""

from django.urls import path

from gongkai.search.portal import feed, offers, results

app_name = "search"
urlpatterns = [
    path("", results.results, name="results"),
    path("suggest", offers.suggest, name="suggest"),
    path("feed.xml", feed.feed, name="feed"),
]
