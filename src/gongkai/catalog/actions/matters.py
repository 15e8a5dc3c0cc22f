"""The full list 主动公开全清单 is written here: matters are added, changed, moved, abolished; each with its entry."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from gongkai.agencies.bodies import Agency
from gongkai.catalog import doctypes
from gongkai.catalog import ledger_kinds as kinds
from gongkai.catalog.documents import Topic
from gongkai.catalog.full_list.cells import tidied
from gongkai.catalog.matters import Audience, Channel, Matter, Tier, read_limit
from gongkai.law import articles, upkeep
from gongkai.law.wordings import LimitWordingError
from gongkai.ledger import moment
from gongkai.ledger.recording import Fact, record
from gongkai.ledger.refs import Named, Ref

FIELDS = (
    "number", "first", "second", "content", "basis", "limit_text", "body", "department", "channels", "channel_note",
    "audience", "audience_note", "way", "tiers", "item", "duty", "types", "topics", "column",
)  # fmt: skip
"""What may be given of a matter; the rest follows from it, or from how the matter ended."""
_LISTS: dict[str, dict[str, str]] = {
    "channels": {one.value: str(one.label) for one in Channel},
    "tiers": {one.value: str(one.label) for one in Tier},
}


@transaction.atomic
def create_matter(agency: Agency, *, by: Ref | Named, **facts: Any) -> Matter:
    """Add a matter; without a number, at the end. Raises ValidationError by field."""
    matter = made(agency, facts)
    matter.number = matter.number or _last_number(agency) + 1
    check(matter)
    matter.save()
    record(kinds.MATTER_CREATED, by=by, subject=matter, agency=agency)
    return matter


@transaction.atomic
def change_matter(matter: Matter, *, by: Ref | Named, **facts: Any) -> bool:
    """Change what is given. Returns whether anything changed. Raises ValidationError by field."""
    told = amended(matter, facts)
    if not told["after"]:
        return False
    check(matter)
    matter.save()
    before, after = told["before"], told["after"]
    record(kinds.MATTER_CHANGED, by=by, subject=matter, agency=matter.agency, before=before, after=after)
    return True


@transaction.atomic
def abolish_matter(matter: Matter, *, by: Ref | Named, reason: str) -> None:
    """取消: the matter leaves the list; what was disclosed under it stays where it is."""
    if not reason.strip():
        raise ValidationError({"reason": "请写明取消的原因，如依据已废止、职责已划出。"})
    if matter.abolished_on is not None:
        return
    ended(matter, reason)
    matter.save(update_fields=["abolished_on", "abolished_reason"])
    record(kinds.MATTER_ABOLISHED, by=by, subject=matter, agency=matter.agency, reason=reason.strip())


@transaction.atomic
def restore_matter(matter: Matter, *, by: Ref | Named) -> None:
    """Take an abolished matter back onto the list, at its old place."""
    if matter.abolished_on is None:
        return
    matter.abolished_on, matter.abolished_reason = None, ""
    check(matter)
    matter.save()
    record(kinds.MATTER_RESTORED, by=by, subject=matter, agency=matter.agency)


@transaction.atomic
def move_matter(matter: Matter, *, by: Ref | Named, after: Matter | None) -> bool:
    """Put it behind another matter (None: first of all); the list is numbered anew from 1. Returns whether it moved."""
    rows = list(Matter.objects.select_for_update().filter(agency=matter.agency_id, abolished_on=None))
    order = [one for one in rows if one.pk != matter.pk]
    mine = next((one for one in rows if one.pk == matter.pk), None)
    if mine is None:
        raise ValidationError("这一事项已经取消，不在清单里。")
    if after is None:
        place = 0
    else:
        found = [at for at, one in enumerate(order) if one.pk == after.pk]
        if not found:
            raise ValidationError({"after": "请选择本机关清单里的另一个事项。"})
        place = found[0] + 1
    order.insert(place, mine)
    if order == rows:
        return False
    before = mine.number
    for number, one in enumerate(order, start=1):
        one.number = number
    Matter.objects.bulk_update(order, ["number"])
    matter.number = mine.number
    record(kinds.MATTER_MOVED, by=by, subject=matter, agency=matter.agency, before=before, after=mine.number)
    return True


def made(agency: Agency, facts: Mapping[str, Any]) -> Matter:
    """An unsaved matter with these facts, its limit read."""
    unknown = set(facts) - set(FIELDS)
    if unknown:
        raise ValueError(f"{', '.join(sorted(unknown))}: no facts of a matter")
    matter = Matter(agency=agency, **tidied(facts))
    _read_limit(matter)
    return matter


def amended(matter: Matter, facts: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Set the facts on the (unsaved) matter; what changed, before and after, in words."""
    told: dict[str, dict[str, str]] = {"before": {}, "after": {}}
    for field, value in tidied(facts).items():
        if field not in FIELDS:
            raise ValueError(f"{field} of a matter is not given")
        old = getattr(matter, field)
        if old != value:
            label = str(Matter._meta.get_field(field).verbose_name)  # type: ignore[union-attr]
            told["before"][label], told["after"][label] = in_words(field, old), in_words(field, value)
            setattr(matter, field, value)
    _read_limit(matter)
    return told


