"""Graded review 分级审核: the chain of an agency and type, what each reviewer attested, what the checks found."""

from django.db import models

from gongkai.agencies.bodies import Agency
from gongkai.agencies.officers import Officer
from gongkai.catalog import doctypes
from gongkai.catalog.editions import Edition
from gongkai.ledger.refs import Ref


class ReviewChain(models.Model):
    """An agency's own chain for a type; without a row the type's declared chain holds."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="review_chains")
    type = models.CharField(max_length=30)
    steps = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "type"], name="publishing_chain")]

    def ref(self) -> Ref:
        return Ref("review_chain", str(self.pk), doctypes.get(self.type).label)


class Verdict(models.TextChoices):
    """What a reviewer decided."""

    PASSED = "passed", "通过"
    RETURNED = "returned", "退回"
    AFTERWARDS = "afterwards", "事后补审"


class Review(models.Model):
    """One reviewer's decision at one step on one state of the text (``edition_version``), with what was attested."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="reviews")
    edition_version = models.PositiveIntegerField()
    step = models.CharField(max_length=20)
    reviewer = models.ForeignKey(Officer, models.PROTECT, related_name="reviews")
    verdict = models.CharField(max_length=12, choices=Verdict.choices)
    political = models.BooleanField("政治关", default=False)
    policy = models.BooleanField("政策关", default=False)
    content = models.BooleanField("内容关", default=False)
    secrecy = models.BooleanField("保密审查", default=False)
    note = models.TextField("意见", blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]


class CheckRun(models.Model):
    """What the checks found on one state of the text: evidence, kept with the edition."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="check_runs")
    edition_version = models.PositiveIntegerField()
    findings = models.JSONField()
    checks = models.JSONField(default=dict)
    blocked = models.BooleanField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["edition", "-id"], name="publishing_last_run")]


class Answer(models.Model):
    """A person decided that a finding may stay ("保留：…"); it sticks to the finding's fingerprint in that document."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="answers")
    fingerprint = models.CharField(max_length=80)
    check_key = models.CharField(max_length=60)
    note = models.CharField("理由", max_length=300)
    by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "fingerprint"], name="publishing_answer_once")]


class Word(models.Model):
    """An entry of the operator's own dictionary, of one agency or (agency empty) of the whole installation."""

    KINDS = [("wrong", "错误"), ("sensitive", "敏感"), ("former", "旧称"), ("forbidden", "禁用")]
    SEVERITIES = [("block", "阻断"), ("warn", "提示"), ("info", "说明")]
    agency = models.ForeignKey(Agency, models.CASCADE, null=True, blank=True, related_name="words")
    word = models.CharField("词语", max_length=60)
    kind = models.CharField("性质", max_length=10, choices=KINDS)
    severity = models.CharField("级别", max_length=6, choices=SEVERITIES)
    suggestions = models.JSONField("建议改为", default=list, blank=True)
    exceptions = models.JSONField("例外", default=list, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        ordering = ["word"]
        constraints = [models.UniqueConstraint(fields=["agency", "word"], name="publishing_word_once")]

    def ref(self) -> Ref:
        return Ref("word", str(self.pk), self.word)


def chain_for(agency: Agency, type_key: str) -> tuple[str, ...]:
    """The review steps an edition of that type goes through in that agency."""
    own = ReviewChain.objects.filter(agency=agency, type=type_key).first()
    return tuple(own.steps) if own else doctypes.get(type_key).review
