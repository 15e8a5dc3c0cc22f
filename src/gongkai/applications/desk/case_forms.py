"""Forms of a case's page for what is no event of a procedure: handing over, searching, asking, noting, registering."""

from collections.abc import Mapping
from typing import Any

from django import forms

from gongkai.agencies.bodies import Department
from gongkai.agencies.officers import Officer
from gongkai.applications.applications import Application, Channel, Form, Way
from gongkai.applications.items import RequestedItem
from gongkai.applications.parties import PartyKind
from gongkai.applications.powers import OFFICE
from gongkai.applications.remedies import RemedyKind
from gongkai.applications.steps import ConsultationKind
from gongkai.law.answering import EXTENSION_WORKING_DAYS
from gongkai.ledger import moment

_WRONG_DATE = {"invalid": "请填写日期，如 2026-11-23。"}


def line(label: str, *, required: bool = True, length: int = 200, help: str = "", **facts: Any) -> forms.CharField:
    """A field of one line."""
    missing = {"required": f"请填写“{label}”。", "max_length": f"“{label}”最多{length}个字。"}
    return forms.CharField(
        label=label, required=required, max_length=length, help_text=help, error_messages=missing, **facts
    )


def text(label: str, *, required: bool = True, rows: int = 3, help: str = "", length: int = 4000) -> forms.CharField:
    """A field of several lines."""
    return line(label, required=required, length=length, help=help, widget=forms.Textarea(attrs={"rows": rows}))


