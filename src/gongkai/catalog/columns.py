"""Columns 栏目: a tree per agency. A column is a saved rule and order, not the parent of documents."""

from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.urls import reverse

from gongkai.agencies.bodies import Agency
from gongkai.catalog.documents import Document
from gongkai.law import upkeep
from gongkai.ledger.refs import Ref


class ColumnKind(models.TextChoices):
    """What a column's page shows."""

    LIST = "list", "文件列表"
    GROUP = "group", "下级栏目"
    PAGE = "page", "单篇内容"
    GUIDE = "guide", "公开指南"
    APPLY = "apply", "依申请公开"
    BODY = "body", "机构概况"


COMPOSED = frozenset({ColumnKind.GUIDE, ColumnKind.APPLY, ColumnKind.BODY})
"""Kinds whose page is made from the agency's live data: no document belongs to them."""


class Reach(models.TextChoices):
    """Whose documents a column gathers."""

    OWN = "own", "本机关"
    CITY = "city", "全市各机关"


@dataclass(frozen=True)
class ColumnRule:
    """Which documents belong: every given condition holds (an empty one does not restrict).

    ``types`` are type keys, ``items`` article 20 items, ``topics`` slugs, ``subjects`` 主题分类, ``genres`` 体裁.
    ``picked_only``: nothing but the hand-picked. Hand-picked documents always belong, and come first.
    """

    types: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    genres: tuple[str, ...] = ()
    reach: str = Reach.OWN
    picked_only: bool = False

    @classmethod
    def of(cls, stored: dict[str, Any]) -> "ColumnRule":
        """From the stored JSON; unknown keys are an error: a misspelt rule must not silently gather everything."""
        unknown = set(stored) - set(cls.__dataclass_fields__)
        if unknown:
            raise ValueError(f"栏目规则中有无法识别的条件：{'、'.join(sorted(unknown))}")
        values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in stored.items()}
        return cls(**values)

    def stored(self) -> dict[str, Any]:
        """JSON for the database: only what is set."""
        values = {key: getattr(self, key) for key in self.__dataclass_fields__}
        return {
            key: list(value) if isinstance(value, tuple) else value
            for key, value in values.items()
            if value not in ((), False) and not (key == "reach" and value == Reach.OWN)
        }


class Column(models.Model):
    """One column. ``key`` is its address, unique in the agency and stable when the column is renamed or moved."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="columns")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级栏目"
    )
    key = models.SlugField("英文简称", max_length=50)
    name = models.CharField("栏目名称", max_length=60)
    kind = models.CharField("形式", max_length=8, choices=ColumnKind.choices, default=ColumnKind.LIST)
    description = models.CharField("栏目说明", max_length=300, blank=True)
    rule = models.JSONField("收录规则", default=dict, blank=True)
    duty = models.CharField("更新时限", max_length=20, default="fixed")
    position = models.PositiveIntegerField("顺序", default=0)
    required = models.BooleanField("法定栏目", default=False)
    on_home = models.BooleanField("在首页展示", default=False)
    in_nav = models.BooleanField("在导航展示", default=False)

    with_picks: bool | None = None  # whether anything is hand-picked, where a query brought it along

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["agency", "key"], name="catalog_column_key")]

    def __str__(self) -> str:
        return self.name

    def ref(self) -> Ref:
        return Ref("column", str(self.pk), self.name)

    @property
    def rules(self) -> ColumnRule:
        return ColumnRule.of(self.rule)

    @property
    def duty_info(self) -> upkeep.UpdateDuty:
        return upkeep.duty(self.duty)

    def get_absolute_url(self) -> str:
        return reverse("portal:column", args=[self.key])


class ColumnPick(models.Model):
    """A hand-picked document of a column, at its place."""

    column = models.ForeignKey(Column, models.CASCADE, related_name="picks")
    document = models.ForeignKey(Document, models.CASCADE, related_name="picks")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["column", "document"], name="catalog_pick_once")]


@dataclass
class ColumnNode:
    """A column with its children, for a page that shows the tree; made by ``queries.column_tree`` in one query."""

    column: Column
    children: list["ColumnNode"] = field(default_factory=list)
