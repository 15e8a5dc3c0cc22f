"""The dictionary and how it is applied."""

from datetime import date

import pytest
from tests.publishing.checks.drafts import attachment, draft, findings

from gongkai.publishing.checks import DraftFacts, Finding, Severity, WordRule
from gongkai.publishing.checks.words import InvalidDictionary, read_dictionary, starter_words


def said(facts: DraftFacts) -> list[str]:
    return [finding.place.quote for finding in findings("words", facts)]


def one(text: str, *rules: WordRule) -> list[Finding]:
    return findings("words", draft(body=f"<p>{text}</p>", words=rules))


def test_a_word_is_right_inside_its_exceptions() -> None:
    assert said(draft(body="<p>按装机容量计算，须重新按装。</p>")) == ["按装"]


def test_of_overlapping_words_the_longest_is_named() -> None:
    rules = (
        WordRule("工商", "former", "info"),
        WordRule("工商局", "former", "warn"),
        WordRule("商局", "wrong", "warn"),
    )
    assert [finding.place.quote for finding in one("由工商局负责", *rules)] == ["工商局"]


def test_a_former_name_is_no_mistake_in_a_document_of_its_time() -> None:
    body = "<p>由市工商行政管理局负责，并报市国土资源局。</p>"
    assert said(draft(body=body)) == ["工商行政管理局", "国土资源局"]
    assert said(draft(body=body, header={"date_of_issue": date(2015, 3, 1)})) == []


@pytest.mark.parametrize(
    "text",
    ["由原市国土资源局审批的", "按照《国家工商行政管理总局关于广告的通知》", "国家工商行政管理总局令第73号"],
)
def test_a_former_name_is_right_when_the_past_is_spoken_of(text: str) -> None:
    assert said(draft(body=f"<p>{text}</p>")) == []


def test_a_body_that_still_bears_the_name_may_be_named() -> None:
    body = "<p>由市农业委员会负责。</p>"
    assert said(draft(body=body)) == ["农业委员会"]
    assert said(draft(body=body, agency_names=frozenset({"澜川市农业委员会"}))) == []


def test_marks_of_secrecy_block_and_mere_style_informs() -> None:
    (secret,) = findings("words", draft(body="<p>机密★5年</p>"))
    (style,) = findings("words", draft(body="<p>其它事项另行通知。</p>"))
    assert (secret.severity, secret.replacement) == (Severity.BLOCK, None)
    assert (style.severity, style.replacement) == (Severity.INFO, "其他")


def test_the_operators_forbidden_words_are_applied() -> None:
    (finding,) = one("这里有某词。", WordRule("某词", "forbidden", "block", note="2024年3月起禁用"))
    assert finding.blocks
    assert "禁用词库" in finding.message
    assert "2024年3月起禁用" in finding.message


def test_every_text_of_the_draft_is_read() -> None:
    facts = draft(
        title="关于其它事项的通知",
        header={"summary": "其它"},
        body="<p>其它</p>",
        attachments=(attachment(text="其它"),),
    )
    places = [(finding.place.where, finding.place.field) for finding in findings("words", facts)]
    assert places == [
        ("title", "title"),
        ("header", "summary"),
        ("body", ""),
        ("attachment", "2024年度检查计划表.docx"),
    ]


def test_the_starter_dictionary_is_sound() -> None:
    rules = starter_words()
    words = [rule.word for rule in rules]
    assert len(rules) >= 150
    assert len(words) == len(set(words))
    assert not [rule.word for rule in rules if rule.kind == "forbidden"]
    assert not [rule.word for rule in rules if rule.word in rule.suggestions and len(rule.suggestions) == 1]
    assert not [rule.word for rule in rules for phrase in rule.exceptions if rule.word not in phrase]
    assert not [rule.word for rule in rules if not rule.suggestions and not rule.note]


@pytest.mark.parametrize("rule", starter_words(), ids=lambda rule: rule.word)
def test_what_is_suggested_is_not_itself_complained_of(rule: WordRule) -> None:
    for suggestion in rule.suggestions:
        again = [hit for hit in said(draft(body=f"<p>{suggestion}</p>")) if hit != rule.word]
        assert again == []


def test_a_broken_dictionary_is_refused_in_words() -> None:
    with pytest.raises(InvalidDictionary, match="词库格式有误"):
        read_dictionary('[[group]]\nkind = "wrong"\nseverity = "loud"\nentries = [{ word = "a" }]')
    with pytest.raises(InvalidDictionary):
        read_dictionary("not toml")
