"""Why information is not given: articles 14 to 16 and the Regulation's other reasons."""

from __future__ import annotations

import pytest

from gongkai.law import articles
from gongkai.law.grounds import GROUNDS, WITHHOLDING, ground
from gongkai.law.report_rows import row


def test_withholding_is_by_the_same_grounds_as_for_documents() -> None:
    assert [one.key for one in WITHHOLDING] == [one.key for one in articles.GROUNDS]
    assert [one.citation for one in WITHHOLDING] == [one.citation for one in articles.GROUNDS]
    assert [one for one in GROUNDS if one.withholds] == list(WITHHOLDING)


def test_the_eight_grounds_fill_rows_one_to_seven_of_denied() -> None:
    assert [one.row_label[:2] for one in WITHHOLDING] == ["1.", "2.", "3.", "4.", "4.", "5.", "6.", "7."]


@pytest.mark.parametrize(
    ("key", "citation", "row_label"),
    [
        ("not-held", "第三十六条第（四）项", "1.本机关不掌握相关政府信息"),
        ("other-agency", "第三十六条第（五）项", "1.本机关不掌握相关政府信息"),
        ("repeated", "第三十六条第（六）项", "2.重复申请"),
        ("special-procedure", "第三十六条第（七）项", "8.属于行政查询事项"),
        ("needs-processing", "第三十八条", "2.没有现成信息需要另行制作"),
        ("petition", "第三十九条第一款", "1.信访举报投诉类申请"),
        ("publication", "第三十九条第二款", "3.要求提供公开出版物"),
        ("excessive", "第三十五条", "4.无正当理由大量反复申请"),
        ("clarification-lapsed", "第三十条", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
    ],
)
def test_other_reasons_have_their_article_and_row(key: str, citation: str, row_label: str) -> None:
    assert ground(key).citation == f"《中华人民共和国政府信息公开条例》{citation}"
    assert ground(key).row_label == row_label


def test_what_the_regulation_does_not_name_says_where_it_is_from() -> None:
    without = [one for one in GROUNDS if one.article is None]
    assert {one.key for one in without} == {"reconfirm", "fee-lapsed", "withdrawn"}
    assert all(one.basis == one.citation for one in without)


def test_keys_are_unique_and_rows_exist() -> None:
    assert len({one.key for one in GROUNDS}) == len(GROUNDS)
    assert all(row(one.row) for one in GROUNDS)
    with pytest.raises(KeyError, match="secret"):
        ground("secret")
