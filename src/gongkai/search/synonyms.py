"""Synonyms 同义词: groups of words that mean the same to who searches (公租房 = 公共租赁住房)."""

from collections.abc import Mapping, Sequence

from django.db import models
from django.db.models import Q

from gongkai.agencies.bodies import Agency
from gongkai.ledger.refs import Ref
from gongkai.search.wording import fold


class SynonymGroup(models.Model):
    """Equal words, of one agency's site or (agency empty) of the whole city.

    ``words`` are kept folded (``wording.fold``), so that they compare with what was asked. A word stands in one group
    of a scope only, else nobody could say what it equals.
    """

    agency = models.ForeignKey(Agency, models.CASCADE, null=True, blank=True, related_name="synonym_groups")
    words = models.JSONField("同义的词")
    note = models.CharField("说明", max_length=200, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["agency"], name="search_synonym_agency")]

    def __str__(self) -> str:
        return " = ".join(self.words)

    def ref(self) -> Ref:
        return Ref("synonym_group", str(self.pk), str(self))


def equal_words(agency_id: int | None) -> Mapping[str, tuple[str, ...]]:
    """For every word that has any: the other words that mean the same, on that agency's site (None: the city's own).

    The agency's own groups come first; a word's equals of both scopes are joined. One query.
    """
    scope = Q(agency=None) if agency_id is None else Q(agency=None) | Q(agency=agency_id)
    groups = SynonymGroup.objects.filter(scope).values_list("agency_id", "words")
    found: dict[str, tuple[str, ...]] = {}
    for _, words in sorted(groups, key=lambda one: one[0] is None):
        for word in words:
            others = (*found.get(word, ()), *(one for one in words if one != word))
            found[word] = tuple(dict.fromkeys(others))
    return found


def variants(text: str, equal: Mapping[str, Sequence[str]], *, at_most: int = 8) -> tuple[str, ...]:
    """``text`` with a word replaced by each of its equals, one at a time; ``text`` itself is not among them.

    The longest word at a place counts: 公共租赁住房 is not read as a synonym of 住房 in the midst of it.
    """
    made: dict[str, None] = {}
    at = 0
    while at < len(text):
        word = next((text[at:end] for end in range(len(text), at, -1) if text[at:end] in equal), "")
        for other in equal.get(word, ()):
            made[text[:at] + other + text[at + len(word) :]] = None
        at += len(word) or 1
    made.pop(text, None)
    return tuple(made)[:at_most]


def expand(text: str, site: int | None) -> tuple[str, ...]:
    """The question in other words that mean the same on that agency's site (None: the city's). One query."""
    return variants(fold(text), equal_words(site))
