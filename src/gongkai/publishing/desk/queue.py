"""The list a person works through: which part of it, which words, from where on. It stays until changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.access import DeskRequest
from gongkai.catalog.editions import Edition, EditionState
from gongkai.publishing import worklist
from gongkai.publishing.clocks import Clocks
from gongkai.publishing.worklist import Place, Section, Task, Worklist

_KEY = "desk.queue"


@dataclass(frozen=True)
class Chosen:
    """The part of the worklist somebody looks at."""

    section: Section = Section.ALL
    text: str = ""
    after: Place | None = None

    @property
    def url(self) -> str:
        return self.address(after=self.after)

    def address(self, *, section: Section | None = None, after: Place | None = None, text: str | None = None) -> str:
        """The address of a part of the list; without ``after`` from its head."""
        words = self.text if text is None else text
        query = {"section": (section or self.section).value}
        query |= {"q": words} if words else {}
        query |= {"after": str(after)} if after else {}
        return f"{reverse('desk:tasks')}?{urlencode(query)}"


def chosen(request: HttpRequest) -> Chosen:
    """What the address says, else what the person looked at last."""
    if request.GET:
        return _read({key: request.GET.get(key, "") for key in ("section", "q", "after")})
    return remembered(request)


def remembered(request: HttpRequest) -> Chosen:
    """What the person looked at last in this session."""
    return _read(request.session.get(_KEY) or {})


def remember(request: HttpRequest, view: Chosen) -> None:
    """Keep it for the session; written only when it differs."""
    kept = {"section": view.section.value, "q": view.text, "after": str(view.after or "")}
    if request.session.get(_KEY) != kept:
        request.session[_KEY] = kept


def load(request: DeskRequest, view: Chosen, clocks: Clocks) -> Worklist:
    """The page of the list; when everything from there on is done, its head."""
    found = worklist.worklist(request.user, clocks, section=view.section, text=view.text, after=view.after)
    if not found.tasks and view.after is not None:
        return worklist.worklist(request.user, clocks, section=view.section, text=view.text)
    return found


def next_after(tasks: Sequence[Task], pk: int) -> str:
    """Where to go when this edition is dealt with: the one below it, else the one above, else the empty list.

    From outside the list: nowhere, it stays on the screen.
    """
    order = [task.edition.pk for task in tasks]
    if pk not in order:
        return reverse("desk:edition", args=[pk])
    here = order.index(pk)
    rest = [*order[here + 1 :], *reversed(order[:here])]
    return reverse("desk:edition", args=[rest[0]]) if rest else reverse("desk:tasks")


def step_label(edition: Edition) -> str:
    """Where the edition stands, with its time when it waits for one."""
    if edition.state == EditionState.SCHEDULED and edition.release_at:
        return f"定时 {timezone.localtime(edition.release_at):%m-%d %H:%M:%S}"
    return edition.state_label


def _read(kept: dict[str, str]) -> Chosen:
    section = kept.get("section") or ""
    known = section in set(Section)
    after = Place.parse(kept.get("after") or "")
    return Chosen(Section(section) if known else Section.ALL, (kept.get("q") or "").strip()[:60], after)
