"""Applications 政府信息公开申请: who asks an agency for what, since when, and where the matter stands."""

import secrets

from django.db import models
from django.urls import reverse

from gongkai.agencies.bodies import Agency, Department
from gongkai.agencies.officers import Officer
from gongkai.applications.parties import Party
from gongkai.law import receipt
from gongkai.ledger.refs import Ref

_CODE_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # what is not taken for something else when read out
_CODE_LENGTH = 10


def new_code() -> str:
    """A query code 查询码 to read out over the telephone: 50 bits, no letters that look like digits."""
    return "".join(secrets.choice(_CODE_ALPHABET) for _ in range(_CODE_LENGTH))


class Channel(models.TextChoices):
    """How an application came in, in the law's words; the day of receipt depends on it (art. 31)."""

    COUNTER = receipt.Channel.COUNTER.value, receipt.Channel.COUNTER.label
    SIGNED_MAIL = receipt.Channel.SIGNED_MAIL.value, receipt.Channel.SIGNED_MAIL.label
    PLAIN_MAIL = receipt.Channel.PLAIN_MAIL.value, receipt.Channel.PLAIN_MAIL.label
    ONLINE = receipt.Channel.ONLINE.value, receipt.Channel.ONLINE.label
    FAX = receipt.Channel.FAX.value, receipt.Channel.FAX.label
    MAILBOX = receipt.Channel.MAILBOX.value, receipt.Channel.MAILBOX.label
    HOTLINE = receipt.Channel.HOTLINE.value, receipt.Channel.HOTLINE.label


class ApplicationState(models.TextChoices):
    """Where an application stands; ``procedures.APPLICATION`` is the table."""

    UNCONFIRMED = "unconfirmed", "待确认"
    REGISTERED = "registered", "已登记待审查"
    CLARIFYING = "clarifying", "待补正"
    JUSTIFYING = "justifying", "待说明理由"
    HANDLING = "handling", "办理中"
    PAYING = "paying", "待缴费"
    LEGAL_REVIEW = "legal_review", "法制审核"
    HEAD_REVIEW = "head_review", "公开机构审核"
    SIGNING = "signing", "待签发"
    SIGNED = "signed", "待送达"
    DELIVERED = "delivered", "已送达"
    ARCHIVED = "archived", "已归档"
    WITHDRAWN = "withdrawn", "已撤回"
    ABANDONED = "abandoned", "视为放弃"
    TRANSFERRED = "transferred", "已移送"


OPEN_STATES = (
    ApplicationState.UNCONFIRMED,
    ApplicationState.REGISTERED,
    ApplicationState.CLARIFYING,
    ApplicationState.JUSTIFYING,
    ApplicationState.HANDLING,
    ApplicationState.PAYING,
    ApplicationState.LEGAL_REVIEW,
    ApplicationState.HEAD_REVIEW,
    ApplicationState.SIGNING,
    ApplicationState.SIGNED,
)
"""States in which the agency (or the applicant) still has something to do."""
IN_HAND = OPEN_STATES[: OPEN_STATES.index(ApplicationState.LEGAL_REVIEW)]
"""States in which nothing was handed in for review yet."""


class Form(models.TextChoices):
    """In which form the information is wanted (art. 29 item 3, art. 40)."""

    PAPER = "paper", "纸质"
    ELECTRONIC = "electronic", "电子文档"
    DISC = "disc", "光盘等介质"
    INSPECTION = "inspection", "查阅、抄录"


class Way(models.TextChoices):
    """How the reply is to reach the applicant."""

    ONLINE = "online", "网上获取"
    MAIL = "mail", "邮寄"
    EMAIL = "email", "电子邮件"
    COUNTER = "counter", "自行领取"
    FAX = "fax", "传真"


class Ending(models.TextChoices):
    """How an application came to its end; stays when the case is archived."""

    REPLIED = "replied", "已答复"
    WITHDRAWN = "withdrawn", "申请人撤回"
    ABANDONED = "abandoned", "视为放弃"
    TRANSFERRED = "transferred", "移送其他机关"


