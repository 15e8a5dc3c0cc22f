"""Forms of the column pages."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from gongkai.agencies.bodies import Agency
from gongkai.agencies.officers import Officer
from gongkai.catalog import doctypes, header, queries
from gongkai.catalog.columns import Column, ColumnKind, ColumnRule, Reach
from gongkai.catalog.documents import Document, Topic
from gongkai.law import articles, upkeep

_RULE_FIELDS = ("types", "items", "topics", "subjects", "genres")


class ColumnForm(forms.Form):
    """A column with its rule spelt out; ``facts`` gives what the action takes."""

    name = forms.CharField(label="栏目名称", max_length=60)
    key = forms.SlugField(label="英文简称", max_length=50, help_text="用作网址，建立后不宜再改。")
    parent = forms.ModelChoiceField(Column.objects.none(), label="上级栏目", required=False, empty_label="（一级栏目）")
    position = forms.IntegerField(label="顺序", min_value=0, initial=0)
    kind = forms.ChoiceField(label="形式", choices=ColumnKind.choices)
    description = forms.CharField(label="栏目说明", max_length=300, required=False)
    duty = forms.ChoiceField(label="更新时限", choices=[(one.key, one.sentence) for one in upkeep.DUTIES])
    types = forms.MultipleChoiceField(
        label="收录类型", required=False, choices=doctypes.choices, widget=forms.CheckboxSelectMultiple
    )
    items = forms.MultipleChoiceField(
        label="收录法定主动公开内容",
        required=False,
        choices=[(one.key, f"{one.numeral}{one.name}") for one in articles.ARTICLE_20],
        widget=forms.CheckboxSelectMultiple,
    )
    topics = forms.MultipleChoiceField(label="收录专题", required=False, widget=forms.CheckboxSelectMultiple)
    subjects = forms.MultipleChoiceField(
        label="收录主题分类",
        required=False,
        choices=[(one, one) for one in header.SUBJECTS],
        widget=forms.SelectMultiple,
    )
    genres = forms.CharField(label="收录体裁", required=False, help_text="用空格隔开，如：通知 公告。不填则不限。")
    reach = forms.ChoiceField(label="范围", choices=Reach.choices)
    picked_only = forms.BooleanField(label="只收录手选的文件", required=False)
    on_home = forms.BooleanField(label="在首页展示", required=False)
    in_nav = forms.BooleanField(label="在导航展示", required=False)

    def __init__(self, agency: Agency, column: Column | None, posted: Any) -> None:
        super().__init__(
            posted, initial=_initial(column) if column else {"kind": "list", "duty": "fixed", "reach": "own"}
        )
        others = agency.columns.exclude(pk=column.pk) if column else agency.columns.all()
        self.fields["parent"].queryset = others  # type: ignore[attr-defined]
        chosen = Topic.objects.filter(agency=agency).values_list("slug", "name")
        self.fields["topics"].choices = list(chosen)  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """What ``actions.columns`` takes: the fields of the row, the rule as JSON."""
        given = dict(self.cleaned_data)
        conditions = {field: tuple(given.pop(field)) for field in _RULE_FIELDS if field != "genres"}
        genres = tuple(given.pop("genres").split())
        rule = ColumnRule(**conditions, genres=genres, reach=given.pop("reach"), picked_only=given.pop("picked_only"))
        return given | {"rule": rule.stored()}

    def take(self, error: ValidationError) -> None:
        """Put what the action refused at its field."""
        named = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        for field, told in named.items():
            self.add_error(field if field in self.fields else None, told)


class PicksForm(forms.Form):
    """Hand-picked documents, one 索引号 a line, in the order of display."""

    picks = forms.CharField(
        label="手选文件",
        required=False,
        widget=forms.Textarea({"rows": 6}),
        help_text="每行一个索引号，自上而下就是显示顺序。可以选其他机关已发布的文件。",
    )

    def __init__(self, officer: Officer, column: Column, posted: Any) -> None:
        chosen = column.picks.select_related("document")
        super().__init__(posted, initial={"picks": "\n".join(one.document.index_number for one in chosen)})
        self.officer = officer
        self._documents: list[Document] = []

    def clean_picks(self) -> str:
        """Every line must name a document that is public or the agency's own."""
        text: str = self.cleaned_data["picks"]
        numbers = [line.strip() for line in text.splitlines() if line.strip()]
        mine = queries.access_documents(self.officer)
        allowed = Document.objects.filter(Q(pk__in=mine) | Q(pk__in=queries.public_documents()))
        found = {one.index_number: one for one in allowed.filter(index_number__in=numbers)}
        missing = [number for number in numbers if number not in found]
        if missing:
            raise ValidationError(f"没有找到这些索引号：{'、'.join(missing)}。请核对后重新填写。")
        self._documents = [found[number] for number in dict.fromkeys(numbers)]
        return text

    def documents(self) -> list[Document]:
        """The documents named, in order."""
        return self._documents


class TopicForm(forms.Form):
    """A topic."""

    name = forms.CharField(label="专题名称", max_length=60)
    slug = forms.SlugField(label="英文简称", max_length=40, help_text="已有的简称会改名，新的简称会新建。")


def _initial(column: Column) -> dict[str, Any]:
    rule = column.rules
    values = {
        field: getattr(column, field)
        for field in ("name", "key", "parent", "position", "kind", "description", "duty", "on_home", "in_nav")
    }
    conditions = {field: list(getattr(rule, field)) for field in _RULE_FIELDS if field != "genres"}
    return values | conditions | {"genres": " ".join(rule.genres), "reach": rule.reach, "picked_only": rule.picked_only}
