"""Addresses of the drafting desk; ``publishing.desk_urls`` includes them."""

from django.urls import path

from gongkai.publishing.desk import beginning, editor, files, linking

urlpatterns = [
    path("new/", beginning.new, name="new"),
    path("editions/<int:pk>/edit/", editor.edit, name="edit"),
    path("editions/<int:pk>/save/", editor.save, name="save"),
    path("editions/<int:pk>/live/", editor.live, name="live"),
    path("editions/<int:pk>/replace/", editor.replace, name="replace"),
    path("editions/<int:pk>/keep/", editor.keep, name="keep"),
    path("editions/<int:pk>/hidden/<slug:code>/", editor.show_hidden, name="show_hidden"),
    path("editions/<int:pk>/upload/", files.upload, name="upload"),
    path("editions/<int:pk>/files/<slug:code>/", files.arrange, name="arrange_file"),
    path("editions/<int:pk>/links/", linking.links, name="links"),
    path("editions/<int:pk>/links/find/", linking.find, name="find_links"),
    path("files/<slug:code>/<path:name>", files.file, name="file"),
]
