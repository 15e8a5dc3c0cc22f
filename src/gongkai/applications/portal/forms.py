"""The application form (条例第二十九条): who, what, in which form and by which way. Nothing about the purpose."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.http import HttpRequest

from gongkai.applications.applications import Form, Way
from gongkai.applications.parties import PartyKind
from gongkai.applications.portal import fields
from gongkai.applications.portal.fields import Choice, Line, Words
from gongkai.applications.uploads import ATTACHMENT, AUTHORITY, IDENTITY
from gongkai.interfaces.once import SubmissionField
from gongkai.interfaces.uploads.fields import UploadField
from gongkai.law.applicants import ORGANISATION_KINDS
from gongkai.ledger import moment
from gongkai.texts import credentials
from gongkai.texts.credentials import CredentialKind, InvalidCredential

CITIZEN, ORGANISATION = "citizen", "organisation"
MOST_ITEMS = 10
_AGENT = ("agent_name", "agent_document_number", "agent_phone", "authority")
_HELP = [
    ("large_print", "大字版"),
    ("read_aloud", "口头告知、代为填写"),
    ("sign", "手语等沟通协助"),
    ("braille", "盲文或者无障碍电子版"),
]


class ApplicantForm(forms.Form):
    """Who applies, how they are reached, in which form they want it. ``website`` is for programs: nobody sees it."""

    who = Choice("申请人类型", [(CITIZEN, "公民"), (ORGANISATION, "法人或者其他组织")], buttons=True, initial=CITIZEN)
    name = Line(
        "姓名或者名称",
        longest=100,
        attrs={"autocomplete": "name"},
        missing="请填写姓名；单位申请的，填写与证照一致的全称。",
    )
    document_kind = Choice("证件类型", fields.PERSONAL_PAPERS, initial=CredentialKind.RESIDENT_ID.value)
    document_number = Line(
        "证件号码",
        longest=60,
        attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )
    organisation_kind = Choice(
        "单位类型", [(kind.value, kind.label) for kind in ORGANISATION_KINDS], initial="enterprise"
    )
    credit_code = Line(
        "统一社会信用代码",
        longest=40,
        help_text="营业执照或者登记证书上的18位代码。",
        attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )
    representative = Line("法定代表人或者负责人", longest=60, required=False, attrs={"autocomplete": "off"})
    contact_person = Line("联系人", longest=60, attrs={"autocomplete": "off"})
    phone = fields.phone(help_text="用来与您确认收到申请。")
    email = fields.email(required=False)
    identity = UploadField(
        IDENTITY.name,
        most=2,
        required=False,
        label="身份证明（照片或者扫描件）",
        help_text="加密保存，只用来核对身份。",
    )

    has_agent = forms.BooleanField(label="由他人代为申请", required=False)
    agent_name = Line("代理人姓名", longest=60, attrs={"autocomplete": "off"})
    agent_document_number = Line("代理人身份证号码", longest=60, attrs={"autocomplete": "off"})
    agent_phone = fields.phone("代理人联系电话", attrs={"autocomplete": "off"})
    authority = UploadField(AUTHORITY.name, most=2, label="授权委托书")

    form = Choice("提供形式", Form.choices, buttons=True, initial=Form.ELECTRONIC.value)
    way = Choice("获取方式", Way.choices, buttons=True, initial=Way.ONLINE.value)
    address = Line("邮寄地址", longest=200, attrs={"autocomplete": "street-address"})
    postcode = fields.postcode(required=False)
    fax = fields.phone("传真号码", attrs={"autocomplete": "off"})
    help_wanted = forms.MultipleChoiceField(
        label="需要哪些协助", choices=_HELP, required=False, widget=forms.CheckboxSelectMultiple
    )
    help_words = Line("其他需要", longest=100, required=False, attrs={"autocomplete": "off"})
    attachments = UploadField(ATTACHMENT.name, most=5, required=False, label="附件")

    website = forms.CharField(label="网址（请不要填写）", required=False)
    offered = forms.CharField(required=False, widget=forms.HiddenInput, max_length=1)
    submission = SubmissionField()

    def __init__(self, *args: Any, request: HttpRequest, **options: Any) -> None:
        super().__init__(*args, **({"auto_id": "id_%s"} | options))
        for name in ("identity", "authority", "attachments"):
            upload = self.fields[name]
            if isinstance(upload, UploadField):
                upload.for_request(request)
        self._ask_for()

    def _ask_for(self) -> None:
        """What is needed follows from what was chosen; of an empty form everything that may be needed is."""
        if not self.is_bound:
            return
        organisation, way = self.data.get("who") == ORGANISATION, self.data.get("way")
        needed = {
            **dict.fromkeys(("document_kind", "document_number"), not organisation),
            **dict.fromkeys(("organisation_kind", "credit_code", "contact_person"), organisation),
            **dict.fromkeys(_AGENT, bool(self.data.get("has_agent"))),
            "email": way == Way.EMAIL,
            "address": way == Way.MAIL,
            "fax": way == Way.FAX,
        }
        for name, is_needed in needed.items():
            self.fields[name].required = is_needed

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = self.cleaned_data
        if values.get("website"):
            self.add_error(None, "如果您看到并填写了“网址”一栏，请把它清空后再提交。")
        if values.get("who") == ORGANISATION:
            self._paper("credit_code", CredentialKind.SOCIAL_CREDIT)
        elif values.get("document_kind"):
            self._paper("document_number", CredentialKind(values["document_kind"]))
        if values.get("has_agent"):
            self._paper("agent_document_number", CredentialKind.RESIDENT_ID)
        return values

    def _paper(self, number: str, kind: CredentialKind) -> None:
        """Read a number by the kind of paper it stands on."""
        if number in self.errors:
            return
        try:
            self.cleaned_data[number] = credentials.read(kind, self.cleaned_data[number], today=moment.today())
        except InvalidCredential as problem:
            self.add_error(number, f"{problem}。")

    @property
    def kind(self) -> PartyKind:
        """Who applies, as the annual report counts it."""
        organisation = self.cleaned_data["who"] == ORGANISATION
        return (
            PartyKind(self.cleaned_data["organisation_kind"] or PartyKind.OTHER) if organisation else PartyKind.CITIZEN
        )

    @property
    def personal(self) -> dict[str, str]:
        """What identifies the applicant, for sealing; only what belongs to this kind of applicant and way."""
        values = self.cleaned_data
        told = {name: values[name] for name in ("name", "phone", "email", "address", "postcode", "fax")}
        if values["who"] == ORGANISATION:
            told |= {name: values[name] for name in ("representative", "contact_person")}
            told |= {"document_kind": CredentialKind.SOCIAL_CREDIT.value, "document_number": values["credit_code"]}
        else:
            told |= {"document_kind": values["document_kind"] or CredentialKind.RESIDENT_ID.value}
            told |= {"document_number": values["document_number"]}
        return {name: value for name, value in told.items() if value}

    @property
    def agent(self) -> dict[str, str]:
        """What identifies the agent; nothing when nobody acts for the applicant."""
        values = self.cleaned_data
        if not values["has_agent"]:
            return {}
        return {
            "name": values["agent_name"],
            "document_kind": CredentialKind.RESIDENT_ID.value,
            "document_number": values["agent_document_number"],
            "phone": values["agent_phone"],
        }

    @property
    def needs_help(self) -> str:
        """Accessibility help (art. 43) in one line."""
        labels = dict(_HELP)
        said = [labels[one] for one in self.cleaned_data["help_wanted"]]
        return "；".join([*said, self.cleaned_data["help_words"]] if self.cleaned_data["help_words"] else said)


class ItemForm(forms.Form):
    """One piece of information asked for (art. 29 item 2)."""

    name = Line(
        "您需要什么信息",
        longest=300,
        missing="请写明您需要的信息；不知道准确名称的，用一句话说明是什么。",
        attrs={"autocomplete": "off", "data-offers": ""},
        help_text="写文件名最好；不知道名称的，用一句话说清楚是什么。",
    )
    document_number = Line("文号", longest=100, required=False, attrs={"autocomplete": "off"})
    features = Words(
        "便于查找的说明",
        longest=3000,
        rows=2,
        required=False,
        help_text="大概的时间、地点、项目、经办单位等，写得越具体，找得越快。",
    )


class Items:
    """One or several items: as many as the form says, within bounds; added and taken away without a script."""

    def __init__(self, data: Mapping[str, Any] | None, *, first: str = "") -> None:
        self.bound = data is not None
        count = _bounded(data.get("items") if data is not None else "1")
        self.forms = [
            ItemForm(data, prefix=f"item-{place}", initial={"name": first} if place == 0 else None, auto_id="id_%s")
            for place in range(count)
        ]

    def __iter__(self) -> Iterator[ItemForm]:
        return iter(self.forms)

    def __len__(self) -> int:
        return len(self.forms)

    def is_valid(self) -> bool:
        wrong = [one for one in self.forms if not one.is_valid()]  # each says what is wrong, not the first only
        return not wrong

    @property
    def errors(self) -> int:
        return sum(len(one.errors) for one in self.forms)

    @property
    def single(self) -> bool:
        """Whether there is only one, which then needs no number."""
        return len(self.forms) == 1

    @property
    def room(self) -> bool:
        """Whether another item may be added."""
        return len(self.forms) < MOST_ITEMS


def _bounded(count: Any) -> int:
    text = str(count or "1")
    return min(max(int(text), 1), MOST_ITEMS) if text.isascii() and text.isdigit() and len(text) < 4 else 1
