"""依申请: the worklist of applications, the most urgent first; narrowing it, and keeping what it was narrowed to."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from gongkai.agencies.access import DeskRequest, desk_view
from gongkai.agencies.bodies import Department
from gongkai.applications import calendars, worklist
from gongkai.applications.actions import saving
from gongkai.applications.applications import Channel
from gongkai.applications.clock_facts import Clocks
from gongkai.applications.desk.case_forms import handlers_of
from gongkai.applications.desk.chosen import Chosen, chosen, remember, remembered
from gongkai.applications.filters import SavedFilter
from gongkai.applications.parties import PartyKind
from gongkai.applications.powers import DEPARTMENT, OFFICE, OFFICER, WHOLE_AGENCY
from gongkai.applications.worklist import Section, Worklist
from gongkai.law.grounds import GROUNDS
from gongkai.ledger import moment
from gongkai.procedures.engine import Refused
from gongkai.publishing.desk import notices

STAFF = tuple(sorted(WHOLE_AGENCY | DEPARTMENT))
"""Who has a worklist of applications."""

_ALWAYS = frozenset({Section.MINE, Section.SOON, Section.LATE, Section.OPEN, Section.CLOSED, Section.ALL})
_EMPTY = {
    Section.MINE: ("现在没有等您办的申请", "新收到的、转办给您的、送您审核签发的申请会自动出现在这里。"),
    Section.SOON: ("没有即将到期的申请", "离法定期限3个工作日以内的会出现在这里。"),
    Section.LATE: ("没有逾期的申请", "条例第三十三条：自收到申请之日起20个工作日内答复，可以依法延长一次。"),
}


@require_GET
@desk_view(*STAFF)
def tasks(request: DeskRequest) -> HttpResponse:
    """The worklist: sections, filters, keyset paging; what was chosen stays for the session."""
    view = chosen(request)
    remember(request, view)
    clocks = Clocks()
    found = _load(request, view, clocks)
    options = _options(request)
    title, text = _EMPTY.get(view.section, ("这里没有申请", "换一个分类，或者去掉筛选条件看看。"))
    context = {
        "view": view,
        "found": found,
        "tabs": tabs(view, found),
        "further": view.address(after=found.further) if found.further else "",
        "first": view.address() if view.after else "",
        "total": found.counts[view.section],
        "most": worklist.MOST_OPEN,
        "today": clocks.today,
        "empty": {"title": title, "text": text},
        "options": options,
        "narrowed": _narrowed(view, options),
        "saved": list(SavedFilter.objects.filter(officer=request.user)),
        "calendar": calendars.officer_address(request.user),
        "may_register": request.user.holds(OFFICER),
        "may_assign": request.user.holds(OFFICE) and not view.section.by_arrival,
        "undo": None,
    }
    return render(request, "applications/desk/tasks.html", context)


def _load(request: DeskRequest, view: Chosen, clocks: Clocks) -> Worklist:
    """The page of the list; when everything from there on is done, its head."""
    facts: dict[str, Any] = {"section": view.section, "filters": view.filters}
    found = worklist.worklist(request.user, clocks, after=view.after, **facts)
    if not found.tasks and view.after is not None:
        return worklist.worklist(request.user, clocks, **facts)
    return found


def tabs(view: Chosen, found: Worklist) -> list[dict[str, Any]]:
    """Every section with its number; steps where nothing is are left out."""
    return [
        {
            "label": section.label,
            "url": view.address(section=section),
            "count": found.counts[section],
            "current": section is view.section,
        }
        for section in Section
        if found.counts[section] or section in _ALWAYS or section is view.section
    ]


def _options(request: DeskRequest) -> dict[str, Any]:
    """What can be chosen from."""
    agency = request.user.agency_id
    this_year = moment.today().year
    return {
        "department": list(Department.objects.filter(agency=agency).values_list("pk", "name")),
        "handler": list(handlers_of(agency).values_list("pk", "name")),
        "channel": Channel.choices,
        "kind": PartyKind.choices,
        "ground": [(one.key, one.label) for one in GROUNDS],
        "year": [(year, f"{year}年") for year in range(this_year, this_year - 8, -1)],
    }


def _narrowed(view: Chosen, options: dict[str, Any]) -> list[dict[str, str]]:
    """The filters in force, each with the address without it."""
    found = []
    for name, value in view.filters.query.items():
        field = "text" if name == "q" else name
        label = {str(key): label for key, label in options.get(name, ())}.get(value, f"“{value}”")
        found.append({"label": str(label), "url": view.address(filters=view.filters.without(field))})
    return found


@require_POST
@desk_view(*STAFF)
def save(request: DeskRequest) -> HttpResponse:
    """Keep the present section and filters under a name; the same name again replaces it, ``remove`` takes one away."""
    view = remembered(request)
    removed = request.POST.get("remove", "")
    if removed.isdecimal() and len(removed) < 19:
        saving.remove_filter(int(removed), by=request.user)
        notices.done(request, "已删除保存的筛选。")
        return HttpResponseRedirect(view.url)
    try:
        kept = saving.save_filter(request.POST.get("name", ""), view.address().partition("?")[2], by=request.user)
    except Refused as refusal:
        notices.failed(request, "；".join(refusal.reasons))
    else:
        notices.done(request, f"已保存筛选“{kept.name}”。")
    return HttpResponseRedirect(view.url)
