"""Addresses of the desk of annual reports, under ``/desk/reports/``."""

from django.urls import path

from gongkai.oversight.desk import cells, changes, figures, report, reports, supervised, text, trainings

app_name = "oversight"
urlpatterns = [
    path("", reports.reports, name="reports"),
    path("read/", reports.read, name="read"),
    path("figures/", figures.figures, name="figures"),
    path("figures/import/", figures.take_in, name="figures_import"),
    path("figures/assign/", figures.assign, name="figures_assign"),
    path("figures/remind/", figures.remind, name="figures_remind"),
    path("trainings/", trainings.trainings, name="trainings"),
    path("trainings/<int:pk>/remove/", trainings.remove, name="training_remove"),
    path("all/", supervised.supervised, name="supervised"),
    path("all/submissions/<int:pk>/", supervised.submitted, name="submitted"),
    path("all/submissions/<int:pk>/<slug:event>/", supervised.judge, name="judge"),
    path("all/agencies/<int:pk>/remind/", supervised.remind, name="remind"),
    path("all/<int:year>/", supervised.whole, name="aggregate"),
    path("all/<int:year>/file.<slug:ending>", supervised.whole_file, name="aggregate_file"),
    path("<int:year>/", report.report, name="report"),
    path("<int:year>/begin/", reports.begin, name="begin"),
    path("<int:year>/text/", text.text, name="text"),
    path("<int:year>/compose/", text.compose, name="compose"),
    path("<int:year>/cells/<str:key>/", cells.cell, name="cell"),
    path("<int:year>/changes/", changes.changes, name="changes"),
    path("<int:year>/answer/", report.answer, name="answer"),
    path("<int:year>/correct/", report.correct, name="correct"),
    path("<int:year>/submit/", report.submit, name="submit"),
    path("<int:year>/preview.<slug:ending>", changes.preview, name="preview"),
    path("<int:year>/<slug:procedure>/<slug:event>/", report.fire_event, name="fire"),
]
