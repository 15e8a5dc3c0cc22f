"""The form of an application that came on paper, at the counter, by fax, by mail box or from the hotline."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from gongkai.applications.actions.receiving import Received, Wanted
from gongkai.applications.applications import Channel, Form, Way
from gongkai.applications.desk.case_forms import choice, day, line, text
from gongkai.applications.parties import Party, PartyKind
from gongkai.applications.uploads import SCAN
from gongkai.interfaces.uploads.fields import UploadField
from gongkai.ledger import moment
from gongkai.texts import contacts, credentials
from gongkai.texts.credentials import CredentialKind

BY_STAFF = tuple(one for one in Channel if one is not Channel.ONLINE)
"""Channels that staff register; what comes on the site registers itself."""

_CREDENTIALS = [("", "未提供"), *((one.value, one.label) for one in CredentialKind)]


class RegisterForm(forms.Form):
    """Who applies, how it came and when, how the reply is wanted. What is asked for stands in ``ItemFormSet``."""

    use_required_attribute = False

    submission = forms.CharField(widget=forms.HiddenInput, initial=lambda: uuid.uuid4().hex, max_length=64)
    channel = choice("接收渠道", [(one.value, one.label) for one in BY_STAFF], widget=forms.RadioSelect)
    arrived_on = day("到达日期", today=True, help="交到、寄到或者发到本机关的日期。")
    signed_on = day("签收日期", required=False, help="挂号信、特快专递等需签收的邮寄填写。")
    confirmed_on = day("确认日期", required=False, help="平常信函、传真、机关信箱、热线转交，与申请人双方确认的日期。")
    confirmed_how = line("确认方式", required=False, help="电话、短信等，写明时间和接听人。")
    source_number = line("转来编号", required=False, length=60, help="12345工单号、邮件号等。")

    kind = choice("申请人类型", PartyKind.choices, widget=forms.RadioSelect, initial=PartyKind.CITIZEN)
    name = line("姓名或者名称", length=100)
    document_kind = choice("证件类型", _CREDENTIALS, required=False)
    document_number = line("证件号码", required=False, length=40)
    phone = line("联系电话", required=False, length=40)
    email = line("电子邮箱", required=False, length=100)
    address = line("通信地址", required=False, length=200)
    postcode = line("邮政编码", required=False, length=10)
    fax = line("传真", required=False, length=40)
    employer = line("工作单位", required=False, length=100)
    representative = line("法定代表人", required=False, length=60)
    contact_person = line("联系人", required=False, length=60)

    agent_name = line("代理人姓名", required=False, length=60, help="有授权委托书的填写。")
    agent_document_kind = choice("代理人证件类型", _CREDENTIALS, required=False)
    agent_document_number = line("代理人证件号码", required=False, length=40)
    agent_phone = line("代理人联系电话", required=False, length=40)

    form = choice("提供形式", Form.choices, initial=Form.PAPER)
    way = choice("获取方式", Way.choices, initial=Way.MAIL)
    needs_help = line("无障碍协助需求", required=False)

    scans = UploadField(
        SCAN.name,
        most=5,
        required=False,
        label="申请书扫描件",
        help_text="申请书、信封、证件等的扫描件，加密存入本件。",
    )

    def __init__(self, *args: Any, request: HttpRequest, **options: Any) -> None:
        super().__init__(*args, **options)
        self._scans.for_request(request)

    @property
    def _scans(self) -> UploadField:
        return cast(UploadField, self.fields["scans"])

    @classmethod
    def typed(cls, request: HttpRequest) -> "tuple[RegisterForm, list[str]]":
        """The form as it was typed, not judged yet, and what is said of scans that were not taken."""
        form = cls(request=request)
        kept, problems = form._scans.keep(request.POST, request.FILES, "scans")
        form.initial = {name: request.POST.get(name, "") for name in cls.base_fields} | {"scans": kept}
        return form, problems

    def clean_arrived_on(self) -> date:
        return _not_later(self.cleaned_data["arrived_on"])

    def clean_signed_on(self) -> date | None:
        return _not_later(self.cleaned_data["signed_on"])

    def clean_confirmed_on(self) -> date | None:
        return _not_later(self.cleaned_data["confirmed_on"])

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        for prefix in ("", "agent_"):
            self._read(f"{prefix}document_number", given, given.get(f"{prefix}document_kind", ""))
            self._read_contact(f"{prefix}phone", given, contacts.phone)
        self._read_contact("email", given, contacts.email)
        self._read_contact("postcode", given, contacts.postcode)
        self._read_contact("fax", given, contacts.phone)
        if not any(given.get(name) for name in ("phone", "email", "address")) and not self._wrong("phone", "email"):
            self.add_error("phone", "请填写联系方式：电话、电子邮箱或者通信地址至少一项。")
        self._check_kind(given)
        self._check_days(given)
        return given

    def _wrong(self, *names: str) -> bool:
        return any(name in self.errors for name in names)

    def _read(self, name: str, given: dict[str, Any], kind: str) -> None:
        number = given.get(name, "")
        if not number:
            return
        if not kind:
            self.add_error(name, "请先选择证件类型，再填写号码。")
            return
        try:
            given[name] = credentials.read(CredentialKind(kind), number, today=moment.today())
        except credentials.InvalidCredential as error:
            self.add_error(name, f"{error}。")

    def _read_contact(self, name: str, given: dict[str, Any], read: Any) -> None:
        if given.get(name):
            try:
                given[name] = read(given[name])
            except contacts.InvalidContact as error:
                self.add_error(name, f"{error}。")

    def _check_kind(self, given: dict[str, Any]) -> None:
        """Persons show what persons have, organisations what organisations have."""
        kind, document = given.get("kind"), given.get("document_kind")
        if not kind or not document or document == CredentialKind.OTHER:
            return
        of_organisation = CredentialKind(document).of_organisation
        if (kind == PartyKind.CITIZEN) == of_organisation:
            wanted = "个人证件，例如居民身份证" if kind == PartyKind.CITIZEN else "统一社会信用代码等单位证件"
            self.add_error("document_kind", f"申请人类型与证件类型不符，请选择{wanted}。")

    def _check_days(self, given: dict[str, Any]) -> None:
        arrived = given.get("arrived_on")
        if given.get("channel") == Channel.SIGNED_MAIL and not given.get("signed_on") and not self._wrong("signed_on"):
            self.add_error("signed_on", "需签收的邮寄，请填写签收日期：签收之日为收到申请之日。")
        if arrived and given.get("confirmed_on") and given["confirmed_on"] < arrived:
            self.add_error("confirmed_on", "确认日期早于到达日期，请核对。")
        if given.get("confirmed_on") and not given.get("confirmed_how"):
            self.add_error("confirmed_how", "请写明怎样确认的：电话、短信等。")
        if given.get("agent_document_number") and not given.get("agent_name"):
            self.add_error("agent_name", "请填写代理人姓名。")

    def received(self, wanted: list[Wanted]) -> Received:
        """What the action takes. Call after ``is_valid``."""
        given = self.cleaned_data
        days = {name: given[name] for name in ("arrived_on", "signed_on", "confirmed_on", "confirmed_how")}
        agent = {
            name: given[f"agent_{name}"]
            for name in ("name", "document_kind", "document_number", "phone")
            if given.get("agent_name")
        }
        return Received(
            kind=PartyKind(given["kind"]),
            personal={name: given[name] for name in Party.PERSONAL if given[name]},
            wanted=wanted,
            channel=Channel(given["channel"]),
            agent_personal=agent,
            form=Form(given["form"]),
            way=Way(given["way"]),
            needs_help=given["needs_help"],
            submission=given["submission"],
            source_number=given["source_number"],
            **days,
        )

    GROUPS: Mapping[str, tuple[str, ...]] = {
        "怎样收到": ("channel", "arrived_on", "signed_on", "confirmed_on", "confirmed_how", "source_number"),
        "申请人": ("kind", "name", "document_kind", "document_number", "phone", "email", "address", "postcode"),
        "其他联系事项": ("fax", "employer", "representative", "contact_person"),
        "代理人": ("agent_name", "agent_document_kind", "agent_document_number", "agent_phone"),
        "怎样答复": ("form", "way", "needs_help"),
        "扫描件": ("scans",),
    }

    def groups(self) -> dict[str, list[forms.BoundField]]:
        """The fields in the order of the paper form."""
        return {label: [self[name] for name in names] for label, names in self.GROUPS.items()}


def _not_later(given: Any) -> Any:
    if given is not None and given > moment.today():
        raise ValidationError("日期晚于今天，请核对。")
    return given


class WantedForm(forms.Form):
    """One thing asked for (art. 29 item 2)."""

    use_required_attribute = False

    name = line("所需信息的名称", length=300, help="文件名称或者内容描述。")
    document_number = line("文号", required=False, length=100)
    features = text("其他特征性描述", required=False, rows=2)


ItemFormSet = forms.formset_factory(WantedForm, extra=1, min_num=1, validate_min=True, max_num=50, absolute_max=60)


def wanted(items: Any) -> list[Wanted]:
    """What was asked for. Call after ``is_valid``."""
    return [Wanted(**one.cleaned_data) for one in items.forms if one.cleaned_data.get("name")]
