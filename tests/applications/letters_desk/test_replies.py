"""Every reply is written from a case decided so: nothing is invented, and what is missing is said at once."""

import pytest
from tests.applications.letters_desk import outcomes
from tests.factories import cases, people
from tests.factories.people import Staffed

from gongkai.applications import letter_facts, letter_offers
from gongkai.applications.actions import letters
from gongkai.applications.applications import Application
from gongkai.applications.clock_facts import Clocks
from gongkai.applications.decisions import chosen_outcomes
from gongkai.applications.dispatch import Letter
from gongkai.applications.letters import printing
from gongkai.law import replies
from gongkai.ledger import moment
from gongkai.texts.richtext import plain_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> Staffed:
    return people.staffed()


def reply(at: Staffed, case: Application, given: dict[str, str] | None = None) -> Letter:
    """The reply that is due, begun."""
    first = letter_offers.offers(case)[0]
    assert first.due
    assert first.form.closing
    made = letters.write(case, first.form.key, by=at.disclosure_officer)
    return letters.save(made, given=given or {}, dated=moment.today(), seen=made.version, by=at.disclosure_officer)


@pytest.mark.parametrize("outcome", [one.key for one in chosen_outcomes()])
def test_each_decision_has_its_letter(at: Staffed, outcome: str) -> None:
    case = outcomes.signed(at, outcome)
    letter = reply(at, case, outcomes.TYPED.get(outcome))
    assert letter.key == replies.outcome(outcome).letter
    facts = letter_facts.facts_for(letter, clocks=Clocks())
    assert letters.missing(letter, facts) == []
    numbered = letters._take_number(letter, None, at.disclosure_officer)
    made = letters.compose(numbered)
    text = plain_text(made.body)
    assert case.number in text
    assert case.items.get().name in text
    assert (made.salutation, made.number) == ("王小雨：", numbered.number)
    assert "{{" not in printing.html(made)
    if reasons := case.items.get().reasons:
        assert reasons in text or outcome == "unclear"
    assert ("行政复议" in text) == replies.outcome(outcome).has_remedy


@pytest.mark.parametrize("outcome", list(outcomes.TYPED))
def test_what_only_a_person_knows_is_named(at: Staffed, outcome: str) -> None:
    letter = reply(at, outcomes.signed(at, outcome))
    facts = letter_facts.facts_for(letter, clocks=Clocks())
    assert letters.missing(letter, facts) == list(outcomes.TYPED[outcome])


def test_several_items_are_answered_one_by_one(at: Staffed) -> None:
    case = cases.handling_(at, wanted=["中标合同", "验收报告"])
    first, second = case.items.all()
    cases.draft(first, by=at.disclosure_officer, **cases.GRANTED)
    cases.draft(second, by=at.disclosure_officer, **cases.REFUSED)
    case = outcomes.sign(at, cases.again(case))
    letter = reply(at, case)
    assert letter.key == "reply-mixed"
    text = plain_text(letters.compose(letters._take_number(letter, None, at.disclosure_officer)).body)
    assert text.index("中标合同") < text.index("可以公开") < text.index("决定不予公开")
    assert cases.REFUSED["reasons"] in text


def test_a_masked_letter_shows_nobody(at: Staffed) -> None:
    letter = letters.write(cases.registered(at), "registration", by=at.disclosure_officer)
    facts = letter_facts.facts_for(letter, clocks=Clocks(), masked=True)
    shown = f"{facts.applicant}{facts.identity}{facts.applicant_contact}"
    assert shown
    for told in (cases.CITIZEN["name"], cases.CITIZEN["document_number"], cases.CITIZEN["phone"]):
        assert told not in shown
