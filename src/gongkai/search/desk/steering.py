"""同义词, 推荐结果, 联想屏蔽词: three pages of one build, a list beside a form."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.agencies.access import DeskRequest, desk_view
from gongkai.search import actions, queries
from gongkai.search.desk.forms import BestBetForm, DeniedForm, Steering, SynonymForm
from gongkai.search.desk.tabs import tabs


@require_http_methods(["GET", "POST"])
@desk_view(*queries.KEEPERS)
def synonyms(request: DeskRequest) -> HttpResponse:
    """Groups of equal words: the own, for the supervising office also the city's."""
    rows = queries.access_synonyms(request.user)
    changed = _chosen(request, rows, "group")
    form = SynonymForm(request.user, request.POST or None, SynonymForm.of(changed) if changed else None)

    def save() -> str:
        saved = actions.save_synonyms(
            agency=changed.agency if changed else form.agency(),
            words=form.several(),
            note=form.cleaned_data["note"],
            by=request.user,
            group=changed,
        )
        return f"已保存“{saved}”，从现在起搜其中一个词，其他的也一起找。"

    shared = [] if queries.may_steer_city(request.user) else queries.city_synonyms()
    context = {"groups": rows, "shared": shared, "changed": changed}
    return _page(request, "search/desk/synonyms.html", "searchdesk:synonyms", form, save, context)


@require_http_methods(["GET", "POST"])
@desk_view(*queries.KEEPERS)
def best_bets(request: DeskRequest) -> HttpResponse:
    """What is shown on top for a query."""
    rows = queries.access_best_bets(request.user)
    changed = _chosen(request, rows, "bet")
    form = BestBetForm(request.user, request.POST or None, BestBetForm.of(changed) if changed else None)
    if not changed:
        form.initial["query"] = request.GET.get("query", "")[:40]

    def save() -> str:
        agency = changed.agency if changed else form.agency()
        saved = actions.save_best_bet(agency=agency, by=request.user, bet=changed, **form.facts())
        return f"已保存，搜“{saved.query}”时显示在最前。"

    context = {"bets": rows, "changed": changed, "today": timezone.localdate()}
    return _page(request, "search/desk/best_bets.html", "searchdesk:best_bets", form, save, context)


@require_http_methods(["GET", "POST"])
@desk_view(*queries.KEEPERS)
def denied(request: DeskRequest) -> HttpResponse:
    """Words that are not suggested."""
    form = DeniedForm(request.user, request.POST or None)

    def save() -> str:
        given = form.cleaned_data
        saved = actions.deny_suggestion(agency=form.agency(), word=given["word"], note=given["note"], by=request.user)
        return f"已屏蔽“{saved}”，联想里不再出现。"

    shared = [] if queries.may_steer_city(request.user) else queries.city_denied()
    context = {"words": queries.access_denied(request.user), "shared": shared, "changed": None}
    return _page(request, "search/desk/denied.html", "searchdesk:denied", form, save, context)


@require_POST
@desk_view(*queries.KEEPERS)
def remove_synonyms(request: DeskRequest, pk: int) -> HttpResponse:
    """Take a group out."""
    group = _or_404(queries.access_synonyms(request.user), pk)
    actions.remove_synonyms(group, by=request.user)
    messages.success(request, f"已删除“{group}”。")
    return HttpResponseRedirect(reverse("searchdesk:synonyms"))


@require_POST
@desk_view(*queries.KEEPERS)
def remove_best_bet(request: DeskRequest, pk: int) -> HttpResponse:
    """Recommend it no longer."""
    bet = _or_404(queries.access_best_bets(request.user), pk)
    actions.remove_best_bet(bet, by=request.user)
    messages.success(request, f"已不再推荐“{bet.query}”的这一条。")
    return HttpResponseRedirect(reverse("searchdesk:best_bets"))


@require_POST
@desk_view(*queries.KEEPERS)
def allow(request: DeskRequest, pk: int) -> HttpResponse:
    """Let a word be suggested again."""
    word = _or_404(queries.access_denied(request.user), pk)
    actions.allow_suggestion(word, by=request.user)
    messages.success(request, f"已不再屏蔽“{word}”。")
    return HttpResponseRedirect(reverse("searchdesk:denied"))


def _page(
    request: DeskRequest,
    template: str,
    name: str,
    form: Steering,
    save: Callable[[], str],
    context: dict[str, Any],
) -> HttpResponse:
    """Save what was sent, or show list and form; what was typed stays when it is refused."""
    if request.method == "POST" and form.is_valid():
        try:
            told = save()
        except ValidationError as error:
            form.take(error)
        else:
            messages.success(request, told)
            return HttpResponseRedirect(reverse(name))
    context |= {"form": form, "tabs": tabs(name), "here": request.get_full_path()}
    return render(request, template, context, status=422 if form.errors else 200)


def _chosen(request: DeskRequest, rows: QuerySet[Any], name: str) -> Any:
    """The row to change, when the address names one that the officer may change."""
    number = request.GET.get(name, "")
    return _or_404(rows, int(number)) if number.isdigit() and len(number) < 19 else None


def _or_404(rows: QuerySet[Any], pk: int) -> Any:
    row: Model | None = rows.filter(pk=pk).first()
    if row is None:
        raise Http404("没有这一条，可能已经删除。")
    return row
