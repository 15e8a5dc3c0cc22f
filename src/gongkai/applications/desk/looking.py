"""显示个人信息: a deliberate look at who somebody is, with its reason in the ledger; shown once, kept nowhere."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST

from gongkai.agencies.access import DeskRequest, desk_view
from gongkai.applications.actions import parties
from gongkai.applications.applications import Application
from gongkai.applications.desk.case import case_or_404, case_page
from gongkai.applications.parties import Party
from gongkai.applications.powers import WHOLE_AGENCY, roles_over
from gongkai.ledger.persons import Forgotten
from gongkai.texts.credentials import CredentialKind

LABELS = {
    "name": "姓名、名称",
    "document_kind": "证件类型",
    "document_number": "证件号码",
    "phone": "联系电话",
    "email": "电子邮箱",
    "address": "通信地址",
    "postcode": "邮政编码",
    "fax": "传真",
    "employer": "工作单位",
    "representative": "法定代表人",
    "contact_person": "联系人",
}


@require_POST
@desk_view()
def look(request: DeskRequest, pk: int) -> HttpResponse:
    """The page of the case with what is known of one of its parties; the look enters the ledger first."""
    case = case_or_404(request.user, pk)
    party = _party(case, request.POST.get("party", ""))
    if not roles_over(request.user, case) & WHOLE_AGENCY:
        raise PermissionDenied("个人信息由公开工作机构、法制审核和分管领导查看。")
    why = request.POST.get("why", "").strip()[:200]
    if not why:
        looked = {"party": party.pk, "error": "请写明为什么要看，会记入台账。"}
        return case_page(request, case, looked=looked, status=422)
    try:
        facts = parties.look(case, party, by=request.user, why=why)
    except Forgotten:
        return case_page(request, case, reasons=["个人信息已经按规定删除，不能再查看。"], status=410)
    answer = case_page(request, case, looked={"party": party.pk, "rows": _rows(facts)})
    answer["Cache-Control"] = "no-store"
    return answer


def _party(case: Application, given: str) -> Party:
    """Only parties of this very case."""
    known = [case.applicant, case.agent, *(one.party for one in case.consultations.select_related("party"))]
    found = next((one for one in known if one is not None and str(one.pk) == given), None)
    if found is None:
        raise Http404("本件里没有这位当事人。")
    return found


def _rows(facts: dict[str, Any]) -> list[dict[str, str]]:
    rows = []
    for key, label in LABELS.items():
        value = str(facts.get(key) or "")
        if key == "document_kind" and value in set(CredentialKind):
            value = CredentialKind(value).label
        if value:
            rows.append({"label": label, "value": value})
    return rows
