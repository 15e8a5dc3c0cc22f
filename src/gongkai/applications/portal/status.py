"""``/apply/status/``: code and secret open the applicant's page. A wrong code and a wrong secret are answered alike."""

import hashlib

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from gongkai.applications.portal import account, applying, doors, opened, secrets
from gongkai.applications.portal.fields import Line
from gongkai.catalog.portal.frame import Frame

_FROM_ONE_ADDRESS = "20/h"
_FOR_ONE_CODE = "10/h"
_WRONG = "查询码或者查询密码不对，请对照回执核对。两项都在提交成功的页面和打印的回执上。"
_CODE_ATTRS = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


class InquiryForm(forms.Form):
    """Code and secret."""

    code = Line("查询码", longest=40, attrs=_CODE_ATTRS, help_text="回执上的10位字母和数字，不分大小写。")
    secret = Line("查询密码", longest=40, attrs=_CODE_ATTRS, help_text="提交成功时显示的8位字母和数字。")


@doors.personal("GET", "POST")
def status(request: HttpRequest) -> HttpResponse:
    """The door. Tries are counted by address and by code, whether there is such a code or not."""
    form, answered = InquiryForm(request.POST if request.method == "POST" else None, auto_id="id_%s"), 200
    if form.is_bound and form.is_valid():
        code, secret = form.cleaned_data["code"], form.cleaned_data["secret"]
        if seconds := _wait(request, code):
            form.add_error(None, f"查询得太频繁，请{doors.patience(seconds)}后再试。")
            answered = 429
        elif application := secrets.find(code, secret):
            opened.open_for(request, application)
            return HttpResponseRedirect(reverse("apply:case", args=[application.pk]))
        else:
            form.add_error(None, _WRONG)
            answered = 422
    elif form.is_bound:
        answered = 422
    frame = Frame(request)
    context = {
        "crumbs": frame.crumbs((), "查询办理进度"),
        "form": form,
        "canonical": frame.sites.absolute(frame.agency.pk, request.path),
        "contact": frame.contact,
        "account": account.offered(request),
    }
    return frame.page("applications/portal/status.html", context, labels=applying.labels(frame), status=answered)


@doors.personal("POST")
def leave(request: HttpRequest) -> HttpResponse:
    """Close what was opened: the next person at this computer sees nothing."""
    opened.close(request)
    return HttpResponseRedirect(reverse("apply:status"))


def _wait(request: HttpRequest, code: str) -> int:
    digest = hashlib.sha256(secrets.typed(code).encode()).hexdigest()[:32]
    by_address = doors.wait(request, "status", _FROM_ONE_ADDRESS)
    return max(by_address, doors.wait(request, "code", _FOR_ONE_CODE, whose=digest))