def ended(matter: Matter, reason: str) -> None:
    """Mark the (unsaved) matter as abolished today."""
    matter.abolished_on, matter.abolished_reason = moment.today(), reason.strip()[:300]


def created_fact(matter: Matter, *, by: Ref | Named) -> Fact:
    """The entry of a matter that was added together with others."""
    return Fact(kinds.MATTER_CREATED, by, matter, matter.agency)


def check(matter: Matter, *, topics: frozenset[str] | None = None) -> None:
    """Raise ValidationError by field, in words that say what to do. ``topics``: the agency's slugs, where the caller
    compares a whole list and looks for doubles himself; then nothing is asked of the database."""
    alone = topics is None
    problems = _bad_wordings(matter) | _bad_choices(matter) | _bad_ties(matter, topics)
    try:
        matter.full_clean(exclude={"limit_kind", "limit_unit", "agency", "department", "column"})
    except ValidationError as error:
        problems |= {key: "；".join(told) for key, told in error.message_dict.items() if key not in problems}
    if alone and "first" not in problems and _is_double(matter):
        problems["second"] = "清单里已有一级事项、二级事项和公开内容都相同的事项，请合并，或者改写其中一个。"
    if problems:
        raise ValidationError(problems)


def _bad_wordings(matter: Matter) -> dict[str, str]:
    if not matter.limit_text.strip():
        return {"limit_text": "请填写公开时限，如“自信息形成或者变更之日起20个工作日内”。"}
    try:
        read_limit(matter.limit_text)
    except LimitWordingError as error:
        return {"limit_text": str(error)}
    return {}


def _bad_choices(matter: Matter) -> dict[str, str]:
    problems: dict[str, str] = {}
    for field, known in _LISTS.items():
        if strange := [str(one) for one in getattr(matter, field) if one not in known]:
            problems[field] = f"没有这些选项：{'、'.join(strange)}。可选：{'、'.join(known.values())}。"
    if not matter.channels:
        problems["channels"] = "请至少选择一种公开渠道。"
    elif Channel.OTHER in matter.channels and not matter.channel_note.strip():
        problems["channel_note"] = "选择了“其他”渠道，请写明是什么渠道。"
    if matter.audience == Audience.SPECIFIC and not matter.audience_note.strip():
        problems["audience_note"] = "公开对象是特定群体，请写明是哪些人。"
    if matter.item and matter.item not in {one.key for one in articles.ARTICLE_20}:
        problems["item"] = "请从条例第二十条的十五项中选择一项。"
    if matter.duty and matter.duty not in {one.key for one in upkeep.DUTIES}:
        problems["duty"] = "请选择一种更新要求。"
    if strange := [one for one in matter.types if one not in doctypes.all_types()]:
        problems["types"] = f"没有这些文件类型：{'、'.join(strange)}。"
    return problems


def _bad_ties(matter: Matter, topics: frozenset[str] | None) -> dict[str, str]:
    """What the matter is tied to must be the agency's own."""
    problems: dict[str, str] = {}
    if matter.topics:
        slugs = Topic.objects.filter(agency=matter.agency_id).values_list("slug", flat=True)
        known = set(slugs) if topics is None else topics
        if strange := [one for one in matter.topics if one not in known]:
            problems["topics"] = f"本机关没有这些专题：{'、'.join(strange)}。请先建立专题。"
    if matter.column is not None and matter.column.agency_id != matter.agency_id:
        problems["column"] = "请选择本机关的栏目。"
    if matter.department is not None and matter.department.agency_id != matter.agency_id:
        problems["department"] = "请选择本机关的处室。"
    return problems


def _is_double(matter: Matter) -> bool:
    rows = Matter.objects.filter(agency=matter.agency_id, abolished_on=None, first=matter.first, second=matter.second)
    return rows.filter(content=matter.content).exclude(pk=matter.pk).exists()


def in_words(field: str, value: Any) -> str:
    """A value as the ledger and the preview say it."""
    if value is None:
        return ""
    if field in _LISTS:
        return "、".join(_LISTS[field].get(one, str(one)) for one in value)
    if field == "types":
        known = doctypes.all_types()
        return "、".join(known[one].label if one in known else str(one) for one in value)
    if field == "topics":
        return "、".join(value)
    if field == "duty":
        return upkeep.duty(value).label if value in {one.key for one in upkeep.DUTIES} else str(value)
    if field == "item":
        return articles.item(value).name if value in {one.key for one in articles.ARTICLE_20} else str(value)
    choices = dict(Matter._meta.get_field(field).choices or ())  # type: ignore[union-attr]
    return str(choices.get(value, value))


def _read_limit(matter: Matter) -> None:
    """Set the parts of the limit beside its wording; ``check`` says what is wrong with one that cannot be read."""
    try:
        limit = read_limit(matter.limit_text)
    except LimitWordingError:
        return
    matter.limit_kind, matter.limit_value = limit.kind.value, limit.value
    matter.limit_unit, matter.limit_start = (limit.unit.value if limit.unit else ""), limit.start


def _last_number(agency: Agency) -> int:
    highest = Matter.objects.filter(agency=agency, abolished_on=None).aggregate(last=Max("number"))["last"]
    return int(highest or 0)
