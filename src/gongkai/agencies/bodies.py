"""Agencies 行政机关: the bodies that disclose, their names over time and what became of them."""

from datetime import date

from django.db import models
from django.urls import reverse

from gongkai.ledger.refs import Ref


class Agency(models.Model):
    """A body that discloses (Regulation art. 10). The city's government itself is one, and has the portal.

    ``code`` begins every 索引号 of the agency and never changes; names may (``AgencyName`` keeps the former ones).
    """

    code = models.CharField("机构代码", max_length=10, unique=True)
    slug = models.SlugField("英文简称", max_length=40, unique=True)
    name = models.CharField("机构全称", max_length=100)
    short_name = models.CharField("机构简称", max_length=40)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级机关"
    )
    is_city = models.BooleanField("是本级政府门户", default=False)
    is_supervising = models.BooleanField("是信息公开主管部门", default=False)
    position = models.PositiveIntegerField("顺序", default=0)
    functions = models.TextField("机构职能", blank=True)
    document_prefix = models.CharField("发文字号机关代字", max_length=20, blank=True)
    site_code = models.CharField("网站标识码", max_length=20, blank=True)
    icp_number = models.CharField("ICP备案号", max_length=60, blank=True)
    police_number = models.CharField("公安备案号", max_length=60, blank=True)
    established_on = models.DateField("设立日期", null=True, blank=True)
    abolished_on = models.DateField("撤销日期", null=True, blank=True)

    class Meta:
        ordering = ["position", "code"]
        constraints = [
            models.UniqueConstraint(fields=["is_city"], condition=models.Q(is_city=True), name="agencies_one_city"),
        ]

    def __str__(self) -> str:
        return self.name

    def ref(self) -> Ref:
        return Ref("agency", str(self.pk), self.name)

    def exists_on(self, day: date) -> bool:
        """Whether the body exists on that day (an abolished one keeps its published pages)."""
        return self.abolished_on is None or day < self.abolished_on

    def get_absolute_url(self) -> str:
        return reverse("portal:agency", args=[self.slug])


class AgencyName(models.Model):
    """A former name, with the time it was borne; stays findable and shows on pages of that time."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="former_names")
    name = models.CharField("曾用名", max_length=100)
    until = models.DateField("使用至")

    class Meta:
        ordering = ["-until"]
        indexes = [models.Index(fields=["name"])]


class SuccessionKind(models.TextChoices):
    """What happened to a body."""

    MERGED = "merged", "合并"
    ABOLISHED = "abolished", "撤销"
    DIVIDED = "divided", "分立"


class Succession(models.Model):
    """A body ended; its duties went to ``successor`` (none: nobody's). A change of name is an ``AgencyName``."""

    predecessor = models.ForeignKey(Agency, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="inherited")
    kind = models.CharField("方式", max_length=10, choices=SuccessionKind.choices)
    on = models.DateField("日期")
    basis = models.CharField("依据", max_length=200, blank=True)

    class Meta:
        ordering = ["-on", "id"]


class SiteHost(models.Model):
    """A host name under which an agency's site answers; all but the primary one redirect to it, path kept."""

    host = models.CharField("域名", max_length=200, unique=True)
    agency = models.ForeignKey(Agency, models.CASCADE, related_name="hosts")
    primary = models.BooleanField("主域名", default=True)

    class Meta:
        ordering = ["-primary", "host"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency"], condition=models.Q(primary=True), name="agencies_one_primary_host"
            ),
        ]


class Contact(models.Model):
    """How to reach the disclosure office 公开工作机构, as article 12 wants it in the guide; one per agency."""

    agency = models.OneToOneField(Agency, models.CASCADE, related_name="contact")
    office_name = models.CharField("公开工作机构名称", max_length=100, blank=True)
    address = models.CharField("办公地址", max_length=200, blank=True)
    postcode = models.CharField("邮政编码", max_length=6, blank=True)
    hours = models.CharField("办公时间", max_length=200, blank=True)
    phone = models.CharField("联系电话", max_length=60, blank=True)
    fax = models.CharField("传真号码", max_length=60, blank=True)
    email = models.EmailField("电子邮箱", blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    def office_of(self, body: str) -> str:
        """The office named with the body it belongs to; a name that begins with the body's is not doubled."""
        return self.office_name if self.office_name.startswith(body) else f"{body}{self.office_name}"


class Leader(models.Model):
    """A head of the agency 负责人, published under article 20 item 2."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="leaders")
    name = models.CharField("姓名", max_length=40)
    title = models.CharField("职务", max_length=60)
    duties = models.TextField("分工", blank=True)
    position = models.PositiveIntegerField("顺序", default=0)

    class Meta:
        ordering = ["position", "id"]


class Department(models.Model):
    """A department 处室 of an agency: drafts, answers."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="departments")
    name = models.CharField("处室名称", max_length=60)
    functions = models.TextField("职责", blank=True)
    phone = models.CharField("联系电话", max_length=60, blank=True)
    position = models.PositiveIntegerField("顺序", default=0)
    abolished_on = models.DateField("撤销日期", null=True, blank=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="agencies_department_name")]

    def __str__(self) -> str:
        return self.name

    def ref(self) -> Ref:
        return Ref("department", str(self.pk), self.name)
