"""How an item of an application may be decided (答复类型): the statutory list, what each needs and counts as.

条例第三十五条至第三十九条 【核】 name the answers; the annual report names further ends of an application (逾期不补正,
逾期不缴费, 撤回 …) 【摘】. Each item asked for is decided by itself; the withheld part of a partial disclosure is not a
second decision (区分处理的，只计这一情形).

Choices where no text was found 【忆】, one place each: 已主动公开 counts as 予以公开; 不存在 and 不属于本机关 both as
本机关不掌握; 咨询 and 不属于政府信息 as 其他 (`grounds`); an item refused on several grounds counts under the first one
named, which the officer therefore puts first (`report_row`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from gongkai.law import grounds as reasons
from gongkai.law.articles import cite
from gongkai.law.grounds import WITHHOLDING_KEYS, Ground
from gongkai.law.report_rows import ReportFormat, row_in
from gongkai.law.requirements import Fact, Facts


class Disposal(StrEnum):
    """The six groups of 本年度办理结果 in the annual report."""

    GRANTED = "granted"
    PARTIAL = "partial"
    DENIED = "denied"
    NOT_PROVIDED = "not_provided"
    NOT_PROCESSED = "not_processed"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The group's name in the report."""
        return {
            "granted": "予以公开",
            "partial": "部分公开",
            "denied": "不予公开",
            "not_provided": "无法提供",
            "not_processed": "不予处理",
            "other": "其他处理",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A way to decide an item.

    `grounds`: keys allowed; `fixed_ground`: the one it always has (then nothing is chosen). `row`: the row of the
    present format, None where the main ground decides. `has_remedy`: whether the letter tells of remedies; `letter`:
    the template that suits.
    """

    key: str
    label: str
    disposal: Disposal
    explanation: str
    letter: str
    requires: tuple[Fact, ...]
    grounds: tuple[str, ...] = ()
    fixed_ground: str | None = None
    article: int | None = None
    paragraph: int | None = None
    item: int | None = None
    basis: str = ""
    row: str | None = None
    has_remedy: bool = True

    @property
    def needs_ground(self) -> bool:
        """Whether at least one ground must be chosen."""
        return bool(self.grounds)

    @property
    def discloses(self) -> bool:
        """Whether information is given, whole or in part."""
        return self.disposal in (Disposal.GRANTED, Disposal.PARTIAL)

    @property
    def citation(self) -> str:
        """The provision it rests on; `basis` where the Regulation has none."""
        return self.basis if self.article is None else cite(self.article, self.paragraph, self.item)


def _fixed(
    key: str, label: str, disposal: Disposal, ground_key: str, letter: str, *requires: Fact, has_remedy: bool = True
) -> Outcome:
    """An outcome that is one ground: article, words and row are the ground's."""
    ground = reasons.ground(ground_key)
    return Outcome(
        key,
        label,
        disposal,
        ground.explanation,
        letter,
        requires,
        fixed_ground=ground_key,
        article=ground.article,
        paragraph=ground.paragraph,
        item=ground.item,
        basis=ground.basis,
        row=ground.row,
        has_remedy=has_remedy,
    )


_GIVING = (
    Outcome(
        "already_public",
        "已主动公开",
        Disposal.GRANTED,
        "所申请公开信息已经主动公开的，告知申请人获取该政府信息的方式、途径。",
        "reply-already-public",
        (Fact.WAY_TO_GET,),
        article=36,
        item=1,
        row="granted",
    ),
    Outcome(
        "granted",
        "予以公开",
        Disposal.GRANTED,
        "所申请公开信息可以公开的，向申请人提供该政府信息，或者告知申请人获取该政府信息的方式、途径和时间。",
        "reply-granted",
        (Fact.PROVISION,),
        article=36,
        item=2,
        row="granted",
    ),
    Outcome(
        "partial",
        "部分公开",
        Disposal.PARTIAL,
        "含有不应当公开或者不属于政府信息的内容，但是能够作区分处理的，提供可以公开的内容，并对不予公开的内容说明理由。",
        "reply-partial",
        (Fact.PROVISION, Fact.REDACTIONS, Fact.REASONS),
        grounds=(*WITHHOLDING_KEYS, "not-government-information"),
        article=37,
        row="partial",
    ),
)
_REFUSING = (
    Outcome(
        "refused",
        "不予公开",
        Disposal.DENIED,
        "依据条例第十四条、第十五条、第十六条的规定决定不予公开的，告知申请人不予公开并说明理由。",
        "reply-refused",
        (Fact.REASONS,),
        grounds=WITHHOLDING_KEYS,
        article=36,
        item=3,
    ),
    _fixed(
        "special_procedure",
        "行政查询事项",
        Disposal.DENIED,
        "special-procedure",
        "reply-special-procedure",
        Fact.SPECIAL_PROVISION,
    ),
)
_NOT_PROVIDING = (
    _fixed("not_held", "政府信息不存在", Disposal.NOT_PROVIDED, "not-held", "reply-not-held", Fact.SEARCH_RECORD),
    _fixed(
        "other_agency",
        "不属于本机关负责公开",
        Disposal.NOT_PROVIDED,
        "other-agency",
        "reply-other-agency",
        Fact.REASONS,
        Fact.OTHER_AGENCY_NAME,
        Fact.OTHER_AGENCY_CONTACT,
    ),
    _fixed(
        "needs_processing",
        "没有现成信息需要另行制作",
        Disposal.NOT_PROVIDED,
        "needs-processing",
        "reply-needs-processing",
        Fact.REASONS,
    ),
    _fixed(
        "unclear",
        "补正后申请内容仍不明确",
        Disposal.NOT_PROVIDED,
        "unclear",
        "reply-unclear",
        Fact.CLARIFICATION_NOTICE,
        Fact.SUPPLEMENT,
        Fact.REASONS,
    ),
)
_NOT_PROCESSING = (
    _fixed(
        "petition", "信访举报投诉类申请", Disposal.NOT_PROCESSED, "petition", "notice-petition", Fact.PROPER_CHANNEL
    ),
    _fixed("repeated", "重复申请", Disposal.NOT_PROCESSED, "repeated", "notice-repeated", Fact.EARLIER_REPLY),
    _fixed(
        "publication",
        "要求提供公开出版物",
        Disposal.NOT_PROCESSED,
        "publication",
        "notice-publication",
        Fact.WAY_TO_GET,
    ),
    _fixed(
        "excessive",
        "无正当理由大量反复申请",
        Disposal.NOT_PROCESSED,
        "excessive",
        "notice-excessive",
        Fact.EXCESS,
        Fact.REASONS_DEMANDED,
        Fact.REASONS,
    ),
    _fixed(
        "reconfirm",
        "要求确认或者重新出具已获取信息",
        Disposal.NOT_PROCESSED,
        "reconfirm",
        "notice-reconfirm",
        Fact.REASONS,
    ),
)
_ENDING = (
    _fixed(
        "clarification_lapsed",
        "逾期不补正",
        Disposal.OTHER,
        "clarification-lapsed",
        "notice-clarification-lapsed",
        Fact.CLARIFICATION_NOTICE,
    ),
    _fixed("fee_lapsed", "逾期不缴费", Disposal.OTHER, "fee-lapsed", "notice-fee-lapsed", Fact.FEE_NOTICE),
    _fixed(
        "withdrawn",
        "申请人撤回申请",
        Disposal.OTHER,
        "withdrawn",
        "notice-withdrawn",
        Fact.WITHDRAWAL,
        has_remedy=False,
    ),
    _fixed("inquiry", "咨询事项", Disposal.OTHER, "inquiry", "notice-inquiry", Fact.REASONS, Fact.PROPER_CHANNEL),
    _fixed(
        "not_government_information",
        "不属于政府信息",
        Disposal.OTHER,
        "not-government-information",
        "notice-not-government-information",
        Fact.REASONS,
    ),
    Outcome(
        "other",
        "其他",
        Disposal.OTHER,
        "上述各类以外的情形，须说明理由。",
        "notice-other",
        (Fact.REASONS,),
        basis="国办公开办函〔2021〕30号表三（六）3",
        row="other_other",
    ),
)
OUTCOMES = (*_GIVING, *_REFUSING, *_NOT_PROVIDING, *_NOT_PROCESSING, *_ENDING)
_OUTCOMES = {outcome.key: outcome for outcome in OUTCOMES}


def all_outcomes() -> tuple[Outcome, ...]:
    """Every outcome, in the order of the annual report's groups."""
    return OUTCOMES


def outcome(key: str) -> Outcome:
    """The outcome with this key. Raises KeyError with a Chinese message."""
    try:
        return _OUTCOMES[key]
    except KeyError:
        raise KeyError(f"没有编号为{key}的答复类型") from None


def grounds_of(outcome: Outcome, chosen: Sequence[str] = ()) -> tuple[Ground, ...]:
    """The grounds of a decision as named: its fixed one, or those chosen. Raises KeyError for unknown keys."""
    if outcome.fixed_ground is not None:
        return (reasons.ground(outcome.fixed_ground),)
    return tuple(reasons.ground(key) for key in chosen)


def report_row(
    outcome: Outcome, chosen: Sequence[str] = (), *, format: ReportFormat = ReportFormat.CURRENT_2021
) -> str:
    """The key of the row of table three that counts this decision; of several grounds the first decides.

    Raises ValueError where the row depends on the ground and none was chosen.
    """
    if outcome.row is not None:
        return row_in(outcome.row, format)
    found = grounds_of(outcome, chosen)
    if not found:
        raise ValueError(f"“{outcome.label}”计入哪一行由理由决定：请先选择理由")
    return row_in(found[0].row, format)


@dataclass(frozen=True, slots=True)
class Missing:
    """Something a decision still lacks: the field to show it at, and what to do."""

    field: str
    message: str


def missing(outcome: Outcome, facts: Facts, chosen: Sequence[str] = ()) -> list[Missing]:
    """Everything the decision lacks, at once, in the order a form asks for it; empty: it may be closed."""
    found = _missing_grounds(outcome, chosen)
    return found + [
        Missing(fact.value, fact.message) for fact in _required(outcome, facts, chosen) if not fact.given(facts)
    ]


def _missing_grounds(outcome: Outcome, chosen: Sequence[str]) -> list[Missing]:
    if not outcome.needs_ground:
        if any(key != outcome.fixed_ground for key in chosen):
            return [Missing("grounds", f"“{outcome.label}”不另选理由，请取消所选的理由")]
        return []
    if not chosen:
        return [Missing("grounds", f"“{outcome.label}”须有法定理由：请至少选择一项理由")]
    return [
        Missing("grounds", f"“{reasons.ground(key).label}”不能作为“{outcome.label}”的理由，请改选")
        for key in dict.fromkeys(chosen)
        if key not in outcome.grounds
    ]


def _required(outcome: Outcome, facts: Facts, chosen: Sequence[str]) -> tuple[Fact, ...]:
    """The facts of the outcome, and those third parties' rights add (条例第十五条、第三十二条 【核】)."""
    protects = outcome.needs_ground and any(ground.weighs_third_party for ground in grounds_of(outcome, chosen))
    if protects:
        return (*outcome.requires, Fact.THIRD_PARTY)
    if outcome.discloses and facts.third_party_objects:
        return (*outcome.requires, Fact.OVERRIDE_REASONS)
    return outcome.requires
