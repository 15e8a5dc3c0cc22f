"""How a report gets from a draft to the public, and what becomes of it at the supervising office (条例第四十九条)."""

from gongkai.oversight import ledger_kinds as kinds
from gongkai.oversight.annual_report import effects, guards
from gongkai.oversight.annual_report.editions import ReportState as S
from gongkai.oversight.annual_report.editions import SubmissionState as T
from gongkai.oversight.annual_report.powers import (
    LABELS,
    OFFICE,
    OFFICER,
    SUPERVISOR,
    roles_of_edition,
    roles_of_submission,
)
from gongkai.procedures.registry import register
from gongkai.procedures.tables import SYSTEM_ROLE, Asked, Event, Procedure, State, roles

_NOTE = (Asked("note", "审核意见", required=False),)
_REASON = Asked("reason", "理由")
_HEAD = roles("disclosure_head")
_REVIEWERS: dict[str, frozenset[str]] = {
    S.OFFICE_REVIEW: roles("office_reviewer"),
    S.HEAD_REVIEW: _HEAD,
    S.LEADER_REVIEW: roles("leader"),
}
_BASIS = "《中华人民共和国政府信息公开条例》第四十九条、第五十条"

REPORT = register(
    Procedure(
        key="annual_report",
        label="年度报告编制公布",
        basis=f"{_BASIS}；分管领导为第一责任人（国办公开办函〔2021〕30号）。",
        states=(
            State(S.DRAFTING, "编写", waits="公开经办人、填报数据的处室"),
            State(S.COMPLETE, "数据已齐", waits="公开经办人"),
            State(S.OFFICE_REVIEW, "办公室审核", waits="办公室审核"),
            State(S.HEAD_REVIEW, "公开机构审核", waits="公开机构负责人"),
            State(S.LEADER_REVIEW, "分管领导审定", waits="分管领导"),
            State(S.APPROVED, "待公布", waits="公开经办人"),
            State(S.PUBLISHED, "已公布"),
            State(S.SUPERSEDED, "已更正", ends=True),
            State(S.DISCARDED, "已作废", ends=True),
        ),
        start=S.DRAFTING,
        role_labels=LABELS,
        roles_of=roles_of_edition,
        agency_of=lambda edition: edition.report.agency,
        events=(
            Event(
                "complete",
                "数据已齐",
                roles={S.DRAFTING: OFFICER},
                targets=(S.COMPLETE,),
                kind=kinds.REPORT_COMPLETED,
                guards=(guards.year_is_over,),
                asks=(
                    Asked(
                        "lacking",
                        "仍未填报的，为什么不再等待",
                        required=False,
                        help="处室数据都已填报的，不必填写。",
                    ),
                ),
                effect=effects.complete,
                tone="go",
            ),
            Event(
                "reopen",
                "继续收集数据",
                roles={S.COMPLETE: OFFICER},
                targets=(S.DRAFTING,),
                kind=kinds.REPORT_REOPENED,
                effect=effects.note,
            ),
            Event(
                "submit",
                "送审",
                roles={S.COMPLETE: OFFICER},
                targets=(S.OFFICE_REVIEW,),
                kind=kinds.REPORT_SUBMITTED,
                guards=(guards.fit_for_review,),
                effect=effects.freeze,
                tone="go",
                hint="送审后表中数字固定，不再随记录变化；退回修改的重新计算。",
            ),
            Event(
                "pass_office",
                "审核通过",
                roles={S.OFFICE_REVIEW: roles("office_reviewer")},
                targets=(S.HEAD_REVIEW,),
                kind=kinds.REPORT_PASSED,
                guards=(guards.not_own_work,),
                asks=_NOTE,
                effect=effects.note,
                tone="go",
            ),
            Event(
                "pass_head",
                "审核通过，送审定",
                roles={S.HEAD_REVIEW: _HEAD},
                targets=(S.LEADER_REVIEW,),
                kind=kinds.REPORT_PASSED,
                guards=(guards.not_own_work, guards.no_open_errors),
                asks=_NOTE,
                effect=effects.note,
                tone="go",
            ),
            Event(
                "approve",
                "审定",
                roles={S.LEADER_REVIEW: roles("leader")},
                targets=(S.APPROVED,),
                kind=kinds.REPORT_PASSED,
                guards=(guards.not_own_work, guards.no_open_errors),
                asks=_NOTE,
                effect=effects.note,
                tone="go",
            ),
            Event(
                "return",
                "退回修改",
                roles={**_REVIEWERS, S.APPROVED: OFFICE},
                targets=(S.DRAFTING,),
                kind=kinds.REPORT_RETURNED,
                asks=(Asked("reason", "退回理由", help="写明要改什么。"),),
                effect=effects.thaw,
                tone="danger",
            ),
            Event(
                "publish",
                "公布",
                roles={S.APPROVED: OFFICE},
                targets=(S.PUBLISHED,),
                kind=kinds.REPORT_PUBLISHED,
                guards=(guards.no_open_errors,),
                effect=effects.publish,
                tone="go",
                hint="公布后列入“政府信息公开年报”栏目，数字和正文不能再改，有错误的以更正版更正。",
            ),
            Event(
                "adopt",
                "导入存量",
                roles={S.DRAFTING: OFFICE},
                targets=(S.PUBLISHED,),
                kind=kinds.REPORT_ADOPTED,
                guards=(guards.was_read,),
                asks=(Asked("published_on", "原公布日期", kind="date", initial=effects.former_day),),
                effect=effects.adopt,
                hint="在原网站上早已公布的报告，照原公布日期公开。",
            ),
            Event(
                "supersede",
                "由更正版取代",
                roles={S.PUBLISHED: roles(SYSTEM_ROLE)},
                targets=(S.SUPERSEDED,),
                kind=kinds.REPORT_SUPERSEDED,
            ),
            Event(
                "discard",
                "作废草稿",
                roles=dict.fromkeys((S.DRAFTING, S.COMPLETE), OFFICE),
                targets=(S.DISCARDED,),
                kind=kinds.REPORT_DISCARDED,
                guards=(guards.is_a_correction,),
                asks=(_REASON,),
                effect=effects.note,
                tone="danger",
            ),
        ),
    )
)

