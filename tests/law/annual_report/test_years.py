"""From one year to the next."""

import pytest
from tests.law.annual_report.made import built, changed, number

from gongkai.law.annual_report import years
from gongkai.law.annual_report.checking import Before, check
from gongkai.law.annual_report.figures import Figures
from gongkai.law.annual_report.formats import ReportFormat

VALID = "table2__art20_1__行政规范性文件__"


def test_what_was_carried_over_is_what_was_carried_forward() -> None:
    before = built(2022, {"table3.carry_forward.natural_person": 3})
    after = built(2023, {"table3.carried_over.natural_person": 3, "table3.granted.natural_person": 5})
    assert years.check(after, before) == []
    wrong = built(2023, {"table3.carried_over.natural_person": 2, "table3.granted.natural_person": 5})
    found = years.check(wrong, before)
    assert [(one.code, one.left, one.right) for one in found] == [("Y-1", "2", "3"), ("Y-1", "2", "3")]
    assert [one.place for one in found] == ["表三“自然人”列", "表三“总计”列"]


def test_what_is_in_force_follows_from_last_year() -> None:
    before = changed(built(2022, {}), **{f"{VALID}valid": number(10)})
    after = changed(built(2023, {}), **{f"{VALID}made": number(3), f"{VALID}repealed": number(1)})
    assert years.check(changed(after, **{f"{VALID}valid": number(12)}), before) == []
    (found,) = years.check(changed(after, **{f"{VALID}valid": number(13)}), before)
    assert (found.code, found.left, found.right) == ("Y-2", "13", "12")
    assert not found.is_error


def test_the_first_year_of_the_present_format_follows_the_trial_format() -> None:
    before = changed(built(2020, {}), table2__art20_1__规范性文件__total_public=number(20))
    after = changed(built(2021, {}), **{f"{VALID}made": number(2), f"{VALID}valid": number(25)})
    assert [one.code for one in years.check(after, before)] == ["Y-2"]


def test_a_thousand_times_last_years_fees_are_a_wrong_unit() -> None:
    fee = "table2__art20_8__行政事业性收费__amount_wan_yuan"
    before = changed(built(2022, {}), **{fee: number("77.3")})
    assert years.check(changed(built(2023, {}), **{fee: number("7730")}), before) == []
    assert [one.code for one in years.check(changed(built(2023, {}), **{fee: number("773000")}), before)] == ["Y-3"]


def test_two_years_that_do_not_follow_are_not_compared() -> None:
    with pytest.raises(ValueError, match="2021年度不是2023年度的上一年度"):
        check(built(2023, {}), before=Before(built(2021, {})))


def test_tables_of_the_wrong_year() -> None:
    old = built(2020, {})
    (found,) = years.check_format(Figures(2022, ReportFormat.TRIAL_2019, old.values))
    assert (found.code, found.right) == ("F-1", "国办公开办函〔2021〕30号")
    assert years.check_format(old) == []


def test_nothing_is_said_of_the_format_before_there_was_one() -> None:
    assert years.check_format(Figures(2018, ReportFormat.TRIAL_2019, {})) == []


def test_the_single_row_of_the_trial_format_is_left_over() -> None:
    values = {k: v for k, v in built(2023, {}).values.items() if "other_" not in k}
    old = {f"table3.other.{one}": number(0) for one in ("natural_person", "total")}
    (found,) = years.check_format(Figures(2023, ReportFormat.CURRENT_2021, values | old))
    assert (found.left, found.right) == ("1行", "3行")
