"""What an officer narrows a list of cases by, and what of it was saved under a name."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from urllib.parse import urlencode

from django.db import models
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from gongkai.agencies.officers import Officer
from gongkai.applications.applications import Application, Assignment, Channel
from gongkai.applications.items import RequestedItem
from gongkai.applications.parties import PartyKind
from gongkai.law.grounds import GROUNDS

_LONGEST = 60


@dataclass(frozen=True)
class Filters:
    """Words and choices, as they stand in an address; what is no choice counts as none."""

    text: str = ""
    department: str = ""
    handler: str = ""
    channel: str = ""
    kind: str = ""
    ground: str = ""
    year: str = ""

    @classmethod
    def read(cls, given: Mapping[str, str]) -> "Filters":
        """From an address or what was kept of one."""
        found = {one.name: str(given.get(_NAMES[one.name], "")).strip()[:_LONGEST] for one in fields(cls)}
        for name in ("department", "handler", "year"):
            found[name] = found[name] if found[name].isdecimal() and len(found[name]) < 10 else ""
        for name, known in _KNOWN.items():
            found[name] = found[name] if found[name] in known else ""
        return cls(**found)

    @property
    def query(self) -> dict[str, str]:
        """As parameters of an address."""
        return {_NAMES[one.name]: getattr(self, one.name) for one in fields(self) if getattr(self, one.name)}

    def without(self, name: str) -> "Filters":
        """All but one of them."""
        return Filters(**{one.name: "" if one.name == name else getattr(self, one.name) for one in fields(self)})

    def narrow(self, cases: QuerySet[Application]) -> QuerySet[Application]:
        """Only the cases that fit."""
        if self.text:
            words = ("number", "subject", "applicant__masked_name", "source_number")
            cases = cases.filter(_any_of(words, self.text))
        same = {"handler_id": self.handler, "channel": self.channel, "applicant_kind": self.kind, "year": self.year}
        cases = cases.filter(**{name: value for name, value in same.items() if value})
        if self.department:
            handed = Assignment.objects.filter(application=OuterRef("pk"), department_id=self.department)
            cases = cases.filter(Exists(handed))
        if self.ground:
            items = RequestedItem.objects.filter(application=OuterRef("pk")).annotate(
                named=Cast("grounds", CharField())
            )
            cases = cases.filter(Exists(items.filter(named__contains=f'"{self.ground}"')))
        return cases


_NAMES = {"text": "q"} | {one.name: one.name for one in fields(Filters) if one.name != "text"}
_KNOWN = {
    "channel": set(Channel.values),
    "kind": set(PartyKind.values),
    "ground": {one.key for one in GROUNDS},
}


def _any_of(names: tuple[str, ...], text: str) -> Q:
    wanted = Q(pk__in=())
    for name in names:
        wanted |= Q(**{f"{name}__icontains": text})
    return wanted


class SavedFilter(models.Model):
    """A part of the worklist under a name of the officer's own; ``query`` is what follows the ? of its address."""

    officer = models.ForeignKey(Officer, models.CASCADE, related_name="saved_filters")
    name = models.CharField("名称", max_length=30)
    query = models.CharField("条件", max_length=500)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["officer", "name"], name="applications_filter_named_once")]

    def __str__(self) -> str:
        return self.name


def encoded(section: str, filters: Filters) -> str:
    """The parameters of a part of the list, for its address."""
    return urlencode({"section": section} | filters.query)
