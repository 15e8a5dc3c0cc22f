"""The officials' wordings of a time limit: read, written back, refused with the forms that are understood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.duties import ARTICLE_26, Limit, LimitKind, LimitUnit, LimitWordingError, parse
from gongkai.law.numerals import normalise, parse_number, to_chinese
from gongkai.law.wordings import UNDERSTOOD

WORKING_DAY, DAY, WEEK, MONTH, QUARTER, YEAR = LimitUnit


def within(value: int, unit: LimitUnit, start: str = ARTICLE_26.start) -> Limit:
    return Limit(LimitKind.WITHIN, value, unit, start)


@pytest.mark.parametrize(
    "text",
    [
        "自信息形成或者变更之日起20个工作日内",
        "自该政府信息形成或者变更之日起20个工作日内及时公开。法律、法规对政府信息公开的期限另有规定的，从其规定。",
        "信息形成或变更之日起 ２０ 个工作日内",
        "形成或者变更之日起二十个工作日内予以公开",
        "信息形成或变更之日起20个工作日内公开；法律法规另有规定的，从其规定",
        "自信息形成或者变更之日起，20个工作日内主动公开",
        "20个工作日",
        "20工作日以内",
    ],
)
def test_article_26_in_its_many_forms(text: str) -> None:
    assert parse(text) == ARTICLE_26


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("3个工作日内", within(3, WORKING_DAY)),
        ("自作出决定之日起7个工作日内公开", within(7, WORKING_DAY, "作出决定之日")),
        ("公文印发后10日内", within(10, DAY, "公文印发之日")),
        ("自信息形成之日起七个工作日内", within(7, WORKING_DAY, "信息形成之日")),
        ("季度结束后十五日内", within(15, DAY, "季度结束之日")),
        ("15天内", within(15, DAY)),
        ("两周内", within(2, WEEK)),
        ("6个月内", within(6, MONTH)),
        ("半年内", within(6, MONTH)),
        ("半个月内", within(15, DAY)),
        ("一年内", within(1, YEAR)),
        ("实时公开", Limit(LimitKind.REAL_TIME)),
        ("当日公开", Limit(LimitKind.REAL_TIME)),
        ("及时公开", Limit(LimitKind.PROMPT)),
        ("按进展情况及时公开", Limit(LimitKind.PROMPT)),
        ("动态更新", Limit(LimitKind.PROMPT)),
        ("长期公开", Limit(LimitKind.PERMANENT)),
        ("永久", Limit(LimitKind.PERMANENT)),
        ("及时公开，长期公开", Limit(LimitKind.PROMPT, lasting=True)),
        ("每季度", Limit(LimitKind.PERIODIC, 1, QUARTER)),
        ("按月公开", Limit(LimitKind.PERIODIC, 1, MONTH)),
        ("每半年公布一次", Limit(LimitKind.PERIODIC, 6, MONTH)),
        ("每两周更新一次", Limit(LimitKind.PERIODIC, 2, WEEK)),
        ("每年1月31日前", Limit(LimitKind.FIXED_DATE, 1, YEAR, month=1, day=31)),
        ("次年三月底前公布", Limit(LimitKind.FIXED_DATE, 1, YEAR, month=3, day=31)),
        ("每年2月底前", Limit(LimitKind.FIXED_DATE, 1, YEAR, month=2, day=29)),
        ("每年底前", Limit(LimitKind.FIXED_DATE, 1, YEAR, month=12, day=31)),
        ("每月10日前", Limit(LimitKind.FIXED_DATE, 1, MONTH, day=10)),
        ("每月底前", Limit(LimitKind.FIXED_DATE, 1, MONTH, day=31)),
        ("按照法律法规规定的时限执行", Limit(LimitKind.BY_LAW)),
        ("按规定公开", Limit(LimitKind.BY_LAW)),
    ],
)
def test_other_wordings(text: str, limit: Limit) -> None:
    assert parse(text) == limit
    assert parse(limit.label()) == limit


@pytest.mark.parametrize(
    ("limit", "label"),
    [
        (ARTICLE_26, "自信息形成或者变更之日起20个工作日内"),
        (within(6, MONTH), "自信息形成或者变更之日起6个月内"),
        (Limit(LimitKind.PERIODIC, 1, QUARTER), "每季度公开一次"),
        (Limit(LimitKind.PERIODIC, 2, WEEK), "每2周公开一次"),
        (Limit(LimitKind.FIXED_DATE, 1, MONTH, day=31), "每月底前"),
        (Limit(LimitKind.WITHIN, 3, DAY, "批准之日", lasting=True), "自批准之日起3日内，长期公开"),
    ],
)
def test_labels(limit: Limit, label: str) -> None:
    assert limit.label() == label


starts = st.sampled_from([ARTICLE_26.start, "作出决定之日", "信息形成之日", "会议结束之日", "2026年1月1日"])


@given(st.integers(1, 2500), st.sampled_from(list(LimitUnit)), starts, st.booleans())
def test_every_limit_within_reads_back(value: int, unit: LimitUnit, start: str, lasting: bool) -> None:
    limit = Limit(LimitKind.WITHIN, value, unit, start, lasting=lasting)
    assert parse(limit.label()) == limit


@given(st.integers(1, 99), st.sampled_from(list(LimitUnit)))
def test_every_periodic_limit_reads_back(value: int, unit: LimitUnit) -> None:
    limit = Limit(LimitKind.PERIODIC, value, unit)
    assert parse(limit.label()) == limit


@pytest.mark.parametrize("form", UNDERSTOOD)
def test_the_forms_we_offer_are_understood(form: str) -> None:
    parse(form)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "（空）"),
        ("   ", "（空）"),
        ("尽量早", "尽量早"),
        ("下周一", "下周一"),
        ("公开", "公开"),
        ("0个工作日内", "数值0不合理"),
        ("99999日内", "数值99999不合理"),
        ("每年2月30日前", "没有2月30日"),
        ("每年13月1日前", "月份或者日期不存在"),
        ("每年15日前", "每年的日期要写明月份"),
        ("每月32日前", "没有32日"),
        ("半周内", "“半周”请写成整数"),
        ("3个工作日内，5个工作日内", "一项只能有一个"),
    ],
)
def test_nonsense_is_refused_with_the_forms_that_can_be_read(text: str, why: str) -> None:
    with pytest.raises(LimitWordingError) as refused:
        parse(text)
    assert why in str(refused.value)
    assert "可以写成：“自信息形成或者变更之日起20个工作日内”、“3个工作日内”" in str(refused.value)
    assert refused.value.text == text


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        limit = parse(text)
    except LimitWordingError:
        return
    assert parse(limit.label()) == limit


@given(st.text("自从起后日内半个年月季度周工作每前底末长期及时公开，；。0123456789一二十", max_size=14))
def test_any_mixture_of_the_words_is_read_or_refused(text: str) -> None:
    try:
        limit = parse(text)
    except LimitWordingError:
        return
    assert parse(limit.label()).kind is limit.kind


@given(st.integers(0, 9999))
def test_numerals_read_back(number: int) -> None:
    assert parse_number(to_chinese(number)) == number
    assert parse_number(str(number)) == number


def test_numerals_as_written() -> None:
    assert [to_chinese(number) for number in (0, 10, 12, 20, 31, 105, 110, 1005, 2026)] == [
        "零",
        "十",
        "十二",
        "二十",
        "三十一",
        "一百零五",
        "一百一十",
        "一千零五",
        "二千零二十六",
    ]
    assert parse_number("两") == 2
    assert parse_number("２０") == 20
    assert parse_number("二〇") == 20
    assert normalise(" ２０ 个　工作日 ") == "20个工作日"
    for wrong in ("", "廿", "3a", "-1"):
        with pytest.raises(ValueError, match="不是数字"):
            parse_number(wrong)
    with pytest.raises(ValueError, match="0到9999"):
        to_chinese(10000)
