"""A system sends a draft: the same actions as at the desk, the same checks, and never past a reviewer."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from gongkai.agencies.actions.tokens import DRAFTERS
from gongkai.agencies.bodies import Department
from gongkai.agencies.tokens import ApiToken
from gongkai.catalog import doctypes
from gongkai.catalog.actions.documents import DRAFT_FIELDS
from gongkai.catalog.editions import Disclosure, Edition
from gongkai.catalog.header import LABELS
from gongkai.law import articles
from gongkai.ledger.recording import record
from gongkai.publishing import checking
from gongkai.publishing import ledger_kinds as kinds
from gongkai.publishing.actions import drafting
from gongkai.publishing.checks.registry import Report
from gongkai.publishing.incoming import Incoming
from gongkai.publishing.pushes import Push

ATTACHMENTS = 30
_ALWAYS = frozenset({"disclosure", "ground", "ground_note"})


class KeyTaken(Exception):
    """The key was used before for something else; nothing was made."""


@dataclass(frozen=True)
class Sent:
    """What a system sent. ``key`` and ``digest`` tell a repeat from something new."""

    type_key: str
    facts: Mapping[str, Any]
    department: str = ""
    text: Incoming | None = None
    source: tuple[str, bytes] | None = None
    attachments: Sequence[tuple[str, bytes]] = ()
    source_id: str = ""
    key: str = ""
    digest: str = ""


Answer = Callable[[Push, Edition, Report], dict[str, Any]]


class _Undo(Exception):
    """A trial is over."""


def push(sent: Sent, *, by: ApiToken, answer: Answer) -> tuple[dict[str, Any], bool]:
    """Make the draft, once for every key: returns the answer, and whether it was given before.

    Raises KeyTaken, PermissionDenied, ValidationError by field; then nothing was made.
    """
    if (before := _before(sent, by)) is not None:
        return before, True
    department = _checked(sent, by)
    material = drafting.prepare(sent.text, sent.source, sent.attachments)
    try:
        with transaction.atomic():
            return _made(sent, by, department, material, answer), False
    except IntegrityError:
        before = _before(sent, by)  # the other of two that came at the same moment was quicker
        if before is None:
            raise
        return before, True


def trial(sent: Sent, *, by: ApiToken, answer: Answer) -> dict[str, Any]:
    """What would be said of it; nothing stays. Raises as ``push`` does."""
    department = _checked(sent, by)
    material = drafting.prepare(sent.text, sent.source, sent.attachments, keep=False)
    told: dict[str, Any] = {}
    try:
        with transaction.atomic():
            told = _made(sent, by, department, material, answer)
            raise _Undo
    except _Undo:
        return told


def _before(sent: Sent, token: ApiToken) -> dict[str, Any] | None:
    known = Push.objects.filter(token=token, key=sent.key).first()
    if known is None:
        return None
    if known.digest != sent.digest:
        raise KeyTaken
    told: dict[str, Any] = known.answer
    return told


def _made(
    sent: Sent, token: ApiToken, department: Department | None, material: drafting.Material, answer: Answer
) -> dict[str, Any]:
    edition = drafting.set_up(
        agency=token.agency,
        type_key=sent.type_key,
        by=token.officer,
        department=department,
        facts=sent.facts,
        material=material,
    )
    report = checking.current_report(edition)
    checking.keep(edition, report)
    made = Push(
        agency=token.agency,
        token=token,
        key=sent.key,
        digest=sent.digest,
        source_id=sent.source_id,
        document=edition.document,
    )
    made.answer = answer(made, edition, report)
    made.save()
    record(kinds.PUSHED, by=token, subject=edition, agency=token.agency, system=token.name, source_id=sent.source_id)
    return made.answer


def _checked(sent: Sent, token: ApiToken) -> Department | None:
    """The department it is for. Raises before anything slow is done."""
    problems = dict(_problems(sent))
    department = _department(sent, token, problems)
    if problems:
        raise ValidationError(problems)
    if not DRAFTERS & token.officer.roles_over(department.pk if department else None):
        where = department.name if department else "全机关"
        raise PermissionDenied(f"承办人{token.officer.name}不是{where}的撰稿人，请由本单位系统管理员为令牌改定承办人。")
    return department


def _department(sent: Sent, token: ApiToken, problems: dict[str, str]) -> Department | None:
    if not sent.department:
        return token.department
    found = Department.objects.filter(agency=token.agency, name=sent.department, abolished_on=None).first()
    if found is None:
        problems["department"] = f"{token.agency.name}没有“{sent.department}”，处室名称见 /api/v1/token。"
    elif token.department is not None and token.department.pk != found.pk:
        raise PermissionDenied(f"这个令牌限于{token.department.name}，不能送给{found.name}。")
    return found


def _problems(sent: Sent) -> list[tuple[str, str]]:
    """What can be said of the values without the database."""
    kind = doctypes.all_types().get(sent.type_key)
    if kind is None:
        return [("type", f"没有“{sent.type_key}”这种文件类型，见 /api/v1/types。")]
    found = []
    for key in set(sent.facts) & DRAFT_FIELDS - set(kind.fields) - _ALWAYS:
        if sent.facts[key]:
            found.append((key, f"“{kind.label}”没有“{LABELS[key]}”，请去掉。"))
    ground, proactive = sent.facts.get("ground"), sent.facts.get("disclosure") == Disclosure.PROACTIVE
    if ground and proactive:
        found.append(("ground", "主动公开的，不写不予公开的依据。"))
    elif ground and ground not in {one.key for one in articles.GROUNDS}:
        found.append(("ground", "没有这项依据，见 /api/v1/token 中的 grounds。"))
    elif not ground and not proactive:
        found.append(
            ("ground", "不是主动公开的，请写明依据（条例第十四、十五、十六条），见 /api/v1/token 中的 grounds。")
        )
    if len(sent.attachments) > ATTACHMENTS:
        found.append(("attachments", f"最多{ATTACHMENTS}个附件。"))
    return found
