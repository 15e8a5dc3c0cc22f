"""The words of a report: chapters, years, citations, what must be reported, likeness with last year's."""

from decimal import Decimal

import pytest
from tests.law.annual_report.made import HEADINGS, REVIEW, built, changed, narrative, number

from gongkai.law.annual_report import wording
from gongkai.law.annual_report.findings import Finding, Severity
from gongkai.law.annual_report.wording import Narrative, likeness

FIGURES = built(2023, {})


def found(text: Narrative, year: int = 2023) -> list[Finding]:
    return wording.check(text, built(year, {}))


def test_a_report_without_fault_has_none() -> None:
    for year in (2019, 2021, 2023):
        assert found(narrative(year), year) == []


def test_a_chapter_that_is_missing() -> None:
    (one,) = found(narrative(2023, headings={key: value for key, value in HEADINGS.items() if key != 5}))
    assert (one.code, one.place, one.right) == ("S-2", "第五章", "五、存在的主要问题及改进情况")


@pytest.mark.parametrize(
    ("heading", "weight"),
    [
        ("五、政府信息公开工作存在的主要问题及改进情况", None),
        ("五、 存在的主要问题及整改措施", None),
        ("五、问题和打算", Severity.HINT),
    ],
)
def test_chapters_under_other_names(heading: str, weight: Severity | None) -> None:
    assert [one.weight for one in found(narrative(2023, headings=HEADINGS | {5: heading}))] == (
        [weight] if weight else []
    )


def test_a_chapter_without_words() -> None:
    assert [one.place for one in found(narrative(2023, chapter_5=" "))] == ["第五章"]


@pytest.mark.parametrize(
    ("preface", "place"),
    [
        ("统计期限自2022年1月1日起至2022年12月31日止。", "统计期限"),
        ("统计期限自2022年1月1日至2023年12月31日止。", "统计期限"),
        ("统计期限自２０２３年１月１日起至１２月３１日止。", ""),
        ("根据国办公开办函〔2019〕60号编制。", "编制依据"),
        ("根据国办政务公开办函〔2021〕30号编制。", "编制依据"),
        ("根据国办公开办函[2021]30号编制。", ""),
        ("根据国办公开办函〔2016〕201号编制。", ""),
        ("根据《条例》（国务院令第492号）编制。", "编制依据"),
        ("根据《条例》（国务院令第711号）编制。", ""),
    ],
)
def test_years_and_citations(preface: str, place: str) -> None:
    told = found(narrative(2023, preface=preface))
    assert [(one.code, one.place) for one in told] == ([("S-2", place)] if place else [])


def test_the_trial_format_is_right_for_its_years_only() -> None:
    assert found(narrative(2020, preface="根据国办公开办函〔2019〕60号编制。"), 2020) == []
    assert [one.place for one in found(narrative(2020, preface="根据国办公开办函〔2021〕30号编制。"), 2020)] == [
        "编制依据"
    ]


def test_a_title_of_another_year_and_one_without_its_full_name() -> None:
    given = narrative(2023)
    of_2022 = Narrative(given.title.replace("2023", "2022"), given.preface, given.chapters, given.headings)
    assert [(one.left, one.right) for one in found(of_2022)] == [("2022", "2023")]
    short = Narrative("澜川市司法局2023年政府信息公开年度报告", given.preface, given.chapters, given.headings)
    assert [(one.place, one.weight) for one in found(short)] == [("标题", Severity.HINT)]


@pytest.mark.parametrize(
    ("chapter", "told"),
    [
        ("本年度未收取政府信息公开信息处理费。", None),
        ("2023年，全年收取政府信息公开信息处理费 0 元。", None),
        ("未发生收费情况。", None),
        ("信息处理费收取情况：无收费。", None),
        ("发出收费通知25件，总金额2950元，实际收取2950元。", None),
        ("收取信息处理费2950元。", Severity.HINT),
        ("无其他需要报告的事项。", Severity.WARNING),
    ],
)
def test_chapter_six_reports_the_fees(chapter: str, told: Severity | None) -> None:
    findings = found(narrative(2023, chapter_6=chapter))
    assert [(one.code, one.weight) for one in findings] == ([("S-4", told)] if told else [])


def test_fees_are_asked_for_since_there_are_rules_on_them() -> None:
    assert found(narrative(2020, chapter_6="无。"), 2020) == []
    assert [one.code for one in found(narrative(2021, chapter_6="无。"), 2021)] == ["S-4"]


def test_nobody_can_be_late_with_a_fee_that_was_never_asked() -> None:
    late = changed(FIGURES, table3__other_overdue_fee__total=number(2))
    (one,) = wording.check(narrative(2023), late)
    assert (one.code, one.cells) == ("S-4", ("table3.other_overdue_fee.total",))


def test_chapter_one_speaks_of_five_things() -> None:
    (one,) = found(narrative(2023, chapter_1=REVIEW.rpartition("\n")[0]))
    assert (one.code, one.right, one.weight) == ("S-5", "监督保障", Severity.HINT)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("该部分以表格形式报告。表格如下：", "该部分以表格形式报告。表格如下"),
        ("（请填写本年度情况）", "（请填写本年度情况）"),
        ("全年公开信息××条。", "××条"),
        ("X局发布XX件。", "XX件"),
    ],
)
def test_words_of_the_template(text: str, words: str) -> None:
    assert [(one.code, one.left) for one in found(narrative(2023, chapter_3=text))] == [("F-6", words)]


def test_likeness_disregards_numbers_and_years() -> None:
    last = "2022年，我局开展政府信息公开培训3次，参加人员120人次。公开渠道有待进一步拓宽，解读形式不够丰富。"
    this = "2023年，我局开展政府信息公开培训5次，参加人员98人次。公开渠道有待进一步拓宽，解读形式不够丰富。"
    assert likeness(this, last) == 1
    assert likeness("全新的一句话，说的是今年才有的事情和做法。", last) == 0
    assert likeness("", last) == 0


def test_copied_text_is_warned_of() -> None:
    before, now = narrative(2022), narrative(2023)
    (one,) = wording.check_likeness(now, before)
    assert (one.code, one.left) == ("S-3", "100%")
    assert Decimal("0.5") < wording.LIKENESS_LIMIT < 1
