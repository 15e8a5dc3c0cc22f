"""How an item may be decided: the statutory list, what each decision needs, where the report counts it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from gongkai.law.numerals import to_chinese
from gongkai.law.replies import (
    Disposal,
    all_outcomes,
    grounds_of,
    missing,
    outcome,
    report_row,
)
from gongkai.law.report_rows import COMPUTED_ROWS, ReportFormat, rows
from gongkai.law.requirements import Fact, Facts

from .conftest import Regulations

NOTHING = Facts()
EVERYTHING = Facts(
    reasons="涉及第三方商业秘密，公开会损害其合法权益",
    search_records=1,
    provided_files=2,
    way_to_get="政府网站“政府信息公开”专栏",
    time_to_get=date(2026, 5, 8),
    other_agency_name="澜城市自然资源和规划局",
    other_agency_contact="0999-8123456",
    earlier_reply="澜城管公开〔2026〕12号",
    redactions=3,
    third_party="2026年4月2日征求，第三方不同意公开",
    override_reasons="涉及饮用水安全",
    special_provision="《不动产登记暂行条例》第二十七条，市不动产登记中心查询窗口",
    clarification_notice=date(2026, 4, 3),
    supplement=date(2026, 4, 20),
    fee_notice=date(2026, 4, 3),
    excess="2026年3月共提出46件",
    reasons_demanded=date(2026, 4, 3),
    proper_channel="市信访局，0999-8123000",
    withdrawn_on=date(2026, 4, 9),
)


def fields(key: str, facts: Facts = NOTHING, grounds: tuple[str, ...] = ()) -> list[str]:
    return [one.field for one in missing(outcome(key), facts, grounds)]


def test_the_list_covers_every_row_a_decision_can_be_counted_in() -> None:
    reached = {
        report_row(one, (ground,) if ground else ())
        for one in all_outcomes()
        for ground in (one.grounds if one.row is None else (None,))
    }
    assert reached == {row.key for row in rows(ReportFormat.CURRENT_2021)} - COMPUTED_ROWS


@pytest.mark.parametrize(
    ("key", "disposal", "citation"),
    [
        ("already_public", "予以公开", "第三十六条第（一）项"),
        ("granted", "予以公开", "第三十六条第（二）项"),
        ("refused", "不予公开", "第三十六条第（三）项"),
        ("not_held", "无法提供", "第三十六条第（四）项"),
        ("other_agency", "无法提供", "第三十六条第（五）项"),
        ("repeated", "不予处理", "第三十六条第（六）项"),
        ("special_procedure", "不予公开", "第三十六条第（七）项"),
        ("partial", "部分公开", "第三十七条"),
        ("needs_processing", "无法提供", "第三十八条"),
        ("petition", "不予处理", "第三十九条第一款"),
        ("publication", "不予处理", "第三十九条第二款"),
        ("excessive", "不予处理", "第三十五条"),
        ("unclear", "无法提供", "第三十条"),
        ("clarification_lapsed", "其他处理", "第三十条"),
        ("inquiry", "其他处理", "第二条"),
    ],
)
def test_each_outcome_rests_on_its_article(key: str, disposal: str, citation: str) -> None:
    assert outcome(key).disposal.label == disposal
    assert outcome(key).citation == f"《中华人民共和国政府信息公开条例》{citation}"


def test_the_report_of_2020_has_one_row_for_all_other_ends() -> None:
    ends = [one for one in all_outcomes() if one.disposal is Disposal.OTHER]
    assert {report_row(one, format=ReportFormat.TRIAL_2019) for one in ends} == {"other"}
    assert {report_row(one) for one in ends} == {"other_overdue_correction", "other_overdue_fee", "other_other"}
    assert report_row(outcome("withdrawn")) == "other_other"


class TestGrounds:
    def test_a_refusal_needs_one_and_its_row_is_the_first_ones(self) -> None:
        assert fields("refused", EVERYTHING) == ["grounds"]
        assert fields("refused", EVERYTHING, ("process",)) == []
        assert report_row(outcome("refused"), ("process", "privacy")) == "deny_process_info"
        assert report_row(outcome("refused"), ("privacy", "process")) == "deny_third_party"
        with pytest.raises(ValueError, match="请先选择理由"):
            report_row(outcome("refused"))

    def test_the_withheld_part_of_a_partial_disclosure_needs_one_but_counts_as_partial_only(self) -> None:
        assert fields("partial", EVERYTHING) == ["grounds"]
        assert report_row(outcome("partial"), ("state-secret",)) == "partial"

    def test_article_37_also_separates_what_is_not_government_information(self) -> None:
        assert fields("partial", EVERYTHING, ("not-government-information",)) == []

    def test_a_ground_must_suit_the_outcome(self) -> None:
        found = missing(outcome("refused"), EVERYTHING, ("not-held", "privacy"))
        assert [one.message for one in found] == ["“本机关没有所申请公开的政府信息”不能作为“不予公开”的理由，请改选"]
        assert [one.message for one in missing(outcome("not_held"), EVERYTHING, ("privacy",))] == [
            "“政府信息不存在”不另选理由，请取消所选的理由"
        ]

    def test_an_outcome_that_is_its_own_ground_brings_it_along(self) -> None:
        assert [one.key for one in grounds_of(outcome("not_held"))] == ["not-held"]
        assert [one.key for one in grounds_of(outcome("refused"), ("privacy", "process"))] == ["privacy", "process"]
        assert grounds_of(outcome("granted")) == ()


class TestWhatIsMissing:
    @pytest.mark.parametrize(
        ("key", "expected"),
        [
            ("already_public", ["way_to_get"]),
            ("granted", ["provided_files"]),
            ("partial", ["grounds", "provided_files", "redactions", "reasons"]),
            ("refused", ["grounds", "reasons"]),
            ("special_procedure", ["special_provision"]),
            ("not_held", ["search_records"]),
            ("other_agency", ["reasons", "other_agency_name", "other_agency_contact"]),
            ("needs_processing", ["reasons"]),
            ("unclear", ["clarification_notice", "supplement", "reasons"]),
            ("petition", ["proper_channel"]),
            ("repeated", ["earlier_reply"]),
            ("publication", ["way_to_get"]),
            ("excessive", ["excess", "reasons_demanded", "reasons"]),
            ("reconfirm", ["reasons"]),
            ("clarification_lapsed", ["clarification_notice"]),
            ("fee_lapsed", ["fee_notice"]),
            ("withdrawn", ["withdrawn_on"]),
            ("inquiry", ["reasons", "proper_channel"]),
            ("not_government_information", ["reasons"]),
            ("other", ["reasons"]),
        ],
    )
    def test_everything_at_once(self, key: str, expected: list[str]) -> None:
        assert fields(key) == expected

    def test_nothing_where_all_is_on_record(self) -> None:
        for one in all_outcomes():
            assert missing(one, EVERYTHING, one.grounds[:1]) == [], one.key

    def test_every_message_says_what_to_do(self) -> None:
        assert all("请" in fact.message and fact.label for fact in Fact)
        assert missing(outcome("not_held"), NOTHING)[0].message == (
            "请先登记检索记录：何人于何时在何处以什么方法检索、结果如何"
        )

    def test_granting_is_files_or_way_and_time(self) -> None:
        way_only = Facts(way_to_get="到本机关公开窗口查阅")
        assert fields("granted", way_only) == ["provided_files"]
        assert fields("granted", replace(way_only, time_to_get=date(2026, 5, 8))) == []
        assert fields("granted", Facts(provided_files=1)) == []

    def test_the_agency_responsible_is_named_where_it_can_be_determined(self) -> None:
        """条例第三十六条第（五）项: only 能够确定的."""
        assert fields("other_agency", Facts(reasons="不属于城市管理职责", other_agency_unknown=True)) == []

    def test_spaces_are_no_reasons(self) -> None:
        assert fields("needs_processing", Facts(reasons=" 　\n")) == ["reasons"]

    def test_article_15_needs_the_third_party_consulted(self) -> None:
        """条例第三十二条."""
        facts = Facts(reasons="含投标报价")
        assert fields("refused", facts, ("trade-secret",)) == ["third_party"]
        assert fields("refused", facts, ("process", "privacy")) == ["third_party"]
        assert fields("refused", facts, ("process",)) == []

    def test_disclosing_against_a_third_partys_will_needs_reasons(self) -> None:
        facts = Facts(provided_files=1, redactions=1, reasons="过程稿", third_party_objects=True)
        assert fields("granted", facts) == ["override_reasons"]
        assert fields("partial", facts, ("process",)) == ["override_reasons"]
        assert fields("partial", facts, ("privacy",)) == ["third_party"]
        assert fields("not_held", replace(facts, search_records=1)) == []


def test_keys_are_unique_and_unknown_ones_named() -> None:
    assert len({one.key for one in all_outcomes()}) == len(all_outcomes()) == 20
    assert len({one.letter for one in all_outcomes()}) == len(all_outcomes())
    with pytest.raises(KeyError, match="maybe"):
        outcome("maybe")


@pytest.mark.shared
def test_article_36_in_the_regulations_own_words(regulations: Regulations) -> None:
    text = regulations.text("行政法规/政府信息公开条例(2019-04-03).md")
    article = text.split("第三十六条 ")[1].split("第三十七条 ")[0]
    for one in all_outcomes():
        if one.article == 36 and one.key != "refused":
            assert f"({to_chinese(one.item)}){one.explanation.removesuffix('。')}" in article
