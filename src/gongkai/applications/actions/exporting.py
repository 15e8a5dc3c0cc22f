"""The list of cases as a workbook: the agency's own, masked; personal data by a deliberate choice, in the ledger."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Prefetch, QuerySet

from gongkai.agencies.officers import Officer
from gongkai.applications import ledger_kinds as kinds
from gongkai.applications import sheets
from gongkai.applications.applications import Application, Assignment
from gongkai.applications.clock_facts import CASE_FACTS, Clocks
from gongkai.applications.figure_periods import Period
from gongkai.applications.figures import taken
from gongkai.applications.powers import OFFICE, WHOLE_AGENCY
from gongkai.applications.queries import access_applications
from gongkai.law import replies
from gongkai.law.applicants import ApplicantKind
from gongkai.law.clock import Status
from gongkai.law.grounds import GROUNDS
from gongkai.ledger import persons
from gongkai.ledger.recording import record
from gongkai.procedures.engine import Refused
from gongkai.texts.credentials import CredentialKind

_CHUNK = 500
_PERSONAL = {
    "name": "姓名或名称",
    "document_kind": "证件类型",
    "document_number": "证件号码",
    "phone": "电话",
    "email": "电子邮箱",
    "address": "通信地址",
}
HEADINGS = (
    "登记号", "原登记号", "渠道", "到达日期", "收到之日", "申请人类型", "申请人", "申请内容", "状态", "承办处室",
    "经办人", "答复期限", "延期", "答复（办结）日期", "办结方式", "处理决定", "理由", "办理工作日", "是否按期",
    "复议、诉讼",
)  # fmt: skip
_GROUNDS = {one.key: one.label for one in GROUNDS}


@transaction.atomic
def export_cases(period: Period, *, by: Officer, personal: bool = False, why: str = "") -> bytes:
    """Cases that arrived in the time, as .xlsx; the export enters the ledger, with who is in it where it names them.

    Raises PermissionDenied for who does not see the whole agency, Refused where personal data is wanted without a
    reason or by who is not in charge of it."""
    if not by.holds(WHOLE_AGENCY):
        raise PermissionDenied("申请台账由公开工作机构导出。")
    why = why.strip()[:200]
    if personal and not by.holds(OFFICE):
        raise Refused(["含个人信息的台账由公开经办人、公开机构负责人导出。"])
    if personal and not why:
        raise Refused(["导出个人信息须写明用途，会记入台账。"])
    cases = _cases(access_applications(by).filter(arrived_on__range=(period.first, period.last)))
    rows = list(_rows(cases, personal))
    told = f"{period.label}，{len(rows)}件" + (f"，含个人信息：{why}" if personal else "，申请人已掩码")
    parties = list(cases.values_list("applicant_id", flat=True)) if personal else []
    record(
        kinds.EXPORTED, by=by, subject=by.agency, agency=by.agency, what=told, cases=len(rows), with_people=personal,
        parties=parties,
    )  # fmt: skip
    headings = [*HEADINGS, *_PERSONAL.values()] if personal else HEADINGS
    title = f"{by.agency.name}依申请公开台账（{period.label}）"
    return sheets.workbook([sheets.Sheet("台账", headings, rows, title)])


def _cases(applications: QuerySet[Application]) -> QuerySet[Application]:
    handed = Prefetch("assignments", Assignment.objects.select_related("department"))
    related = applications.select_related("applicant", "handler").prefetch_related(
        *CASE_FACTS, "items", handed, "remedies"
    )
    return related.order_by("arrived_on", "pk")


def _rows(cases: QuerySet[Application], personal: bool) -> Iterator[Sequence[Any]]:
    clocks = Clocks()
    chunk: list[Application] = []
    for case in cases.iterator(chunk_size=_CHUNK):
        chunk.append(case)
        if len(chunk) == _CHUNK:
            yield from _of(chunk, clocks, personal)
            chunk = []
    yield from _of(chunk, clocks, personal)


def _of(chunk: Sequence[Application], clocks: Clocks, personal: bool) -> Iterator[Sequence[Any]]:
    if not personal:
        yield from (_row(case, clocks) for case in chunk)
        return
    sealed = [(case.applicant.person, bytes(case.applicant.sealed)) for case in chunk]
    for case, facts in zip(chunk, persons.unseal_many(sealed), strict=True):
        yield [*_row(case, clocks), *(_fact(facts or {}, key) for key in _PERSONAL)]


def _fact(facts: dict[str, Any], key: str) -> str:
    value = str(facts.get(key) or "")
    return CredentialKind(value).label if key == "document_kind" and value in set(CredentialKind) else value


def _row(case: Application, clocks: Clocks) -> list[Any]:
    line = clocks.read(case).line
    ended = case.replied_on or case.closed_on
    late = {Status.REPLIED: "按期", Status.REPLIED_LATE: "逾期"}.get(line.status, "") if line else "日期有矛盾"
    outcomes = [replies.outcome(one.outcome).label for one in case.items.all() if one.outcome]
    grounds = [_GROUNDS.get(key, key) for one in case.items.all() for key in one.grounds]
    return [
        case.number,
        case.source_number,
        case.get_channel_display(),
        case.arrived_on.isoformat(),
        line.receipt.day.isoformat() if line and line.receipt.day else "",
        ApplicantKind(case.applicant_kind).full_label,
        case.applicant.masked_name,
        "\n".join(one.name for one in case.items.all()),
        case.get_state_display(),
        "、".join(dict.fromkeys(one.department.name for one in case.assignments.all() if one.leads)),
        case.handler.name if case.handler else "",
        line.due_date.isoformat() if line and line.due_date else "",
        "是" if line and line.due_date != line.original_due else "",
        ended.isoformat() if ended else "",
        case.get_ending_display() if case.ending else "",
        "；".join(outcomes),
        "；".join(dict.fromkeys(grounds)),
        taken(line) if line and case.replied_on else "",
        late,
        "；".join(f"{one.get_kind_display()}：{one.get_result_display() or '尚未审结'}" for one in case.remedies.all()),
    ]
