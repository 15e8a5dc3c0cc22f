"""Addresses of 区分处理, under those of a case's file."""

from django.urls import path

from gongkai.applications.desk import redaction

app_name = "redaction"
_FILE = "<int:pk>/files/<uuid:code>/redaction/"
urlpatterns = [
    path(_FILE, redaction.editor, name="editor"),
    path(f"{_FILE}begin/", redaction.begin, name="begin"),
    path(f"{_FILE}save/", redaction.save, name="save"),
    path(f"{_FILE}find/", redaction.find_text, name="find"),
    path(f"{_FILE}made/", redaction.made, name="made"),
    path(f"{_FILE}pages/<int:number>/", redaction.page, name="page"),
]
