"""不予公开信息定期评估 (art. 18): what was withheld and is due to be looked at again; the review, and what follows."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from gongkai.agencies.access import DeskRequest, desk_view
from gongkai.applications import later_queries
from gongkai.applications.actions import later, opening
from gongkai.applications.desk.afterwards import READERS
from gongkai.applications.desk.case_forms import choice, day, text
from gongkai.applications.desk.decision import decided
from gongkai.applications.items import RequestedItem
from gongkai.applications.powers import OFFICE
from gongkai.law import withheld_review
from gongkai.ledger import moment
from gongkai.procedures.engine import Refused
from gongkai.publishing.desk import notices

_PAGE = 50


class ReviewForm(forms.Form):
    """The review of one item."""

    use_required_attribute = False
    disclose = choice("评估结果", [("0", "仍不予公开"), ("1", "可以公开")], widget=forms.RadioSelect)
    reason = text("评估意见", rows=2)
    next_on = day("下次评估日期", required=False, help="仍不予公开的填写；空着的按一年后。")


@require_GET
@desk_view(*READERS)
def withheld(request: DeskRequest) -> HttpResponse:
    """What is due by now; with ``all`` everything that is withheld."""
    return _page(request)


def _page(
    request: DeskRequest, *, tried: ReviewForm | None = None, reasons: Any = (), status: int = 200
) -> HttpResponse:
    today = moment.today()
    every = later_queries.access_withheld(request.user)
    due = later_queries.due(every, today)
    whole = request.GET.get("show") == "all"
    rows = (every if whole else due).select_related("application", "application__agency").order_by("closed_on", "pk")
    after = _place(request.GET.get("after", ""))
    found = list(rows.filter(after).prefetch_related("proposals")[: _PAGE + 1])
    last = found[_PAGE - 1] if len(found) > _PAGE else None
    context = {
        "rows": [_row(one, today, tried) for one in found[:_PAGE]],
        "tabs": [
            {"label": "应当评估", "url": "?", "count": due.count(), "current": not whole},
            {"label": "全部", "url": "?show=all", "count": every.count(), "current": whole},
        ],
        "further": f"?{'show=all&' if whole else ''}after={last.closed_on}_{last.pk}" if last else "",
        "first": f"?{'show=all' if whole else ''}" if after else "",
        "may": request.user.holds(OFFICE),
        "article": withheld_review.ARTICLE,
        "years": withheld_review.REVIEW_EVERY_YEARS,
        "reasons": reasons,
        "undo": None,
    }
    return render(request, "applications/desk/withheld.html", context, status=status)


def _place(given: str) -> Q:
    """Where the page goes on: behind this day and number; nothing readable is the beginning."""
    written, _, pk = given.partition("_")
    try:
        closed_on = date.fromisoformat(written)
    except ValueError:
        return Q()
    number = int(pk) if pk.isdecimal() and len(pk) < 19 else 0
    return Q(closed_on__gt=closed_on) | Q(closed_on=closed_on, pk__gt=number)


def _row(item: RequestedItem, today: date, tried: ReviewForm | None) -> dict[str, Any]:
    reviewed = item.__dict__["reviewed_on"]
    due_on = item.__dict__["next_on"] or withheld_review.next_review(reviewed or item.closed_on or today)
    prefix = f"review-{item.pk}"
    own = tried if tried is not None and tried.prefix == prefix else None
    return {
        "item": item,
        "decided": decided(item),
        "due_on": None if item.__dict__["may_disclose"] else due_on,
        "late": due_on <= today,
        "reviewed_on": reviewed,
        "may_disclose": item.__dict__["may_disclose"],
        "proposal": next(iter(item.proposals.all()), None),
        "form": own or ReviewForm(prefix=prefix, label_suffix=""),
        "open": own is not None,
    }


def _item(request: DeskRequest, pk: int) -> RequestedItem:
    found = later_queries.access_withheld(request.user).select_related("application__agency").filter(pk=pk).first()
    if found is None:
        raise Http404("没有这件不予公开的事项。")
    return found


@require_POST
@desk_view("disclosure_officer", "disclosure_head", "legal_reviewer")
def review(request: DeskRequest, pk: int) -> HttpResponse:
    """Enter the review; what may be disclosed by now becomes a proposal to publish, adopted at once."""
    item = _item(request, pk)
    form = ReviewForm(request.POST, prefix=f"review-{pk}", label_suffix="")
    if not form.is_valid():
        return _page(request, tried=form, status=422)
    disclose, next_on = form.cleaned_data["disclose"] == "1", form.cleaned_data["next_on"]
    try:
        made = later.review_withheld(
            item, disclose=disclose, reason=form.cleaned_data["reason"], next_on=next_on, by=request.user
        )
    except Refused as refusal:
        return _page(request, tried=form, reasons=refusal.reasons, status=422)
    if not disclose:
        notices.done(request, f"已登记评估，下次评估日期{made.next_on:%Y-%m-%d}。")
        return HttpResponseRedirect(reverse("applications:withheld"))
    if not request.user.holds(OFFICE):
        notices.done(request, "已登记评估：可以公开，由公开工作机构提出主动公开。")
        return HttpResponseRedirect(reverse("applications:withheld"))
    proposal = opening.propose_item(item, by=request.user, why="定期评估认为可以公开。")
    notices.done(request, "已登记评估：可以公开。可以据此起草主动公开文件。")
    return HttpResponseRedirect(reverse("applications:proposal", args=[proposal.pk]))
