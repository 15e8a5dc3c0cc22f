"""One document on the desk: where it stands, its editions, what may become of it, where it was delivered."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from gongkai.agencies.access import DeskRequest, desk_view
from gongkai.agencies.officers import Officer
from gongkai.catalog import header, queries
from gongkai.catalog.actions.documents import draft_next_edition
from gongkai.catalog.documents import Document
from gongkai.catalog.editions import ChangeKind, Edition
from gongkai.catalog.links import REVERSE_LABELS, Link
from gongkai.publishing import provenance
from gongkai.publishing.desk import notices
from gongkai.publishing.desk.act_forms import ActForm
from gongkai.publishing.desk.acts import acts_on
from gongkai.publishing.desk.review import may_draft
from gongkai.publishing.outlets import contract
from gongkai.publishing.parcels import Delivery
from gongkai.publishing.procedures import DOCUMENT
from gongkai.publishing.worklist import OPEN_STATES
from gongkai.texts.dates import official

_CHANGES = (ChangeKind.CORRECTION, ChangeKind.REVISION)
_DELIVERIES_SHOWN = 20


def document_or_404(officer: Officer, pk: int) -> Document:
    """The document, for who may see it; for everybody else there is none."""
    try:
        return queries.access_document(officer, pk)
    except Document.DoesNotExist:
        raise Http404("没有这份文件，或者它不属于您的处室。") from None


@require_GET
@desk_view()
def document(request: DeskRequest, pk: int) -> HttpResponse:
    """The document's page."""
    return document_page(request, document_or_404(request.user, pk))


def document_page(
    request: DeskRequest,
    document: Document,
    *,
    tried: ActForm | None = None,
    reasons: Sequence[str] = (),
    meanwhile: Sequence[dict[str, Any]] = (),
    note: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page; after a refusal with the form as sent (``tried``; ``note`` of a new edition) and the reasons."""
    editions = list(document.editions.select_related("drafted_by").order_by("-number"))
    newest = editions[0]
    entries = notices.history(document.ref(), *(one.ref() for one in editions))
    open_edition = next((one for one in editions if one.state in OPEN_STATES), None)
    context = {
        "document": document,
        "title": (document.live or newest).title or "（无标题）",
        "facts": _identity(document, document.live or newest),
        "state": DOCUMENT.state(document.state),
        "notice": _notice(document),
        "editions": _rows(editions),
        "open_edition": open_edition,
        "may_begin": document.live is not None and open_edition is None and may_draft(request.user, document),
        "changes": [(kind.value, kind.label) for kind in _CHANGES],
        "note": note or {"kind": ChangeKind.CORRECTION.value, "text": "", "error": ""},
        "acts": acts_on(DOCUMENT, document, request.user, tried=tried),
        "links_from": _links_from(document.live or newest),
        "links_to": _links_to(document),
        "old_addresses": list(document.old_addresses.values_list("path", flat=True)[:50]),
        "deliveries": _deliveries(document),
        "timeline": notices.lines(entries),
        "seen": entries[-1].pk if entries else 0,
        "reasons": reasons,
        "meanwhile": meanwhile,
        "typed": notices.typed(tried),
        "undo": notices.undo(request),
    }
    return render(request, "publishing/document.html", context, status=status)


@require_POST
@desk_view("drafter", "disclosure_officer")
def next_edition(request: DeskRequest, pk: int) -> HttpResponse:
    """Begin a correction 更正 or a revision 修订; on to the editor."""
    document = document_or_404(request.user, pk)
    if not may_draft(request.user, document):
        raise PermissionDenied("更正和修订由本处室撰稿人或公开经办人起草。")
    note = {"kind": request.POST.get("kind", ""), "text": request.POST.get("change_note", ""), "error": ""}
    if note["kind"] not in _CHANGES:
        note["error"] = "请选择“更正”还是“修订”。"
        return document_page(request, document, note=note, status=422)
    try:
        draft = draft_next_edition(document, by=request.user, kind=ChangeKind(note["kind"]), note=note["text"])
    except ValidationError as error:
        note["error"] = "；".join(error.messages)
        return document_page(request, document, note=note, status=422)
    notices.done(
        request, f"已开始{draft.get_change_kind_display()}：第{draft.number}版草稿。公众看到的仍是现在这一版。"
    )
    return HttpResponseRedirect(reverse("desk:edit", args=[draft.pk]))


def _identity(document: Document, edition: Edition) -> list[dict[str, Any]]:
    rows: list[tuple[str, Any]] = [
        ("索引号", document.index_number),
        ("类型", document.type_info.label),
        (
            "法定主动公开内容",
            document.type_info.item_label if document.item == document.type_info.item else document.item,
        ),
        ("处室", document.department.name if document.department else ""),
        (header.LABELS["document_number"], edition.document_number),
        (header.LABELS["date_of_issue"], official(edition.date_of_issue) if edition.date_of_issue else ""),
        ("发布日期", official(timezone.localdate(document.listed_at)) if document.listed_at else ""),
        ("有效性", _validity(document)),
        ("定时下线", f"{timezone.localtime(document.offline_at):%Y-%m-%d %H:%M:%S}" if document.offline_at else ""),
        ("迁入来源", document.imported_from),
    ]
    return [{"label": label, "value": value} for label, value in rows if value] + provenance.rows_of(document)


def _validity(document: Document) -> str:
    if document.live is None:
        return ""
    return queries.validity_of(document, document.live, timezone.localdate()).label


def _notice(document: Document) -> str:
    """What the public is told about the document besides its text."""
    if document.notice_kind:
        since = f"，自{official(document.notice_on)}起" if document.notice_on else ""
        return f"{document.get_notice_kind_display()}{since}。{document.notice_ground}"
    return f"转至 {document.redirect_to}" if document.redirect_to else ""


def _rows(editions: Sequence[Edition]) -> list[dict[str, Any]]:
    """Editions, newest first, each with the one before it that it can be compared with."""
    rows = []
    for place, edition in enumerate(editions):
        earlier = editions[place + 1] if place + 1 < len(editions) else None
        rows.append({"edition": edition, "earlier": earlier, "open": edition.state in OPEN_STATES})
    return rows


def _links_from(edition: Edition) -> list[Link]:
    return list(edition.links.select_related("target", "target__live"))


def _links_to(document: Document) -> list[dict[str, Any]]:
    """Who links here, under the name the relation has from this side."""
    return [{"label": REVERSE_LABELS[one.kind], "edition": one.edition} for one in queries.links_to(document)]


def _deliveries(document: Document) -> list[dict[str, Any]]:
    rows = Delivery.objects.filter(document=document).order_by("-id")[:_DELIVERIES_SHOWN]
    labels = {one.key: one.label for one in contract.all_outlets()}
    return [{"delivery": row, "outlet": labels.get(row.outlet, row.outlet)} for row in rows]
