"""Forms of the full list's pages."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from gongkai.agencies.bodies import Agency, Department
from gongkai.catalog import doctypes
from gongkai.catalog.columns import Column
from gongkai.catalog.documents import Topic
from gongkai.catalog.full_list.reading import MAX_BYTES
from gongkai.catalog.matter_state import MatterState
from gongkai.catalog.matters import Audience, Channel, Matter, Tier, Way
from gongkai.law import articles, upkeep
from gongkai.law.wordings import LimitWordingError, parse

_PLAIN = (
    "first", "second", "content", "basis", "limit_text", "body", "department", "channels", "channel_note", "audience",
    "audience_note", "way", "tiers", "item", "duty", "types", "topics", "column",
)  # fmt: skip
_TICKS = forms.CheckboxSelectMultiple


class MatterForm(forms.Form):
    """A matter, field by field; what an action refuses is put at its field."""

    first = forms.CharField(label="一级事项", max_length=100)
    second = forms.CharField(label="二级事项", max_length=150, required=False)
    content = forms.CharField(
        label="公开内容（要素）",
        max_length=3000,
        widget=forms.Textarea({"rows": 4}),
        help_text="公开哪些要素，写具体。",
    )
    basis = forms.CharField(label="公开依据", max_length=3000, required=False, widget=forms.Textarea({"rows": 3}))
    limit_text = forms.CharField(
        label="公开时限",
        max_length=200,
        help_text="如：自信息形成或者变更之日起20个工作日内；每季度公开一次；每年1月31日前；实时公开；长期公开。",
    )
    duty = forms.ChoiceField(
        label="更新要求",
        required=False,
        choices=[("", "按公开时限"), *((one.key, one.sentence) for one in upkeep.DUTIES)],
        help_text="多久应当有新内容。公开时限已经写明“每季度”“每年某日前”的不必另选。",
    )
    body = forms.CharField(label="公开主体", max_length=200)
    department = forms.ModelChoiceField(
        Department.objects.none(), label="责任处室", required=False, empty_label="（未指定）"
    )
    channels = forms.MultipleChoiceField(label="公开渠道和载体", choices=Channel.choices, widget=_TICKS)
    channel_note = forms.CharField(label="其他渠道", max_length=200, required=False)
    audience = forms.ChoiceField(label="公开对象", choices=Audience.choices)
    audience_note = forms.CharField(
        label="特定群体", max_length=100, required=False, help_text="公开对象是特定群体时写明是哪些人。"
    )
    way = forms.ChoiceField(label="公开方式", choices=Way.choices)
    tiers = forms.MultipleChoiceField(label="公开层级", required=False, choices=Tier.choices, widget=_TICKS)
    item = forms.ChoiceField(
        label="法定主动公开内容",
        required=False,
        choices=[("", "（未对应）"), *((one.key, f"{one.numeral}{one.name}") for one in articles.ARTICLE_20)],
    )
    types = forms.MultipleChoiceField(
        label="关联文件类型",
        required=False,
        choices=doctypes.choices,
        widget=_TICKS,
        help_text="本机关公开的这些类型的文件，就是这一事项的公开情况；同时选了专题的，两者都符合才算。",
    )
    topics = forms.MultipleChoiceField(label="关联专题", required=False, widget=_TICKS)
    column = forms.ModelChoiceField(Column.objects.none(), label="关联栏目", required=False, empty_label="（未关联）")

    def __init__(self, agency: Agency, matter: Matter | None, posted: Any) -> None:
        super().__init__(posted, initial=_initial(matter) if matter else _usual(agency))
        self.fields["department"].queryset = agency.departments.filter(abolished_on=None)  # type: ignore[attr-defined]
        self.fields["column"].queryset = agency.columns.all()  # type: ignore[attr-defined]
        topics = list(Topic.objects.filter(agency=agency).values_list("slug", "name"))
        self.fields["topics"].choices = topics  # type: ignore[attr-defined]

    def clean_limit_text(self) -> str:
        """The wording must be one that can be counted with."""
        text: str = self.cleaned_data["limit_text"]
        try:
            parse(text)
        except LimitWordingError as error:
            raise ValidationError(str(error)) from error
        return text

    def facts(self) -> dict[str, Any]:
        """What ``actions.matters`` takes."""
        return {key: self.cleaned_data[key] for key in _PLAIN}

    def take(self, error: ValidationError) -> None:
        """Put what the action refused at its field."""
        named = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        for field, told in named.items():
            if field not in self.errors:
                self.add_error(field if field in self.fields else None, told)


class MoveForm(forms.Form):
    """Where in the list a matter stands."""

    after = forms.ModelChoiceField(
        Matter.objects.none(), label="排在这一事项之后", required=False, empty_label="（最前面）"
    )

    def __init__(self, matter: Matter, posted: Any) -> None:
        super().__init__(posted)
        others = Matter.objects.filter(agency=matter.agency_id, abolished_on=None).exclude(pk=matter.pk)
        self.fields["after"].queryset = others  # type: ignore[attr-defined]
        self.fields["after"].label_from_instance = lambda one: f"{one.number}　{one.name}"  # type: ignore[attr-defined]
        before = others.filter(number__lte=matter.number).order_by("-number", "-id").first()
        self.fields["after"].initial = before.pk if before else None


class EndForm(forms.Form):
    """Why a matter leaves the list."""

    reason = forms.CharField(label="取消的原因", max_length=300, help_text="如依据已废止、职责已划出。")


class UploadForm(forms.Form):
    """The workbook to be moved in."""

    file = forms.FileField(label="清单文件（.xlsx）")

    def clean_file(self) -> Any:
        """Size and name; what is in it is read afterwards."""
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith(".xlsx"):
            raise ValidationError("请上传 .xlsx 文件。旧版 .xls 和 WPS 表格请先“另存为” .xlsx。")
        if file.size > MAX_BYTES:
            raise ValidationError(f"文件超过 {MAX_BYTES // 1024 // 1024} MB，不像一份清单，请核对。")
        return file


class FilterForm(forms.Form):
    """Narrowing the list."""

    q = forms.CharField(label="事项、内容、依据", required=False, max_length=60)
    state = forms.ChoiceField(
        label="状态", required=False, choices=[("", "全部"), *((one.value, one.label) for one in MatterState)]
    )
    department = forms.ModelChoiceField(Department.objects.none(), label="责任处室", required=False, empty_label="全部")

    def __init__(self, agency: Agency, given: Any) -> None:
        super().__init__(given)
        self.fields["department"].queryset = agency.departments.all()  # type: ignore[attr-defined]


def _initial(matter: Matter) -> dict[str, Any]:
    return {key: getattr(matter, key) for key in _PLAIN}


def _usual(agency: Agency) -> dict[str, Any]:
    """What most matters of an agency have."""
    return {
        "limit_text": "自信息形成或者变更之日起20个工作日内",
        "body": agency.name,
        "channels": [Channel.WEBSITE.value],
        "audience": Audience.EVERYBODY.value,
        "way": Way.PROACTIVE.value,
    }
