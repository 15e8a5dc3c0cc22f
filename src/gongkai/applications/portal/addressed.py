"""To whom an application is addressed: the host's agency, or one that the host's site serves."""

from dataclasses import dataclass
from datetime import date

from django.db.models import prefetch_related_objects
from django.http import Http404
from django.urls import reverse

from gongkai.agencies.bodies import Agency
from gongkai.agencies.queries import agencies_on
from gongkai.applications.likeness import overlap
from gongkai.catalog.portal.frame import Frame

_ALIKE = 0.6
_EXCERPT = 60


@dataclass(frozen=True)
class Offer:
    """An agency to choose, where its form is, and what of its duties fits what was typed."""

    agency: Agency
    url: str
    fits: str


def form_address(frame: Frame, agency: Agency) -> str:
    """Where one applies to an agency: on its own site, else on the one that serves it."""
    return frame.sites.url(agency.pk, form_path(frame, agency))


def form_path(frame: Frame, agency: Agency) -> str:
    """The path of its form, on whichever site that is."""
    own = frame.sites.server_of(agency.pk) == agency.pk and not agency.is_city
    return reverse("apply:form") if own else reverse("apply:to", args=[agency.slug])


def by_slug(slug: str) -> Agency:
    """The agency of that name; raises Http404."""
    agency = Agency.objects.filter(slug=slug).first()
    if agency is None:
        raise Http404("no such agency")
    return agency


def heir(agency: Agency, today: date) -> Agency:
    """The body itself, or the one that took over from it and exists; raises Http404 when nobody did."""
    seen: set[int] = set()
    while not agency.exists_on(today):
        seen.add(agency.pk)
        succession = agency.successions.filter(successor__isnull=False).select_related("successor").last()
        if succession is None or succession.successor is None or succession.successor.pk in seen:
            raise Http404("nobody took over from this agency")
        agency = succession.successor
    return agency


def offers(frame: Frame, typed: str) -> list[Offer]:
    """Agencies whose name or duties have what was typed, names first; all of them when nothing was typed."""
    words = typed.split()
    ranked = [(_rank(agency, words), agency) for agency in _agencies()]
    fitting = [(rank, agency) for rank, agency in ranked if rank is not None]
    fitting.sort(key=lambda pair: pair[0][0])
    return [Offer(agency, form_address(frame, agency), rank[1]) for rank, agency in fitting]


def _agencies() -> list[Agency]:
    found = agencies_on()
    prefetch_related_objects(found, "departments", "former_names")
    return found


def _rank(agency: Agency, words: list[str]) -> tuple[int, str] | None:
    """0 for the name, 1 for duties, 2 for much the same words; None when nothing fits."""
    if not words:
        return 0, ""
    names = " ".join([agency.name, agency.short_name, *(one.name for one in agency.former_names.all())])
    if all(word in names for word in words):
        return 0, ""
    duties = [agency.functions, *(f"{one.name}：{one.functions}" for one in agency.departments.all())]
    text = names + "\n".join(duties)
    if all(word in text for word in words):
        return 1, _excerpt(duties, words[0])
    best = max(duties, key=lambda duty: overlap("".join(words), duty))
    return (2, _excerpt([best], "")) if overlap("".join(words), best + names) >= _ALIKE else None


def _excerpt(duties: list[str], word: str) -> str:
    duty = next((one for one in duties if word in one), duties[0])
    at = max(duty.find(word) - _EXCERPT // 3, 0) if word else 0
    cut = duty[at : at + _EXCERPT].replace("\n", " ")
    return ("…" if at else "") + cut + ("…" if at + _EXCERPT < len(duty) else "")
