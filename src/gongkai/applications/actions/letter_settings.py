"""Changing how an agency writes its letters. One ledger entry each; raises ValidationError by field."""

from collections.abc import Mapping
from io import BytesIO

from django.core.exceptions import ValidationError
from django.db import transaction
from PIL import Image, ImageChops

from gongkai.agencies.bodies import Agency
from gongkai.applications import ledger_kinds as kinds
from gongkai.applications.letter_settings import (
    NUMBER_LENGTH,
    NUMBER_NAMES,
    RUNNING,
    SEAL_MM,
    YEAR,
    AgencySeal,
    LetterCounter,
    LetterSettings,
    LetterTemplate,
    number_text,
    settings_of,
)
from gongkai.applications.letters import wording
from gongkai.applications.letters.catalogue import SERIES_LABELS, Letter, Series
from gongkai.catalog import storage
from gongkai.ledger import moment
from gongkai.ledger.recording import record
from gongkai.ledger.refs import Named, Ref
from gongkai.texts.images import strip_image
from gongkai.texts.reading import UnreadableFile

SEAL_PIXELS = 200
"""A seal of fewer pixels across prints blurred: 42 mm at 120 dots to the inch."""
_LARGEST_RUNNING = 99_999


@transaction.atomic
def save_settings(
    agency: Agency,
    *,
    red_head: str,
    number_prefix: str,
    number_pattern: str,
    reconsideration_body: str,
    court: str,
    cite_interpretation: bool,
    by: Ref | Named,
) -> LetterSettings:
    """Set what all letters share."""
    kept = settings_of(agency)
    kept.red_head, kept.number_prefix = red_head.strip(), number_prefix.strip()
    kept.number_pattern = _checked_pattern(number_pattern)
    kept.reconsideration_body, kept.court = reconsideration_body.strip(), court.strip()
    kept.cite_interpretation = cite_interpretation
    longest = max((number_text(kept, series, 2000, _LARGEST_RUNNING) for series in Series), key=len)
    if len(longest) > NUMBER_LENGTH:
        raise ValidationError({"number_pattern": f"文号最多{NUMBER_LENGTH}个字，请缩短代字或者格式。"})
    kept.full_clean()
    kept.save()
    sample = number_text(kept, Series.REPLY, moment.today().year, 1)
    what = f"红头：{kept.red_head or '不用'}；文号如：{sample}"
    record(kinds.LETTER_SETTINGS, by=by, subject=kept, agency=agency, what=what)
    return kept


@transaction.atomic
def save_wording(agency: Agency, letter: Letter, texts: Mapping[str, str], *, by: Ref | Named) -> int:
    """Set the agency's own wording of a letter, paragraph by paragraph; what equals the original is not kept.

    Returns how many paragraphs are now the agency's own. Errors come for all paragraphs at once, under their keys.
    """
    own, errors = _checked_wordings(letter, texts)
    if errors:
        raise ValidationError(errors)
    kept = {one.paragraph: one.text for one in LetterTemplate.objects.filter(agency=agency, letter=letter.key)}
    if own == kept:
        return len(own)
    LetterTemplate.objects.filter(agency=agency, letter=letter.key).delete()
    LetterTemplate.objects.bulk_create(
        LetterTemplate(agency=agency, letter=letter.key, paragraph=key, text=text) for key, text in own.items()
    )
    what = f"{letter.label}：{len(own)}段用本机关的文字" if own else f"{letter.label}：恢复原文"
    record(kinds.LETTER_SETTINGS, by=by, subject=settings_of(agency), agency=agency, what=what, before=kept, after=own)
    return len(own)


