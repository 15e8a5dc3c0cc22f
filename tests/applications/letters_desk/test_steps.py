"""What a letter carries out is entered with it: an extension is told, a third party has been reached."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import cases
from tests.factories.people import Staffed

from gongkai.agencies.officers import Officer
from gongkai.applications import letter_facts
from gongkai.applications.actions import letters
from gongkai.applications.applications import Application
from gongkai.applications.clock_facts import Clocks
from gongkai.applications.dispatch import Letter, LetterState, Method
from gongkai.applications.steps import Answer, Consultation, Extension
from gongkai.ledger import moment

pytestmark = pytest.mark.django_db
Desk = Callable[[Officer], Client]


def frozen(at: Staffed, case: Application, key: str, consultation: Consultation | None = None) -> Letter:
    """A letter as it stands after 定稿."""
    letter = letters.write(case, key, by=at.disclosure_officer, consultation=consultation)
    Letter.objects.filter(pk=letter.pk).update(state=LetterState.FROZEN)
    return Letter.objects.select_related("application", "consultation").get(pk=letter.pk)


def send(client: Client, letter: Letter) -> str:
    url = reverse("applications:letter_send", args=[letter.application_id, letter.pk])
    sent = {"send-method": "mail", "send-sent_on": moment.today().isoformat()}
    return client.post(url, sent, follow=True).content.decode()


def test_sending_the_notice_of_an_extension_is_telling_of_it(at: Staffed, desk: Desk) -> None:
    case = cases.handling_(at)
    extension = cases.extension(at, case, "approved")
    assert "同时已登记“告知申请人”" in send(desk(at.disclosure_officer), frozen(at, case, "extension"))
    extension.refresh_from_db()
    assert (extension.state, extension.notified_on) == ("notified", moment.today())


def test_a_notice_that_goes_out_too_late_is_sent_and_tells_nothing(at: Staffed, desk: Desk) -> None:
    case = cases.handling_(at, arrived=cases.days_ago(60))
    cases.extension(at, case, "approved", day=cases.days_ago(50))
    letter = frozen(at, case, "extension")
    said = send(desk(at.disclosure_officer), letter)
    assert "没有登记“告知申请人”" in said
    assert "此后告知的延期没有效力" in said
    assert letter.deliveries.count() == 1
    assert Extension.objects.get(application=case).state == "approved"


def test_whoever_is_asked_received_the_question_when_the_letter_came(at: Staffed, desk: Desk) -> None:
    case = cases.handling_(at, arrived=cases.days_ago(10))
    asked = cases.consultation(at, case, day=cases.days_ago(5))
    Consultation.objects.filter(pk=asked.pk).update(received_on=None)
    letter = frozen(at, case, "third-party", asked)
    sent_on = cases.days_ago(5)
    delivery = letters.send(letter, method=Method.MAIL, sent_on=sent_on, by=at.disclosure_officer)
    came = sent_on + timedelta(days=2)
    url = reverse("applications:letter_result", args=[case.pk, letter.pk, delivery.pk])
    prefix = f"arrived{delivery.pk}"
    arrived = {"act": "arrived", f"{prefix}-on": came.isoformat(), f"{prefix}-received_by": "赵经理"}
    said = desk(at.disclosure_officer).post(url, arrived, follow=True).content.decode()
    assert "同时已登记“登记对方收到日期”" in said
    asked.refresh_from_db()
    assert asked.received_on == came


def test_what_decides_something_else_than_what_is_asked_for_names_its_remedies(at: Staffed) -> None:
    case = cases.handling_(at)
    asked = cases.consultation(at, case)
    objects = {"answered_on": moment.today(), "answer": Answer.OBJECT, "answer_reason": "涉及商业秘密"}
    Consultation.objects.filter(pk=asked.pk).update(
        **objects, public_interest="工程由财政资金投资", third_party_told_on=moment.today()
    )
    asked.refresh_from_db()
    letter = letters.write(cases.again(case), "third-party-decision", by=at.disclosure_officer, consultation=asked)
    facts = letter_facts.facts_for(letter, clocks=Clocks())
    assert letters.missing(letter, facts) == ["通知书文号"]  # of the letter that asked, which was not written here
    assert facts.remedies[0].startswith("如不服本决定，可以自收到本决定之日起60日内")
    assert facts.public_interest.endswith("投资。")
