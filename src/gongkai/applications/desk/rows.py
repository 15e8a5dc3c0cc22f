"""What the page of a case says in rows: its header, the steps of the clock, cases beside it, what happened."""

from collections.abc import Iterable, Sequence
from typing import Any

from gongkai.applications import asked_names
from gongkai.applications.applications import Application
from gongkai.law import fees
from gongkai.law.applicants import ApplicantKind
from gongkai.law.clock import StepState, Timeline
from gongkai.ledger.refs import Ref

RELATED = ("agency", "applicant", "agent", "handler", "round_of", "repeats", "moved_from__agency", "confirmed_by")
"""What the header reads."""


def header(case: Application) -> list[dict[str, Any]]:
    """Who asks, how it came, how the reply is wanted, who has it in hand. The applicant is masked."""
    kind = ApplicantKind(case.applicant_kind).full_label
    rows: list[dict[str, Any]] = [
        {"label": "申请人", "value": f"{kind}　{case.applicant.masked_name}"},
        {"label": "代理人", "value": case.agent.masked_name if case.agent else ""},
        {"label": "接收渠道", "value": _came(case)},
        {"label": "转来编号", "value": case.source_number},
        {"label": "提供形式", "value": f"{case.get_form_display()}，{case.get_way_display()}"},
        {"label": "无障碍协助", "value": case.needs_help},
        {"label": "经办人", "value": case.handler.name if case.handler else "未指定"},
        {"label": "承办处室", "value": _departments(case)},
        {"label": "查询码", "value": case.query_code},
    ]
    rows += [{"label": label, "value": other.number, "url": other.get_absolute_url()} for label, other in _rounds(case)]
    if case.moved_from is not None:
        rows.append({"label": "移送自", "value": f"{case.moved_from.agency.name}　{case.moved_from.number}"})
    return [row for row in rows if row["value"]]


def _rounds(case: Application) -> Iterable[tuple[str, Application]]:
    if case.round_of is not None:
        yield "原申请", case.round_of
    if case.repeats is not None:
        yield "前次申请", case.repeats


def _came(case: Application) -> str:
    if case.round_of_id is not None:
        return f"重新办理，{case.arrived_on:%Y-%m-%d} 起"
    return f"{case.get_channel_display()}　{_days(case)}"


def _days(case: Application) -> str:
    days = [f"到达 {case.arrived_on:%Y-%m-%d}"]
    days += [f"签收 {case.signed_on:%Y-%m-%d}"] if case.signed_on else []
    days += [f"确认 {case.confirmed_on:%Y-%m-%d}（{case.confirmed_how}）"] if case.confirmed_on else []
    return "，".join(days)


def _departments(case: Application) -> str:
    held = [one for one in case.assignments.all() if one.state not in ("returned", "recalled")]
    return "；".join(
        f"{one.department.name}（{'主办' if one.leads else '协办'}，{one.get_state_display()}）" for one in held
    )


_TONES = {StepState.OVERDUE: "late", StepState.DONE_LATE: "late", StepState.DONE: "good"}


def steps(case: Application, line: Timeline) -> list[dict[str, Any]]:
    """The steps of the clock with the last lawful day of each; consultations by whom was asked, not by their number."""
    names = asked_names.for_staff(case)
    return [
        {"step": one, "label": asked_names.label(one, names), "tone": _TONES.get(one.state, "")} for one in line.steps
    ]


def linked_rows(case: Application, others: Sequence[Application]) -> list[dict[str, Any]]:
    """Cases beside this one, with why they are named."""
    return [{"case": one, "why": "、".join(_why(case, one))} for one in others]


def _why(case: Application, other: Application) -> Iterable[str]:
    if other.pk == case.round_of_id or other.round_of_id == case.pk:
        yield "同一申请的另一次办理"
    if other.pk == case.repeats_id or other.repeats_id == case.pk:
        yield "已关联为重复申请"
    if _one(other) == _one(case):
        yield "同一申请人"
    if case.likeness and other.likeness == case.likeness:
        yield "申请内容相同"


def _one(case: Application) -> int:
    return case.applicant.merged_into_id or case.applicant_id


def subjects(case: Application) -> list[Ref]:
    """Everything whose entries belong to the case's timeline."""
    relations = ("items", "assignments", "extensions", "consultations", "remedies", "letters")
    return [case.ref(), *(one.ref() for relation in relations for one in getattr(case, relation).all())]


def fee_help() -> list[dict[str, Any]]:
    """The two tariffs in force, as the notice shows them."""
    return [
        {"label": fees.BY_COUNT.measure.label, "lines": [_bracket(one) for one in fees.BY_COUNT.brackets]},
        {"label": fees.BY_PAGES.measure.label, "lines": [_bracket(one) for one in fees.BY_PAGES.brackets]},
    ]


def _bracket(one: fees.Bracket) -> str:
    upto = f"至{one.last}" if one.last is not None else "以上"
    return f"{one.first}{upto}：每件（页）{fees.yuan(one.rate)}"
