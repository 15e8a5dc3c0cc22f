"""What an applicant may do against a decision (救济途径), as the letter must say it, and how it ended for the report.

《行政复议法》(2023, in force 2024-01-01) 【核】: 第二十条, sixty days; 第二十三条第一款第（四）项, against 不予公开
reconsideration comes first, and the agency must say so in its decision. 《行政诉讼法》(2017) 【核】: 第四十五条,
fifteen days after reconsideration; 第四十六条, six months directly. 法释〔2025〕8号第一条 (2025-06-01) 【摘】: 不予公开
means refusals under articles 14 to 16 of the Regulation, the withheld part of a partial disclosure among them; against
无法提供 and 不予处理 one may go to court directly. We read the time from 2024-01-01 to 2025-05-31 the same way.

`{reconsideration_body}` and `{court}` in a sentence are for the letter to fill (`Remedy.text`). When the agency itself
must answer in such proceedings is in `challenges`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.law.articles import REGULATION
from gongkai.law.grounds import Ground
from gongkai.law.numerals import chinese_date, to_chinese
from gongkai.law.periods import PeriodUnit
from gongkai.law.replies import Outcome, grounds_of
from gongkai.law.report_rows import BLOCKS, RESULT_COLUMNS

REGULATION_IN_FORCE = date(2019, 5, 15)
RECONSIDERATION_FIRST_FROM = date(2024, 1, 1)
"""《行政复议法》(2023年修订) in force 【核】."""
INTERPRETATION_IN_FORCE = date(2025, 6, 1)
INTERPRETATION = "《最高人民法院关于审理政府信息公开行政案件适用法律若干问题的解释》（法释〔2025〕8号）第一条"


class RemedyKind(StrEnum):
    """The proceedings, as table four divides them."""

    RECONSIDERATION = "reconsideration"
    LITIGATION_DIRECT = "litigation_direct"
    LITIGATION_AFTER = "litigation_after"

    @property
    def label(self) -> str:
        """行政复议, 未经复议直接起诉, 复议后起诉."""
        return _BLOCKS[self].label

    @property
    def block(self) -> str:
        """The key of its block in table four."""
        return _BLOCKS[self].key

    @property
    def is_litigation(self) -> bool:
        """Whether it is before a court."""
        return self is not RemedyKind.RECONSIDERATION


_BLOCKS = dict(zip(RemedyKind, BLOCKS, strict=True))


class RemedyResult(StrEnum):
    """How the proceedings ended."""

    UPHELD = "upheld"
    CORRECTED = "corrected"
    OTHER = "other"
    PENDING = "pending"

    @property
    def label(self) -> str:
        """结果维持, 结果纠正, 其他结果, 尚未审结."""
        return _RESULTS[self].label

    @property
    def column(self) -> str:
        """The key of its column in table four."""
        return _RESULTS[self].key


_RESULTS = dict(zip(RemedyResult, RESULT_COLUMNS[:4], strict=True))


@dataclass(frozen=True, slots=True)
class Term:
    """How long a remedy is open, from the day the decision became known, and the provision that says so."""

    value: int
    unit: PeriodUnit
    source: str

    @property
    def label(self) -> str:
        """60日, 6个月."""
        return f"{self.value}{self.unit.label}"


RECONSIDERATION_TERM = Term(60, PeriodUnit.DAY, "《中华人民共和国行政复议法》第二十条")
RECONSIDERATION_TERM_BEFORE_2024 = Term(60, PeriodUnit.DAY, "《中华人民共和国行政复议法》第九条")
"""The edition before 2023 【忆】: the same sixty days."""
AFTER_RECONSIDERATION_TERM = Term(15, PeriodUnit.DAY, "《中华人民共和国行政诉讼法》第四十五条")
DIRECT_TERM = Term(6, PeriodUnit.MONTH, "《中华人民共和国行政诉讼法》第四十六条")


class Route(StrEnum):
    """Which way is open against a decision, or against all those in one letter."""

    RECONSIDERATION_FIRST = "reconsideration_first"
    EITHER = "either"
    MIXED = "mixed"
    NONE = "none"

    @property
    def label(self) -> str:
        """The Chinese name."""
        return {
            "reconsideration_first": "先申请行政复议，对复议决定不服再起诉",
            "either": "申请行政复议或者直接起诉",
            "mixed": "不予公开部分先申请行政复议，其余部分可以复议或者直接起诉",
            "none": "无须告知救济途径",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Decision:
    """One decided item: its outcome and the keys of the grounds chosen."""

    outcome: Outcome
    grounds: tuple[str, ...] = ()

    @property
    def withholding(self) -> tuple[Ground, ...]:
        """The grounds of articles 14 to 16 it rests on."""
        return tuple(ground for ground in grounds_of(self.outcome, self.grounds) if ground.withholds)


@dataclass(frozen=True, slots=True)
class Remedy:
    """What a letter says about remedies. `sentences` hold placeholders; `terms` what is open how long, in order."""

    route: Route
    sentences: tuple[str, ...]
    terms: tuple[Term, ...]

    @property
    def reconsideration_is_compulsory(self) -> bool:
        """Whether for some part reconsideration comes first (复议前置)."""
        return self.route in (Route.RECONSIDERATION_FIRST, Route.MIXED)

    def text(self, *, reconsideration_body: str, court: str) -> str:
        """The paragraph for the letter, with the names of the body (行政复议机关) and the court (人民法院)."""
        return "".join(self.sentences).format(reconsideration_body=reconsideration_body, court=court)


def remedy_for(decisions: Decision | Sequence[Decision], day: date, *, cite_interpretation: bool = False) -> Remedy:
    """The remedies against the decisions of one letter dated `day`.

    `cite_interpretation`: whether 法释〔2025〕8号 is named, once it is in force. Raises ValueError without decisions
    and for days before 2019-05-15: the answers are those of the present Regulation.
    """
    listed = (decisions,) if isinstance(decisions, Decision) else tuple(decisions)
    if not listed:
        raise ValueError("没有办理结果，不能确定救济途径：请先拟定办理结果")
    if day < REGULATION_IN_FORCE:
        raise ValueError(f"{chinese_date(day)}早于现行条例施行之日（{chinese_date(REGULATION_IN_FORCE)}），不能套用")
    open_to_remedy = [one for one in listed if one.outcome.has_remedy]
    if not open_to_remedy:
        return Remedy(Route.NONE, (), ())
    first = [one for one in open_to_remedy if one.withholding] if day >= RECONSIDERATION_FIRST_FROM else []
    if not first:
        return _either(day)
    rest = any(not one.withholding or one.outcome.discloses for one in open_to_remedy)
    interpretation = f"和{INTERPRETATION}" if cite_interpretation and day >= INTERPRETATION_IN_FORCE else ""
    return _mixed(first, interpretation) if rest else _reconsideration_first(interpretation)


def remedy_otherwise(day: date, *, act: str) -> Remedy:
    """The remedies against an ``act`` dated `day` that withholds nothing asked for: that something is disclosed against
    a third party's objection (法释〔2025〕8号第一条), that a record about oneself is not corrected (条例第四十一条)."""
    return _either(day, act)


