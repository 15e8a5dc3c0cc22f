"""What the calculator asks: the acts of a case by their days, and how to read what the Regulation leaves open."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from gongkai.law.answering import EXTENSION_WORKING_DAYS
from gongkai.law.clock import Channel, ConsultationKind, readings_offered

CONSULTATIONS = 3


class _Day(forms.DateField):
    def __init__(self, label: str, **options: Any) -> None:
        widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
        super().__init__(label=label, required=options.pop("required", False), widget=widget, **options)
        self.error_messages["invalid"] = "请写作 2026-03-05 这样的日期。"
        self.error_messages["required"] = f"请填写{label}。"


def _number(label: str, most: int, initial: int) -> forms.IntegerField:
    widget = forms.TextInput({"inputmode": "numeric"})
    field = forms.IntegerField(label=label, required=False, min_value=1, max_value=most, initial=initial, widget=widget)
    field.error_messages |= {"invalid": "请填写整数。", "min_value": "至少为1。", "max_value": f"最多为{most}。"}
    return field


class HistoryForm(forms.Form):
    """Days, all but the first optional. Field names are the parameters of the address."""

    channel = forms.ChoiceField(label="提交渠道", choices=[(one.value, one.label) for one in Channel], initial="online")
    arrived = _Day("到达之日", required=True, help_text="提交、寄到、发到本机关的那一天。")
    signed = _Day("签收之日", help_text="挂号信、特快专递：签收的那一天。")
    confirmed = _Day("双方确认之日", help_text="互联网、传真、平信等：本机关与申请人确认的那一天。")
    notice_on = _Day("告知补正之日")
    notice_until = _Day("补正期限")
    supplement_on = _Day("收到补正之日")
    extension_on = _Day("负责人同意延期之日")
    extension_told = _Day("告知申请人之日")
    extension_days = _number("延长几个工作日", 250, EXTENSION_WORKING_DAYS)
    reasons_on = _Day("要求说明理由之日")
    reasons_until = _Day("说明理由的期限")
    reasons_given = _Day("收到理由之日")
    judged_on = _Day("认定之日")
    reasonable = forms.ChoiceField(
        label="理由是否合理", choices=[("", "未认定"), ("yes", "合理"), ("no", "不合理")], required=False
    )
    later_due = _Day("延迟答复至")
    fee_on = _Day("申请人收到收费通知之日")
    paid_on = _Day("缴费之日")
    replied_on = _Day("答复之日")
    withdrawn_on = _Day("申请人撤回之日")
    today = _Day("计算之日", help_text="不填就是今天；填以后的日子，可以试算到那天的情形。")

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, auto_id="id_%s")
        for number in range(1, CONSULTATIONS + 1):
            self.fields[f"asked_{number}"] = forms.ChoiceField(
                label="征求谁的意见",
                choices=[("", "没有"), *((one.value, one.label) for one in ConsultationKind)],
                required=False,
            )
            self.fields[f"sent_{number}"] = _Day("发出之日")
            self.fields[f"reached_{number}"] = _Day("对方收到之日")
            self.fields[f"answered_{number}"] = _Day("收到意见之日")
        for one in readings_offered():
            if one.is_number:
                self.fields[one.key] = _number(f"{one.label}（工作日）", 250, int(one.default))
            else:
                choices = [("", f"{one.said(one.default)}（默认）"), (_other(one.default), one.said(not one.default))]
                self.fields[one.key] = forms.ChoiceField(label=one.label, choices=choices, required=False)

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = self.cleaned_data
        for first, then, words in (
            ("supplement_on", "notice_on", "填写了收到补正之日的，请填写告知补正之日。"),
            ("notice_until", "notice_on", "填写了补正期限的，请填写告知补正之日。"),
            ("extension_told", "extension_on", "填写了告知延期之日的，请填写负责人同意延期之日。"),
            ("reasons_given", "reasons_on", "填写了收到理由之日的，请填写要求说明理由之日。"),
            ("reasons_on", "reasons_until", "请填写说明理由的期限。"),
            ("judged_on", "reasonable", "请选择理由是否合理。"),
            ("reasonable", "judged_on", "请填写认定之日。"),
            ("paid_on", "fee_on", "填写了缴费之日的，请填写申请人收到收费通知之日。"),
            *((f"answered_{n}", f"sent_{n}", "请填写发出之日。") for n in range(1, CONSULTATIONS + 1)),
            *((f"asked_{n}", f"sent_{n}", "请填写发出之日。") for n in range(1, CONSULTATIONS + 1)),
            *((f"sent_{n}", f"asked_{n}", "请选择征求谁的意见。") for n in range(1, CONSULTATIONS + 1)),
        ):
            if values.get(first) and not values.get(then) and then not in self.errors:
                self.add_error(then, words)
        return values

    @property
    def consultation_rows(self) -> list[list[forms.BoundField]]:
        """The fields of each consultation."""
        names = ("asked", "sent", "reached", "answered")
        return [[self[f"{name}_{number}"] for name in names] for number in range(1, CONSULTATIONS + 1)]

    @property
    def reading_fields(self) -> list[forms.BoundField]:
        """The fields of the readings, in the order of the law's own list."""
        return [self[one.key] for one in readings_offered()]

    @property
    def opened(self) -> dict[str, bool]:
        """Which parts have something in them or something wrong, and are therefore unfolded."""
        parts = {
            "notice": ("notice_on", "notice_until", "supplement_on"),
            "consultations": tuple(one.name for row in self.consultation_rows for one in row),
            "extension": ("extension_on", "extension_told"),
            "reasons": ("reasons_on", "reasons_until", "reasons_given", "judged_on", "reasonable", "later_due"),
            "fee": ("fee_on", "paid_on"),
            "ending": ("replied_on", "withdrawn_on"),
            "readings": tuple(one.key for one in readings_offered()),
        }
        told = self.data if self.is_bound else {}
        return {part: any(told.get(name) or name in self.errors for name in names) for part, names in parts.items()}

    def document(self) -> tuple[dict[str, Any], list[dict[str, str]]]:
        """The document of docs/clock.md, and for each of its acts which field of the form gave which of its facts."""
        acts: list[dict[str, Any]] = []
        places: list[dict[str, str]] = []
        for name, fields in self._acts():
            if any(self.cleaned_data.get(field) for field in fields.values()):
                values = {key: self._said(field) for key, field in fields.items()}
                known = {key: value for key, value in values.items() if value is not None}
                acts.append({"act": name} | known)
                places.append(fields)
        for number, act in enumerate(one for one in acts if one["act"] == "consultation_sent"):
            act.setdefault("key", str(number + 1))
        document: dict[str, Any] = {"acts": acts, "readings": self._readings()}
        if self.cleaned_data.get("today"):
            document["today"] = self._said("today")
        return document, places

    def _acts(self) -> list[tuple[str, dict[str, str]]]:
        found = [
            ("received", {"arrived": "arrived", "channel": "channel", "signed": "signed", "confirmed": "confirmed"})
        ]
        found.append(("clarification_notice", {"on": "notice_on", "until": "notice_until"}))
        found.append(("supplement", {"on": "supplement_on"}))
        for n in range(1, CONSULTATIONS + 1):
            if self.cleaned_data.get(f"sent_{n}"):
                named = {"on": f"sent_{n}", "kind": f"asked_{n}", "received": f"reached_{n}", "key": f"#{n}"}
                found.append(("consultation_sent", named))
            found.append(("consultation_answered", {"on": f"answered_{n}", "key": f"#{n}"}))
        if self.cleaned_data.get("extension_on"):
            named = {"approved_on": "extension_on", "notified_on": "extension_told", "working_days": "extension_days"}
            found.append(("extension_granted", named))
        found.append(("reasons_demanded", {"on": "reasons_on", "until": "reasons_until"}))
        found.append(("reasons_given", {"on": "reasons_given"}))
        if self.cleaned_data.get("judged_on"):
            found.append(("reasons_judged", {"on": "judged_on", "reasonable": "reasonable", "later_due": "later_due"}))
        found.append(("fee_notice", {"on": "fee_on"}))
        found.append(("fee_paid", {"on": "paid_on"}))
        found.append(("replied", {"on": "replied_on"}))
        found.append(("withdrawn", {"on": "withdrawn_on"}))
        return found

    def _said(self, field: str) -> Any:
        if field.startswith("#"):
            return field[1:]
        value = self.cleaned_data.get(field)
        if isinstance(value, date):
            return value.isoformat()
        if field == "reasonable":
            return value == "yes"
        return value or None

    def _readings(self) -> dict[str, bool | int]:
        given = {one.key: self.cleaned_data.get(one.key) for one in readings_offered()}
        numbers = {one.key for one in readings_offered() if one.is_number}
        return {key: int(value) if key in numbers else value == "true" for key, value in given.items() if value}


def _other(default: bool | int) -> str:
    return "false" if default else "true"
