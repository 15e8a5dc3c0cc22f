"""The full list 主动公开全清单: what an agency must disclose by itself, by whom, when, where, and what shows it.

The columns are those of the published lists (北京 2019; 国办发〔2019〕54号 for the standard catalogues).
"""

from functools import lru_cache

from django.db import models
from django.urls import reverse

from gongkai.agencies.bodies import Agency, Department
from gongkai.agencies.officers import Officer
from gongkai.catalog.columns import COMPOSED, Column
from gongkai.law import articles, upkeep
from gongkai.law.limits import Limit, LimitKind, LimitUnit
from gongkai.law.wordings import parse
from gongkai.ledger.refs import Ref


class Channel(models.TextChoices):
    """公开渠道和载体: the official set that published lists tick."""

    WEBSITE = "website", "政府网站"
    GAZETTE = "gazette", "政府公报"
    NEW_MEDIA = "new_media", "两微一端"
    CONFERENCE = "conference", "发布会/听证会"
    BROADCAST = "broadcast", "广播电视"
    PRINT = "print", "纸质媒体"
    READING_POINT = "reading_point", "公开查阅点"
    SERVICE_CENTRE = "service_centre", "政务服务中心"
    SERVICE_STATION = "service_station", "便民服务站"
    ON_SITE = "on_site", "入户/现场"
    NOTICE_BOARD = "notice_board", "社区/企事业单位/村公示栏（电子屏）"
    PUSH = "push", "精准推送"
    OTHER = "other", "其他"


class Audience(models.TextChoices):
    """公开对象."""

    EVERYBODY = "everybody", "全社会"
    SPECIFIC = "specific", "特定群体"


class Way(models.TextChoices):
    """公开方式."""

    PROACTIVE = "proactive", "主动公开"
    ON_APPLICATION = "on_application", "依申请公开"


class Tier(models.TextChoices):
    """公开层级: which tiers of government disclose it."""

    CITY = "city", "市级"
    COUNTY = "county", "县级"
    TOWNSHIP = "township", "乡级"
    VILLAGE = "village", "村级"


LIMIT_KINDS = [(kind.value, kind.label) for kind in LimitKind]
LIMIT_UNITS = [(unit.value, unit.label) for unit in LimitUnit]
read_limit = lru_cache(maxsize=2_000)(parse)
"""``wordings.parse``, remembered: a list reads the same few wordings on every page."""


class Matter(models.Model):
    """One matter 事项 of an agency's full list.

    ``limit_text`` is 公开时限 as written; its parts beside it come from ``law.wordings`` and are set by actions only.
    What shows that the matter is disclosed: public documents of the agency of these ``types`` and ``topics`` (both,
    where both are given), whatever ``column`` gathers of the agency's own, and what was hand-picked for it. A matter
    that was abolished leaves the list; the row stays, with the day and the reason.
    """

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="matters")
    number = models.PositiveIntegerField("序号")
    first = models.CharField("一级事项", max_length=100)
    second = models.CharField("二级事项", max_length=150, blank=True)
    content = models.TextField("公开内容（要素）", max_length=3000)
    basis = models.TextField("公开依据", max_length=3000, blank=True)
    limit_text = models.CharField("公开时限", max_length=200)
    limit_kind = models.CharField(max_length=12, choices=LIMIT_KINDS, editable=False)
    limit_value = models.PositiveIntegerField(null=True, editable=False)
    limit_unit = models.CharField(max_length=12, choices=LIMIT_UNITS, blank=True, editable=False)
    limit_start = models.CharField(max_length=200, blank=True, editable=False)
    body = models.CharField("公开主体", max_length=200)
    department = models.ForeignKey(
        Department, models.SET_NULL, null=True, blank=True, related_name="matters", verbose_name="责任处室"
    )
    channels = models.JSONField("公开渠道和载体", default=list)
    channel_note = models.CharField("其他渠道", max_length=200, blank=True)
    audience = models.CharField("公开对象", max_length=12, choices=Audience.choices, default=Audience.EVERYBODY)
    audience_note = models.CharField("特定群体", max_length=100, blank=True)
    way = models.CharField("公开方式", max_length=16, choices=Way.choices, default=Way.PROACTIVE)
    tiers = models.JSONField("公开层级", default=list, blank=True)
    item = models.CharField("法定主动公开内容", max_length=10, blank=True)
    duty = models.CharField("更新要求", max_length=20, blank=True)
    types = models.JSONField("关联文件类型", default=list, blank=True)
    topics = models.JSONField("关联专题", default=list, blank=True)
    column = models.ForeignKey(
        Column, models.SET_NULL, null=True, blank=True, related_name="matters", verbose_name="关联栏目"
    )
    abolished_on = models.DateField("取消日期", null=True, blank=True, editable=False)
    abolished_reason = models.CharField("取消原因", max_length=300, blank=True, editable=False)

    class Meta:
        ordering = ["agency_id", "number", "id"]
        indexes = [models.Index(fields=["agency", "abolished_on", "number"], name="catalog_full_list")]

    def __str__(self) -> str:
        return self.name

    def ref(self) -> Ref:
        return Ref("matter", str(self.pk), self.name)

    @property
    def name(self) -> str:
        """What the matter is called where it stands alone."""
        return self.second or self.first

    @property
    def limit(self) -> Limit:
        return read_limit(self.limit_text)

    @property
    def duty_info(self) -> upkeep.UpdateDuty | None:
        """The update duty the agency set; None: what the wording of the limit says."""
        return upkeep.duty(self.duty) if self.duty else None

    @property
    def item_info(self) -> articles.Item | None:
        return articles.item(self.item) if self.item else None

    @property
    def channel_names(self) -> list[str]:
        """The channels in the official words and order; 其他 is said by what it is."""
        named = [str(one.label) for one in Channel if one in self.channels and one != Channel.OTHER]
        return named + ([self.channel_note or "其他"] if Channel.OTHER in self.channels else [])

    @property
    def tier_names(self) -> list[str]:
        return [str(one.label) for one in Tier if one in self.tiers]

    @property
    def audience_name(self) -> str:
        label = str(Audience(self.audience).label)
        return f"{label}：{self.audience_note}" if self.audience_note else label

    @property
    def is_bound(self) -> bool:
        """Whether anything is known that would show that it is disclosed."""
        return bool(self.types or self.topics or self.column_id)

    @property
    def shown_by_documents(self) -> bool:
        """Not what only a composed page shows, as the guide: no document of the agency says anything about that."""
        return bool(self.types or self.topics) or self.column is None or self.column.kind not in COMPOSED

    def get_absolute_url(self) -> str:
        return reverse("portal:matter", args=[self.pk])


def list_ref(agency: Agency) -> Ref:
    """How the ledger names an agency's list as a whole."""
    return Ref("matters", str(agency.pk), f"{agency.short_name}主动公开全清单")


class MatterImport(models.Model):
    """A list that was uploaded and looked at: its rows as read. Nothing is written from it until it is carried out."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="matter_imports")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    name = models.CharField("文件名", max_length=200)
    rows = models.JSONField(default=list)
    columns = models.JSONField(default=list)
    passed_over = models.JSONField(default=list)
    made_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-id"]

    def ref(self) -> Ref:
        return Ref("matter_import", str(self.pk), self.name)
