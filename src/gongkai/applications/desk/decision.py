"""The form of one item's decision: which outcome, on which grounds, with which facts, and everything it still lacks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from gongkai.applications.decisions import TYPED_FACTS, chosen_outcomes, missing_of
from gongkai.applications.desk.case_forms import choice, day, line, text
from gongkai.applications.items import ItemState, RequestedItem
from gongkai.applications.queries import earlier_replies
from gongkai.law import grounds as law_grounds
from gongkai.law import replies
from gongkai.law.replies import Missing, Outcome
from gongkai.law.report_rows import row as report_row
from gongkai.law.requirements import Fact


def _outcomes() -> list[tuple[str, list[tuple[str, str]]]]:
    """Outcomes by group of the annual report."""
    found: dict[str, list[tuple[str, str]]] = {}
    for one in chosen_outcomes():
        found.setdefault(one.disposal.label, []).append((one.key, one.label))
    return list(found.items())


class DecisionForm(forms.Form):
    """Everything a decision may be made of. What the outcome has no use for is not asked (``fields_shown``)."""

    use_required_attribute = False

    outcome = choice("处理决定", [])
    grounds = forms.MultipleChoiceField(
        label="不公开的理由",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="有几项理由的，年度报告按列在前面的第一项统计。",
        error_messages={"invalid_choice": "请从列出的理由中选择。"},
    )
    reasons = text("事实和理由", required=False, rows=4, help="会写进答复书：事实、依据的规定和理由。")
    way_to_get = line("获取的方式、途径", required=False)
    time_to_get = day("可以获取的时间", required=False)
    other_agency_name = line("负责公开的机关名称", required=False)
    other_agency_contact = line("负责公开的机关联系方式", required=False)
    other_agency_unknown = forms.BooleanField(label="不能确定负责公开的行政机关", required=False)
    earlier = choice("前次答复", [], required=False)
    earlier_reply = line("前次答复的文号或者日期", required=False, help="前次答复不在本系统时填写。")
    third_party = text(
        "征求第三方意见的情况", required=False, rows=2, help="无法征求意见的，写明原因；已登记的征求意见自动列入。"
    )
    override_reasons = text("第三方不同意仍予公开的理由", required=False, rows=2)
    special_provision = text("特别规定和办理途径", required=False, rows=2)
    excess = text("数量、频次明显超过合理范围的事实", required=False, rows=2)
    proper_channel = line("可以通过的渠道", required=False)

    def __init__(
        self, item: RequestedItem, data: Mapping[str, Any] | None = None, initial: Mapping[str, Any] | None = None
    ) -> None:
        beginning = _beginning(item) | dict(initial or {})
        super().__init__(data, prefix=f"decide{item.pk}", label_suffix="", initial=beginning)
        self.item = item
        self._options("outcome", [("", "请选择"), *_outcomes()])
        self.chosen = chosen = self._chosen()
        allowed = [law_grounds.ground(key) for key in chosen.grounds] if chosen else []
        self._options("grounds", [(one.key, f"{one.label}（{one.citation.split('》')[-1]}）") for one in allowed])
        earlier = [(str(one.pk), f"{one.number}　{one.subject[:30]}") for one in earlier_replies(item.application)]
        self._options("earlier", [("", "不在本系统"), *earlier])
        for name in set(self.fields) - set(fields_shown(item, chosen)):
            del self.fields[name]

    def _options(self, name: str, options: Any) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = options

    @property
    def outcome_field(self) -> forms.BoundField:
        """What all others depend on."""
        return self["outcome"]

    @property
    def other_fields(self) -> list[forms.BoundField]:
        """What the outcome has a use for."""
        return [one for one in self if one.name != "outcome"]

    def _chosen(self) -> Outcome | None:
        """The outcome chosen, as the form stands."""
        value = self.data.get(self.add_prefix("outcome"), "") if self.is_bound else self.initial.get("outcome", "")
        return next((one for one in chosen_outcomes() if one.key == value), None)

    def typed(self) -> dict[str, Any]:
        """What was typed so far, right or wrong, to be shown in a form of other fields."""
        self.is_valid()
        return {name: self[name].value() for name in self.fields} | dict(self.cleaned_data)

    def given(self) -> dict[str, Any]:
        """What ``draft`` takes. Call after ``is_valid``."""
        cleaned = self.cleaned_data
        facts = {name: _plain(cleaned[name]) for name in TYPED_FACTS if cleaned.get(name)}
        return {
            "outcome": cleaned["outcome"],
            "grounds": cleaned.get("grounds") or [],
            "reasons": cleaned.get("reasons", ""),
            "facts": facts,
            "earlier": cleaned.get("earlier") or None,
        }

    def missing(self) -> list[Missing]:
        """What the decision lacks as the form stands now, saved or not."""
        if not self.is_bound:
            return missing_of(self.item)
        tried = RequestedItem(pk=self.item.pk, application=self.item.application)
        self.is_valid()
        if "outcome" in self.cleaned_data:
            given = self.given()
            tried.outcome, tried.grounds = given["outcome"], given["grounds"]
            tried.reasons, tried.facts = given["reasons"], given["facts"]
            earlier = {str(one.pk): one for one in earlier_replies(self.item.application)}
            tried.earlier = earlier.get(str(given["earlier"]))
        tried._prefetched_objects_cache = {"searches": list(self.item.searches.all())}  # type: ignore[attr-defined]
        return missing_of(tried)


def fields_shown(item: RequestedItem, chosen: Outcome | None) -> Sequence[str]:
    """The fields that the outcome has a use for: its grounds, what it requires, and what third parties' rights add."""
    if chosen is None:
        return ("outcome",)
    wanted: list[str] = ["outcome"]
    if chosen.needs_ground:
        wanted.append("grounds")
    wanted.append("reasons")
    for fact in chosen.requires:
        wanted += _FIELDS_OF.get(fact, [])
    if chosen.needs_ground:
        wanted.append("third_party")
    if chosen.discloses:
        wanted.append("override_reasons")
    return list(dict.fromkeys(wanted))


