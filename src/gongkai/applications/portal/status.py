"""``/apply/status/``: code and secret open the applicant's page. A wrong code and a wrong secret are answered alike."""

import hashlib

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from gongkai.applications.applications import Application
from gongkai.applications.portal import account, applying, carried, case, deeds, doors, opened, secrets
from gongkai.applications.portal.carried import Carried
from gongkai.applications.portal.fields import Line
from gongkai.catalog.portal.frame import Frame

_FROM_ONE_ADDRESS = "20/h"
_FOR_ONE_CODE = "10/h"
_WRONG = "查询码或者查询密码不对，请对照回执核对。两项都在提交成功的页面和打印的回执上。"
_ANOTHER = "这是另一件申请的查询码。刚才填写的内容属于原来打开的那一件，请输入那一件的查询码和查询密码。"
_CODE_ATTRS = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


class InquiryForm(forms.Form):
    """Code and secret."""

    code = Line("查询码", longest=40, attrs=_CODE_ATTRS, help_text="回执上的10位字母和数字，不分大小写。")
    secret = Line("查询密码", longest=40, attrs=_CODE_ATTRS, help_text="提交成功时显示的8位字母和数字。")


@doors.personal("GET", "POST")
def status(request: HttpRequest) -> HttpResponse:
    """The door. Tries are counted by address and by code, whether there is such a code or not."""
    brought = carried.read(request)
    if brought is not None and (own := _of_account(request, brought)) is not None:
        opened.open_for(request, own)
        return _resume(request, brought)
    form, answered = InquiryForm(request.POST if request.method == "POST" else None, auto_id="id_%s"), 200
    if form.is_bound and form.is_valid():
        code, secret = form.cleaned_data["code"], form.cleaned_data["secret"]
        if seconds := _wait(request, code):
            form.add_error(None, f"查询得太频繁，请{doors.patience(seconds)}后再试。")
            answered = 429
        elif application := secrets.find(code, secret):
            if brought is None:
                opened.open_for(request, application)
                return HttpResponseRedirect(reverse("apply:case", args=[application.pk]))
            if _leads_to(request, application, brought.pk):
                return _resume(request, brought)
            form.add_error(None, _ANOTHER)
            answered = 422
        else:
            form.add_error(None, _WRONG)
            answered = 422
    elif form.is_bound:
        answered = 422
    return door(request, form, brought, answered)


def door(request: HttpRequest, form: InquiryForm, brought: Carried | None, answered: int) -> HttpResponse:
    """The page that asks for code and secret; ``brought`` is what is filled in again behind it."""
    frame = Frame(request)
    context = {
        "crumbs": frame.crumbs((), "查询办理进度"),
        "form": form,
        "canonical": frame.sites.absolute(frame.agency.pk, reverse("apply:status")),
        "contact": frame.contact,
        "account": account.offered(request),
        "hours": opened.HOURS,
        "brought": brought,
        "label": deeds.label_of(brought.key) if brought is not None else "",
        "own": brought is not None and _accounts_own(request, brought) is not None,
    }
    return frame.page("applications/portal/status.html", context, labels=applying.labels(frame), status=answered)


def _resume(request: HttpRequest, brought: Carried) -> HttpResponse:
    """The applicant's page with the form filled in again. No redirect: what was typed stands in no address."""
    application, actor = opened.application_of(request, brought.pk)
    return case.page(request, application, actor, restored=brought)


def _leads_to(request: HttpRequest, application: Application, pk: int) -> bool:
    """Open the application of that number if it is the one that was proven, or one in which that goes on."""
    waiting, seen = [application], set[int]()
    while waiting:
        one = waiting.pop()
        if one.pk == pk:
            opened.open_for(request, one)
            return True
        if one.pk not in seen:
            seen.add(one.pk)
            waiting += case.continued_by(one)
    return False


def _of_account(request: HttpRequest, brought: Carried) -> Application | None:
    """The application, for whoever says to go on under the account in which they are signed in."""
    return _accounts_own(request, brought) if request.POST.get("account") else None


def _accounts_own(request: HttpRequest, brought: Carried) -> Application | None:
    own = account.account_of(request)
    return Application.objects.filter(pk=brought.pk, account=own).first() if own else None


@doors.personal("POST")
def leave(request: HttpRequest) -> HttpResponse:
    """Close what was opened: the next person at this computer sees nothing."""
    opened.close(request)
    return HttpResponseRedirect(reverse("apply:status"))


def _wait(request: HttpRequest, code: str) -> int:
    digest = hashlib.sha256(secrets.typed(code).encode()).hexdigest()[:32]
    by_address = doors.wait(request, "status", _FROM_ONE_ADDRESS)
    return max(by_address, doors.wait(request, "code", _FOR_ONE_CODE, whose=digest))
