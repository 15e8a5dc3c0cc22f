"""The receipt 回执: number, query code and secret, shown for an hour to the browser that applied, and what comes next.

The secret is kept nowhere: what the submission led to is encrypted under the form's own token, which only this browser
has (a cookie that no script reads). Whoever loses it calls the office.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from gongkai.applications.applications import Application
from gongkai.applications.clock_facts import Clocks, history
from gongkai.applications.portal import doors, opened, secrets
from gongkai.catalog.portal.frame import Frame
from gongkai.interfaces import once
from gongkai.law import clock
from gongkai.law.answering import CLARIFICATION_NOTICE_WORKING_DAYS
from gongkai.law.clock import History, Received
from gongkai.ledger import moment

_COOKIE = "apply_receipt"
_SHOWN_FOR = timedelta(hours=1)
PURPOSE = "applications.apply"


@dataclass(frozen=True)
class Shown:
    """What a submission led to."""

    application: Application
    secret: str


def result(application: Application, secret: str) -> str:
    """What the submission keeps, encrypted under its token."""
    return f"{application.pk}:{secret}"


def lead_to(request: HttpRequest, token: str, known: str) -> HttpResponse:
    """On to the receipt of what this form led to, however often it is sent; the applicant's page is open as well."""
    application = Application.objects.select_related("agency").get(pk=int(known.partition(":")[0]))
    opened.open_for(request, application)
    response = HttpResponseRedirect(reverse("apply:receipt"))
    response.set_cookie(
        _COOKIE, token, max_age=_SHOWN_FOR, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
    return response


@doors.personal("GET")
def receipt(request: HttpRequest) -> HttpResponse:
    """The page after applying; once the hour is over it sends to the door of inquiries."""
    shown = _shown(request)
    if shown is None:
        return HttpResponseRedirect(reverse("apply:status"))
    frame, application = Frame(request), shown.application
    context = {
        "crumbs": frame.crumbs((), "申请回执"),
        "application": application,
        "code": secrets.written(application.query_code),
        "secret": secrets.written(shown.secret),
        "items": application.items.count(),
        "door": request.build_absolute_uri(reverse("apply:status")),
        "contact": getattr(application.agency, "contact", None),
        "coming": coming(application),
        "clarification_days": CLARIFICATION_NOTICE_WORKING_DAYS,
    }
    return frame.page("applications/portal/receipt.html", context)


@doors.personal("GET")
def file(request: HttpRequest) -> HttpResponse:
    """The same as a text file, to be kept on a telephone."""
    shown = _shown(request)
    if shown is None:
        return HttpResponseRedirect(reverse("apply:status"))
    application = shown.application
    lines = [
        "政府信息公开申请回执",
        f"受理机关：{application.agency.name}",
        f"登记号：{application.number}",
        f"提交时间：{moment_of(application)}",
        f"申请内容：{application.subject}",
        f"查询码：{secrets.written(application.query_code)}",
        f"查询密码：{secrets.written(shown.secret)}",
        f"查询网址：{request.build_absolute_uri(reverse('apply:status'))}",
        "请妥善保存，不要告诉他人。",
    ]
    response = HttpResponse("\r\n".join(lines), content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{application.query_code}.txt"'
    return response


def moment_of(application: Application) -> str:
    """When it came in, by the wall clock."""
    from django.utils import timezone

    return f"{timezone.localtime(application.created_at):%Y-%m-%d %H:%M}"


def coming(application: Application) -> date | None:
    """The last day to reply if it is confirmed today: what one may count on while nothing is confirmed yet."""
    clocks = Clocks()
    line = clocks.read(application).line
    if line is None:
        return None  # its days contradict each other
    if line.due_date is not None or not line.status.open:
        return line.due_date
    acts = [
        Received(one.channel, one.arrived, one.signed, clocks.today) if isinstance(one, Received) else one
        for one in history(application).acts
    ]
    return clock.timeline(History(acts), clocks.calendar, clocks.today, clocks.readings).due_date


def _shown(request: HttpRequest) -> Shown | None:
    token = request.COOKIES.get(_COOKIE, "")[:200]
    known = once.first_result(token, purpose=PURPOSE) if token else None
    if known is None:
        return None
    pk, _, secret = known.partition(":")
    application = Application.objects.select_related("agency").filter(pk=int(pk)).first()
    if application is None or moment.now() - application.created_at > _SHOWN_FOR:
        return None
    return Shown(application, secret)
