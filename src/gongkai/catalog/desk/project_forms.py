"""Forms of the projects' pages."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory

from gongkai.agencies.bodies import Agency, Department
from gongkai.catalog.actions.projects import MilestoneGiven
from gongkai.catalog.projects import Project, ProjectKind

_FIELDS = ("kind", "year", "number", "name", "goal", "responsible", "department", "due_day", "finished_on")


class DateInput(forms.DateInput):
    """The browser's own field for a date."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class TakingForm(forms.Form):
    """A form that shows what an action refused at its field."""

    def take(self, error: ValidationError) -> None:
        """Put each message at its field, or above the form."""
        named = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        for field, told in named.items():
            if field not in self.errors:
                self.add_error(field if field in self.fields else None, told)


class ProjectForm(TakingForm):
    """What the project is."""

    kind = forms.ChoiceField(label="类别", choices=ProjectKind.choices)
    year = forms.IntegerField(label="年度", min_value=2000, max_value=2100)
    number = forms.IntegerField(label="序号", required=False, min_value=1, help_text="不填则排在最后。")
    name = forms.CharField(label="项目名称", max_length=150)
    goal = forms.CharField(
        label="年度目标", max_length=2000, widget=forms.Textarea({"rows": 3}), help_text="到年底要完成什么，写出数量。"
    )
    responsible = forms.CharField(label="责任单位", max_length=200)
    department = forms.ModelChoiceField(
        Department.objects.none(), label="牵头处室", required=False, empty_label="（未指定）"
    )
    due_day = forms.IntegerField(label="次月几日前公布", min_value=1, max_value=28, initial=10)
    finished_on = forms.DateField(
        label="完成日期", required=False, widget=DateInput, help_text="全部完成后填写，此后不再要求每月公布。"
    )

    def __init__(self, agency: Agency, project: Project | None, posted: Any, *, year: int) -> None:
        initial: dict[str, Any] = {"year": year, "responsible": agency.name, "due_day": 10}
        if project is not None:
            initial = {key: getattr(project, key) for key in _FIELDS}
        super().__init__(posted, initial=initial)
        self.fields["department"].queryset = agency.departments.filter(abolished_on=None)  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """What ``actions.projects`` takes; a number that was not typed is not given."""
        given = {key: self.cleaned_data[key] for key in _FIELDS}
        if not given["number"]:
            del given["number"]
        return given


class UpdateForm(TakingForm):
    """The progress of a month. With ``correcting``, of one that was published."""

    month = forms.ChoiceField(label="月份")
    percent = forms.IntegerField(label="完成比例（%）", min_value=0, max_value=100)
    stage = forms.CharField(label="阶段", required=False, max_length=60, help_text="如：招标、施工、验收。")
    text = forms.CharField(label="进展情况", max_length=3000, widget=forms.Textarea({"rows": 4}))
    note = forms.CharField(
        label="更正说明", required=False, max_length=300, help_text="更正了什么、为什么，读者会看到。"
    )

    def __init__(self, months: list[date], posted: Any, *, correcting: bool, initial: Any = None) -> None:
        super().__init__(posted, initial=initial, prefix="correct" if correcting else "publish")
        choices = [(f"{one:%Y-%m}", f"{one.year}年{one.month}月") for one in months]
        self.fields["month"].choices = choices  # type: ignore[attr-defined]
        if not correcting:
            del self.fields["note"]

    def facts(self) -> dict[str, Any]:
        """What ``actions.projects`` takes."""
        given = dict(self.cleaned_data)
        year, month = given.pop("month").split("-")
        return given | {"month": date(int(year), int(month), 1)}


class MilestoneForm(forms.Form):
    """One step; a row without a name is none."""

    name = forms.CharField(label="节点", required=False, max_length=100)
    planned_on = forms.DateField(label="计划完成", required=False, widget=DateInput)
    finished_on = forms.DateField(label="实际完成", required=False, widget=DateInput)

    def clean(self) -> dict[str, Any]:
        """A step has a name and a planned day, or nothing at all."""
        given = super().clean() or {}
        if given.get("name") and not given.get("planned_on") and "planned_on" not in self.errors:
            self.add_error("planned_on", "请填写计划完成的日期。")
        if not given.get("name") and (given.get("planned_on") or given.get("finished_on")):
            self.add_error("name", "请填写节点的名称，或者清空这一行。")
        return given


class Milestones(BaseFormSet):
    """All steps of a project, with some empty rows."""

    def steps(self) -> list[MilestoneGiven]:
        """The filled rows in order."""
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("name")]
        return [MilestoneGiven(row["name"], row["planned_on"], row["finished_on"]) for row in rows]


MilestoneFormSet = formset_factory(MilestoneForm, formset=Milestones, extra=3, max_num=40, absolute_max=40)