def _either(day: date, act: str = "本答复") -> Remedy:
    term = RECONSIDERATION_TERM if day >= RECONSIDERATION_FIRST_FROM else RECONSIDERATION_TERM_BEFORE_2024
    return Remedy(Route.EITHER, (f"如不服{act}，{_both_ways(act)}。",), (term, DIRECT_TERM))


def _both_ways(act: str = "本答复") -> str:
    return (
        f"可以自收到{act}之日起{RECONSIDERATION_TERM.label}内向{{reconsideration_body}}申请行政复议，"
        f"或者自收到{act}之日起{DIRECT_TERM.label}内向{{court}}提起行政诉讼"
    )


def _first_then() -> str:
    return (
        f"应当自收到本答复之日起{RECONSIDERATION_TERM.label}内先向{{reconsideration_body}}申请行政复议；"
        f"对行政复议决定不服的，可以自收到行政复议决定书之日起{AFTER_RECONSIDERATION_TERM.label}内"
        "向{court}提起行政诉讼"
    )


def _according_to(interpretation: str) -> str:
    return f"根据《中华人民共和国行政复议法》第二十三条第一款第（四）项{interpretation}的规定，"


def _reconsideration_first(interpretation: str) -> Remedy:
    return Remedy(
        Route.RECONSIDERATION_FIRST,
        (f"{_according_to(interpretation)}如不服本答复，{_first_then()}。",),
        (RECONSIDERATION_TERM, AFTER_RECONSIDERATION_TERM),
    )


def _mixed(first: Sequence[Decision], interpretation: str) -> Remedy:
    articles = sorted({ground.article for one in first for ground in one.withholding if ground.article})
    named = "、".join(f"第{to_chinese(article)}条" for article in articles)
    return Remedy(
        Route.MIXED,
        (
            f"{_according_to(interpretation)}如不服本答复中依据{REGULATION}{named}不予公开的部分，{_first_then()}。",
            f"如不服本答复的其他部分，{_both_ways()}。",
        ),
        (RECONSIDERATION_TERM, AFTER_RECONSIDERATION_TERM, DIRECT_TERM),
    )