def day(label: str, *, required: bool = True, help: str = "", today: bool = False) -> forms.DateField:
    """A day; ``today``: it holds the present one before anybody typed."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=help,
        initial=moment.today if today else None,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": f"请填写“{label}”。"} | _WRONG_DATE,
    )


def choice(label: str, options: Any, *, required: bool = True, help: str = "", **facts: Any) -> forms.ChoiceField:
    """One of several."""
    wrong = {"required": f"请选择“{label}”。", "invalid_choice": "请从列出的选项中选择。"}
    return forms.ChoiceField(
        label=label, choices=options, required=required, help_text=help, error_messages=wrong, **facts
    )


class CaseForm(forms.Form):
    """A form about a case (``of``: about a part of it). Its prefix keeps it apart from the others of the page."""

    use_required_attribute = False

    def __init__(
        self,
        case: Application,
        officer: Officer,
        prefix: str,
        data: Mapping[str, Any] | None = None,
        of: Any = None,
    ) -> None:
        super().__init__(data, prefix=prefix, label_suffix="", initial=self.beginning(case, officer, of))
        self.case, self.officer, self.of = case, officer, of
        self.arrange()

    @staticmethod
    def beginning(case: Application, officer: Officer, of: Any) -> dict[str, Any]:
        """What the fields hold before anybody typed."""
        return {}

    def arrange(self) -> None:
        """Fill in choices that depend on the case."""

    def _items(self, name: str = "item", blank: str = "整件申请") -> None:
        options = [(str(one.pk), f"第{one.position}项　{one.name[:40]}") for one in self.case.items.all()]
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", blank), *options] if blank else options

    def chosen_item(self) -> RequestedItem | None:
        """The item chosen; None: the whole case."""
        chosen = self.cleaned_data.get("item")
        return next((one for one in self.case.items.all() if str(one.pk) == chosen), None)

    def _departments(self, name: str) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Department.objects.filter(agency=self.case.agency)


class AssignForm(CaseForm):
    department = forms.ModelChoiceField(
        Department.objects.none(),
        label="承办处室",
        error_messages={"required": "请选择承办处室。", "invalid_choice": "请从列出的处室中选择。"},
    )
    item = choice("转办内容", [], required=False)
    leads = choice("办理方式", [("1", "主办"), ("0", "协办")], widget=forms.RadioSelect, initial="1")
    due_on = day("要求反馈日期", required=False)
    note = text("转办说明", required=False, rows=2, length=500)

    def arrange(self) -> None:
        self._departments("department")
        self._items()


class HandlerForm(CaseForm):
    handler = forms.ModelChoiceField(
        Officer.objects.none(),
        label="经办人",
        required=False,
        empty_label="不指定（公开经办人都可以办）",
        error_messages={"invalid_choice": "请从列出的人员中选择。"},
    )

    def arrange(self) -> None:
        field = self.fields["handler"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = handlers_of(self.case.agency_id)

    @staticmethod
    def beginning(case: Application, officer: Officer, of: Any) -> dict[str, Any]:
        return {"handler": case.handler_id or officer.pk}


def handlers_of(agency_id: int) -> Any:
    """Who of the disclosure office may look after a case."""
    return Officer.objects.filter(agency_id=agency_id, is_active=True, appointments__role__in=list(OFFICE)).distinct()


class NoteForm(CaseForm):
    text = text("备注", rows=2, help="只有本机关经办人员看得到，不会给申请人看。")


class SearchForm(CaseForm):
    item = choice("申请事项", [])
    place = line("检索范围", help="档案室、业务系统、办公自动化系统等，写到库或者目录。")
    terms = line("检索词、方法")
    on = day("检索日期", today=True)
    nothing = choice("结果", [("0", "检索到"), ("1", "未检索到")], widget=forms.RadioSelect, initial="0")
    found = text("检索结果", rows=2, help="检索到什么，或者怎样确认没有。")
    searcher = line("检索人", length=60)

    @staticmethod
    def beginning(case: Application, officer: Officer, of: Any) -> dict[str, Any]:
        return {"searcher": officer.name}

    def arrange(self) -> None:
        self._items(blank="")


class ItemForm(CaseForm):
    name = line("信息名称", length=300)
    document_number = line("文号", required=False, length=100)
    features = text("其他特征性描述", required=False, rows=2)

    @staticmethod
    def beginning(case: Application, officer: Officer, of: Any) -> dict[str, Any]:
        return {name: getattr(of, name) for name in ("name", "document_number", "features")} if of else {}


class DeliberationForm(CaseForm):
    question = text("会商事项", rows=2)
    departments = forms.ModelMultipleChoiceField(
        Department.objects.none(),
        label="参加处室",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请选择参加会商的处室。"},
    )

    def arrange(self) -> None:
        self._departments("departments")


class OpinionForm(CaseForm):
    text = text("会商意见", rows=2)

    @staticmethod
    def beginning(case: Application, officer: Officer, of: Any) -> dict[str, Any]:
        return {"text": of.text} if of else {}


class ConclusionForm(CaseForm):
    conclusion = text("会商结论", rows=2)
    held_on = day("会商日期", today=True)


class ExtensionForm(CaseForm):
    working_days = forms.IntegerField(
        label="延长工作日",
        min_value=1,
        max_value=EXTENSION_WORKING_DAYS,
        initial=EXTENSION_WORKING_DAYS,
        error_messages={
            "required": "请填写延长的工作日数。",
            "invalid": "请填写数字。",
            "min_value": "至少延长1个工作日。",
            "max_value": f"延长期限最长{EXTENSION_WORKING_DAYS}个工作日。",
        },
    )
    reason = text("延期理由", rows=2)


class ConsultForm(CaseForm):
    kind = choice("征求意见类型", ConsultationKind.choices)
    name = line("第三方或者机关名称", length=120, help="第三方是公民的，姓名加密保存。")
    party_kind = choice("第三方类型", PartyKind.choices, initial=PartyKind.ENTERPRISE, help="征求机关意见时不用选。")
    phone = line("第三方联系电话", required=False, length=40)
    address = line("第三方通信地址", required=False, length=200)
    item = choice("涉及的事项", [], required=False)
    question = text("征求意见的信息", rows=2, help="写明拟公开的内容。不要写申请人是谁。")
    sent_on = day("发出日期", today=True)
    received_on = day("对方收到日期", required=False, help="从收到之日起15个工作日内提出意见；可以以后补录。")

    def arrange(self) -> None:
        self._items()

    def personal(self) -> dict[str, str]:
        """What is kept sealed of a third party."""
        return {name: self.cleaned_data[name] for name in ("name", "phone", "address") if self.cleaned_data[name]}


class RemedyForm(CaseForm):
    kind = choice("类型", RemedyKind.choices)
    body = line("复议机关或者法院", length=120)
    case_number = line("案号", required=False, length=80)
    filed_on = day("提起日期", help="申请人提出复议申请或者起诉的日期。")
    served_on = day("收到答复通知日期", required=False, help="本机关收到申请书副本、起诉状副本之日，答复期限从此起算。")
    simplified = forms.BooleanField(label="适用简易程序", required=False)
    claim = text("请求和理由", required=False, rows=2)


class RepeatForm(CaseForm):
    number = line("前次申请的登记号", required=False, length=40, help="留空即取消关联。")

    @staticmethod
    def beginning(case: Application, officer: Officer, of: Any) -> dict[str, Any]:
        return {"number": case.repeats.number if case.repeats else ""}


class SamePersonForm(CaseForm):
    """Nothing to fill in: the button says it."""


class RegistrationForm(CaseForm):
    channel = choice("接收渠道", Channel.choices)
    arrived_on = day("到达日期")
    signed_on = day("签收日期", required=False, help="需签收的邮寄，以签收之日为收到之日。")
    source_number = line("转来编号", required=False, length=60)
    subject = line("申请内容概述")
    form = choice("提供形式", Form.choices)
    way = choice("获取方式", Way.choices)
    needs_help = line("无障碍协助需求", required=False)

    @staticmethod
    def beginning(case: Application, officer: Officer, of: Any) -> dict[str, Any]:
        names = ("channel", "arrived_on", "signed_on", "source_number", "subject", "form", "way", "needs_help")
        return {name: getattr(case, name) for name in names}
