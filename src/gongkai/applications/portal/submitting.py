"""Making the application of what was looked over: once, by a person, not too often."""

from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse

from gongkai.agencies.bodies import Agency
from gongkai.applications.actions import applying
from gongkai.applications.actions.applying import Papers
from gongkai.applications.actions.receiving import Received, Wanted
from gongkai.applications.applications import Channel, Form, Way
from gongkai.applications.files import FileRole
from gongkai.applications.portal import account, doors, receipt, secrets
from gongkai.applications.portal.forms import ORGANISATION, ApplicantForm, Items
from gongkai.applications.uploads import ATTACHMENT, AUTHORITY, IDENTITY
from gongkai.interfaces import once
from gongkai.interfaces.captcha.fields import CaptchaField
from gongkai.ledger import moment
from gongkai.procedures.engine import Refused
from gongkai.texts.credentials import CredentialKind

_APPLICATIONS = "20/h"
_PAPERS = (
    ("identity", FileRole.IDENTITY, IDENTITY.name),
    ("authority", FileRole.AUTHORITY, AUTHORITY.name),
    ("attachments", FileRole.ATTACHMENT, ATTACHMENT.name),
)
_TRACKED = "gongkai.applications.offered"


class LookingOver(forms.Form):
    """What the second page asks: that it is a person who sends it."""

    captcha = CaptchaField()

    def __init__(self, request: HttpRequest | None) -> None:
        super().__init__(request.POST if request is not None else None, auto_id="id_%s")
        self.status = 200
        field = self.fields["captcha"]
        if request is not None and isinstance(field, CaptchaField):
            field.for_request(request)

    def honest(self) -> bool:
        """Whether the captcha is solved."""
        solved = self.is_valid()
        self.status = 200 if solved else 422
        return solved

    def refuse(self, words: str, status: int) -> None:
        """Say why it was not taken; what was typed stays on the page."""
        self.add_error(None, words)
        self.status = status


def submit(request: HttpRequest, agency: Agency, form: ApplicantForm, items: Items, looking: LookingOver) -> str | None:
    """Make the application unless this form was sent before. The result names it (``receipt``); None when refused, the
    reasons are then with ``looking``."""
    if seconds := doors.wait(request, "submit", _APPLICATIONS):
        looking.refuse(f"您所在的网络提交的申请太多，请{doors.patience(seconds)}后再提交。填写的内容都还在。", 429)
        return None
    token = form.cleaned_data[once.FIELD]

    secret = secrets.new_secret()
    received = _received(request, form, items, secrets.hashed(secret))

    def act() -> str:
        looking.cleaned_data["captcha"].spend()
        made = applying.apply(agency, received, _papers(form))
        return receipt.result(made, secret)

    try:
        return once.submit_once(token, purpose=receipt.PURPOSE, act=act).address
    except ValidationError as used:  # the captcha served somebody else's sending
        looking.refuse("".join(used.messages), 422)
    except Refused as refusal:
        looking.refuse("；".join(refusal.reasons), 422)
    return None


def _received(request: HttpRequest, form: ApplicantForm, items: Items, secret_hash: str) -> Received:
    values = form.cleaned_data
    return Received(
        kind=form.kind,
        personal=form.personal,
        wanted=[
            Wanted(one.cleaned_data["name"], one.cleaned_data["document_number"], one.cleaned_data["features"])
            for one in items
        ],
        channel=Channel.ONLINE,
        arrived_on=moment.today(),
        agent_personal=form.agent,
        form=Form(values["form"]),
        way=Way(values["way"]),
        needs_help=form.needs_help[:200],
        secret_hash=secret_hash,
        submission=once.token_digest(values[once.FIELD]),
        account=account.account_of(request),
    )


def _papers(form: ApplicantForm) -> list[Papers]:
    """The files, without a mandate nobody is said to have."""
    kept = {name: form.cleaned_data[name] for name, _, _ in _PAPERS}
    if not form.cleaned_data["has_agent"]:
        kept["authority"] = []
    return [Papers(role, purpose, kept[name]) for name, role, purpose in _PAPERS]


def told(form: ApplicantForm) -> list[dict[str, str]]:
    """What the applicant said of themselves, to be looked over before it is sent."""
    values, kind = form.cleaned_data, form.kind
    facts: list[tuple[str, Any]] = [("申请人", "法人或者其他组织" if values["who"] == ORGANISATION else "公民")]
    facts += [("名称" if values["who"] == ORGANISATION else "姓名", values["name"])]
    if values["who"] == ORGANISATION:
        facts += [("单位类型", kind.label), ("统一社会信用代码", values["credit_code"])]
        facts += [("法定代表人或者负责人", values["representative"]), ("联系人", values["contact_person"])]
    else:
        paper = CredentialKind(values["document_kind"] or CredentialKind.RESIDENT_ID.value).label
        facts += [(paper, values["document_number"])]
    facts += [("联系电话", values["phone"]), ("电子邮箱", values["email"])]
    if values["has_agent"]:
        facts += [("代理人", values["agent_name"]), ("代理人身份证号码", values["agent_document_number"])]
        facts += [("代理人电话", values["agent_phone"])]
    facts += [("提供形式", Form(values["form"]).label), ("获取方式", Way(values["way"]).label)]
    facts += [("邮寄地址", f"{values['address']} {values['postcode']}".strip()), ("传真", values["fax"])]
    facts += [("需要的协助", form.needs_help)]
    for name, role, _ in _PAPERS:
        facts += [(str(role.label), "、".join(one.upload.name for one in values[name]))]
    return [{"label": str(label), "value": str(value)} for label, value in facts if value]


def tracked(agency: Agency, url: str) -> str:
    """The address that leads to an offered document and counts that it was opened."""
    signed = signing.dumps([agency.pk, url], salt=_TRACKED, compress=True)
    return f"{reverse('apply:offered')}?{signed}"


def untracked(signed: str) -> tuple[int, str]:
    """Whose offer and where it leads; raises signing.BadSignature."""
    pk, url = signing.loads(signed, salt=_TRACKED)
    return int(pk), str(url)
