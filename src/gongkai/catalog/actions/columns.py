"""Columns are made, renamed, moved, filled by hand; each one row and one ledger entry."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from gongkai.agencies.bodies import Agency
from gongkai.catalog import doctypes
from gongkai.catalog import ledger_kinds as kinds
from gongkai.catalog.columns import Column, ColumnPick, ColumnRule
from gongkai.catalog.documents import Document, Topic
from gongkai.catalog.required_columns import RequiredColumn, required_columns
from gongkai.law import articles, upkeep
from gongkai.ledger.changes import set_fields
from gongkai.ledger.recording import Fact, record, record_many
from gongkai.ledger.refs import Named, Ref


@transaction.atomic
def ensure_required(agency: Agency, *, by: Ref | Named) -> list[Column]:
    """Make the statutory columns that are not there yet; returns those made. Doing it again makes none.

    One query for each level of the tree, however many columns it has, one for the ledger, and one that waits for
    whoever is doing the same at this moment: the worker does it for an agency that a command has just founded.
    """
    Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
    there = {column.key: column for column in agency.columns.all()}
    missing = [(at, one) for at, one in enumerate(required_columns(agency)) if one.key not in there]
    made: list[Column] = []
    while missing:
        ready = [pair for pair in missing if not pair[1].parent or pair[1].parent in there]
        made += (level := Column.objects.bulk_create([_required(agency, at, one, there) for at, one in ready]))
        there |= {column.key: column for column in level}
        missing = [pair for pair in missing if pair not in ready]
    if made:
        record_many([Fact(kinds.COLUMN_CREATED, by, column, agency) for column in made])
    return made


def _required(agency: Agency, position: int, wanted: RequiredColumn, there: Mapping[str, Column]) -> Column:
    return Column(
        agency=agency,
        key=wanted.key,
        name=wanted.name,
        kind=wanted.kind,
        parent=there.get(wanted.parent),
        rule=wanted.rule,
        duty=wanted.duty,
        description=wanted.description,
        position=position,
        required=True,
        in_nav=not wanted.parent,
    )


@transaction.atomic
def create_column(agency: Agency, *, by: Ref | Named, **facts: Any) -> Column:
    """Make a column. Raises ValidationError by field."""
    column = Column(agency=agency, **facts)
    _check(column)
    column.save()
    record(kinds.COLUMN_CREATED, by=by, subject=column, agency=agency)
    return column


@transaction.atomic
def change_column(column: Column, *, by: Ref | Named, **facts: Any) -> bool:
    """Rename, move, re-rule. Documents are not touched. Returns whether anything changed."""
    if refused := facts.keys() & {"agency", "required"}:
        raise ValueError(f"of a column never changes: {', '.join(sorted(refused))}")
    before, after = set_fields(column, facts)
    if not after:
        return False
    _check(column)
    column.save()
    record(kinds.COLUMN_CHANGED, by=by, subject=column, agency=column.agency, before=before, after=after)
    return True


@transaction.atomic
def remove_column(column: Column, *, by: Ref | Named) -> None:
    """Remove an empty-handed column (documents stay where they are: they never were in it)."""
    if column.required:
        raise ValidationError(f"“{column.name}”是法定栏目，不能撤销。")
    if column.children.exists():
        raise ValidationError(f"“{column.name}”还有下级栏目，请先移动或撤销下级栏目。")
    subject, agency = column.ref(), column.agency
    column.delete()
    record(kinds.COLUMN_REMOVED, by=by, subject=subject, agency=agency)


@transaction.atomic
def set_picks(column: Column, documents: Sequence[Document], *, by: Ref | Named) -> None:
    """Hand-pick documents, in this order. Those of other agencies may be picked: nothing is copied."""
    former = ColumnPick.objects.filter(column=column)
    before = list(former.values_list("document_id", flat=True))
    former.delete()
    ColumnPick.objects.bulk_create(
        [ColumnPick(column=column, document=one, position=place) for place, one in enumerate(documents)]
    )
    record(
        kinds.COLUMN_PICKS,
        by=by,
        subject=column,
        agency=column.agency,
        count=len(documents),
        documents=[one.pk for one in documents],
        before=before,
    )


@transaction.atomic
def save_topic(agency: Agency, *, slug: str, name: str, by: Ref | Named) -> Topic:
    """Make a topic, or rename the one with that slug."""
    topic = Topic.objects.filter(agency=agency, slug=slug).first() or Topic(agency=agency, slug=slug)
    before = topic.name
    topic.name = name
    topic.full_clean()
    topic.save()
    record(kinds.TOPIC_CHANGED, by=by, subject=topic, agency=agency, before={"专题": before}, after={"专题": name})
    return topic


def _check(column: Column) -> None:
    problems: dict[str, str] = {}
    try:
        rule = ColumnRule.of(column.rule)
    except (ValueError, TypeError) as error:
        problems["rule"] = str(error)
    else:
        unknown = [key for key in rule.types if key not in doctypes.all_types()]
        unknown += [key for key in rule.items if key not in {item.key for item in articles.ARTICLE_20}]
        if unknown:
            problems["rule"] = f"没有这些类型或事项：{'、'.join(unknown)}"
    try:
        upkeep.duty(column.duty)
    except KeyError:
        problems["duty"] = "请选择一种更新时限。"
    if _is_below(column.parent, column):
        problems["parent"] = "栏目不能移到自己或自己的下级之下。"
    if column.parent is not None and column.parent.agency_id != column.agency_id:
        problems["parent"] = "上级栏目须属于同一机关。"
    if problems:
        raise ValidationError(problems)
    column.full_clean(exclude={"rule"})


def _is_below(candidate: Column | None, column: Column) -> bool:
    while candidate is not None:
        if column.pk is not None and candidate.pk == column.pk:
            return True
        candidate = candidate.parent
    return False
