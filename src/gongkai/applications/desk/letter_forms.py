"""Forms of a letter's page: facts that are missing or to be said otherwise, sending, what became of it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from gongkai.applications import mailing
from gongkai.applications.actions.papers import DEPARTMENT_ADDS, OFFICE_ADDS
from gongkai.applications.applications import Application, Way
from gongkai.applications.desk.case_forms import choice, day, line, text
from gongkai.applications.dispatch import Letter, Method
from gongkai.applications.files import FileRole
from gongkai.applications.items import RequestedItem
from gongkai.applications.letter_drafts import FactRow
from gongkai.applications.letters import catalogue
from gongkai.applications.letters.catalogue import Addressee
from gongkai.applications.replying import METHODS
from gongkai.law.answering import EXTENSION_WORKING_DAYS


class PageForm(forms.Form):
    """A form that says in our words what is missing."""

    use_required_attribute = False

    def __init__(self, data: Mapping[str, Any] | None = None, files: Any = None, **facts: Any) -> None:
        super().__init__(data, files, label_suffix="", **facts)


class FactsForm(PageForm):
    """The facts of a letter that a person may type; nothing has to be there before the letter is frozen."""

    def __init__(self, letter: Letter, rows: Sequence[FactRow], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, prefix="fact", initial={"dated": letter.dated})
        self.rows = [one for one in rows if one.may_type]
        self.fields["dated"] = day("成文日期", required=False, help="落款的日期，不填为定稿当日。")
        for row in self.rows:
            self.fields[row.field] = _field(row)

    @property
    def asked(self) -> list[forms.BoundField]:
        """What is missing, or was typed for this letter: shown at once, and what is missing not as 选填."""
        shown = [row for row in self.rows if row.missing or row.typed or row.field in self.errors]
        for row in shown:
            self.fields[row.field].required = row.missing  # for the eye; a letter is saved with gaps
        return [self[row.field] for row in shown]

    @property
    def found(self) -> list[forms.BoundField]:
        """What the case says already, to be said otherwise in this letter."""
        asked = {one.name for one in self.asked}
        return [self[row.field] for row in self.rows if row.field not in asked]

    @property
    def given(self) -> dict[str, str]:
        """What was typed, by Chinese name, as the letter keeps it."""
        typed = ((row.name, self.cleaned_data.get(row.field)) for row in self.rows)
        return {
            name: value.isoformat() if isinstance(value, date) else str(value)
            for name, value in typed
            if value not in (None, "")
        }


def _field(row: FactRow) -> forms.Field:
    field: forms.Field
    if row.kind == "date":
        field = day(row.name, required=False)
    elif row.kind == "number":
        field = forms.IntegerField(label=row.name, min_value=1, max_value=EXTENSION_WORKING_DAYS * 3, required=False)
        field.error_messages["invalid"] = f"“{row.name}”请填写数字，如 15。"
    else:
        lines = row.kind == "lines"
        field = text(row.name, required=False, rows=3 if lines else 2, help="一行一项。" if lines else "")
    field.initial = row.typed
    return field


_BY_HAND = "email-recorded"


class SendForm(PageForm):
    """How a frozen letter goes out."""

    method = choice("送达方式", ())
    sent_on = day("发出日期", today=True)
    tracking = line("邮件号", required=False, length=60, help="邮寄的填写。")

    def __init__(self, letter: Letter, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, prefix="send", initial={"method": letter.application.way})
        to_applicant = catalogue.get(letter.key).addressee is Addressee.APPLICANT
        field = self.fields["method"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 # declared above
        no_mail = mailing.obstacles_to(letter)
        possible = {Method.ONLINE: to_applicant, Method.EMAIL: not no_mail}
        field.choices = [(one.value, METHODS[one]) for one in Method if possible.get(one, True)]
        field.choices.append((_BY_HAND, "电子邮件（已用其他邮箱发出，只作登记）"))
        if to_applicant and letter.application.way == Way.EMAIL and no_mail:
            field.help_text = f"不能由本系统发送电子邮件：{'；'.join(no_mail)}。"

    @property
    def chosen(self) -> tuple[Method, bool]:
        """The way, and whether it is only recorded although the system could do it; call after ``is_valid``."""
        value = self.cleaned_data["method"]
        return (Method.EMAIL, True) if value == _BY_HAND else (Method(value), False)


class ArrivedForm(PageForm):
    """It was received."""

    on = day("送达日期", today=True)
    received_by = line("签收人", length=60)
    proof = forms.FileField(label="送达证明", required=False, help_text="送达回证、签收单的扫描件，PDF 或图片。")


class CameBackForm(PageForm):
    """It came back."""

    on = day("退回日期", today=True)
    why = line("退回原因")


class VoidForm(PageForm):
    """Why a letter is given up."""

    reason = line("作废理由")


class WordForm(PageForm):
    """A letter edited in Word."""

    word = forms.FileField(
        label="修改后的 Word 文件",
        help_text="只采用正文；标题、文号、主送、落款由系统填写。",
        error_messages={"required": "请选择修改后的 Word 文件。", "empty": "文件是空的，请重新选择。"},
    )


class PaperForm(PageForm):
    """A file of the case; ``office``: whether it may be more than a department puts in."""

    role = choice("材料类别", ())
    item = choice("属于哪一项", (), required=False)
    file = forms.FileField(
        label="文件",
        help_text="扫描件、回函、拟提供的信息等，加密保存。",
        error_messages={"required": "请选择文件。", "empty": "这个文件是空的，请重新选择。"},
    )

    def __init__(
        self, case: Application, *, office: bool, data: Mapping[str, Any] | None = None, files: Any = None
    ) -> None:
        super().__init__(data, files, prefix="paper")
        self.items = {str(one.pk): one for one in case.items.all()}
        listed = [(pk, f"第{one.position}项　{one.name[:40]}") for pk, one in self.items.items()]
        roles = [(one.value, str(one.label)) for one in (OFFICE_ADDS if office else DEPARTMENT_ADDS)]
        for name, choices in (("role", roles), ("item", [("", "整件申请"), *listed])):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices

    @property
    def chosen(self) -> tuple[FileRole, RequestedItem | None]:
        """Role and item; call after ``is_valid``."""
        given = self.cleaned_data
        return FileRole(given["role"]), self.items.get(given["item"])
