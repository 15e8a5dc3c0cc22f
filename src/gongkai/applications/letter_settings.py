"""How an agency writes its letters: own wordings, red head, seal, document numbers, to whom one may complain.

Everything has a default, so that an agency which sets nothing writes correct letters without red head and seal.
"""

from __future__ import annotations

from django.db import connection, models
from django.db.models import Q

from gongkai.agencies.bodies import Agency
from gongkai.agencies.navigation import Entry, register
from gongkai.agencies.roles import Role
from gongkai.applications.letters import wording
from gongkai.applications.letters.catalogue import SERIES_MARKS, Letter, Series
from gongkai.applications.letters.composing import House
from gongkai.catalog import storage
from gongkai.ledger.refs import Ref

PREFIX, YEAR, RUNNING, MARK = "代字", "年份", "序号", "类字"
NUMBER_NAMES = frozenset({PREFIX, YEAR, RUNNING, MARK})
NUMBER_PATTERN = "{{ 代字 }}〔{{ 年份 }}〕第{{ 序号 }}号-{{ 类字 }}"
"""〔2026〕第15号-答: what the series is stands last, each series has its own running number."""
NUMBER_LENGTH = 60
SEAL_MM = (30, 60)
"""Smallest and largest diameter of a seal, in millimetres."""


KEEPERS = (Role.DISCLOSURE_OFFICER, Role.DISCLOSURE_HEAD, Role.ADMIN)
"""Who sets how letters read."""
SEAL_KEEPERS = (Role.DISCLOSURE_HEAD, Role.ADMIN)
"""Who takes a seal into use."""


def register_entry() -> None:
    """Declare the page on the desk's rail; called once, when the application is ready."""
    register(Entry("文书设置", "letters:settings", "设置", frozenset(one.value for one in KEEPERS)))


class LetterSettings(models.Model):
    """What all letters of an agency share. ``red_head`` empty: a plain title instead."""

    agency = models.OneToOneField(Agency, models.CASCADE, related_name="letter_settings")
    red_head = models.CharField("红头", max_length=40, blank=True)
    number_prefix = models.CharField("文号代字", max_length=30, blank=True)
    number_pattern = models.CharField("文号格式", max_length=120, default=NUMBER_PATTERN)
    reconsideration_body = models.CharField("行政复议机关", max_length=100, blank=True)
    court = models.CharField("有管辖权的人民法院", max_length=100, blank=True)
    cite_interpretation = models.BooleanField("救济告知引用司法解释", default=False)

    def ref(self) -> Ref:
        return Ref("letter_settings", str(self.agency_id), "文书设置")


class LetterTemplate(models.Model):
    """A paragraph of a letter in the agency's own words; where there is none, those that come with Gongkai hold."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="letter_templates")
    letter = models.CharField("文书种类", max_length=40)
    paragraph = models.CharField("段落", max_length=40)
    text = models.TextField("文字")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "letter", "paragraph"], name="applications_letter_paragraph")
        ]


class AgencySeal(models.Model):
    """A seal 印章 as a picture, kept by content. The one in use has no ``retired_at``; a letter keeps what it bore."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="seals")
    path = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    width_mm = models.PositiveSmallIntegerField("直径（毫米）", default=42)
    since = models.DateTimeField("启用时间")
    retired_at = models.DateTimeField("停用时间", null=True, blank=True)

    class Meta:
        ordering = ["-since", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency"], condition=Q(retired_at__isnull=True), name="applications_one_seal_in_use"
            )
        ]

    def ref(self) -> Ref:
        return Ref("seal", str(self.pk), "印章")


class LetterCounter(models.Model):
    """The last number given in a series of an agency's year."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="letter_counters")
    series = models.CharField("类别", max_length=20)
    year = models.PositiveIntegerField("年份")
    last = models.PositiveIntegerField("已编至", default=0)

    class Meta:
        ordering = ["-year", "series"]
        constraints = [models.UniqueConstraint(fields=["agency", "series", "year"], name="applications_letter_counter")]


def settings_of(agency: Agency) -> LetterSettings:
    """The agency's settings, defaults when it has set nothing (then not stored); one query."""
    return LetterSettings.objects.filter(agency=agency).first() or LetterSettings(agency=agency)


def seal_of(agency: Agency) -> AgencySeal | None:
    """The seal in use; one query."""
    return AgencySeal.objects.filter(agency=agency, retired_at=None).first()


def house_of(agency: Agency) -> House:
    """Everything ``composing.compose`` needs of an agency; three queries and one file."""
    wordings: dict[str, dict[str, str]] = {}
    for one in LetterTemplate.objects.filter(agency=agency):
        wordings.setdefault(one.letter, {})[one.paragraph] = one.text
    seal = seal_of(agency)
    return House(
        wordings=wordings,
        red_head=settings_of(agency).red_head,
        seal=storage.read(seal.path) if seal else b"",
        seal_mm=seal.width_mm if seal else SEAL_MM[0],
    )


def take_number(letter: Letter, agency: Agency, year: int) -> str:
    """The next document number of the letter's series, inside the caller's transaction, which holds the row.

    "" for letters that bear none. Numbers have no gaps: a transaction that is undone takes its number back.
    """
    if letter.series is None:
        return ""
    if not connection.in_atomic_block:
        raise RuntimeError("a letter's number is taken in the transaction that uses it")
    LetterCounter.objects.get_or_create(agency=agency, series=letter.series.value, year=year)
    counter = LetterCounter.objects.select_for_update().get(agency=agency, series=letter.series.value, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return number_text(settings_of(agency), letter.series, year, counter.last)


def number_text(settings: LetterSettings, series: Series, year: int, running: int) -> str:
    """The number written as the agency writes it: 澜城管公开〔2026〕第15号-答."""
    values = {
        PREFIX: settings.number_prefix,
        YEAR: str(year),
        RUNNING: str(running),
        MARK: SERIES_MARKS[series],
    }
    return wording.PLACE.sub(lambda place: values[place[1]], settings.number_pattern)
