"""Numbers in sentences against the tables."""

import pytest
from tests.law.annual_report.made import built, changed, narrative, number

from gongkai.law.annual_report import statements

# 30 new, 4 carried over; 32 done (20 granted, 5 partial, 4 denied, 3 not held), 2 carried forward.
FIGURES = changed(
    built(
        2023,
        {
            "table3.granted.natural_person": 20,
            "table3.partial.commercial": 5,
            "table3.deny_process_info.natural_person": 4,
            "table3.noprov_not_held.natural_person": 3,
            "table3.carried_over.natural_person": 4,
            "table3.carry_forward.natural_person": 2,
            "table4.review.maintain": 3,
            "table4.review.pending": 1,
            "table4.litigation_direct.maintain": 2,
        },
    ),
    table2__art20_1__规章__made=number(0),
)


def said(text: str) -> list[tuple[str, str, str]]:
    found = statements.check(narrative(2023, chapter_3=text), FIGURES)
    return [(one.code, one.left, one.right) for one in found]


@pytest.mark.parametrize(
    "text",
    [
        "全年新收政府信息公开申请30件，上年结转4件。",
        "2023年共收到政府信息公开申请３０件。",
        "受理政府信息公开申请34件（含上年结转4件）。",
        "全年办理信息公开申请32件，结转下年度继续办理2件。",
        "其中予以公开20件，部分公开5件，不予公开4件，无法提供3件，不予处理0件，其他处理0件。",
        "“予以公开”及“部分公开”25件，占78.1%。",
        "属于四类过程性信息4件，本机关不掌握相关政府信息3件。",
        "自然人申请25件，法人或其他组织5件。",
        "2022年收到政府信息公开申请18件。",
        "较上年同期收到政府信息公开申请18件有所增加。",
        "行政复议4件，行政诉讼2件。",
        "行政诉讼2件，均获维持。",
        "网站更新占全市5%。",
    ],
)
def test_what_is_right_or_speaks_of_something_else_is_left_alone(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("全年新收政府信息公开申请34件。", ("TXT-1", "34", "30")),
        ("受理政府信息公开申请17件。", ("TXT-1", "17", "30或34")),
        ("上年结转5件。", ("TXT-1", "5", "4")),
        ("结转下年1件。", ("TXT-1", "1", "2")),
        ("予以公开及部分公开20件。", ("TXT-1", "20", "25")),
        ("不予公开３件。", ("TXT-1", "3", "4")),
        ("属于四类过程性信息1件。", ("TXT-1", "1", "4")),
        ("行政复议3件。", ("TXT-1", "3", "4")),
        ("予以公开20件，占总数的60%。", ("TXT-2", "60%", "63%")),
        ("不予公开4件，占12.6%。", ("TXT-2", "12.6%", "12.5%")),
        ("发生行政复议4件，均获维持。", ("TXT-3", "均获维持", "1")),
        ("未发生因政府信息公开引起的行政复议。", ("TXT-3", "未发生因政府信息公开引起的行政复议", "4")),
    ],
)
def test_what_differs_is_found_with_both_values(text: str, found: tuple[str, str, str]) -> None:
    assert said(text) == [found]


def test_nothing_is_compared_with_a_table_that_is_not_there() -> None:
    text = narrative(2023, chapter_3="新收政府信息公开申请1件，行政复议9件，均获维持。")
    assert statements.check(text, changed(type(FIGURES)(2023, FIGURES.format, {}))) == []
