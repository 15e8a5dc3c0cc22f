"""The text of a report against its tables and against last year's: chapters, years, numbers, percentages, likeness.

Counts in a text are a matter of scope as often as of error (受理 may include what was carried over, 代表区政府受理 only
the government's own), so they are warnings that ask for an answer, never errors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from gongkai.law.annual_report.figures import Figures
from gongkai.law.annual_report.findings import Finding, Severity
from gongkai.law.annual_report.formats import CHAPTERS, ReportFormat, basis, rows
from gongkai.law.numerals import to_chinese

LIKENESS_LIMIT = Decimal("0.6")
"""From which share of sentences on a report counts as copied from last year's; practice, no document sets it 【忆】."""

_SHORT_SENTENCE = 12  # characters; shorter ones are headings and set phrases, alike every year
_TEMPLATE_REMAINS = ("该部分以表格形式报告", "表格如下", "此处填写", "（请填写")
_OTHER_BASES = re.compile(r"国办[一-龥]{0,8}函〔(\d{4})〕\s*(\d+)\s*号")
_PERIOD = re.compile(r"(\d{4})年1月1日[起]?(?:至|到|—|-)(?:(\d{4})年)?12月31日")
_COUNT = r"(\d[\d,]*)\s*(?:件|份|宗|起)"
_PERCENT = re.compile(
    r"([一-龥“”]{2,14}?)(?:信息)?\s*(\d[\d,]*)\s*件[，,（(]?\s*占[^，。；%]{0,12}?(\d+(?:\.\d+)?)\s*[%％]"
)


