"""Doing what an applicant can do: one form of the applicant's page is sent here."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from gongkai.applications.portal import carried, case, deeds, doors, opened, status
from gongkai.interfaces.uploads.fields import UploadField
from gongkai.procedures.engine import Refused

_DEEDS = "60/h"


@doors.personal("POST")
def do(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Do one of them; what cannot be done is said at the form, and what was typed is still there. For whatever this
    browser has not opened, or not lately, existing or not: the door, which carries what was typed."""
    if not opened.is_open(request, pk):
        if (asked := deeds.blank(key)) is None:
            raise Http404("no such deed")
        return status.door(request, status.InquiryForm(auto_id="id_%s"), carried.taken(request, pk, key, asked), 403)
    application, actor = opened.application_of(request, pk)
    deed = next((one for one in deeds.offered(application, actor) if one.key == key), None)
    if deed is None:
        raise Http404("nothing that can be done now")
    form = type(deed.form)(request.POST, request.FILES, auto_id=f"id_{key}_%s") if deed.form.fields else deed.form
    for field in form.fields.values():
        if isinstance(field, UploadField):
            field.for_request(request)
    if form.fields and not form.is_valid():
        return case.page(request, application, actor, tried=(key, form), status=422)
    if seconds := doors.wait(request, "deeds", _DEEDS, whose=str(pk)):
        form.add_error(None, f"提交得太频繁，请{doors.patience(seconds)}后再试。")
        return case.page(request, application, actor, tried=(key, form), status=429)
    try:
        messages.success(request, deed.carry(application, actor, getattr(form, "cleaned_data", {})))
    except Refused as refusal:
        if not form.fields:
            messages.error(request, "；".join(refusal.reasons))
            return HttpResponseRedirect(reverse("apply:case", args=[pk]))
        form.add_error(None, "；".join(refusal.reasons))
        return case.page(request, application, actor, tried=(key, form), status=422)
    return HttpResponseRedirect(reverse("apply:case", args=[pk]))
