"""The Regulation's lists, held against its text."""

from __future__ import annotations

import pytest

from gongkai.law import articles
from gongkai.law.articles import ARTICLE_20, ARTICLE_21, GROUNDS, DisclosureAttribute, Level, cite

from .conftest import Regulations

REGULATION = "行政法规/政府信息公开条例(2019-04-03).md"


def test_article_20_has_fifteen_items_in_order() -> None:
    assert [item.key for item in ARTICLE_20] == [f"20-{number:02d}" for number in range(1, 16)]
    assert [item.numeral for item in ARTICLE_20][::7] == ["（一）", "（八）", "（十五）"]
    assert len({item.name for item in ARTICLE_20}) == 15
    assert articles.item("20-07").citation == "《中华人民共和国政府信息公开条例》第二十条第（七）项"


def test_article_21_adds_by_level() -> None:
    assert len(articles.items(Level.OTHER)) == 15
    assert [item.name for item in articles.items(Level.CITY_OR_COUNTY)[15:]] == [
        "市政建设",
        "公共服务",
        "公益事业",
        "土地征收",
        "房屋征收",
        "治安管理",
        "社会救助",
    ]
    assert len(articles.items(Level.TOWNSHIP)) == 23
    assert articles.item("21-b-01").citation == "《中华人民共和国政府信息公开条例》第二十一条"
    assert [level.label for level in Level] == ["设区的市级、县级", "乡（镇）", "其他"]


def test_grounds_and_attributes() -> None:
    assert [ground.article for ground in GROUNDS] == [14, 14, 14, 15, 15, 16, 16, 16]
    assert [ground.key for ground in GROUNDS if not ground.must] == ["internal-affairs", "process", "enforcement-file"]
    assert [ground.label for ground in GROUNDS if ground.weighs_third_party] == ["商业秘密", "个人隐私"]
    assert articles.ground("process").citation == "《中华人民共和国政府信息公开条例》第十六条第二款"
    assert {attribute.label: attribute.needs_ground for attribute in DisclosureAttribute} == {
        "主动公开": False,
        "依申请公开": False,
        "不予公开": True,
    }


def test_citations() -> None:
    assert cite(20, item=1) == "《中华人民共和国政府信息公开条例》第二十条第（一）项"
    assert cite(12, 2) == "《中华人民共和国政府信息公开条例》第十二条第二款"
    assert cite(50, 1, 3) == "《中华人民共和国政府信息公开条例》第五十条第一款第（三）项"
    with pytest.raises(ValueError, match="没有第57条（共56条）"):
        cite(57)
    with pytest.raises(ValueError, match="从1起"):
        cite(20, item=0)


def test_unknown_keys_are_named() -> None:
    with pytest.raises(KeyError, match="20-16"):
        articles.item("20-16")
    with pytest.raises(KeyError, match="secret"):
        articles.ground("secret")


@pytest.mark.shared
class TestAgainstTheText:
    def test_the_items_are_the_regulations_own_words(self, regulations: Regulations) -> None:
        text = regulations.text(REGULATION).replace("(", "（").replace(")", "）")
        for item in ARTICLE_20:
            assert f"{item.numeral}{item.wording}" in text
        first, second = text.split("第二十一条 ")[1].split("第二十二条 ")[0].split("；乡（镇）")
        assert "、".join(item.wording for item in ARTICLE_21[Level.CITY_OR_COUNTY]) in first
        assert "、".join(item.wording for item in ARTICLE_21[Level.TOWNSHIP]) in second

    def test_the_guide_and_the_catalogue(self, regulations: Regulations) -> None:
        article = regulations.text(REGULATION).split("第十二条 ")[1].split("第十三条 ")[0]
        guide, catalogue = article.split("\n\n")[1:3]
        for content in articles.GUIDE_CONTENTS:
            assert content.label.removeprefix("政府信息的") in guide
        assert "、".join(column.label for column in articles.CATALOGUE_COLUMNS) in catalogue

    def test_there_are_fifty_six_articles(self, regulations: Regulations) -> None:
        text = regulations.text(REGULATION)
        assert "第五十六条 " in text
        assert "第五十七条" not in text

    def test_the_grounds_stand_in_their_articles(self, regulations: Regulations) -> None:
        text = regulations.text(REGULATION)
        bodies = {
            number: text.split(f"\n\n第{name}条 ")[1].split("\n\n第")[0]
            for number, name in ((14, "十四"), (15, "十五"), (16, "十六"))
        }
        words = {
            "state-secret": "依法确定为国家秘密的政府信息",
            "forbidden-by-law": "法律、行政法规禁止公开的政府信息",
            "security-and-stability": "公开后可能危及国家安全、公共安全、经济安全、社会稳定的政府信息",
            "trade-secret": "商业秘密",
            "privacy": "个人隐私",
            "internal-affairs": "人事管理、后勤管理、内部工作流程等方面的",
            "process": "讨论记录、过程稿、磋商信函、请示报告等过程性信息",
            "enforcement-file": "行政执法案卷信息",
        }
        for ground in GROUNDS:
            assert words[ground.key] in bodies[ground.article]
            assert words[ground.key] in ground.description
