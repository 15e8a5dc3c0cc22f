"""The words of a report: its chapters, the years and documents it cites, what it must report, likeness with last year.

The numbers in its sentences are looked at by ``statements``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from gongkai.law.annual_report.figures import Figures
from gongkai.law.annual_report.findings import Finding, Severity
from gongkai.law.annual_report.formats import CHAPTERS, ReportFormat, basis
from gongkai.law.numerals import to_chinese

LIKENESS_LIMIT = Decimal("0.6")
"""From which share of sentences on a report counts as copied from last year's; practice, no document sets it 【忆】."""

_SHORT_SENTENCE = 12  # characters; shorter ones are headings and set phrases, alike every year
_TEMPLATE_REMAINS = re.compile(
    r"该部分以表格形式报告(?:[，。]?表格如下)?|表格如下|此处填写|（请填写[^）]{0,20}）|（此处[^）]{0,20}）|[XxＸ×﹡*＊]{2,}(?:年|月|日|件|条|元|局|委|办|镇)"
)
_BASES = re.compile(r"(国办[一-龥]{0,8}函)[〔\[（(](\d{4})[〕\]）)](\d+)号")
_FORMAT_NUMBERS = tuple(one.source.removeprefix("国办公开办函") for one in ReportFormat)
_OLD_REGULATION = ("国务院令第492号", "国务院第492号令", "国务院令492号", "中华人民共和国国务院令第492号")
_REVIEW_WORDS = {
    "主动公开": ("主动公开",),
    "依申请公开": ("依申请公开", "信息公开申请"),
    "政府信息管理": ("信息管理", "信息资源管理", "管理政府信息", "规范性文件管理"),
    "政府信息公开平台建设": ("平台建设", "公开平台", "平台", "网站"),
    "监督保障": ("监督保障", "监督", "考核", "培训"),
}
FEES_SINCE = 2021
"""The first year of the fee rules (国办函〔2020〕109号, in force on 1 January 2021)."""
_FEE = re.compile(r"收费|处理费|收取[^。]{0,12}费|费用")
_NO_FEE = re.compile(
    r"(?:未|没有|无|不存在|暂无|均未)(?:发生|产生|收取|收到|收|发出|涉及)?[^。；]{0,16}(?:收费|费)"
    r"|(?:收费|处理费|费用)[^。；]{0,12}(?:为零|为无|为0|[^\d.]0元|未发生)|费0元"
)
_WIDE_DIGITS = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
_PERIOD = re.compile(r"(\d{4})年1月1日[起]?(?:至|到|—|-)(?:(\d{4})年)?12月31日")


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


