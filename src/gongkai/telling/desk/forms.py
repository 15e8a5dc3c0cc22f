"""Forms of these pages; what they check beyond the fields is checked again, for everybody, by the actions."""

from typing import Any

from django import forms

from gongkai.telling.arrangements import Way
from gongkai.telling.wordings import Template

_TIME = {"required": "请填写时间。", "invalid": "请填写时间，如 21:00。"}
_NUMBER = {"required": "请填写数字。", "invalid": "请填写整数。"}


def _time(label: str, help_text: str = "") -> forms.TimeField:
    widget = forms.TimeInput({"type": "time"}, "%H:%M")
    return forms.TimeField(label=label, help_text=help_text, widget=widget, error_messages=_TIME)


class PreferenceForm(forms.Form):
    """How one wants to be told."""

    way = forms.ChoiceField(
        label="不紧急的消息",
        choices=Way.choices,
        widget=forms.RadioSelect,
        help_text="每件消息都在工作台；这里选择是否另发邮件。紧急事项（今天到期、逾期等）填了邮箱就随时发。",
    )
    mail = forms.CharField(
        label="电子邮箱",
        required=False,
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
        help_text="请填工作邮箱。加密保存，只在发送时使用。",
    )
    phone = forms.CharField(
        label="手机号码",
        required=False,
        max_length=20,
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel-national"}),
    )
    sms_urgent = forms.BooleanField(label="紧急事项同时发短信", required=False)


class ArrangementForm(forms.Form):
    """How the agency tells."""

    quiet_from = _time("短信免打扰开始", "免打扰时段内不发短信，等时段过了再发，不会丢。两个时间相同即不设免打扰。")
    quiet_until = _time("短信免打扰结束")
    digest_at = _time("每日汇总时间", "工作人员选择“每日汇总”的，在这个时间收到一封邮件。")
    gather_minutes = forms.IntegerField(
        label="合并等待分钟数",
        help_text="同一件申请在这段时间内的几项进展，合成一封邮件、一条短信告知申请人。",
        error_messages=_NUMBER,
    )
    warn_days = forms.IntegerField(
        label="提前提醒工作日数",
        help_text="每个环节最后一日之前几个工作日提醒；当日再提醒一次。",
        error_messages=_NUMBER,
    )
    sms_sign = forms.CharField(
        label="短信签名",
        required=False,
        max_length=40,
        help_text="在短信服务商处报备的签名，不带【】。不填用机关简称。",
    )


class WordingForm(forms.Form):
    """The agency's own words for one template."""

    title = forms.CharField(label="标题", required=False, max_length=200)
    text = forms.CharField(label="邮件正文", required=False, widget=forms.Textarea({"rows": 9}))
    sms = forms.CharField(label="短信内容", required=False, widget=forms.Textarea({"rows": 3}))
    sms_code = forms.CharField(
        label="短信模板编号",
        required=False,
        max_length=40,
        help_text="短信服务商审核通过后给的编号，如 SMS_123456789。发出的是服务商审核通过的文字，请与上面一致。",
    )

    def __init__(self, template: Template, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not template.sms:
            del self.fields["sms"], self.fields["sms_code"]