class Application(models.Model):
    """One application 申请. Its days are never stored: ``clock_facts.history`` reads the acts, the law counts.

    ``arrived_on``, ``signed_on``, ``confirmed_on`` are the facts from which article 31 makes the day of receipt.
    ``query_code`` and a secret (only its hash is kept) open the applicant's own page.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="applications")
    number = models.CharField("登记号", max_length=40, unique=True)
    year = models.PositiveIntegerField("登记年度")
    state = models.CharField(
        "状态", max_length=20, choices=ApplicationState.choices, default=ApplicationState.UNCONFIRMED
    )
    version = models.PositiveIntegerField(default=1)

    applicant = models.ForeignKey(Party, models.PROTECT, related_name="applications", verbose_name="申请人")
    applicant_kind = models.CharField("申请人类型", max_length=20)
    agent = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="acting", verbose_name="代理人"
    )

    channel = models.CharField("接收渠道", max_length=20, choices=Channel.choices)
    arrived_on = models.DateField("到达日期")
    signed_on = models.DateField("签收日期", null=True, blank=True)
    confirmed_on = models.DateField("确认日期", null=True, blank=True)
    confirmed_how = models.CharField("确认方式", max_length=200, blank=True)
    confirmed_by = models.ForeignKey(Officer, models.PROTECT, null=True, blank=True, related_name="+")
    applicant_confirmed_at = models.DateTimeField("申请人确认时间", null=True, blank=True)
    source_number = models.CharField(
        "转来编号", max_length=60, blank=True
    )  # 12345 work order, number in a former ledger

    subject = models.CharField("申请内容概述", max_length=200)
    form = models.CharField("提供形式", max_length=20, choices=Form.choices, default=Form.ELECTRONIC)
    way = models.CharField("获取方式", max_length=20, choices=Way.choices, default=Way.ONLINE)
    needs_help = models.CharField("无障碍协助需求", max_length=200, blank=True)

    query_code = models.CharField("查询码", max_length=12, unique=True, default=new_code)
    secret_hash = models.CharField(max_length=128, blank=True)
    account = models.CharField("统一身份认证账户", max_length=120, blank=True, db_index=True)
    submission = models.CharField("提交标识", max_length=64, blank=True)

    handler = models.ForeignKey(Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="经办人")
    round_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="rounds")
    set_right = models.TextField("自行纠正的理由", blank=True)  # of a round that the agency opened by itself
    moved_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="moved_to")
    repeats = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="repeated_by")
    likeness = models.CharField(max_length=64, blank=True)  # of the normalised contents, to find repeats

    created_at = models.DateTimeField()
    signed_at = models.DateTimeField("签发时间", null=True, blank=True)
    replied_on = models.DateField("答复日期", null=True, blank=True)
    closed_on = models.DateField("办结日期", null=True, blank=True)
    ending = models.CharField("办结方式", max_length=12, choices=Ending.choices, blank=True)
    imported = models.BooleanField(default=False)
    taken_over_at = models.DateTimeField("迁入时间", null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "政府信息公开申请"
        indexes = [
            models.Index(fields=["agency", "state", "arrived_on", "id"]),
            models.Index(fields=["agency", "-arrived_on", "-id"]),
            models.Index(fields=["agency", "year"]),
            models.Index(fields=["agency", "likeness"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["submission"], condition=~models.Q(submission=""), name="applications_submitted_once"
            ),
            models.UniqueConstraint(
                fields=["agency", "source_number"],
                condition=models.Q(taken_over_at__isnull=False) & ~models.Q(source_number=""),
                name="applications_taken_over_once",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def ref(self) -> Ref:
        return Ref("application", str(self.pk), f"{self.number} {self.subject}")

    def get_absolute_url(self) -> str:
        return reverse("applications:case", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES


class NumberCounter(models.Model):
    """The last 登记号 given in an agency's year."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="+")
    year = models.PositiveIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "year"], name="applications_counter")]


class AssignmentState(models.TextChoices):
    """Where an assignment 转办 stands."""

    SENT = "sent", "待签收"
    ACCEPTED = "accepted", "已签收"
    ANSWERED = "answered", "已反馈"
    RETURNED = "returned", "已退回"
    RECALLED = "recalled", "已收回"


class Assignment(models.Model):
    """The disclosure office hands an application (or one item of it) to a department 承办处室."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="assignments")
    item = models.ForeignKey(
        "applications.RequestedItem", models.CASCADE, null=True, blank=True, related_name="assignments"
    )
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="承办处室")
    state = models.CharField("状态", max_length=12, choices=AssignmentState.choices, default=AssignmentState.SENT)
    version = models.PositiveIntegerField(default=1)
    leads = models.BooleanField("主办", default=True)  # others are 协办
    note = models.CharField("转办说明", max_length=500, blank=True)
    due_on = models.DateField("要求反馈日期", null=True, blank=True)
    sent_at = models.DateTimeField("转办时间")
    sent_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField("签收时间", null=True, blank=True)
    accepted_by = models.ForeignKey(Officer, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField("反馈时间", null=True, blank=True)
    answer = models.TextField("承办意见", blank=True)
    return_reason = models.CharField("退回理由", max_length=300, blank=True)

    class Meta:
        ordering = ["sent_at", "id"]
        indexes = [models.Index(fields=["department", "state"])]

    def __str__(self) -> str:
        return f"{self.department.name}（{self.get_state_display()}）"

    def ref(self) -> Ref:
        return Ref("assignment", str(self.pk), str(self.department))
