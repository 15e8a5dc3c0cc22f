"""Addresses of the applications' desk, under ``/desk/applications/``."""

from django.urls import path

from gongkai.applications.desk import (
    afterwards,
    bulk,
    case,
    deciding,
    dossier,
    erasing,
    figures,
    firing,
    ledger_import,
    looking,
    opening,
    recognising,
    registering,
    supervised,
    tasks,
    withheld,
    writing,
)
from gongkai.applications.desk.parts import PARTS

app_name = "applications"
urlpatterns = [
    path("", tasks.tasks, name="list"),
    path("saved/", tasks.save, name="save_filter"),
    path("assign/", bulk.assign, name="bulk_assign"),
    path("new/", registering.new, name="register"),
    path("new/receipt/", registering.receipt, name="register_receipt"),
    path("supervised/", supervised.supervised, name="supervised"),
    path("supervised/<int:pk>/urge/", supervised.urge, name="urge"),
    path("import/", ledger_import.upload, name="import"),
    path("import/template/", ledger_import.blank, name="import_template"),
    path("import/<int:pk>/", ledger_import.preview, name="import_preview"),
    path("figures/", figures.page, name="figures"),
    path("figures/workbook/", figures.workbook, name="figures_workbook"),
    path("figures/cases/", figures.cases, name="export_cases"),
    path("proposals/", afterwards.proposals, name="proposals"),
    path("proposals/<int:pk>/", afterwards.proposal, name="proposal"),
    path("proposals/<int:pk>/draft/", afterwards.begin_draft, name="begin_draft"),
    path("proposals/<int:pk>/fire/<slug:event>/", afterwards.fire_proposal, name="fire_proposal"),
    path("corrections/", afterwards.corrections, name="corrections"),
    path("corrections/<int:pk>/", afterwards.correction, name="correction"),
    path("corrections/<int:pk>/fire/<slug:event>/", afterwards.fire_correction, name="fire_correction"),
    path("withheld/", withheld.withheld, name="withheld"),
    path("withheld/<int:pk>/review/", withheld.review, name="review_withheld"),
    path("erasing/", erasing.erasing, name="erasing"),
    path("erasing/erase/", erasing.erase, name="erase"),
    path("<int:pk>/", case.case, name="case"),
    path("<int:pk>/recognition/<slug:act>/", recognising.recognise, name="recognise"),
    path("<int:pk>/items/<int:item>/open/", opening.open_item, name="open_item"),
    path("<int:pk>/dossier/", dossier.dossier, name="dossier"),
    path("<int:pk>/look/", looking.look, name="look"),
    path("<int:pk>/fee/", dossier.fee, name="fee"),
    path("<int:pk>/write/<slug:what>/", writing.write, name="write"),
    path("<int:pk>/items/<int:item>/decide/", deciding.decide, name="decide"),
    path("<int:pk>/items/<int:item>/live/", deciding.live, name="decide_live"),
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
