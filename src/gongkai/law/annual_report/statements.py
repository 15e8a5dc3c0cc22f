"""Numbers in the sentences of a report against its tables: counts, shares, and how the remedies are said to have ended.

Counts in a text are a matter of scope as often as of error (受理 may include what was carried over, 代表区政府受理 only
the government's own), so they are warnings that ask for an answer, never errors. Sentences about another year are
passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from gongkai.law.annual_report.figures import Figures
from gongkai.law.annual_report.findings import Finding
from gongkai.law.annual_report.formats import APPLICANT_COLUMNS, BLOCKS, ReportFormat, detail_rows, rows
from gongkai.law.annual_report.wording import Narrative, squeezed

_COUNT = r"(?:共|合计|共计|为|有|的|:|：)*(\d[\d,]*)(?:件|份|宗|起)"
_PERCENT = re.compile(r"([一-龥]{2,20}?)(?:信息)?(\d[\d,]*)件[，,（(]?(?:约)?占[^，。；%]{0,12}?(\d+(?:\.\d+)?)%")
_QUOTES = str.maketrans("", "", "“”‘’\"'「」")
_PEOPLE = tuple(column.key for column in APPLICANT_COLUMNS[:-1])
_REVIEW, _LITIGATION = (BLOCKS[0].key,), tuple(block.key for block in BLOCKS[1:])
_NEW, _CARRIED, _DONE, _FORWARD = (("new_received",), ("carried_over",), ("total",), ("carry_forward",))


@dataclass(frozen=True, slots=True)
class Statement:
    """What sentences say such a number: a name, the pattern around it, the rows it ought to be the sum of (one of
    several sums, where the words leave the scope open), and the columns."""

    name: str
    pattern: re.Pattern[str]
    sums: tuple[tuple[str, ...], ...]
    columns: tuple[str, ...] = ()


def check(narrative: Narrative, figures: Figures) -> list[Finding]:
    """TXT-1, TXT-2 and TXT-3."""
    plain = squeezed(narrative.text).translate(_QUOTES)
    return [
        *_applications(plain, figures),
        *_remedies(plain, figures),
        *_percentages(plain, figures),
        *_outcomes(plain, figures),
    ]


def _group(prefix: str) -> tuple[str, ...]:
    keys = (row.key for each in ReportFormat for row in rows(each))
    return tuple(dict.fromkeys(key for key in keys if key.startswith(prefix)))


def _said(words: str, *sums: tuple[str, ...], name: str, columns: tuple[str, ...] = ()) -> Statement:
    return Statement(name, re.compile(rf"(?:{words}){_COUNT}"), sums, columns)


_OF_APPLICATIONS = r"[^，。；\d]{0,10}?信息公开申请"
_STATEMENTS = (
    _said(rf"(?:新收|新收到){_OF_APPLICATIONS}", _NEW, name="新收申请"),
    _said(
        rf"(?:(?<!新)收到|共收|(?<!新)接收|受理|收办){_OF_APPLICATIONS}", _NEW, (*_NEW, *_CARRIED), name="收到的申请"
    ),
    _said(
        rf"(?:办理|答复|办结|处理){_OF_APPLICATIONS}",
        _DONE,
        _NEW,
        (*_NEW, *_CARRIED),
        name="办理的申请",
    ),
    _said(r"(?:结转上年(?:度)?|上年(?:度)?结转)[^，。；\d]{0,12}?", _CARRIED, name="上年结转"),
    _said(r"结转(?:至)?下(?:一)?年[^，。；\d]{0,12}?", _FORWARD, name="结转下年"),
    _said(r"予以公开[及和、与]部分公开", ("granted", "partial"), name="予以公开和部分公开"),
    _said(r"(?<!不)予以公开(?:信息)?", ("granted",), name="予以公开"),
    _said(r"(?<![及和、与])部分公开(?:信息)?", ("partial",), name="部分公开"),
    _said(r"不予公开(?:信息)?", _group("deny_"), name="不予公开"),
    _said(r"无法提供(?:信息)?", _group("noprov_"), name="无法提供"),
    _said(r"不予处理", _group("noproc_"), name="不予处理"),
    _said(r"其他处理", _group("other"), name="其他处理"),
    *(
        _said(re.escape(row.label.split(".", 1)[1]), (row.key,), name=row.label.split(".", 1)[1])
        for row in detail_rows(ReportFormat.CURRENT_2021)
        if "." in row.label and row.key != "other_other"
    ),
    _said(r"自然人(?:申请)?", _NEW, (*_NEW, *_CARRIED), _DONE, name="自然人", columns=("natural_person",)),
    _said(
        r"法人(?:或者?|和|及)其他组织(?:申请)?",
        _NEW,
        (*_NEW, *_CARRIED),
        _DONE,
        name="法人或其他组织",
        columns=_PEOPLE[1:],
    ),
)
_ON_REMEDIES = (
    ("行政复议", re.compile(rf"行政复议(?:案件|申请)?{_COUNT}"), _REVIEW),
    ("行政诉讼", re.compile(rf"行政诉讼(?:案件)?{_COUNT}"), _LITIGATION),
)
_ALL_MAINTAINED = re.compile(r"(?:均|全部|都)(?:被|获|予以|得到)?(?:维持|驳回)|(?:均|全部)(?:胜诉|获维持)")
_NO_REMEDY = re.compile(
    r"(?:未|没有|无|未有)(?:发生|产生|收到|出现|涉及)?(?:因)?[^，。；\d]{0,14}?(行政复议|行政诉讼)"
    r"|(行政复议|行政诉讼)[^，。；\d]{0,8}(?:0件|零件)"
)


def _applications(plain: str, figures: Figures) -> Iterator[Finding]:
    if not figures.has_table(3):
        return
    for statement in _STATEMENTS:
        allowed = {_sum(figures, one, statement.columns) for one in statement.sums}
        columns = statement.columns or ("total",)
        cells = tuple(f"table3.{row}.{column}" for row in statement.sums[0] for column in columns)
        yield from _differing(plain, statement.name, statement.pattern, allowed, cells, figures.year)


def _remedies(plain: str, figures: Figures) -> Iterator[Finding]:
    if not figures.has_table(4):
        return
    for name, pattern, blocks in _ON_REMEDIES:
        whole = sum((_of_block(figures, block) for block in blocks), Decimal(0))
        cells = tuple(f"table4.{block}.total" for block in blocks)
        yield from _differing(plain, name, pattern, {whole}, cells, figures.year)


def _differing(
    plain: str, name: str, pattern: re.Pattern[str], allowed: set[Decimal], cells: tuple[str, ...], year: int
) -> Iterator[Finding]:
    for found in pattern.finditer(plain):
        said = Decimal(found.group(1).replace(",", ""))
        if said not in allowed and not _of_another_year(plain[: found.start()], year):
            table = "或".join(f"{one:f}" for one in sorted(allowed))
            yield Finding(
                "TXT-1",
                f"正文“{found.group(0)}”",
                f"正文称{name}{said:f}件，表内为{table}件。",
                f"{said:f}",
                table,
                "请先核对口径：是否含结转、是否只是本级；口径不同的请在正文中说明。",
                cells,
            )


def _of_another_year(before: str, year: int) -> bool:
    """Whether the clause that a number stands in speaks of another year."""
    clause = re.split(r"[。；;]", before)[-1]
    told = re.findall(r"(20\d\d)年", clause)
    other_year = bool(told) and int(told[-1]) != year
    return other_year or bool(re.search(r"(?:去年|上年|较上一年|同期|同比|往年)[^，。；]{0,10}$", clause))


def _percentages(plain: str, figures: Figures) -> Iterator[Finding]:
    handled = _sum(figures, _DONE)
    if not handled:
        return
    whole = {handled, _sum(figures, _NEW), _sum(figures, (*_NEW, *_CARRIED))} - {Decimal(0)}
    for found in _PERCENT.finditer(plain):
        count, said = Decimal(found.group(2).replace(",", "")), Decimal(found.group(3))
        if count > max(whole) or not _about_applications(found.group(1)):
            continue
        right = _share(count, handled, said)
        if all(_share(count, one, said) != said for one in whole):
            yield Finding(
                "TXT-2",
                f"正文“{found.group(0)}”",
                f"正文写{said}%；{count:f}件占（七）总计{handled:f}件的{right}%。",
                f"{said}%",
                f"{right}%",
                "请核对分母：百分比按（七）总计计算。",
                ("table3.total.total",),
            )


def _share(count: Decimal, whole: Decimal, like: Decimal) -> Decimal:
    """Percent, rounded half up to as many places as the other number was written with."""
    return (count * 100 / whole).quantize(Decimal(1).scaleb(int(like.as_tuple().exponent)), ROUND_HALF_UP)


def _about_applications(words: str) -> bool:
    return bool(re.search(r"公开|提供|处理|申请|自然人|法人|组织|企业", words))


def _outcomes(plain: str, figures: Figures) -> Iterator[Finding]:
    """TXT-3: 均获维持 with cases corrected or not yet decided in the table; 没有行政复议 with cases in it."""
    if not figures.has_table(4):
        return
    for found in _ALL_MAINTAINED.finditer(plain):
        clause = re.split(r"[。；;]", plain[: found.start()])[-1]
        blocks = [*(_REVIEW if "复议" in clause else ()), *(_LITIGATION if "诉讼" in clause else ())]
        other = [
            f"table4.{block}.{column}"
            for block in blocks
            for column in ("correct", "other", "pending")
            if figures.remedies(block, column).counted
        ]
        if other and not _of_another_year(clause, figures.year):
            count = sum((figures[key].counted for key in other), Decimal(0))
            yield _outcome(found.group(0), f"表四另有{count:f}件不是“结果维持”（纠正、其他或者尚未审结）", count, other)
    for found in _NO_REMEDY.finditer(plain):
        named = _REVIEW if "行政复议" in (found.group(1) or found.group(2)) else _LITIGATION
        count = sum((_of_block(figures, block) for block in named), Decimal(0))
        if count and not _of_another_year(plain[: found.start()], figures.year):
            yield _outcome(found.group(0), f"表四有{count:f}件", count, [f"table4.{block}.total" for block in named])


def _outcome(words: str, table: str, count: Decimal, cells: Sequence[str]) -> Finding:
    return Finding(
        "TXT-3",
        f"正文“{words}”",
        f"正文称“{words}”，{table}。",
        words,
        f"{count:f}",
        "请按表四改写。",
        tuple(cells),
    )


def _sum(figures: Figures, keys: Sequence[str], columns: tuple[str, ...] = ()) -> Decimal:
    """The rows' sum over columns; without columns the column 总计, or the sum across where that cell is blank."""
    if columns:
        return sum((figures.applications(key, column).counted for key in keys for column in columns), Decimal(0))
    return sum((_across(figures, key) for key in keys), Decimal(0))


def _across(figures: Figures, row: str) -> Decimal:
    total = figures.applications(row, "total")
    if total.number is not None:
        return total.counted
    return sum((figures.applications(row, column).counted for column in _PEOPLE), Decimal(0))


def _of_block(figures: Figures, block: str) -> Decimal:
    """All cases of a block; by its parts where the total was left at nought."""
    total = figures.remedies(block, "total").counted
    parts = ("maintain", "correct", "other", "pending")
    return total or sum((figures.remedies(block, key).counted for key in parts), Decimal(0))
