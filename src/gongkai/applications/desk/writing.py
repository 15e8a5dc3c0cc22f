"""Where the forms of a case are sent: what was written, or the page once more with everything typed and the reasons."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from gongkai.agencies.access import DeskRequest, desk_view
from gongkai.applications.desk.case import case_or_404, case_page
from gongkai.applications.desk.writings import WRITINGS, part_of
from gongkai.procedures.engine import Refused
from gongkai.publishing.desk import notices, uploading


@uploading.bounded
@require_POST
@desk_view()
def write(request: DeskRequest, pk: int, what: str) -> HttpResponse:
    """Write what the form says; ``of`` names the part of the case it is about."""
    case = case_or_404(request.user, pk)
    writing = WRITINGS.get(what)
    if writing is None:
        raise Http404("没有这个事项。")
    try:
        of = part_of(writing, case, request.POST.get("of", ""))
    except LookupError:
        raise Http404("本件里没有这一项。") from None
    if not writing.offered(case, request.user, of):
        raise PermissionDenied(f"“{writing.label}”不由您办理，或者本件已经不能再办。")
    form = writing.form(case, request.user, writing.prefix(of), request.POST, of=of)
    if not form.is_valid():
        return case_page(request, case, written=form, status=422)
    try:
        writing.write(form)
    except Refused as refusal:
        return case_page(request, case_or_404(request.user, pk), written=form, reasons=refusal.reasons, status=422)
    notices.done(request, f"{writing.done}。")
    return HttpResponseRedirect(f"{case.get_absolute_url()}#{what}")
