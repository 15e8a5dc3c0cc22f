"""Every letter can be written, says what it must, and says what is missing when it cannot."""

import re
from dataclasses import replace

import pytest
from lxml import html
from tests.applications.letters.specimens import facts_for, official

from gongkai.applications.letter_keys import MIXED, REPLIES
from gongkai.applications.letters import printing
from gongkai.applications.letters.catalogue import all_letters, get
from gongkai.applications.letters.composing import IncompleteLetter, compose, missing
from gongkai.applications.letters.facts import ItemReply, LetterFacts, lines, names
from gongkai.applications.letters.sample import SAMPLE
from gongkai.law import replies

LETTERS = list(all_letters().values())
# What a fact that is not there leaves behind in a sentence.
HOLES = re.compile(r"None|\{\{|\}\}|（）|“”|《》|：。|，，|，。|、、|于以|于，|以的|(?<!\d)0个工作日")


def shown(key: str, facts: LetterFacts, **house: object) -> str:
    """The text of the whole sheet."""
    composed = compose(get(key), facts, official())
    return " ".join(html.document_fromstring(printing.html(composed)).find("body").text_content().split())


def test_every_outcome_of_the_law_has_its_letter() -> None:
    assert REPLIES | {MIXED} <= set(all_letters())


def test_a_letter_tells_of_remedies_exactly_where_the_law_wants_it() -> None:
    wanted = {one.letter for one in replies.all_outcomes() if one.has_remedy} | {MIXED}
    wanted |= {"correction", "third-party-decision"}
    assert {one.key for one in LETTERS if "救济途径" in one.required} == wanted


@pytest.mark.parametrize("letter", LETTERS, ids=lambda one: one.key)
@pytest.mark.parametrize("long", [False, True], ids=["short", "long"])
def test_a_letter_says_everything_it_must_and_leaves_no_hole(letter: object, long: bool) -> None:
    facts = facts_for(letter, long=long)  # type: ignore[arg-type]
    text = shown(letter.key, facts)  # type: ignore[attr-defined]
    assert not HOLES.search(text), HOLES.search(text)
    compact = re.sub(r"\s", "", text)
    for name in letter.required:  # type: ignore[attr-defined]
        if name not in ("收费明细", "各项答复", "审批意见"):
            for line in lines(facts, name):
                assert re.sub(r"\s|^\d．", "", line).rstrip("。；") in compact, name


@pytest.mark.parametrize("letter", LETTERS, ids=lambda one: one.key)
def test_all_that_is_missing_is_named_at_once(letter: object) -> None:
    with pytest.raises(IncompleteLetter) as refused:
        compose(letter, LetterFacts(form_of_address=""))  # type: ignore[arg-type]
    assert set(refused.value.missing) == set(letter.required)  # type: ignore[attr-defined]
    assert all(name in str(refused.value) for name in letter.required)  # type: ignore[attr-defined]


def test_a_paragraph_of_an_own_wording_asks_for_the_facts_it_names() -> None:
    from gongkai.applications.letters.composing import House

    house = House(wordings={"extension": {"told": "{{ 公开工作机构 }}，{{ 查询码 }}。"}})
    assert missing(get("extension"), SAMPLE, house) == []
    assert missing(get("extension"), replace(SAMPLE, query_code=""), house) == ["查询码"]


def test_a_combined_reply_decides_each_item_and_names_what_one_lacks() -> None:
    text = shown("reply-mixed", SAMPLE)
    assert "（二）上述工程2024年度的变更签证单" in text
    assert "第三十六条第（四）项的规定，本机关于2026年3月9日至10日检索了" in text
    hollow = replace(SAMPLE, parts=(*SAMPLE.parts[:1], ItemReply("reply-not-held", LetterFacts(items=("甲",)))))
    assert missing(get("reply-mixed"), hollow) == ["第（二）项：检索情况"]


def test_an_organisation_is_not_called_you() -> None:
    text = shown("extension", replace(SAMPLE, form_of_address="你单位"))
    assert "你单位于2026年2月27日" in text
    assert "您" not in text


def test_what_a_citizen_wrote_is_never_markup() -> None:
    composed = compose(get("extension"), replace(SAMPLE, items=('<img src="x">&<script>1</script>',)))
    assert "<img" not in composed.body
    assert "&lt;script&gt;" in composed.body


def test_wordings_call_only_facts_that_exist_and_every_fact_is_used() -> None:
    known = set(names())
    called = {name for one in LETTERS for part in one.paragraphs for name in (*part.names, *part.needs)}
    called |= {name for one in LETTERS for name in one.required}
    assert called <= known
    only_in_tables = {"申请人类型", "证件", "申请人联系方式", "代理人", "提交日", "形式要求", "送达地点", "送达日期"}
    assert known - called <= only_in_tables | {"签收人", "附件", "指导和释明", "查询码", "经办人", "事实和理由"}
