"""Typed links of a draft: found among what is here, or outside by name and address."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from gongkai.agencies.access import DeskRequest, desk_view
from gongkai.agencies.officers import Officer
from gongkai.catalog.actions import content
from gongkai.catalog.actions.content import LinkGiven
from gongkai.catalog.documents import PUBLIC_STATES, Document
from gongkai.catalog.editions import Edition
from gongkai.catalog.links import Link, LinkKind
from gongkai.catalog.queries import access_documents
from gongkai.publishing.desk import notices, panel
from gongkai.publishing.desk.forms import DraftForm, LinkForm
from gongkai.publishing.desk.review import edition_or_404
from gongkai.publishing.desk.screen import WRITERS, editor_page, refusal

_AT_MOST = 10


@require_GET
@desk_view(*WRITERS)
def find(request: DeskRequest, pk: int) -> HttpResponse:
    """Documents to link to, by title, 文号 or 索引号: public ones of every agency, and the own ones not public yet (an
    interpretation is written while its policy is). A fragment with a choice of them; two queries."""
    edition = edition_or_404(request.user, pk)
    words = request.GET.get("words", "").strip().strip("《》")
    found = candidates(request.user, edition, words) if words else []
    return render(request, "publishing/editor_found.html", {"found": found, "words": words})


@require_POST
@desk_view(*WRITERS)
def links(request: DeskRequest, pk: int) -> HttpResponse:
    """Add a link, or take one off (``remove``: its place)."""
    edition = edition_or_404(request.user, pk)
    form = LinkForm(request.POST)
    present = list(edition.links.select_related("target"))
    try:
        reason = refusal(request.user, edition)
        if reason:
            raise ValidationError(reason)
        wanted = _without(present, request.POST["remove"]) if "remove" in request.POST else None
        if wanted is None:
            if not form.is_valid():
                return _again(request, edition, form)
            wanted = [*map(_given, present), _new(request.user, edition, form)]
        content.set_links(edition, wanted, by=request.user)
    except ValidationError as error:
        if form.is_valid():
            form.add_error("words", "；".join(error.messages))
        return _again(request, edition, form)
    edition = edition_or_404(request.user, pk)
    if request.htmx:  # type: ignore[attr-defined] # set by HtmxMiddleware
        return _section(request, edition, LinkForm())
    notices.done(request, "关联文件已更新。")
    return HttpResponseRedirect(reverse("desk:edit", args=[pk]) + "#links")


def candidates(officer: Officer, edition: Edition, words: str) -> list[dict[str, Any]]:
    """Up to ten documents these words may mean, the own agency's first; two queries."""
    named = Q(index_number__icontains=words)
    for field in ("title", "document_number"):
        named |= Q(**{f"live__{field}__icontains": words})
        named |= Q(live=None, agency_id=officer.agency_id, **{f"editions__{field}__icontains": words})
    seen = Q(state__in=PUBLIC_STATES) | Q(pk__in=access_documents(officer).filter(live=None).values("pk"))
    pks = Document.objects.filter(named & seen).exclude(pk=edition.document_id).order_by().values("pk")
    rows = (
        Document.objects.filter(pk__in=pks)
        .select_related("live", "agency")
        .prefetch_related("editions")
        .order_by("-listed_at", "-pk")[: _AT_MOST * 3]
    )
    ordered = sorted(rows, key=lambda one: one.agency_id != officer.agency_id)[:_AT_MOST]
    return [_candidate(one) for one in ordered]


def _candidate(document: Document) -> dict[str, Any]:
    said = document.live or max(document.editions.all(), key=lambda one: one.number)
    return {
        "pk": document.pk,
        "title": said.title or "（无标题）",
        "number": said.document_number,
        "index_number": document.index_number,
        "agency": document.agency.short_name,
        "is_public": document.is_public,
    }


def _new(officer: Officer, edition: Edition, form: LinkForm) -> LinkGiven:
    """The link the form gives. Raises ValidationError when the words mean no document, or several."""
    values = form.cleaned_data
    kind = LinkKind(values["kind"])
    if values["target"] is not None:
        seen = Q(state__in=PUBLIC_STATES) | Q(pk__in=access_documents(officer).values("pk"))
        target = Document.objects.filter(seen, pk=values["target"]).first()
        if target is None:
            raise ValidationError("没有这份文件，请重新查找。")
        return LinkGiven(kind, target)
    if values["title"].strip():
        return LinkGiven(kind, None, values["title"], values["url"])
    words = values["words"].strip().strip("《》")
    if not words:
        raise ValidationError("请查找并选择本平台的文件，或者填写站外文件的名称和网址。")
    found = candidates(officer, edition, words)
    exact = [one for one in found if words in {one["title"], one["number"], one["index_number"]}] or found
    if len(exact) == 1:
        return LinkGiven(kind, Document.objects.get(pk=exact[0]["pk"]))
    if not exact:
        raise ValidationError(f"没有找到“{words}”。请换标题、文号或索引号中的其他词，或者填写站外文件的名称和网址。")
    raise ValidationError(f"有 {len(exact)} 份文件符合“{words}”，请从查到的文件中选择一份。")


def _given(link: Link) -> LinkGiven:
    return LinkGiven(LinkKind(link.kind), link.target, link.title, link.url)


def _without(present: list[Link], place: str) -> list[LinkGiven]:
    return [_given(link) for link in present if str(link.pk) != place]


def _again(request: DeskRequest, edition: Edition, form: LinkForm) -> HttpResponse:
    """With what was typed and what is wrong; for htmx the section alone."""
    if request.htmx:  # type: ignore[attr-defined] # set by HtmxMiddleware
        return _section(request, edition, form)
    return editor_page(request, edition, DraftForm(edition), link_form=form, status=422)


def _section(request: DeskRequest, edition: Edition, form: LinkForm) -> HttpResponse:
    context = {"edition": edition, "links": panel.link_rows(edition), "link_form": form, "fragment": True}
    return render(request, "publishing/editor_links.html", context)
