"""Forms of these pages; what they check beyond the fields is checked again, for everybody, by the actions."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from gongkai.agencies.bodies import Agency, Contact, Department, SuccessionKind
from gongkai.agencies.roles import Role
from gongkai.agencies.workdays import WorkdayNotice


def day_field(label: str, *, required: bool = True) -> forms.DateField:
    """A date, picked or typed."""
    return forms.DateField(label=label, required=required, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))


def take_errors(form: forms.BaseForm, error: ValidationError) -> None:
    """Put what an action refused at the fields it names; what names no field of the form stands above it."""
    named: dict[str, Any] = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    for field, told in named.items():
        form.add_error(field if field in form.fields else None, told)


class OfficerForm(forms.Form):
    """A new account."""

    name = forms.CharField(label="姓名", max_length=40)
    username = forms.RegexField(
        r"^[a-z0-9._-]{3,40}$",
        label="用户名",
        help_text="小写字母、数字、点和连字符，3至40个字符。",
        error_messages={"invalid": "用户名只用小写字母、数字、点和连字符，3至40个字符。"},
    )
    department = forms.ModelChoiceField(
        Department.objects.none(), label="处室", required=False, empty_label="（不属于处室）"
    )
    password = forms.CharField(label="初始密码", help_text="至少10个字符；首次登录时须修改。", widget=forms.TextInput)

    def __init__(self, agency: Agency, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = agency.departments.filter(abolished_on=None)  # type: ignore[attr-defined]


class OfficerChangeForm(forms.Form):
    """Name, department, whether the account is in use."""

    name = forms.CharField(label="姓名", max_length=40)
    department = forms.ModelChoiceField(
        Department.objects.none(), label="处室", required=False, empty_label="（不属于处室）"
    )
    is_active = forms.BooleanField(label="在用", required=False)

    def __init__(self, agency: Agency, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = agency.departments.filter(abolished_on=None)  # type: ignore[attr-defined]


class AppointForm(forms.Form):
    """A role, in a department or in the whole agency."""

    role = forms.ChoiceField(label="岗位", choices=Role.choices)
    department = forms.ModelChoiceField(
        Department.objects.none(),
        label="处室",
        required=False,
        empty_label="（全机关）",
        help_text="撰稿和处室审核可按处室任命，其他岗位是全机关的。",
    )
    until = day_field("任至", required=False)

    def __init__(self, agency: Agency, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = agency.departments.filter(abolished_on=None)  # type: ignore[attr-defined]


class ResetPasswordForm(forms.Form):
    """A new first password for somebody."""

    password = forms.CharField(label="新的初始密码", help_text="至少10个字符；本人登录后须修改。")


class ContactForm(forms.ModelForm):
    """How the disclosure office is reached (Regulation art. 12)."""

    class Meta:
        model = Contact
        fields = ["office_name", "address", "postcode", "hours", "phone", "fax", "email"]


class AgencyForm(forms.ModelForm):
    """What the agency says of itself, and the numbers of its site."""

    class Meta:
        model = Agency
        fields = ["functions", "document_prefix", "site_code", "icp_number", "police_number"]
        widgets = {"functions": forms.Textarea({"rows": 6})}


class RenameForm(forms.Form):
    """更名."""

    name = forms.CharField(label="新的机构全称", max_length=100)
    short_name = forms.CharField(label="新的机构简称", max_length=40)
    on = day_field("自哪一日起")


class HostForm(forms.Form):
    """A host name."""

    host = forms.RegexField(
        r"^[a-z0-9.-]{3,200}$",
        label="域名",
        help_text="如 csgw.example.gov.cn，不带 http。",
        error_messages={"invalid": "域名只用小写字母、数字、点和连字符。"},
    )
    primary = forms.BooleanField(label="设为主域名（原主域名改为跳转）", required=False, initial=True)


class LeaderForm(forms.Form):
    """One head of the agency."""

    name = forms.CharField(label="姓名", max_length=40, required=False)
    title = forms.CharField(label="职务", max_length=60, required=False)
    duties = forms.CharField(label="分工", max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        """A row with anything in it needs name and title."""
        given = super().clean() or {}
        if any(given.values()) and not (given.get("name") and given.get("title")):
            raise ValidationError("姓名和职务都要填写；不要这一行的，请全部清空。")
        return given


LeaderFormSet = forms.formset_factory(LeaderForm, extra=2)


class DepartmentForm(forms.ModelForm):
    """A department."""

    class Meta:
        model = Department
        fields = ["name", "functions", "phone", "position", "abolished_on"]
        widgets = {
            "functions": forms.Textarea({"rows": 3}),
            "abolished_on": forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        }


class BodyForm(forms.ModelForm):
    """A new body of the city."""

    parent = forms.ModelChoiceField(
        Agency.objects.filter(abolished_on=None), label="上级机关", required=False, empty_label="（无上级机关）"
    )

    class Meta:
        model = Agency
        fields = ["code", "slug", "name", "short_name", "parent", "document_prefix", "established_on"]
        widgets = {"established_on": forms.DateInput({"type": "date"}, "%Y-%m-%d")}


class EndForm(forms.Form):
    """合并、撤销、分立."""

    kind = forms.ChoiceField(label="方式", choices=SuccessionKind.choices)
    successor = forms.ModelChoiceField(
        Agency.objects.filter(abolished_on=None), label="职责由谁承继", required=False, empty_label="（无）"
    )
    on = day_field("日期")
    basis = forms.CharField(label="依据", max_length=200, required=False)


class WorkdayForm(forms.Form):
    """One day of an official arrangement."""

    day = day_field("日期")
    kind = forms.ChoiceField(label="性质", choices=WorkdayNotice.KINDS)
    document_number = forms.CharField(label="依据文号", max_length=60, help_text="如：国办发明电〔2026〕9号")
    note = forms.CharField(label="说明", max_length=100, required=False)


class AnnounceForm(forms.Form):
    """A year whose arrangement was entered completely."""

    year = forms.IntegerField(label="年份", min_value=2004, max_value=2099)
    document_number = forms.CharField(label="依据文号", max_length=60)