def _checked_wordings(letter: Letter, texts: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    own: dict[str, str] = {}
    errors: dict[str, str] = {}
    for one in letter.paragraphs:
        if one.block or one.key not in texts:
            continue
        try:
            tidy = wording.check(texts[one.key])
        except wording.BadWording as error:
            errors[one.key] = str(error)
        else:
            if tidy != one.text:
                own[one.key] = tidy
    return own, errors


@transaction.atomic
def save_seal(agency: Agency, data: bytes, *, width_mm: int, by: Ref | Named) -> AgencySeal:
    """Take a seal into use; the one before is retired."""
    if not SEAL_MM[0] <= width_mm <= SEAL_MM[1]:
        raise ValidationError({"width_mm": f"印章直径应在{SEAL_MM[0]}到{SEAL_MM[1]}毫米之间。"})
    kept = storage.keep(_on_transparent_ground(data))
    _retire(agency)
    seal = AgencySeal.objects.create(
        agency=agency, path=kept.path, sha256=kept.sha256, width_mm=width_mm, since=moment.now()
    )
    what = f"启用印章，直径{width_mm}毫米，图片指纹 {kept.sha256[:12]}"
    record(kinds.LETTER_SETTINGS, by=by, subject=seal, agency=agency, what=what)
    return seal


@transaction.atomic
def retire_seal(agency: Agency, *, by: Ref | Named) -> None:
    """Use no seal any more; letters are then printed without one, to be sealed by hand."""
    for seal in _retire(agency):
        record(kinds.LETTER_SETTINGS, by=by, subject=seal, agency=agency, what="停用印章")


@transaction.atomic
def continue_series(agency: Agency, series: Series, year: int, last: int, *, by: Ref | Named) -> LetterCounter:
    """Go on after a number given elsewhere, for an office that moves in within the year. Numbers never go back."""
    LetterCounter.objects.get_or_create(agency=agency, series=series.value, year=year)
    counter = LetterCounter.objects.select_for_update().get(agency=agency, series=series.value, year=year)
    if not counter.last <= last <= _LARGEST_RUNNING:
        told = f"{SERIES_LABELS[series]}{year}年已经编到第{counter.last}号，请填写不小于它的数。"
        raise ValidationError({"last": told})
    counter.last = last
    counter.save(update_fields=["last"])
    what = f"{SERIES_LABELS[series]}{year}年的文号从第{last + 1}号接着编"
    record(kinds.LETTER_SETTINGS, by=by, subject=settings_of(agency), agency=agency, what=what)
    return counter


def _retire(agency: Agency) -> list[AgencySeal]:
    seals = list(AgencySeal.objects.select_for_update().filter(agency=agency, retired_at=None))
    for seal in seals:
        seal.retired_at = moment.now()
        seal.save(update_fields=["retired_at"])
    return seals


def _checked_pattern(pattern: str) -> str:
    try:
        tidy = wording.check(pattern, NUMBER_NAMES)
    except wording.BadWording as error:
        raise ValidationError({"number_pattern": str(error)}) from None
    used = wording.used(tidy)
    if YEAR not in used or RUNNING not in used or "\n" in tidy:
        raise ValidationError({"number_pattern": "文号格式写成一行，必须含有 {{ 年份 }} 和 {{ 序号 }}，否则会重号。"})
    return tidy


def _on_transparent_ground(data: bytes) -> bytes:
    """The seal as PNG whose white is see-through, so that signature and date stay legible beneath."""
    try:
        bare, size = strip_image(data)
    except UnreadableFile as error:
        raise ValidationError({"seal": error.message_zh}) from None
    if min(size) < SEAL_PIXELS:
        raise ValidationError({"seal": f"图片太小（{size[0]}×{size[1]}），印出来不清晰，边长至少{SEAL_PIXELS}像素。"})
    if max(size) > min(size) * 1.1:
        raise ValidationError({"seal": "图片应为正方形，印章居中、四周不留空白，请裁剪后再上传。"})
    with Image.open(BytesIO(bare)) as opened:
        picture = opened.convert("RGBA")
    # The lightest of the three colours tells how much ink lies there: white has all of each, red ink lacks two.
    red, green, blue, alpha = picture.split()
    ink = ImageChops.invert(ImageChops.darker(ImageChops.darker(red, green), blue))
    picture.putalpha(ImageChops.darker(alpha, ink.point(lambda value: min(255, value * 2))))
    target = BytesIO()
    picture.save(target, "PNG")
    return target.getvalue()
