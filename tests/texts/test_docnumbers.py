"""发文字号: what officials type, and what is meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.texts.docnumbers import DocumentNumber, InvalidDocumentNumber, Kind, parse, search_forms


@pytest.mark.parametrize(
    "typed",
    [
        "国办发〔2019〕54号",
        "国办发[2019]54号",
        "国办发［2019］54号",
        "国办发(2019)54号",
        "国办发（2019）54号",
        "国办发【2019】54号",
        "国办发﹝2019﹞54號",
        " 国办发 〔２０１９〕 ５４ 号 ",
        "国办发2019年第54号",
        "国办发2019年54号",
        "（国办发〔2019〕54号）",
        "国办发〔二〇一九〕五十四号",
    ],
)
def test_one_number_typed_in_many_ways(typed: str) -> None:
    assert parse(typed) == DocumentNumber("国办发", 2019, 54, Kind.DOCUMENT)
    assert str(parse(typed)) == "国办发〔2019〕54号"


@pytest.mark.parametrize(
    ("typed", "official"),
    [
        ("澜城管发[2024]17号", "澜城管发〔2024〕17号"),
        ("深府（规）〔2024〕3号", "深府（规）〔2024〕3号"),
        ("澜教发、澜财发〔2024〕3号", "澜教发、澜财发〔2024〕3号"),
        ("国务院令第711号", "国务院令第711号"),
        ("国务院令 第711号", "国务院令第711号"),
        ("国务院第711号令", "国务院令第711号"),
        ("国务院令（第711号）", "国务院令第711号"),
        ("第711号令", "第711号令"),
        ("中华人民共和国主席令第三十七号", "中华人民共和国主席令第37号"),
        ("国家发展改革委令 2020年 第31号", "国家发展改革委令2020年第31号"),
        ("2020年第3号公告", "2020年第3号公告"),
        ("财政部 税务总局公告2020年第3号", "财政部 税务总局公告2020年第3号"),
        ("农业部公告第2292号", "农业部公告第2292号"),
        ("澜川市公安局通告2024年第1号", "澜川市公安局通告2024年第1号"),
    ],
)
def test_the_official_way_of_writing(typed: str, official: str) -> None:
    assert str(parse(typed)) == official
    assert parse(official) == parse(typed)


def test_orders_and_announcements_are_told_apart() -> None:
    assert parse("国务院令第711号").kind is Kind.ORDER
    assert parse("国务院令第711号").year is None
    assert parse("2020年第3号公告").kind is Kind.ANNOUNCEMENT
    assert parse("2020年第3号公告").year == 2020


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ("", "请填写发文字号"),
        ("关于做好工作的通知", "不是发文字号"),
        ("国办发54号", "缺少年份"),
        ("国办发〔〕54号", "缺少年份"),
        ("国办发2019 54号", "年份应放在六角括号"),
        ("国办发〔2019 54号", "括号不成对"),
        ("国办发〔2019〕第54号", "不加“第”字"),
        ("国办发〔2019〕054号", "不编虚位，请将“054”写成“54”"),
        ("国办发〔2019〕0号", "从1开始"),
        ("国办发〔19〕54号", "写全四位数"),
        ("国办发〔1019〕54号", "1019超出范围"),
        ("国办发〔2019年〕54号", "删去“年”字"),
        ("国办发〔二x〕54号", "年份“二x”不是数字"),
        ("国办发〔2019〕五x号", "序号有误"),
        ("国办发〔2019〕1234567号", "序号有误"),
        ("国办发〔2019〕54", "缺少“号”字"),
        ("国办发〔2019〕54号文", "“号”字后面有多余的内容"),
        ("〔2019〕54号", "缺少发文机关代字"),
        ("国办，发〔2019〕54号", "不应出现的符号"),
        ("国办发〔2019〕54号、国发〔2019〕1号", "不止一个发文字号"),
    ],
)
def test_what_is_wrong_is_said(typed: str, complaint: str) -> None:
    with pytest.raises(InvalidDocumentNumber, match=complaint):
        parse(typed)


def test_the_usual_ways_of_typing_start_with_the_official_one() -> None:
    forms = search_forms(parse("国办发〔2019〕54号"))
    assert forms[0] == "国办发〔2019〕54号"
    assert {"国办发[2019]54号", "国办发（2019）54号", "国办发2019年第54号", "国办发【2019】第54号"} <= set(forms)


def test_an_order_of_the_state_council_is_found_under_its_full_name() -> None:
    forms = search_forms(parse("国务院令第711号"))
    assert {"中华人民共和国国务院令第711号", "国务院第711号令", "第711号令", "国务院令第七百一十一号"} <= set(forms)


issuers = st.text("澜川市城管办发改财教卫规函", min_size=1, max_size=6)


@given(issuers, st.integers(1949, 2099), st.integers(1, 99_999))
def test_every_number_is_read_back(issuer: str, year: int, serial: int) -> None:
    number = DocumentNumber(issuer, year, serial, Kind.DOCUMENT)
    assert parse(str(number)) == number


@given(issuers, st.none() | st.integers(1949, 2099), st.integers(1, 999), st.sampled_from(["令", "公告", "通告"]))
def test_orders_and_announcements_are_read_back_from_most_forms(
    issuer: str, year: int | None, serial: int, sort: str
) -> None:
    kind = Kind.ORDER if sort == "令" else Kind.ANNOUNCEMENT
    number = DocumentNumber(issuer + sort, year, serial, kind)
    forms = search_forms(number)
    assert forms[0] == str(number)
    assert len(set(forms)) == len(forms)
    assert parse(forms[0]) == number
    assert parse(f"{issuer}{f'{year}年' if year else ''}第{serial}号{sort}") == number
