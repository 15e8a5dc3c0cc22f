"""Running the checks: order, answers that stick, evidence without personal data."""

import json
from collections.abc import Iterator

import pytest
from tests.publishing.checks.drafts import IDENTITY, MOBILE, attachment, draft, findings

from gongkai.publishing.checks import (
    Check,
    DraftFacts,
    HiddenFact,
    Passage,
    Place,
    Remark,
    Severity,
    Where,
    all_checks,
    register,
    run_checks,
)


def test_findings_come_by_weight_and_then_by_place() -> None:
    facts = draft(title="关于其它检查的通知。", body=f"<p>其它事项，接收监督。</p><p>电话{MOBILE}，{IDENTITY}</p>")
    report = run_checks(facts)
    assert [finding.severity.rank for finding in report.findings] == sorted(f.severity.rank for f in report.findings)
    assert [f.check for f in report.findings if f.severity is Severity.BLOCK] == ["mobile-numbers", "identity-numbers"]
    wheres = [finding.place.where for finding in report.findings if finding.severity is Severity.INFO]
    assert wheres == [Where.TITLE, Where.BODY]
    assert report.counts == {Severity.BLOCK: 2, Severity.WARN: 2, Severity.INFO: 2}
    assert report.blocked


def test_an_answer_survives_edits_elsewhere_and_stops_the_blocking() -> None:
    (finding,) = findings("mobile-numbers", draft(body=f"<p>请致电{MOBILE}联系。</p>"))
    longer = f"<p>新加的一段。</p><p>一、也是新的。</p><p>请致电{MOBILE}联系。</p><p>后记。</p>"
    answered = draft(body=longer, answered=frozenset({finding.fingerprint}))
    (again,) = findings("mobile-numbers", answered)
    assert again.answered
    assert not again.blocks
    assert run_checks(answered).counts[Severity.BLOCK] == 0
    assert not run_checks(answered).blocked


def test_an_answer_does_not_cover_another_number_or_a_second_occurrence() -> None:
    (finding,) = findings("mobile-numbers", draft(body=f"<p>请致电{MOBILE}联系。</p>"))
    answered = frozenset({finding.fingerprint})
    (other,) = findings("mobile-numbers", draft(body="<p>请致电13900139000联系。</p>", answered=answered))
    assert other.blocks
    both = findings("mobile-numbers", draft(body=f"<p>请致电{MOBILE}联系。</p>" * 2, answered=answered))
    assert [each.answered for each in both] == [True, False]


def test_what_cannot_be_answered_keeps_blocking() -> None:
    body = f"<p>身份证号{IDENTITY}</p>"
    (finding,) = findings("identity-numbers", draft(body=body))
    report = run_checks(draft(body=body, answered=frozenset({finding.fingerprint})))
    assert report.blocked
    assert [each.check for each in report.blocking] == ["identity-numbers"]


def test_the_place_leads_back_to_the_words() -> None:
    facts = draft(body="<p>根据安排，</p><p>企业应当<strong>接收监督</strong>，及时整改。</p>")
    (finding,) = findings("words", facts)
    place = finding.place
    assert facts.body_text[place.start : place.end] == place.quote == "接收监督"
    assert (place.prefix, place.suffix) == ("企业应当", "，及时整改。")
    assert place.excerpt in facts.body_text
    assert finding.replacement == "接受监督"


def test_no_number_is_left_in_the_evidence_wherever_it_stood() -> None:
    facts = draft(
        title=f"关于{MOBILE}的通知。",
        header={"summary": f"其它见{IDENTITY}"},
        body=f"<p>其它{IDENTITY}其它{MOBILE}，接收监督</p>",
        attachments=(
            attachment(f"{IDENTITY}.docx", text=f"其它{MOBILE}", hidden=(HiddenFact("comment", 1, f"电话{MOBILE}"),)),
        ),
    )
    evidence = json.dumps(run_checks(facts).as_dict(), ensure_ascii=False)
    assert IDENTITY not in evidence
    assert MOBILE not in evidence
    assert "138****8000" in evidence


def test_a_masked_place_is_as_long_as_the_number_it_hides() -> None:
    facts = draft(body=f"<p>张某{IDENTITY}</p>")
    (finding,) = findings("identity-numbers", facts)
    assert finding.place.masked
    assert (finding.place.end or 0) - (finding.place.start or 0) == len(finding.place.quote) == len(IDENTITY)
    assert finding.replacement == finding.place.quote == "110***********7758"


def test_a_report_names_the_checks_that_were_run() -> None:
    assert run_checks(draft()).checks_run == {check.key: check.version for check in all_checks()}


def test_a_flood_of_findings_is_cut_but_still_blocks_and_moves_on_with_the_answers() -> None:
    body = "".join(f"<p>第{number}户，139{number:08d}</p>" for number in range(205))
    found = findings("mobile-numbers", draft(body=body))
    assert len(found) == 201
    assert "还有5处没有列出" in found[-1].message
    answered = frozenset(finding.fingerprint for finding in found)
    again = run_checks(draft(body=body, answered=answered))
    assert again.counts[Severity.BLOCK] == 5
    assert not run_checks(draft(body=body, answered=frozenset(f.fingerprint for f in again.findings))).blocked


def _say(severity: Severity) -> Check:
    def run(facts: DraftFacts) -> Iterator[Remark]:
        yield Remark(severity, "说明", Place(Where.BODY))

    return Check("mine", "我的检查", "", (Severity.INFO,), "", run)


def test_a_check_of_another_package_is_run_like_the_others() -> None:
    report = run_checks(draft(), [_say(Severity.INFO)])
    assert [finding.check for finding in report.findings] == ["mine"]
    assert report.checks_run == {"mine": 1}


def test_a_check_may_not_weigh_more_than_it_declares() -> None:
    with pytest.raises(ValueError, match="mine"):
        run_checks(draft(), [_say(Severity.BLOCK)])


def test_a_key_is_registered_once() -> None:
    with pytest.raises(ValueError, match="already registered"):
        register(key="words", label="", description="", severities=(), law_or_source="")(lambda facts: ())


def test_a_place_keeps_to_its_line() -> None:
    place = Passage(Where.BODY, "第一行\n第二行的字\n第三行").place(7, 8)
    assert (place.prefix, place.quote, place.suffix) == ("第二行", "的", "字")
