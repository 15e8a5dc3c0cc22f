"""The review screen: the list, the paper as the public will see it, what the checks say, what may be done."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gongkai.agencies.access import DeskRequest, desk_view
from gongkai.agencies.officers import Officer
from gongkai.catalog.documents import Document
from gongkai.catalog.editions import Edition, EditionState
from gongkai.catalog.links import Link
from gongkai.catalog.queries import access_edition
from gongkai.publishing import guards
from gongkai.publishing.clocks import Clocks
from gongkai.publishing.desk import notices, paper, queue
from gongkai.publishing.desk.act_forms import ActForm
from gongkai.publishing.desk.acts import acts_on
from gongkai.publishing.desk.findings import findings
from gongkai.publishing.desk.tasks import queue_rows
from gongkai.publishing.procedures import DOCUMENT, EDITION
from gongkai.publishing.worklist import OPEN_STATES, with_clock


def edition_or_404(officer: Officer, pk: int) -> Edition:
    """The edition, for who may see it; for everybody else there is none."""
    try:
        return access_edition(officer, pk)
    except Edition.DoesNotExist:
        raise Http404("没有这份信息，或者它不属于您的处室。") from None


@require_GET
@desk_view()
def edition(request: DeskRequest, pk: int) -> HttpResponse:
    """One edition to read, review and act on."""
    return review_page(request, edition_or_404(request.user, pk))


def review_page(
    request: DeskRequest,
    edition: Edition,
    *,
    tried: ActForm | None = None,
    reasons: Sequence[str] = (),
    meanwhile: Sequence[dict[str, Any]] = (),
    answering: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The screen. After a refusal: ``tried`` is the form as sent, ``reasons`` why, ``meanwhile`` what others did;
    ``answering`` an answer to a finding that was not accepted."""
    clocks = Clocks()
    view = queue.remembered(request)
    found = queue.load(request, view, clocks)
    entries = notices.history(edition.ref(), edition.document.ref())
    acts = acts_on(EDITION, edition, request.user, tried=tried)
    previous = edition.document.editions.filter(number__lt=edition.number).order_by("-number").first()
    context = {
        "edition": edition,
        "document": edition.document,
        "queue": queue_rows(found.tasks, edition.pk),
        "view": view,
        "total": found.counts[view.section],
        "urgency": _urgency(edition, clocks),
        "step": queue.step_label(edition),
        "steps": paper.steps(edition),
        "facts": paper.header_rows(edition, clocks.today),
        "body": paper.body(edition),
        "attachments": paper.attachments(edition),
        "links": _links(edition),
        "findings": findings(edition),
        "acts": acts,
        "demanded": guards.demanded_attestations(edition.state),
        "may_edit": edition.state == EditionState.DRAFTING and may_draft(request.user, edition.document),
        "may_answer": may_answer(request.user, edition),
        "previous": previous,
        "timeline": notices.lines(entries),
        "seen": entries[-1].pk if entries else 0,
        "reasons": reasons,
        "meanwhile": meanwhile,
        "typed": notices.typed(tried),
        "answering": answering or {},
        "undo": notices.undo(request),
    }
    return render(request, "publishing/edition.html", context, status=status)


def may_draft(officer: Officer, document: Document) -> bool:
    """Whether the officer writes editions of this document."""
    return bool(DOCUMENT.roles_of(officer, document) & EDITION.event("submit").roles[EditionState.DRAFTING])


def may_answer(officer: Officer, edition: Edition) -> bool:
    """Whether the officer has a part in this state of the edition, and so may say why a finding may stay."""
    roles = EDITION.roles_of(officer, edition)
    parts = [event.roles[edition.state] for event in EDITION.events if edition.state in event.roles]
    return edition.state in OPEN_STATES and any(part & roles for part in parts)


def _urgency(edition: Edition, clocks: Clocks) -> Any:
    """The clock while it runs: until the edition was said."""
    if edition.state not in OPEN_STATES:
        return None
    clock, formed = with_clock(Edition.objects.filter(pk=edition.pk)).values_list("clock", "formed").get()
    return clocks.urgency(clock, formed)


def _links(edition: Edition) -> list[Link]:
    return list(edition.links.select_related("target", "target__live"))
