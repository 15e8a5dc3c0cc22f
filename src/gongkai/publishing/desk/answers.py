"""保留并说明: a person says why a finding may stay."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.agencies.access import DeskRequest, desk_view
from gongkai.publishing import checking
from gongkai.publishing.desk import notices
from gongkai.publishing.desk.review import edition_or_404, may_answer, review_page


@require_POST
@desk_view()
def answer(request: DeskRequest, pk: int) -> HttpResponse:
    """Keep a finding with a reason; back to where the person was (``next``: the editor's address), else the screen."""
    edition = edition_or_404(request.user, pk)
    fingerprint, note = request.POST.get("fingerprint", ""), request.POST.get("note", "")
    error = "" if may_answer(request.user, edition) else "检查结果由正在办理这一版的人说明。"
    if not error:
        try:
            checking.answer(edition, fingerprint=fingerprint, note=note, by=request.user)
        except ValueError as refusal:
            error = str(refusal)
    if error:
        answering = {"fingerprint": fingerprint, "note": note, "error": error}
        return review_page(request, edition, answering=answering, status=422)
    notices.done(request, "已说明保留，说明随版本存档。")
    editing = reverse("desk:edit", args=[pk])
    back = editing if request.POST.get("next") == editing else reverse("desk:edition", args=[pk])
    return HttpResponseRedirect(back)
