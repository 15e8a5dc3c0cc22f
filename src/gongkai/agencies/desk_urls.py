"""Addresses of the desk pages about who discloses, under ``/desk/``."""

from django.urls import path

from gongkai.agencies import signin
from gongkai.agencies.desk import agency, city, officers, tokens

app_name = "staff"
urlpatterns = [
    path("sign-in/", signin.sign_in, name="sign_in"),
    path("sign-out/", signin.sign_out, name="sign_out"),
    path("second-factor/", signin.second_factor, name="totp"),
    path("password/", signin.password, name="password"),
    path("me/", signin.me, name="me"),
    path("officers/", officers.officers, name="officers"),
    path("officers/<int:pk>/", officers.officer, name="officer"),
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/<int:pk>/", tokens.token, name="token"),
    path("agency/", agency.agency, name="agency"),
    path("departments/", agency.departments, name="departments"),
    path("departments/<int:pk>/", agency.departments, name="department"),
    path("bodies/", city.bodies, name="bodies"),
    path("calendar/", city.calendar, name="calendar"),
]