SUBMISSION = register(
    Procedure(
        key="report_submission",
        label="年度报告报送",
        basis=f"{_BASIS}：向本级政府信息公开工作主管部门提交。",
        states=(
            State(T.SUBMITTED, "已报送", waits="主管部门"),
            State(T.RETURNED, "已退回", waits="报送机关"),
            State(T.ACCEPTED, "已接收"),
        ),
        start=T.SUBMITTED,
        role_labels=LABELS,
        roles_of=roles_of_submission,
        agency_of=lambda submission: submission.report.agency,
        events=(
            Event(
                "accept",
                "接收",
                roles={T.SUBMITTED: roles(SUPERVISOR)},
                targets=(T.ACCEPTED,),
                kind=kinds.SUBMISSION_ACCEPTED,
                effect=effects.accept,
                tone="go",
            ),
            Event(
                "send_back",
                "退回",
                roles=dict.fromkeys((T.SUBMITTED, T.ACCEPTED), roles(SUPERVISOR)),
                targets=(T.RETURNED,),
                kind=kinds.SUBMISSION_RETURNED,
                asks=(Asked("reason", "退回意见", help="检查发现的问题会一并发给报送机关。"),),
                effect=effects.send_back,
                tone="danger",
            ),
            Event(
                "submit_again",
                "重新报送",
                roles={T.RETURNED: OFFICE},
                targets=(T.SUBMITTED,),
                kind=kinds.SUBMISSION_AGAIN,
                guards=(guards.ready_to_submit,),
                effect=effects.submit_again,
                tone="go",
            ),
        ),
    )
)
