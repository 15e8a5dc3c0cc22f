"""The part of the worklist somebody looks at: from the address, else what was looked at last in this session."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from gongkai.applications.filters import Filters
from gongkai.applications.worklist import Place, Section

_KEY = "desk.applications"


@dataclass(frozen=True)
class Chosen:
    """A section, what it is narrowed by, and where the page begins."""

    section: Section = Section.MINE
    filters: Filters = field(default_factory=Filters)
    after: Place | None = None

    @property
    def url(self) -> str:
        """Its address, place included."""
        return self.address(after=self.after)

    def address(
        self, *, section: Section | None = None, filters: Filters | None = None, after: Place | None = None
    ) -> str:
        """The address of a part of the list; without ``after`` from its head."""
        return f"{reverse('applications:list')}?{urlencode(self.query(section, filters, after))}"

    def query(
        self, section: Section | None = None, filters: Filters | None = None, after: Place | None = None
    ) -> dict[str, str]:
        """Its parameters."""
        query = {"section": (section or self.section).value} | (filters or self.filters).query
        return query | ({"after": str(after)} if after else {})


def chosen(request: HttpRequest) -> Chosen:
    """What the address says, else what the person looked at last."""
    if request.GET:
        return _read({key: str(value) for key, value in request.GET.items()})
    return remembered(request)


def remembered(request: HttpRequest) -> Chosen:
    """What the person looked at last in this session."""
    return _read(request.session.get(_KEY) or {})


def remember(request: HttpRequest, view: Chosen) -> None:
    """Keep it for the session; written only when it differs."""
    kept = view.query(after=view.after)
    if request.session.get(_KEY) != kept:
        request.session[_KEY] = kept


def _read(kept: dict[str, str]) -> Chosen:
    section = kept.get("section") or ""
    known = section in set(Section)
    after = Place.parse(kept.get("after") or "")
    return Chosen(Section(section) if known else Section.MINE, Filters.read(kept), after)