_FIELDS_OF: dict[Fact, list[str]] = {
    Fact.PROVISION: ["way_to_get", "time_to_get"],
    Fact.WAY_TO_GET: ["way_to_get"],
    Fact.OTHER_AGENCY_NAME: ["other_agency_name", "other_agency_contact", "other_agency_unknown"],
    Fact.EARLIER_REPLY: ["earlier", "earlier_reply"],
    Fact.SPECIAL_PROVISION: ["special_provision"],
    Fact.EXCESS: ["excess"],
    Fact.PROPER_CHANNEL: ["proper_channel"],
}


def _beginning(item: RequestedItem) -> dict[str, Any]:
    return {
        "outcome": item.outcome,
        "grounds": item.grounds,
        "reasons": item.reasons,
        "earlier": str(item.earlier_id or ""),
        **item.facts,
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


@dataclass(frozen=True)
class Decided:
    """How an item's decision is shown: the words, the row of the annual report, and what is missing."""

    label: str
    tone: str
    row: str
    grounds: Sequence[str]
    missing: Sequence[Missing]


_TONE = {"granted": "good", "partial": "soon", "denied": "late"}


def decided(item: RequestedItem) -> Decided | None:
    """The decision on an item as it stands; None where there is none."""
    if not item.outcome:
        return None
    outcome = replies.outcome(item.outcome)
    named = replies.grounds_of(outcome, item.grounds)
    try:
        row = report_row(replies.report_row(outcome, item.grounds)).label
    except ValueError:
        row = ""
    open_ = item.state in (ItemState.OPEN, ItemState.DRAFTED)
    return Decided(
        outcome.label,
        _TONE.get(outcome.disposal.value, ""),
        row,
        [f"{one.label}（{one.citation}）" for one in named],
        missing_of(item) if open_ else [],
    )
