"""Changes of a thing's fields as the ledger keeps and tells them: before and after, by the fields' Chinese names."""

from collections.abc import Mapping
from typing import Any

from django.db import models

Texts = dict[str, str]


def set_fields(thing: models.Model, facts: Mapping[str, Any]) -> tuple[Texts, Texts]:
    """Set what differs, unsaved; what it was before and what it is after, as texts. Both empty: nothing differs."""
    before: Texts = {}
    after: Texts = {}
    for field, value in facts.items():
        old = getattr(thing, field)
        if old != value:
            label = str(thing._meta.get_field(field).verbose_name)  # type: ignore[union-attr]
            before[label], after[label] = _text(old), _text(value)
            setattr(thing, field, value)
    return before, after


def sentence(data: Mapping[str, Any]) -> str:
    """办公地址：甲 → 乙；电话：丙 → 丁, from an entry with ``before`` and ``after``."""
    before, after = data.get("before") or {}, data.get("after") or {}
    return "；".join(
        f"{label}：{before.get(label) or '（空）'} → {value or '（空）'}" for label, value in after.items()
    )


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value is None else str(value)
