"""Addresses of the applications' desk, under ``/desk/applications/``."""

from django.urls import path

from gongkai.applications.desk import (
    bulk,
    case,
    deciding,
    dossier,
    firing,
    letter_page,
    letter_sheets,
    looking,
    papers,
    registering,
    supervised,
    tasks,
    writing,
)
from gongkai.applications.desk.parts import PARTS

app_name = "applications"
_LETTER = "<int:pk>/letters/<int:letter>/"
urlpatterns = [
    path("", tasks.tasks, name="list"),
    path("saved/", tasks.save, name="save_filter"),
    path("assign/", bulk.assign, name="bulk_assign"),
    path("new/", registering.new, name="register"),
    path("new/receipt/", registering.receipt, name="register_receipt"),
    path("supervised/", supervised.supervised, name="supervised"),
    path("supervised/<int:pk>/urge/", supervised.urge, name="urge"),
    path("<int:pk>/", case.case, name="case"),
    path("<int:pk>/dossier/", dossier.dossier, name="dossier"),
    path("<int:pk>/look/", looking.look, name="look"),
    path("<int:pk>/fee/", dossier.fee, name="fee"),
    path("<int:pk>/write/<slug:what>/", writing.write, name="write"),
    path("<int:pk>/items/<int:item>/decide/", deciding.decide, name="decide"),
    path("<int:pk>/items/<int:item>/live/", deciding.live, name="decide_live"),
    path("<int:pk>/letters/new/", letter_page.new, name="letter_new"),
    path(_LETTER, letter_page.letter, name="letter"),
    path(f"{_LETTER}save/", letter_page.save, name="letter_save"),
    path(f"{_LETTER}word/", letter_page.word, name="letter_word"),
    path(f"{_LETTER}void/", letter_page.void, name="letter_void"),
    path(f"{_LETTER}send/", letter_page.send, name="letter_send"),
    path(f"{_LETTER}deliveries/<int:delivery>/", letter_page.result, name="letter_result"),
    path(f"{_LETTER}sheet.pdf", letter_sheets.sheet, name="letter_sheet"),
    path(f"{_LETTER}letter.docx", letter_sheets.docx, name="letter_docx"),
    path("<int:pk>/files/<uuid:code>/", papers.download, name="file"),
    path("<int:pk>/fire/<slug:event>/", firing.fire_application, name="fire_application"),
    *(
        path(
            f"<int:pk>/{of}/<int:part>/fire/<slug:event>/",
            firing.fire_part,
            {"of": of},
            name=f"fire_{procedure.key}",
        )
        for of, (procedure, _) in PARTS.items()
    ),
]
