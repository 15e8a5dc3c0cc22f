"""The door of inquiries and the applicant's page: who sees what, what can be done there."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import hashers
from django.utils import timezone
from tests.applications.portal import letters
from tests.applications.portal.filling import Visitor, hidden, photo, tree, words
from tests.factories import people
from tests.factories.people import Staffed

from gongkai.applications.aftermath import Correction, Proposal, Rating
from gongkai.applications.applications import Application, ApplicationState
from gongkai.applications.dispatch import Delivery, Method
from gongkai.applications.files import CaseFile, FileRole
from gongkai.applications.portal import secrets, status
from gongkai.applications.procedures import APPLICATION
from gongkai.ledger import moment
from gongkai.ledger.entries import Entry
from gongkai.procedures.engine import fire

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(visitor: Visitor) -> Application:
    """Applied for from another browser."""
    return visitor.apply()


@pytest.fixture
def codes(visitor: Visitor, made: Application) -> tuple[str, str]:
    return visitor.codes()


def ask(at: Staffed, code: str, secret: str, address: str = "203.0.113.5") -> tuple[Visitor, Any]:
    """Somebody at another computer."""
    somebody = Visitor(at.agency, address)
    return somebody, somebody.post("/apply/status/", {"code": code, "secret": secret})


def act(at: Staffed, case: Application, event: str, **given: Any) -> Application:
    fire(APPLICATION, Application.objects.get(pk=case.pk), event, by=at.disclosure_officer, given=given)
    return Application.objects.select_related("applicant", "agency").get(pk=case.pk)


def confirmed(at: Staffed, case: Application) -> Application:
    return act(at, case, "confirm", confirmed_on=moment.today(), confirmed_how="电话确认")


def clarifying(at: Staffed, case: Application) -> Application:
    until = moment.today() + timedelta(days=10)
    given = {"unclear": "没有写明哪一年", "wanted": "请写明年份", "notified_on": moment.today(), "until": until}
    return act(at, confirmed(at, case), "clarify", **given)


def test_code_and_secret_open_the_page_however_they_are_typed(
    at: Staffed, made: Application, codes: tuple[str, str]
) -> None:
    somebody, answer = ask(at, f" {codes[0].lower()} ", codes[1].replace("-", "").lower())
    assert answer["Location"] == f"/apply/status/{made.pk}/"
    page = somebody.get(answer["Location"])
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "private, no-store"
    assert "等待双方确认" in words(page)
    assert made.number in words(page)


def test_wrong_code_and_wrong_secret_get_the_same_answer_at_the_same_cost(
    at: Staffed, codes: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    costs: list[str] = []
    for name in ("make_password", "check_password"):
        real = getattr(hashers, name)
        monkeypatch.setattr(secrets, name, lambda *given, real=real, name=name: costs.append(name) or real(*given))
    answers = [ask(at, codes[0], "AAAA-AAAA"), ask(at, "AAAAA-AAAAA", codes[1])]
    assert len(costs) == 2  # one slow hash each
    said = [tree(answer).xpath("string(//*[@role='alert'])") for _, answer in answers]
    assert said[0] == said[1] != ""
    assert [answer.status_code for _, answer in answers] == [422, 422]


def test_tries_are_counted_by_address_and_by_code_whether_there_is_such_a_code_or_not(
    at: Staffed, codes: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(status, "_FOR_ONE_CODE", "2/h")
    for code in (codes[0], "BBBBB-BBBBB"):
        tried = [ask(at, code, "AAAA-AAAA", f"203.0.113.{number}")[1].status_code for number in range(3)]
        assert tried == [422, 422, 429]
    # The right secret waits as well: an answer in time would tell it apart.
    assert ask(at, codes[0], codes[1], "203.0.113.9")[1].status_code == 429
    monkeypatch.setattr(status, "_FROM_ONE_ADDRESS", "1/h")
    tried = [ask(at, f"CCCCC-CCCC{letter}", "AAAA-AAAA", "203.0.113.77")[1].status_code for letter in "AB"]
    assert tried == [422, 429]


def test_nobody_sees_anothers_case(at: Staffed, visitor: Visitor, made: Application) -> None:
    letter = letters.sent(at, made)
    file = letters.given(made, b"%PDF-1.4 contract")
    other = Visitor(at.agency, "203.0.113.8")
    theirs = other.apply(name="赵六")
    assert other.get(f"/apply/status/{theirs.pk}/").status_code == 200
    gets = [f"letters/{letter.pk}/"]
    posts = [
        f"files/{file.code}/",
        f"letters/{letter.pk}/open/",
        "withdraw/",
        "confirm/",
        "correct/",
        "propose/",
        "pay/",
    ]
    for pk in (made.pk, 10**6):  # there or not: the door, which says nothing of it
        assert other.get(f"/apply/status/{pk}/").headers["Location"] == "/apply/status/"
        answers = [other.get(f"/apply/status/{pk}/{path}") for path in gets]
        answers += [other.post(f"/apply/status/{pk}/{path}", {}) for path in posts]
        assert {one.headers.get("Location", one.status_code) for one in answers} == {"/apply/status/", 403}
    assert other.post(f"/apply/status/{made.pk}/nothing/", {}).status_code == 404
    # Nor through their own: what belongs to another case is not there.
    assert other.get(f"/apply/status/{theirs.pk}/letters/{letter.pk}/").status_code == 404
    assert other.post(f"/apply/status/{theirs.pk}/files/{file.code}/", {}).status_code == 404
    assert Application.objects.get(pk=made.pk).state == ApplicationState.UNCONFIRMED


def test_nothing_is_lost_when_the_page_closes_while_somebody_writes(
    at: Staffed, frozen_time: Callable[[str], object], visitor: Visitor
) -> None:
    frozen_time(f"{timezone.localdate()} 09:00")  # three hours later it is still the same day
    made = visitor.apply()
    codes = visitor.codes()
    clarifying(at, made)
    typed = {"answer": "2025年\n第二标段<合同>"}
    late, path = moment.now() + timedelta(hours=3), f"/apply/status/{made.pk}/supplement/"
    with moment.at(late):
        door = visitor.post(path, typed | {"papers": [photo("图.jpg"), photo("坏.exe")]})
        assert door.status_code == 403
        assert "您填写的内容还没有提交" in words(door)
        assert "包括1个文件" in words(door)
        assert "“坏.exe”" in words(door)
        assert "第二标段" not in door.content.decode()  # nor can whoever sits down next read it
        assert Application.objects.get(pk=made.pk).state == ApplicationState.CLARIFYING
        kept = hidden(door)
        wrong = visitor.post("/apply/status/", kept | {"code": codes[0], "secret": "AAAA-AAAA"})
        assert wrong.status_code == 422
        other = Visitor(at.agency, "203.0.113.8")
        other.apply(name="赵六")
        code, secret = other.codes()
        another = visitor.post("/apply/status/", hidden(wrong) | {"code": code, "secret": secret})
        assert "这是另一件申请的查询码" in words(another)
        again = visitor.post("/apply/status/", hidden(another) | {"code": codes[0], "secret": codes[1]})
        assert again.status_code == 200
        assert "已经填回，还没有提交" in words(again)
        form = tree(again).xpath("//details[@id='do-supplement']")[0]
        assert form.xpath("string(.//textarea[@name='answer'])").strip() == typed["answer"]
        tokens = form.xpath(".//input[@name='papers-token']/@value")
        assert visitor.post(path, typed | {"papers-token": tokens}).status_code == 302
    assert CaseFile.objects.get(application=made).role == FileRole.SUPPLEMENT
    assert Application.objects.get(pk=made.pk).clarifications.get().answer.split() == typed["answer"].split()
    # What can no longer be sent is shown to be copied; what was tampered with is as if it were not there.
    once_more = visitor.post("/apply/status/", kept | {"code": codes[0], "secret": codes[1]})
    assert "现在已经不能“提交补正”" in words(once_more)
    assert "第二标段<合同>" in words(once_more)
    broken = {"carried": kept["carried"][:-8], "code": codes[0], "secret": codes[1]}
    assert visitor.post("/apply/status/", broken).status_code == 302


def test_days_that_contradict_each_other_break_nothing(at: Staffed, visitor: Visitor, made: Application) -> None:
    clarifying(at, made)
    Application.objects.filter(pk=made.pk).update(arrived_on=timezone.localdate() + timedelta(days=2))
    page = words(visitor.get(f"/apply/status/{made.pk}/"))
    assert "日期登记有误，正在核对" in page
    assert visitor.get("/apply/receipt/").status_code == 200


def test_it_is_closed_after_a_while_and_on_leaving(at: Staffed, visitor: Visitor, made: Application) -> None:
    path = f"/apply/status/{made.pk}/"
    with moment.at(moment.now() + timedelta(hours=3)):
        assert visitor.get(path).headers["Location"] == "/apply/status/"
        assert "打开2小时以后需要重新输入" in words(visitor.get("/apply/status/"))
    assert visitor.get(path).status_code == 200
    assert visitor.post("/apply/status/leave/", {}).status_code == 302
    assert visitor.get(path).status_code == 302


def test_the_applicant_confirms_and_the_officer_confirms(at: Staffed, visitor: Visitor, made: Application) -> None:
    path = f"/apply/status/{made.pk}/"
    assert "如果今天双方确认" in words(visitor.get(path))
    assert visitor.post(f"{path}confirm/", {}).status_code == 302
    case = Application.objects.get(pk=made.pk)
    assert case.applicant_confirmed_at is not None
    assert case.state == ApplicationState.UNCONFIRMED  # half of it
    assert Entry.objects.filter(kind="applications.applicant_confirmed", subject_id=str(made.pk)).count() == 1
    assert visitor.post(f"{path}confirm/", {}).status_code == 404  # nothing more to confirm
    confirmed(at, made)
    page = words(visitor.get(path))
    assert "已收到，正在审查" in page
    assert "答复期限自收到申请的次日起计算" in page
    assert len(tree(visitor.get(path)).xpath("//*[@class='clock-strip']//span")) > 20


def test_the_applicant_supplements_with_papers(at: Staffed, visitor: Visitor, made: Application) -> None:
    clarifying(at, made)
    page = visitor.get(f"/apply/status/{made.pk}/")
    assert "请写明年份" in words(page)
    assert visitor.post(f"/apply/status/{made.pk}/supplement/", {"answer": ""}).status_code == 422
    done = visitor.post(f"/apply/status/{made.pk}/supplement/", {"answer": "2025年", "papers": photo("图.jpg")})
    assert done.status_code == 302
    case = Application.objects.get(pk=made.pk)
    assert case.state == ApplicationState.REGISTERED
    assert case.clarifications.get().answer == "2025年"
    assert CaseFile.objects.get(application=made).role == FileRole.SUPPLEMENT


def test_what_was_typed_stays_when_it_is_refused(at: Staffed, visitor: Visitor, made: Application) -> None:
    page = visitor.post(f"/apply/status/{made.pk}/correct/", {"record_name": "登记表", "wrong": "", "proof": "户口簿"})
    assert page.status_code == 422
    assert tree(page).xpath("//input[@name='record_name']/@value") == ["登记表"]
    assert tree(page).xpath("//details[@id='do-correct']/@open") != []


def test_what_the_law_grants_beside_the_procedure(at: Staffed, visitor: Visitor, made: Application) -> None:
    path = f"/apply/status/{made.pk}"
    given = {"record_name": "登记表", "wrong": "姓名写错", "proof": "户口簿"}
    assert visitor.post(f"{path}/correct/", given).status_code == 302
    assert visitor.post(f"{path}/propose/", {"what": "中标合同", "why": "大家都想知道"}).status_code == 302
    assert Correction.objects.get().applicant == made.applicant
    assert (Proposal.objects.get().application, Proposal.objects.get().by_applicant) == (made, True)
    assert visitor.post(f"{path}/rate/", {"stars": "5"}).status_code == 404  # not before the reply
    Application.objects.filter(pk=made.pk).update(state=ApplicationState.DELIVERED)
    assert visitor.post(f"{path}/rate/", {"stars": "5", "words": "很快"}).status_code == 302
    assert Rating.objects.get().stars == 5


def test_the_applicant_withdraws(at: Staffed, visitor: Visitor, made: Application) -> None:
    assert visitor.post(f"/apply/status/{made.pk}/withdraw/", {"reason": "已经找到"}).status_code == 302
    assert Application.objects.get(pk=made.pk).state == ApplicationState.WITHDRAWN
    page = visitor.get(f"/apply/status/{made.pk}/")
    assert "您已撤回申请" in words(page)
    assert tree(page).xpath("//*[@id='do-withdraw']") == []


def test_opening_a_letter_online_is_receiving_it(at: Staffed, visitor: Visitor, made: Application) -> None:
    letter = letters.sent(at, made)
    path = f"/apply/status/{made.pk}/letters/{letter.pk}/"
    assert visitor.get(path)["Location"].endswith("#letters")  # nothing is received by a look at the list
    assert Delivery.objects.get().received_on is None
    assert visitor.post(f"{path}open/", {})["Location"] == path
    delivery = Delivery.objects.get()
    assert (delivery.received_on, delivery.received_by) == (moment.today(), "申请人（网上打开）")
    entry = Entry.objects.get(kind="applications.letter_received")
    assert entry.data["sha256"] == letter.sha256
    visitor.post(f"{path}open/", {})
    assert Entry.objects.filter(kind="applications.letter_received").count() == 1
    file = visitor.get(path)
    assert b"".join(file.streaming_content) == letters.PDF
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert "no-store" in file.headers["Cache-Control"]


def test_a_letter_by_post_is_read_online_and_stays_as_it_was_sent(
    at: Staffed, visitor: Visitor, made: Application
) -> None:
    letter = letters.sent(at, made, method=Method.MAIL)
    assert visitor.get(f"/apply/status/{made.pk}/letters/{letter.pk}/").status_code == 200
    assert Delivery.objects.get().received_on is None


@pytest.mark.parametrize("key", ["third-party", "partner", "approval", "search-record"])
def test_what_went_to_others_is_not_the_applicants_to_read(
    at: Staffed, visitor: Visitor, made: Application, key: str
) -> None:
    letter = letters.sent(at, made, "给别人的文书", key=key)
    assert "给别人的文书" not in words(visitor.get(f"/apply/status/{made.pk}/"))
    assert visitor.get(f"/apply/status/{made.pk}/letters/{letter.pk}/").status_code == 404
    assert visitor.post(f"/apply/status/{made.pk}/letters/{letter.pk}/open/", {}).status_code == 404


def test_what_is_provided_is_there_after_the_reply_and_not_before(
    at: Staffed, visitor: Visitor, made: Application
) -> None:
    file = letters.given(made, b"%PDF-1.4 contract")
    path = f"/apply/status/{made.pk}/files/{file.code}/"
    assert visitor.post(path, {}).status_code == 404
    Application.objects.filter(pk=made.pk).update(state=ApplicationState.DELIVERED)
    assert visitor.client.head(path).status_code == 405  # looking at it is an act
    assert b"".join(visitor.post(path, {}).streaming_content) == b"%PDF-1.4 contract"


def test_the_page_says_what_concerns_the_applicant_and_nothing_of_the_inside(
    at: Staffed, visitor: Visitor, made: Application
) -> None:
    act(at, confirmed(at, made), "take_up")
    page = words(visitor.get(f"/apply/status/{made.pk}/"))
    assert "审查通过，转入办理" in page
    assert at.disclosure_officer.name not in page
    assert "110101199003070038" not in page


def test_a_case_that_goes_on_elsewhere_is_followed_from_where_it_began(
    at: Staffed, visitor: Visitor, made: Application, codes: tuple[str, str]
) -> None:
    other = people.agency("澜川市住房局")
    act(at, made, "transfer", agency=str(other.pk), reason="由住房局制作")
    page = visitor.get(f"/apply/status/{made.pk}/")
    moved = Application.objects.get(moved_from=made)
    assert "已移送其他机关" in words(page)
    assert moved.number in words(page)
    assert visitor.get(f"/apply/status/{moved.pk}/").status_code == 200
    assert ask(at, secrets.written(moved.query_code), codes[1])[1].status_code == 302  # the same secret
    with moment.at(moment.now() + timedelta(hours=3)):  # what was being written there comes back with either code
        door = visitor.post(f"/apply/status/{moved.pk}/propose/", {"what": "中标合同", "why": "都想知道"})
        again = visitor.post("/apply/status/", hidden(door) | {"code": codes[0], "secret": codes[1]})
        assert tree(again).xpath("//input[@name='what']/@value") == ["中标合同"]


def test_the_page_costs_the_same_whatever_happened(
    at: Staffed, visitor: Visitor, made: Application, django_assert_max_num_queries: Any
) -> None:
    clarifying(at, made)
    for number in range(3):
        letters.sent(at, made, f"补正告知书{number}")
    with django_assert_max_num_queries(45):
        visitor.get(f"/apply/status/{made.pk}/")
