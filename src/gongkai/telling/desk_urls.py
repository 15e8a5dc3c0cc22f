"""Addresses under ``/desk/messages/``."""

from django.urls import path

from gongkai.telling.desk import bell, log, setup

app_name = "telling"
urlpatterns = [
    path("", bell.bell, name="bell"),
    path("read/", bell.read_all, name="read_all"),
    path("<int:pk>/open/", bell.open_, name="open"),
    path("preference/", bell.preference, name="preference"),
    path("log/", log.log, name="log"),
    path("log/<int:pk>/again/", log.again, name="again"),
    path("arrangement/", setup.arrangement, name="arrangement"),
    path("wordings/", setup.wordings, name="wordings"),
    path("wordings/<str:key>/", setup.wording, name="wording"),
]
