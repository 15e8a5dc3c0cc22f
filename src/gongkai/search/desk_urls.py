"""Addresses of the desk's search, under ``/desk/search/``."""

from django.urls import path

from gongkai.search.desk import asked, looking, steering

app_name = "searchdesk"
urlpatterns = [
    path("", looking.search, name="search"),
    path("asked/", asked.asked, name="asked"),
    path("synonyms/", steering.synonyms, name="synonyms"),
    path("synonyms/<int:pk>/remove/", steering.remove_synonyms, name="remove_synonyms"),
    path("best-bets/", steering.best_bets, name="best_bets"),
    path("best-bets/<int:pk>/remove/", steering.remove_best_bet, name="remove_best_bet"),
    path("denied/", steering.denied, name="denied"),
    path("denied/<int:pk>/allow/", steering.allow, name="allow"),
]
