"""A form of the public with everything this package offers, and where it leads: for the browser."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template import engines
from django.urls import include, path
from django_cotton.compiler_regex import CottonCompiler
from tests.interfaces.conftest import PURPOSE

from gongkai.interfaces.captcha.fields import CaptchaField
from gongkai.interfaces.once import SubmissionField, first_result, submit_once
from gongkai.interfaces.uploads.claiming import claim, contents
from gongkai.interfaces.uploads.fields import UploadField
from gongkai.ledger.refs import Ref

received: list[dict[str, Any]] = []

_PAGE = """{% extends "ui/public.html" %}{% load static %}
{% block page_css %}<link rel="stylesheet" href="{% static 'ui/forms.css' %}">{% endblock %}
{% block title %}申请{% endblock %}
{% block main %}<h1>信息公开申请</h1>
<form method="post" enctype="multipart/form-data" novalidate
 data-draft="tests"{% if form.is_bound %} data-draft-bound{% endif %}>
{% csrf_token %}<c-form_errors :form="form" />{{ form.submission }}
<c-bound :field="form.name" /><c-bound :field="form.wanted" />
<div data-draft-private><c-bound :field="form.number" /></div>
<p class="choice"><input type="checkbox" id="keep" name="keep" data-draft-consent>
<label for="keep">也在这台设备上暂存证件号码</label></p>
<c-bound :field="form.papers" /><c-captcha :field="form.captcha" />
<c-button kind="go">提交申请</c-button></form>{% endblock %}
{% block page_scripts %}<script type="module" src="{% static 'ui/draft.js' %}"></script>
<script type="module" src="{% static 'ui/resumable.js' %}"></script>{% endblock %}"""
_RECEIPT = """{% extends "ui/public.html" %}{% load static %}
{% block main %}<h1 data-draft-done="tests">已收到</h1>{% endblock %}
{% block page_scripts %}<script type="module" src="{% static 'ui/draft.js' %}"></script>{% endblock %}"""


class Asking(forms.Form):
    submission = SubmissionField()
    name = forms.CharField(label="姓名")
    wanted = forms.CharField(label="所需信息", widget=forms.Textarea(attrs={"rows": 3}))
    number = forms.CharField(label="证件号码", required=False)
    papers = UploadField(PURPOSE, label="身份证明", most=2, required=False)
    captcha = CaptchaField()


def show(request: HttpRequest) -> HttpResponse:
    form = Asking(request.POST or None, request.FILES or None)
    for field in ("papers", "captcha"):
        form.fields[field].for_request(request)  # type: ignore[attr-defined]
    if request.method == "POST":
        if (known := first_result(request.POST.get("submission", ""), purpose="tests")) is not None:
            return HttpResponseRedirect(known)
        if form.is_valid():
            try:
                done = submit_once(form.cleaned_data["submission"], purpose="tests", act=lambda: take(form))
                return HttpResponseRedirect(done.address)
            except ValidationError as error:
                form.add_error("captcha", error)
    return _drawn(request, _PAGE, form=form)


@transaction.atomic
def take(form: Asking) -> str:
    form.cleaned_data["captcha"].spend()
    case = Ref("application", str(len(received) + 1))
    files = {}
    for kept in form.cleaned_data["papers"]:
        upload = claim(kept.token, purpose=PURPOSE, by=case)
        files[upload.name] = b"".join(contents(upload))
    received.append({key: form.cleaned_data[key] for key in ("name", "wanted", "number")} | {"files": files})
    return f"/receipt/{case.id}/"


def receipt(request: HttpRequest, number: int) -> HttpResponse:
    return _drawn(request, _RECEIPT)


def _drawn(request: HttpRequest, source: str, **context: Any) -> HttpResponse:
    template = engines["django"].from_string(CottonCompiler().process(source))  # type: ignore[attr-defined]
    return HttpResponse(template.render(context, request))


urlpatterns = [
    path("form/", show),
    path("receipt/<int:number>/", receipt),
    path("", include("gongkai.config.urls")),
]