@dataclass(frozen=True)
class Narrative:
    """The words of a report: its title, what stands before chapter one, and the chapters by number (1 to 6)."""

    title: str = ""
    preface: str = ""
    chapters: Mapping[int, str] = field(default_factory=dict)
    headings: Mapping[int, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """Everything in order."""
        return "\n".join([self.title, self.preface, *(self.chapters[number] for number in sorted(self.chapters))])


@dataclass(frozen=True, slots=True)
class Statement:
    """What sentences say such a number: a name, the pattern around it, and the cells it ought to be the sum of."""

    name: str
    pattern: re.Pattern[str]
    rows: tuple[str, ...]
    also: tuple[str, ...] = ()


def check(narrative: Narrative, figures: Figures) -> list[Finding]:
    """S-2, F-6, TXT-1 and TXT-2."""
    return [
        *_chapters(narrative),
        *_years(narrative, figures.year),
        *_remains(narrative),
        *_counts(narrative, figures),
        *_percentages(narrative, figures),
    ]


def check_likeness(narrative: Narrative, before: Narrative) -> list[Finding]:
    """S-3: how much of the text stood in last year's report already, numbers and years aside."""
    share = likeness(narrative.text, before.text)
    if share < LIKENESS_LIMIT:
        return []
    return [
        Finding(
            "S-3",
            "正文",
            f"正文有{share:.0%}的句子与上年报告相同（数字、年份不计）。",
            f"{share:.0%}",
            f"低于{LIKENESS_LIMIT:.0%}",
            "请写明本年的实际情况、问题和改进。",
        )
    ]


def likeness(text: str, before: str) -> Decimal:
    """The share, by length, of the sentences of `text` that `before` has too; digits do not matter."""
    known = set(_sentences(before))
    own = _sentences(text)
    whole = sum(len(one) for one in own)
    return Decimal(sum(len(one) for one in own if one in known)) / whole if whole else Decimal(0)


def _sentences(text: str) -> list[str]:
    plain = re.sub(r"\d+|[〇零一二三四五六七八九十]+年", "#", re.sub(r"\s+", "", text))
    return [one for one in re.split(r"[。；;！？]", plain) if len(one) >= _SHORT_SENTENCE]


def _chapters(narrative: Narrative) -> Iterator[Finding]:
    for chapter in CHAPTERS:
        wanted = f"{to_chinese(chapter.number)}、{chapter.title}"
        heading = re.sub(r"\s+", "", narrative.headings.get(chapter.number, ""))
        if chapter.number not in narrative.headings:
            yield Finding(
                "S-2",
                f"第{to_chinese(chapter.number)}章",
                f"没有找到“{wanted}”一章。",
                "",
                wanted,
                "请按格式写全六章；没有内容的也应写明。",
            )
        elif not heading.endswith((chapter.title, *chapter.wordings)):
            yield Finding(
                "S-2",
                f"第{to_chinese(chapter.number)}章",
                f"章名写作“{heading}”，格式为“{wanted}”。",
                heading,
                wanted,
                "请使用格式规定的章名。",
                severity=Severity.HINT,
            )
        elif chapter.number in (1, 5, 6) and not narrative.chapters.get(chapter.number, "").strip():
            yield Finding(
                "S-2",
                f"第{to_chinese(chapter.number)}章",
                f"“{wanted}”一章没有内容。",
                "",
                "",
                "请填写；没有需要报告的也应写明“无”。",
            )


def _years(narrative: Narrative, year: int) -> Iterator[Finding]:
    said = re.search(r"(\d{4})年", re.sub(r"\s+", "", narrative.title))
    if said and int(said.group(1)) != year:
        yield Finding("S-2", "标题", f"标题写的是{said.group(1)}年，统计年度是{year}年。", said.group(1), str(year))
    plain = re.sub(r"\s+", "", narrative.text)
    for begin, end in _PERIOD.findall(plain):
        if {begin, end or begin} != {str(year)}:
            yield Finding(
                "S-2",
                "统计期限",
                f"统计期限写作{begin}年至{end or begin}年，应为{year}年1月1日至12月31日。",
                f"{begin}—{end or begin}",
                str(year),
                "请改正统计期限。",
            )
    wanted = basis(year)
    known = {one.source for one in ReportFormat}
    for found in _OTHER_BASES.finditer(plain):
        cited = found.group(0)
        of_a_format = any(re.search(r"〔.*", one).group(0) in cited for one in known)  # type: ignore[union-attr]
        if of_a_format and cited != wanted:
            yield Finding(
                "S-2", "编制依据", f"引用了{cited}，{year}年度的格式是{wanted}。", cited, wanted, "请核对引用的文号。"
            )


def _remains(narrative: Narrative) -> Iterator[Finding]:
    plain = re.sub(r"\s+", "", narrative.text)
    for words in _TEMPLATE_REMAINS:
        if words in plain:
            yield Finding("F-6", "正文", f"模板提示语“{words}”没有删除。", words, "", "请删除。")


def _group(prefix: str) -> tuple[str, ...]:
    keys = (row.key for each in ReportFormat for row in rows(each))
    return tuple(dict.fromkeys(key for key in keys if key.startswith(prefix)))


_OTHER_ROWS = ("other", *_group("other_"))
_STATEMENTS = (
    Statement(
        "新收申请",
        re.compile(
            rf"(?:新收|收到|共收|接收|受理|办理)(?:到|了)?(?:的)?(?:政府)?信息公开申请(?:共|合计|为|共计)?{_COUNT}"
        ),
        ("new_received",),
        also=("new_received", "carried_over"),
    ),
    Statement("上年结转", re.compile(rf"上年(?:度)?结转[^，。；]{{0,12}}?{_COUNT}"), ("carried_over",)),
    Statement("结转下年", re.compile(rf"结转(?:至)?下(?:一)?年[^，。；]{{0,12}}?{_COUNT}"), ("carry_forward",)),
    Statement("予以公开", re.compile(rf"(?<!不)予以公开(?:的)?(?:信息)?(?:有|共)?{_COUNT}"), ("granted",)),
    Statement("部分公开", re.compile(rf"部分公开(?:的)?(?:有|共)?{_COUNT}"), ("partial",)),
    Statement("不予公开", re.compile(rf"不予公开(?:的)?(?:有|共)?{_COUNT}"), _group("deny_")),
    Statement("无法提供", re.compile(rf"无法提供(?:的)?(?:有|共)?{_COUNT}"), _group("noprov_")),
    Statement("不予处理", re.compile(rf"不予处理(?:的)?(?:有|共)?{_COUNT}"), _group("noproc_")),
    Statement("其他处理", re.compile(rf"其他处理(?:的)?(?:有|共)?{_COUNT}"), _OTHER_ROWS),
)
_REMEDIES = (
    ("行政复议", re.compile(rf"行政复议(?:案件)?(?:共)?{_COUNT}"), ("review",)),
    ("行政诉讼", re.compile(rf"行政诉讼(?:案件)?(?:共)?{_COUNT}"), ("litigation_direct", "litigation_after_review")),
)


def _counts(narrative: Narrative, figures: Figures) -> Iterator[Finding]:
    plain = re.sub(r"\s+", "", narrative.text)
    if figures.has_table(3):
        for statement in _STATEMENTS:
            keys = tuple(f"table3.{row}.total" for row in statement.rows)
            allowed = {_total(figures, statement.rows), _total(figures, statement.also or statement.rows)}
            yield from _differing(plain, statement.name, statement.pattern, allowed, keys)
    if figures.has_table(4):
        for name, pattern, blocks in _REMEDIES:
            keys = tuple(f"table4.{block}.total" for block in blocks)
            table = sum((_remedies(figures, block) for block in blocks), Decimal(0))
            yield from _differing(plain, name, pattern, {table}, keys)


def _differing(
    plain: str, name: str, pattern: re.Pattern[str], allowed: set[Decimal], keys: tuple[str, ...]
) -> Iterator[Finding]:
    for found in pattern.finditer(plain):
        said = Decimal(found.group(1).replace(",", ""))
        if said not in allowed:
            table = "或".join(f"{one:f}" for one in sorted(allowed))
            yield Finding(
                "TXT-1",
                f"正文“{found.group(0)}”",
                f"正文称{name}{said:f}件，表内为{table}件。",
                f"{said:f}",
                table,
                "请先核对口径：是否含结转、是否只是本级；口径不同的请在正文中说明。",
                keys,
            )


def _percentages(narrative: Narrative, figures: Figures) -> Iterator[Finding]:
    handled = _total(figures, ("total",))
    if not handled:
        return
    plain = re.sub(r"\s+", "", narrative.text)
    for found in _PERCENT.finditer(plain):
        count, said = Decimal(found.group(2).replace(",", "")), Decimal(found.group(3))
        places = len(found.group(3).partition(".")[2])
        right = round(count * 100 / handled, places)
        if right != said:
            yield Finding(
                "TXT-2",
                f"正文“{found.group(0)}”",
                f"正文写{said}%；{count:f}件占（七）总计{handled:f}件的{right}%。",
                f"{said}%",
                f"{right}%",
                "请核对分母：百分比按（七）总计计算。",
                ("table3.total.total",),
            )


def _total(figures: Figures, keys: tuple[str, ...]) -> Decimal:
    """The rows' total: the column 总计, or the sum across where that cell is blank."""
    return sum((_across(figures, key) for key in keys), Decimal(0))


def _across(figures: Figures, row: str) -> Decimal:
    total = figures.applications(row, "total")
    if total.number is not None:
        return total.counted
    columns = ("natural_person", "commercial", "research", "social_welfare", "legal_service", "other_org")
    return sum((figures.applications(row, column).counted for column in columns), Decimal(0))


def _remedies(figures: Figures, block: str) -> Decimal:
    total = figures.remedies(block, "total")
    parts = sum(
        (figures.remedies(block, key).counted for key in ("maintain", "correct", "other", "pending")), Decimal(0)
    )
    return parts if total.number is None or parts else total.counted
