"""How an agency publishes: its review chains, its dictionary, its outlets."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from gongkai.agencies.bodies import Agency
from gongkai.catalog.doctypes import REVIEW_STEPS
from gongkai.ledger.recording import record
from gongkai.ledger.refs import Named, Ref
from gongkai.publishing import ledger_kinds as kinds
from gongkai.publishing.outlets import contract
from gongkai.publishing.parcels import OutletSetting
from gongkai.publishing.reviews import ReviewChain, Word, chain_for


@transaction.atomic
def set_chain(agency: Agency, type_key: str, steps: Sequence[str], *, by: Ref | Named) -> ReviewChain:
    """Set the review steps of a type in the agency. At least two different ones (分级审核), in their order."""
    unknown = [step for step in steps if step not in REVIEW_STEPS]
    if unknown:
        raise ValidationError({"steps": f"没有这样的审核环节：{'、'.join(unknown)}"})
    ordered = [step for step in REVIEW_STEPS if step in steps]
    if len(ordered) < 2:
        raise ValidationError({"steps": "分级审核至少要有两个环节。"})
    before = list(chain_for(agency, type_key))
    chain, _ = ReviewChain.objects.update_or_create(agency=agency, type=type_key, defaults={"steps": ordered})
    record(
        kinds.CHAIN_CHANGED,
        by=by,
        subject=chain,
        agency=agency,
        before=[REVIEW_STEPS[step] for step in before],
        after=[REVIEW_STEPS[step] for step in ordered],
    )
    return chain


@transaction.atomic
def save_word(*, agency: Agency | None, word: str, by: Ref | Named, **facts: Any) -> Word:
    """Make or change an entry of the dictionary (agency None: of the whole installation). Raises ValidationError."""
    entry = Word.objects.filter(agency=agency, word=word.strip()).first() or Word(agency=agency, word=word.strip())
    for field, value in facts.items():
        setattr(entry, field, value)
    entry.full_clean()
    entry.save()
    record(kinds.WORD_CHANGED, by=by, subject=entry, agency=agency, what=f"{entry.word}（{entry.get_kind_display()}）")
    return entry


@transaction.atomic
def remove_word(entry: Word, *, by: Ref | Named) -> None:
    """Take an entry out of the dictionary."""
    subject, agency = entry.ref(), entry.agency
    entry.delete()
    record(kinds.WORD_CHANGED, by=by, subject=subject, agency=agency, what=f"删除 {subject.label}")


@transaction.atomic
def set_outlet(
    agency: Agency, outlet_key: str, *, enabled: bool, settings: Mapping[str, str], by: Ref | Named
) -> OutletSetting:
    """Switch an outlet on or off for the agency, with its settings. Raises ValidationError for a missing one."""
    try:
        outlet = {one.key: one for one in contract.chosen_outlets()}[outlet_key]
    except KeyError:
        raise ValidationError({"outlet": "没有这个渠道。"}) from None
    given = {key: str(settings.get(key) or "").strip() for key, _, _ in outlet.options}
    missing = [label for key, label, required in outlet.options if required and not given[key]]
    if enabled and missing:
        raise ValidationError({"settings": f"请填写{'、'.join(missing)}。"})
    setting, _ = OutletSetting.objects.update_or_create(
        agency=agency, outlet=outlet_key, defaults={"enabled": enabled, "settings": given}
    )
    record(
        kinds.OUTLET_CHANGED,
        by=by,
        subject=setting,
        agency=agency,
        what=f"{outlet.label}：{'启用' if enabled else '停用'}",
    )
    return setting
