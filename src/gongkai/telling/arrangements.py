"""How an agency tells 告知设置, how an officer wants to be told, and an agency's own wordings."""

from datetime import time

from django.db import models

from gongkai.agencies.bodies import Agency
from gongkai.agencies.officers import Officer


class Arrangement(models.Model):
    """Quiet hours, digest and warnings of one agency; without a row the defaults here hold."""

    agency = models.OneToOneField(Agency, models.CASCADE, related_name="+")
    quiet_from = models.TimeField("短信免打扰开始", default=time(21))
    quiet_until = models.TimeField("短信免打扰结束", default=time(8))
    digest_at = models.TimeField("每日汇总时间", default=time(8, 30))
    gather_minutes = models.PositiveSmallIntegerField("合并等待分钟数", default=5)
    warn_days = models.PositiveSmallIntegerField("提前提醒工作日数", default=3)
    sms_sign = models.CharField("短信签名", max_length=40, blank=True)


class Way(models.TextChoices):
    """How an officer hears of what is not urgent."""

    AT_ONCE = "at_once", "随时，一件一封邮件"
    DIGEST = "digest", "每日汇总成一封邮件"
    BELL = "bell", "只在工作台提醒"


class Preference(models.Model):
    """How one officer wants to be told; mailbox and telephone are sealed as those of the public are."""

    officer = models.OneToOneField(Officer, models.CASCADE, related_name="+")
    way = models.CharField("告知方式", max_length=10, choices=Way.choices, default=Way.DIGEST)
    sms_urgent = models.BooleanField("紧急事项发短信", default=False)
    has_mail = models.BooleanField(default=False)
    has_phone = models.BooleanField(default=False)
    person = models.UUIDField(null=True)
    sealed = models.BinaryField(null=True)


class Wording(models.Model):
    """An agency's own text for a template; ``sms_code`` is the number under which the SMS provider approved it."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="+")
    template = models.CharField("模板", max_length=80)
    title = models.CharField("标题", max_length=120, blank=True)
    text = models.TextField("邮件正文", blank=True)
    sms = models.CharField("短信内容", max_length=300, blank=True)
    sms_code = models.CharField("短信模板编号", max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "template"], name="telling_one_wording")]


class WarnedDay(models.Model):
    """A day on which warnings were written: all of them, or when the rest is to be tried again."""

    day = models.DateField(unique=True)
    retry_at = models.DateTimeField(null=True)  # null: done
    last_error = models.TextField(blank=True)
