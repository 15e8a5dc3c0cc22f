"""``/search/suggest``: what to offer while somebody types, and which documents already answer what is asked for."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongkai.applications.offering import Answer
from gongkai.catalog.portal.frame import Frame
from gongkai.search import counting, limits, query, suggesting
from gongkai.search.addresses import CITY, Search
from gongkai.search.asking import LONGEST_TEXT, Asked, Hit
from gongkai.search.suggesting import Suggestion

_ANSWERS = 5
_KEPT_SECONDS = 30


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """JSON for the search box: ``?q=zwgk`` gives ``suggestions``.

    ``?q=…&answers=1`` gives ``answers`` instead: documents in which the words of a longer text are found, for who is
    about to apply for what is public already.
    """
    seconds = limits.wait(request, "suggest", limits.SUGGESTIONS)
    if seconds:
        return JsonResponse(
            {"error": f"请求过于频繁，请{seconds}秒后再试。"}, status=429, headers={"Retry-After": seconds}
        )
    frame = Frame(request)
    text = " ".join(request.GET.get("q", "").replace("\x00", " ").split())
    limited = not frame.agency.is_city and request.GET.get("scope") != CITY
    own = frame.agency.pk if limited else None
    if request.GET.get("answers"):
        told = {"answers": [_told(one) for one in _answers(frame, text[:LONGEST_TEXT], own)]}
    else:
        found = suggesting.suggest(text, site=frame.agency.pk, own=own)
        told = {"suggestions": [_suggestion(frame, one, city=not limited) for one in found]}
    response = JsonResponse(told)
    counting.flush_after(response)
    response.headers["Cache-Control"] = f"private, max-age={_KEPT_SECONDS}"
    return response


def _suggestion(frame: Frame, offered: Suggestion, *, city: bool) -> dict[str, Any]:
    document = offered.document
    if document is None:
        search = Search(reverse("search:results"), q=offered.text, city=city and not frame.agency.is_city)
        return {"text": offered.text, "kind": offered.kind.value, "url": search.url}
    day = f"{document.listed_at:%Y-%m-%d}" if document.listed_at else ""
    about = [document.number, "" if document.agency_id == frame.agency.pk else document.agency, day]
    return {
        "text": offered.text,
        "kind": offered.kind.value,
        "url": frame.sites.url(document.agency_id, document.path),
        "about": "　".join(one for one in about if one),
    }


def answers(request: HttpRequest, text: str) -> list[Answer]:
    """For the form of applications: what is public on this site and may answer what somebody is about to apply for."""
    frame = Frame(request)
    return _answers(frame, text[:LONGEST_TEXT], None if frame.agency.is_city else frame.agency.pk)


def _answers(frame: Frame, text: str, own: int | None) -> list[Answer]:
    if len(text) < 2:
        return []
    filters = {} if own is None else {"agency": (str(own),)}
    site = None if frame.agency.is_city else frame.agency.pk
    found = query.search(Asked(text=text, filters=filters, site=site, size=_ANSWERS, facets=()))
    return [_answer(frame, hit) for hit in found.hits]


def _told(answer: Answer) -> dict[str, str]:
    facts = {"agency": answer.agency, "date": answer.date, "number": answer.number}
    return {"title": answer.title, "url": answer.url} | facts


def _answer(frame: Frame, hit: Hit) -> Answer:
    return Answer(
        title=hit.title,
        url=frame.sites.url(hit.agency_id, hit.path),
        agency=hit.agency_name,
        date=f"{hit.listed_at:%Y-%m-%d}" if hit.listed_at else "",
        number=hit.facts.get("number", ""),
    )
