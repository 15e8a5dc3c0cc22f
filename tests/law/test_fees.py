"""信息处理费: the tariffs, and real charges that agencies published."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.fees import BY_COUNT, PAYMENT_TERMS, Measure, by_count, by_pages, tariff_on, yuan


@pytest.mark.parametrize(
    ("count", "total"),
    [(0, 0), (1, 0), (10, 0), (11, 100), (30, 2000), (31, 2200), (35, 3000), (40, 4000), (41, 4300), (51, 7400)],
)
def test_by_count_of_one_month(count: int, total: int) -> None:
    assert by_count(count).total == Decimal(total)


@pytest.mark.parametrize(
    ("pages", "total"),
    [(0, 0), (30, 0), (31, 10), (100, 700), (101, 720), (120, 1100), (200, 2700), (201, 2740), (300, 6700)],
)
def test_by_pages_of_one_application(pages: int, total: int) -> None:
    assert by_pages(pages).total == Decimal(total)


@pytest.mark.parametrize(("pages", "total"), [(68, 380), (119, 1080), (109, 880), (57, 270), (72, 420), (44, 140)])
def test_real_charges_by_pages(pages: int, total: int) -> None:
    """宿迁市 annual reports: each amount published is a number of pages."""
    assert by_pages(pages).total == Decimal(total)


@pytest.mark.parametrize(("added", "total"), [(15, 1500), (6, 600)])
def test_real_charges_by_count(added: int, total: int) -> None:
    """宿迁市 2023: 泗洪县公安局 15 applications, 宿迁市公安局 6, all beyond the ten that are free."""
    assert by_count(added, before=10).total == Decimal(total)


@pytest.mark.parametrize(("before", "rate"), [(9, 0), (10, 100), (29, 100), (30, 200), (39, 200), (40, 300), (95, 800)])
def test_one_more_application_costs_its_own_step(before: int, rate: int) -> None:
    """31–40 at 200, 41–50 at 300 … 91–100 at 800."""
    assert by_count(1, before=before).total == Decimal(rate)


def test_charges_of_a_month_add_up_however_they_are_divided() -> None:
    whole = by_count(73).total
    for cut in range(74):
        assert by_count(cut).total + by_count(73 - cut, before=cut).total == whole


@given(added=st.integers(0, 400), before=st.integers(0, 400))
def test_a_charge_is_what_its_applications_cost_one_by_one(added: int, before: int) -> None:
    def rate(number: int) -> int:
        if number <= 30:
            return 0 if number <= 10 else 100
        return 200 + (number - 31) // 10 * 100

    charge = by_count(added, before=before)
    assert charge.total == sum(rate(number) for number in range(before + 1, before + added + 1))
    assert sum(line.quantity for line in charge.lines) == added


def test_the_notice_shows_the_calculation() -> None:
    charge = by_count(25, before=8)
    assert [(line.first, line.last, line.rate) for line in charge.lines] == [(9, 10, 0), (11, 30, 100), (31, 33, 200)]
    assert charge.sentence() == (
        "第9至10件，2件，不收费；第11至30件，20件×100元=2,000元；第31至33件，3件×200元=600元；合计2,600元。"
    )
    assert charge.basis == "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）第四条"
    assert by_pages(0).sentence() == "不收费。"
    assert by_count(1, before=30).sentence() == "第31件，1件×200元=200元；合计200元。"


def test_tariffs_are_dated() -> None:
    assert tariff_on(date(2021, 1, 1), Measure.BY_COUNT) is BY_COUNT
    assert tariff_on(date(2026, 5, 6), Measure.BY_PAGES).measure.label == "按量计收"
    with pytest.raises(ValueError, match="2020年12月31日尚无收费标准"):
        tariff_on(date(2020, 12, 31), Measure.BY_PAGES)


def test_negative_numbers_are_refused() -> None:
    with pytest.raises(ValueError, match="件数不能为负"):
        by_count(-1)
    with pytest.raises(ValueError, match="页数不能为负"):
        by_pages(-1)


def test_amounts_as_they_are_written() -> None:
    assert (yuan(Decimal(1080)), yuan(Decimal("0.5"))) == ("1,080元", "0.50元")


def test_the_notice_says_when_to_pay_and_what_follows() -> None:
    assert PAYMENT_TERMS.startswith("请自收到本通知次日起20个工作日内缴纳；逾期未缴纳的，视为放弃申请")
