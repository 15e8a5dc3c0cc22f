"""What an applicant can do now: the events the procedure permits, and what the law grants beside it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django import forms

from gongkai.applications.actions import applying, later
from gongkai.applications.actions.applying import Papers
from gongkai.applications.applications import Application, ApplicationState
from gongkai.applications.files import FileRole
from gongkai.applications.portal import wordings
from gongkai.applications.portal.fields import Choice, Line, Words
from gongkai.applications.powers import ApplicantActor
from gongkai.applications.procedures import APPLICATION
from gongkai.applications.uploads import PAYMENT, SUPPLEMENT
from gongkai.interfaces.uploads.fields import UploadField
from gongkai.procedures.engine import Permission, fire, permitted

_LONGEST = 5000
_STARS = [("5", "非常满意"), ("4", "满意"), ("3", "一般"), ("2", "不满意"), ("1", "很不满意")]
_RATED_IN = (ApplicationState.DELIVERED, ApplicationState.ARCHIVED)
Carry = Callable[[Application, ApplicantActor, dict[str, Any]], str]


@dataclass(frozen=True)
class Deed:
    """One thing to do: its form, what it means, and doing it (which returns what to say afterwards). ``urgent``: the
    case waits for it; ``reasons``: why it cannot be done now."""

    key: str
    label: str
    text: str
    form: forms.Form
    carry: Carry
    urgent: bool = False
    danger: bool = False
    reasons: tuple[str, ...] = ()
    tried: bool = False


def offered(application: Application, actor: ApplicantActor, tried: tuple[str, forms.Form] | None = None) -> list[Deed]:
    """Everything, what the case waits for first; the one that was not carried out with what was typed."""
    found = [_confirmation(application), *_events(application, actor), _payment(application), *_rights(application)]
    all_of_them = [one for one in found if one is not None]
    if tried is not None:
        key, form = tried
        all_of_them = [replace(one, form=form, tried=True) if one.key == key else one for one in all_of_them]
    return sorted(all_of_them, key=lambda one: not one.urgent)


def label_of(key: str) -> str:
    """What the deed of that key is called."""
    return wordings.ACTS[key].label if key in wordings.ACTS else _OTHERS[key][0]


def blank(key: str) -> forms.Form | None:
    """The form of the deed of that key, of whatever application; None for a key of no deed."""
    if key in wordings.ACTS:
        return _event_form(key, wordings.ACTS[key])
    return _OTHERS[key][1](auto_id=f"id_{key}_%s") if key in _OTHERS else None


class _Nothing(forms.Form):
    pass


def _confirmation(application: Application) -> Deed | None:
    if application.state != ApplicationState.UNCONFIRMED or application.applicant_confirmed_at is not None:
        return None

    def carry(application: Application, actor: ApplicantActor, given: dict[str, Any]) -> str:
        applying.confirm(application, by=actor)
        return "已经记下您的确认。本机关确认之后，答复期限开始计算。"

    text = "这件申请是您提交的，内容无误。您先确认，本机关确认之后就开始计算答复期限。"
    return _other("confirm", text, carry, urgent=True)


def _events(application: Application, actor: ApplicantActor) -> list[Deed]:
    return [
        _event(application, one)
        for one in permitted(APPLICATION, application, actor)
        if one.in_role and one.event.key in wordings.ACTS
    ]


def _event(application: Application, permission: Permission) -> Deed:
    key, words = permission.event.key, wordings.ACTS[permission.event.key]

    def carry(application: Application, actor: ApplicantActor, given: dict[str, Any]) -> str:
        kept = given.pop("papers", None)
        if kept:
            papers = Papers(FileRole.SUPPLEMENT, SUPPLEMENT.name, kept)
            applying.act_with_papers(application, key, given, papers, by=actor)
        else:
            fire(APPLICATION, application, key, by=actor, given=given, version=application.version)
        return f"已经{words.label}。"

    return Deed(
        key,
        words.label,
        words.text,
        _event_form(key, words),
        carry,
        urgent=bool(words.needed),
        danger=permission.event.tone == "danger",
        reasons=permission.reasons,
    )


def _event_form(key: str, words: wordings.Act) -> forms.Form:
    fields: dict[str, forms.Field] = {
        name: Words(label, longest=_LONGEST, rows=4, required=name in words.needed)
        for name, label in words.asks.items()
    }
    if words.needed:
        fields["papers"] = UploadField(SUPPLEMENT.name, most=5, required=False, label="附件")
    made: type[forms.Form] = type("EventForm", (forms.Form,), fields)
    return made(auto_id=f"id_{key}_%s")


class _PaymentForm(forms.Form):
    proof = UploadField(PAYMENT.name, most=3, label="缴费凭证（截图或者票据照片）")


def _payment(application: Application) -> Deed | None:
    if application.state != ApplicationState.PAYING:
        return None

    def carry(application: Application, actor: ApplicantActor, given: dict[str, Any]) -> str:
        applying.hand_in(application, Papers(FileRole.PAYMENT, PAYMENT.name, given["proof"]), by=actor)
        return "缴费凭证已经提交，本机关核对后登记。"

    text = "按收费通知缴费之后，把凭证传上来，本机关核对后登记，答复期限从缴费的次日重新计算。"
    return _other("pay", text, carry, urgent=True)


class _CorrectionForm(forms.Form):
    record_name = Line("哪一份记录不准确", longest=300)
    wrong = Words("哪里不准确，应当是什么", longest=3000)
    proof = Words("有什么证据", longest=3000, help_text="说明证据是什么；需要提交原件的，我们会与您联系。")


class _ProposalForm(forms.Form):
    what = Line("建议公开什么信息", longest=300)
    why = Words("理由", longest=2000, required=False)


class _RatingForm(forms.Form):
    stars = Choice("对这次办理", _STARS, buttons=True)
    words = Words("意见", longest=1000, required=False)


def _rights(application: Application) -> list[Deed]:
    """Arts. 41 and 44, and an opinion of the service."""

    def correct(application: Application, actor: ApplicantActor, given: dict[str, Any]) -> str:
        later.file_correction(application.agency, application.applicant, by=actor, application=application, **given)
        return "更正申请已经提交，处理结果会告知您。"

    def propose(application: Application, actor: ApplicantActor, given: dict[str, Any]) -> str:
        later.propose(application.agency, by=actor, application=application, likeness=application.likeness, **given)
        return "建议已经提交，审核结果会告知您。"

    def rate(application: Application, actor: ApplicantActor, given: dict[str, Any]) -> str:
        later.rate(application, stars=int(given["stars"]), words=given["words"], by=actor)
        return "谢谢您的评价。"

    text = "发现本机关提供的与您自己有关的记录不准确的，可以要求更正（条例第四十一条）。"
    found = [_other("correct", text, correct)]
    text = "认为这类信息应当向所有人公开的，可以建议纳入主动公开（条例第四十四条）。"
    found.append(_other("propose", text, propose, initial={"what": application.subject}))
    if application.state in _RATED_IN:
        found.append(_other("rate", "帮助我们改进，不影响办理结果。", rate))
    return found


_OTHERS: dict[str, tuple[str, type[forms.Form]]] = {
    "confirm": ("确认提交", _Nothing),
    "pay": ("提交缴费凭证", _PaymentForm),
    "correct": ("要求更正与自己有关的记录", _CorrectionForm),
    "propose": ("建议主动公开", _ProposalForm),
    "rate": ("评价这次办理", _RatingForm),
}
"""What is no event of the procedure, with its form."""


def _other(key: str, text: str, carry: Carry, *, urgent: bool = False, initial: dict[str, Any] | None = None) -> Deed:
    label, form = _OTHERS[key]
    return Deed(key, label, text, form(initial=initial, auto_id=f"id_{key}_%s"), carry, urgent=urgent)