def check(narrative: Narrative, figures: Figures) -> list[Finding]:
    """S-2, S-4, S-5 and F-6."""
    return [
        *_chapters(narrative),
        *_years(narrative, figures.year),
        *_bases(narrative, figures.year),
        *_review(narrative, figures.year),
        *_fees(narrative, figures),
        *_remains(narrative),
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


def squeezed(text: str) -> str:
    """Without blanks, digits half-width: how patterns look at a text."""
    return re.sub(r"\s+", "", text).translate(_WIDE_DIGITS)


def _sentences(text: str) -> list[str]:
    plain = re.sub(r"\d+|[〇零一二三四五六七八九十]+年", "#", re.sub(r"\s+", "", text))
    return [one for one in re.split(r"[。；;！？]", plain) if len(one) >= _SHORT_SENTENCE]


def _chapters(narrative: Narrative) -> Iterator[Finding]:
    for chapter in CHAPTERS:
        wanted = f"{to_chinese(chapter.number)}、{chapter.title}"
        heading = squeezed(narrative.headings.get(chapter.number, ""))
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
    said = re.search(r"(\d{4})年", squeezed(narrative.title))
    if said and int(said.group(1)) != year:
        yield Finding("S-2", "标题", f"标题写的是{said.group(1)}年，统计年度是{year}年。", said.group(1), str(year))
    if narrative.title and "信息公开工作年度报告" not in squeezed(narrative.title):
        yield Finding(
            "S-2",
            "标题",
            "标题中没有“政府信息公开工作年度报告”。",
            narrative.title,
            f"{year}年政府信息公开工作年度报告",
            "请使用完整的名称。",
            severity=Severity.HINT,
        )
    plain = squeezed(narrative.text)
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


def _bases(narrative: Narrative, year: int) -> Iterator[Finding]:
    """S-2: the document the format comes from, cited by its number, and the Regulation as revised."""
    try:
        wanted = basis(year)
    except ValueError:  # years before the formats
        return
    plain = squeezed(narrative.text)
    for issuer, of_year, number in dict.fromkeys(_BASES.findall(plain)):
        cited = f"{issuer}〔{of_year}〕{number}号"
        if f"〔{of_year}〕{number}号" in _FORMAT_NUMBERS and cited != wanted:
            yield Finding(
                "S-2", "编制依据", f"引用了{cited}，{year}年度的格式是{wanted}。", cited, wanted, "请核对引用的文号。"
            )
    for words in _OLD_REGULATION:
        if words in plain:
            yield Finding(
                "S-2",
                "编制依据",
                f"引用了“{words}”，条例已于2019年修订，由国务院令第711号公布。",
                words,
                "国务院令第711号",
                "请改引现行条例。",
            )


def _review(narrative: Narrative, year: int) -> Iterator[Finding]:
    """S-5: what chapter one sums up, named in 〔2021〕30号; the same five things under whatever words."""
    text = squeezed(narrative.chapters.get(1, ""))
    if not text or year < ReportFormat.CURRENT_2021.first_year:
        return
    lacking = [name for name, words in _REVIEW_WORDS.items() if not any(one in text for one in words)]
    if lacking:
        yield Finding(
            "S-5",
            "第一章",
            f"总体情况没有写到：{'、'.join(lacking)}。",
            "",
            "、".join(lacking),
            "请写明这几方面的情况。",
        )


def _fees(narrative: Narrative, figures: Figures) -> Iterator[Finding]:
    """S-4: chapter six says how many fee notices were sent, what they came to, what was paid; or that there was none.

    Since the fee rules came into force (2021).
    """
    text = squeezed(narrative.chapters.get(6, ""))
    if figures.year < FEES_SINCE or 6 not in narrative.headings:
        return
    overdue = figures.applications("other_overdue_fee", "total").counted
    none = bool(_NO_FEE.search(text))
    if not _FEE.search(text):
        yield Finding(
            "S-4",
            "第六章",
            "没有报告政府信息公开信息处理费的收取情况。",
            "",
            "收费通知件数、总金额和实际收取金额",
            "请写明发出收费通知的件数、总金额和实际收取的总金额；没有的写明“未收取信息处理费”。",
        )
    elif none and overdue:
        yield Finding(
            "S-4",
            "第六章",
            f"第六章称没有收费，表三却有{overdue:f}件因逾期不缴费不再处理。",
            "没有收费",
            f"{overdue:f}",
            "逾期不缴费以发出收费通知为前提，请写明收费通知的件数和金额。",
            ("table3.other_overdue_fee.total",),
        )
    elif not none and not (re.search(r"\d+(?:件|份|次|笔|宗)", text) and re.search(r"\d+(?:\.\d+)?万?元", text)):
        yield Finding(
            "S-4",
            "第六章",
            "收费情况没有同时写明件数和金额。",
            "",
            "件数和金额",
            "请写明发出收费通知的件数、总金额和实际收取的总金额。",
            severity=Severity.HINT,
        )


def _remains(narrative: Narrative) -> Iterator[Finding]:
    for words in dict.fromkeys(_TEMPLATE_REMAINS.findall(squeezed(narrative.text))):
        yield Finding("F-6", "正文", f"模板提示语“{words}”没有删除。", words, "", "请删除，或者填写实际内容。")
