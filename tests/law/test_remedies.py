"""What the letter says about remedies, by kind of decision and by its day."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.law.remedies import Decision, Remedy, RemedyKind, RemedyResult, Route, remedy_for
from gongkai.law.replies import all_outcomes, outcome

REFUSED = Decision(outcome("refused"), ("privacy",))
PARTIAL = Decision(outcome("partial"), ("process", "trade-secret"))
NOT_HELD = Decision(outcome("not_held"))
GRANTED = Decision(outcome("granted"))
WITHDRAWN = Decision(outcome("withdrawn"))


def text(remedy: Remedy) -> str:
    return remedy.text(reconsideration_body="澜城市人民政府", court="澜城市江北区人民法院")


def terms(remedy: Remedy) -> list[str]:
    return [term.label for term in remedy.terms]


class TestRefusalUnderArticles14To16:
    def test_from_2024_reconsideration_comes_first_and_the_letter_says_so(self) -> None:
        remedy = remedy_for(REFUSED, date(2024, 1, 1))
        assert (remedy.route, remedy.reconsideration_is_compulsory) == (Route.RECONSIDERATION_FIRST, True)
        assert terms(remedy) == ["60日", "15日"]
        assert text(remedy) == (
            "根据《中华人民共和国行政复议法》第二十三条第一款第（四）项的规定，如不服本答复，应当自收到本答复之日起60日内先向"
            "澜城市人民政府申请行政复议；对行政复议决定不服的，可以自收到行政复议决定书之日起15日内向"
            "澜城市江北区人民法院提起行政诉讼。"
        )

    def test_until_2023_both_ways_were_open(self) -> None:
        remedy = remedy_for(REFUSED, date(2023, 12, 31))
        assert (remedy.route, remedy.reconsideration_is_compulsory) == (Route.EITHER, False)
        assert terms(remedy) == ["60日", "6个月"]
        assert remedy.terms[0].source == "《中华人民共和国行政复议法》第九条"
        assert "3个月" not in text(remedy)

    @pytest.mark.parametrize("ground", outcome("refused").grounds)
    def test_each_ground_of_the_three_articles(self, ground: str) -> None:
        remedy = remedy_for(Decision(outcome("refused"), (ground,)), date(2026, 5, 6))
        assert remedy.route is Route.RECONSIDERATION_FIRST


class TestPartialDisclosure:
    def test_the_withheld_part_goes_first_to_reconsideration_the_rest_either_way(self) -> None:
        remedy = remedy_for(PARTIAL, date(2026, 5, 6))
        assert remedy.route is Route.MIXED
        assert terms(remedy) == ["60日", "15日", "6个月"]
        first, rest = remedy.sentences
        assert "《中华人民共和国政府信息公开条例》第十五条、第十六条不予公开的部分，应当" in first
        assert rest.startswith("如不服本答复的其他部分，可以")

    def test_before_2024_nothing_was_divided(self) -> None:
        assert remedy_for(PARTIAL, date(2023, 6, 1)).route is Route.EITHER

    def test_what_is_not_government_information_is_not_withheld(self) -> None:
        decision = Decision(outcome("partial"), ("not-government-information",))
        assert remedy_for(decision, date(2026, 5, 6)).route is Route.EITHER


def test_everything_but_withholding_is_open_both_ways() -> None:
    """法释〔2025〕8号第一条: 无法提供, 不予处理, and what does not fit the application."""
    for one in all_outcomes():
        if not one.needs_ground and one.has_remedy:
            remedy = remedy_for(Decision(one), date(2026, 5, 6))
            assert (remedy.route, terms(remedy)) == (Route.EITHER, ["60日", "6个月"]), one.key


def test_a_withdrawn_application_needs_no_remedy() -> None:
    remedy = remedy_for(WITHDRAWN, date(2026, 5, 6))
    assert (remedy.route, remedy.sentences, text(remedy)) == (Route.NONE, (), "")


class TestOneLetterForSeveralItems:
    def test_refused_and_granted_are_told_apart(self) -> None:
        assert remedy_for([REFUSED, GRANTED], date(2026, 5, 6)).route is Route.MIXED
        assert remedy_for([REFUSED, NOT_HELD], date(2023, 5, 6)).route is Route.EITHER

    def test_two_refusals_are_one_way(self) -> None:
        other = Decision(outcome("refused"), ("state-secret",))
        assert remedy_for([REFUSED, other], date(2026, 5, 6)).route is Route.RECONSIDERATION_FIRST

    def test_what_was_withdrawn_does_not_count(self) -> None:
        assert remedy_for([REFUSED, WITHDRAWN], date(2026, 5, 6)).route is Route.RECONSIDERATION_FIRST

    def test_articles_are_named_in_order_once(self) -> None:
        decisions = [Decision(outcome("refused"), ("process", "internal-affairs", "state-secret")), GRANTED]
        assert "第十四条、第十六条不予公开" in text(remedy_for(decisions, date(2026, 5, 6)))


def test_the_interpretation_is_cited_only_where_asked_and_in_force() -> None:
    cited = "（法释〔2025〕8号）第一条的规定"
    assert cited in text(remedy_for(REFUSED, date(2025, 6, 1), cite_interpretation=True))
    assert cited in text(remedy_for(PARTIAL, date(2025, 6, 1), cite_interpretation=True))
    assert cited not in text(remedy_for(REFUSED, date(2025, 5, 31), cite_interpretation=True))
    assert cited not in text(remedy_for(REFUSED, date(2025, 6, 1)))


def test_what_cannot_be_told() -> None:
    with pytest.raises(ValueError, match="请先拟定办理结果"):
        remedy_for([], date(2026, 5, 6))
    with pytest.raises(ValueError, match="2019年5月14日早于现行条例"):
        remedy_for(REFUSED, date(2019, 5, 14))


def test_kinds_and_results_are_those_of_table_four() -> None:
    assert [(kind.label, kind.block) for kind in RemedyKind] == [
        ("行政复议", "review"),
        ("未经复议直接起诉", "litigation_direct"),
        ("复议后起诉", "litigation_after_review"),
    ]
    assert [(result.label, result.column) for result in RemedyResult] == [
        ("结果维持", "maintain"),
        ("结果纠正", "correct"),
        ("其他结果", "other"),
        ("尚未审结", "pending"),
    ]
    assert [kind.is_litigation for kind in RemedyKind] == [False, True, True]
