"""Addresses of what the public does about applications, under ``/apply/``."""

from django.urls import path

from gongkai.applications.portal import (
    account,
    applying,
    calculator,
    case,
    doing,
    feeds,
    figures,
    offers,
    receipt,
    status,
)

app_name = "apply"
urlpatterns = [
    path("", applying.start, name="form"),
    path("to/<slug:slug>/", applying.to, name="to"),
    path("offers/", offers.offers, name="offers"),
    path("offered/", offers.opened, name="offered"),
    path("receipt/", receipt.receipt, name="receipt"),
    path("receipt/file", receipt.file, name="receipt_file"),
    path("status/", status.status, name="status"),
    path("status/leave/", status.leave, name="leave"),
    path("status/<int:pk>/", case.case, name="case"),
    path("status/<int:pk>/<slug:key>/", doing.do, name="do"),
    path("status/<int:pk>/letters/<int:letter>/open/", case.open_letter, name="open_letter"),
    path("status/<int:pk>/letters/<int:letter>/", case.letter, name="letter"),
    path("status/<int:pk>/files/<uuid:code>/", case.given_file, name="given_file"),
    path("mine/", account.mine, name="mine"),
    path("account/sign-in/", account.sign_in, name="sign_in"),
    path("account/signed-in/", account.signed_in, name="signed_in"),
    path("account/sign-out/", account.sign_out, name="sign_out"),
    path("calculator/", calculator.calculator, name="calculator"),
    path("figures/", figures.of_year, name="figures"),
    path("figures/<int:year>/", figures.of_year, name="figures_of"),
    path("calendar/<str:token>.ics", feeds.application, name="calendar"),
    path("calendar/officer/<str:token>.ics", feeds.officer, name="officer_calendar"),
]
