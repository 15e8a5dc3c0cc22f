"""Forms of the pages on which the search is steered."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from gongkai.agencies.bodies import Agency
from gongkai.agencies.officers import Officer
from gongkai.catalog.documents import Document
from gongkai.catalog.queries import public_documents
from gongkai.search import queries
from gongkai.search.best_bets import BestBet
from gongkai.search.synonyms import SynonymGroup

_BETWEEN = re.compile(r"[、，,；;=＝\n\r]+")
_CITY, _OWN = "city", "own"


class Steering(forms.Form):
    """What holds for the own site, or (supervising office) for the whole city."""

    scope = forms.ChoiceField(label="适用范围", choices=[(_OWN, "本机关网站"), (_CITY, "全市各网站")], initial=_OWN)

    def __init__(self, officer: Officer, data: Any, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial or {}, label_suffix="")
        self.officer = officer
        # What there is already stays whose it is.
        if initial is not None or not queries.may_steer_city(officer):
            del self.fields["scope"]

    def agency(self) -> Agency | None:
        """Whose it is to be; None is the whole city's."""
        return None if self.cleaned_data.get("scope") == _CITY else self.officer.agency

    def take(self, error: ValidationError) -> None:
        """Put what the action refused at its field."""
        for field, told in error.message_dict.items():
            self.add_error(field if field in self.fields else None, told)


class SynonymForm(Steering):
    """A group of equal words."""

    words = forms.CharField(
        label="同义的词",
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text="用顿号隔开，如：公租房、公共租赁住房。意思要完全相同，搜其中一个时其他的也一起找。",
        error_messages={"required": "请填写至少两个意思相同的词。"},
    )
    note = forms.CharField(label="说明", max_length=200, required=False)

    def several(self) -> list[str]:
        """The words, as they were separated."""
        return [one.strip() for one in _BETWEEN.split(self.cleaned_data["words"]) if one.strip()]

    @staticmethod
    def of(group: SynonymGroup) -> dict[str, Any]:
        """What the form shows for a group there is."""
        return {"words": "、".join(group.words), "note": group.note}


class BestBetForm(Steering):
    """What is shown on top for a query."""

    query = forms.CharField(
        label="搜索词",
        max_length=40,
        help_text="公众搜索的词与它完全相同（或是同义词）时显示，如：社保卡丢了怎么办。",
        error_messages={"required": "请填写搜索词。"},
    )
    document = forms.CharField(
        label="推荐的文件", max_length=60, required=False, help_text="已公开文件的索引号。与网址只填一个。"
    )
    address = forms.CharField(
        label="或者推荐的网址", max_length=300, required=False, help_text="本站路径（如 /lm/zhinan/）或 https:// 网址。"
    )
    title = forms.CharField(label="显示的标题", max_length=100, required=False, help_text="推荐网址时必填。")
    note = forms.CharField(label="推荐说明", max_length=200, required=False, help_text="显示在标题下面的一句话。")
    until = forms.DateField(
        label="推荐至",
        required=False,
        help_text="过了这一天不再显示，不填则一直显示。",
        error_messages={"invalid": "请填写日期，如 2026-12-31。"},
        widget=forms.DateInput({"type": "date"}),
    )

    def clean_document(self) -> Document | None:
        """The public document of that index number."""
        number = self.cleaned_data["document"].strip()
        if not number:
            return None
        found = public_documents().filter(index_number=number).first()
        if found is None:
            raise ValidationError(f"没有索引号为“{number}”的已公开文件。请核对索引号；未公开的文件不能推荐。")
        return found

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        names = ("query", "document", "address", "title", "note", "until")
        return {name: self.cleaned_data[name] for name in names}

    @staticmethod
    def of(bet: BestBet) -> dict[str, Any]:
        """What the form shows for a best bet there is."""
        values = {name: getattr(bet, name) for name in ("query", "address", "title", "note", "until")}
        return values | {"document": bet.document.index_number if bet.document else ""}


class DeniedForm(Steering):
    """A word that is not suggested."""

    word = forms.CharField(
        label="屏蔽的词",
        max_length=40,
        help_text="含有这个词的标题和常用搜索不再出现在联想里，仍然搜得到。",
        error_messages={"required": "请填写要屏蔽的词。"},
    )
    note = forms.CharField(label="理由", max_length=200, required=False)
