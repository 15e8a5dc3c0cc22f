"""What may answer already: offered, counted, followed; never a reason not to apply."""

import pytest
from tests.applications.portal.filling import CITIZEN, Visitor, hidden, tree, words
from tests.factories import sites
from tests.factories.people import Staffed
from tests.factories.sites import City

from gongkai.applications import offering
from gongkai.applications.actions import later
from gongkai.applications.aftermath import Offered, Proposal, ProposalState
from gongkai.applications.likeness import overlap
from gongkai.applications.offering import Answer

pytestmark = pytest.mark.django_db
KNOWN = Answer(
    "北湖里小区改造项目中标公告", "/2026/1.html", "澜川市城市管理委员会", "2026-03-01", "城管公告〔2026〕3号"
)


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    """The search knows one document."""
    monkeypatch.setattr(offering, "_FINDERS", [lambda request, text: [KNOWN] if "北湖里" in text else []])


@pytest.mark.usefixtures("known")
def test_while_one_types_and_before_one_submits(visitor: Visitor, at: Staffed) -> None:
    piece = visitor.get("/apply/offers/", q="北湖里小区中标", to=at.agency.slug, first="1")
    assert KNOWN.title in piece.content.decode()
    assert visitor.get("/apply/offers/", q="供热管网图").content.strip() == b""
    review = visitor.look_over(visitor.fill(offered="1"))
    assert "可能已经公开的信息" in words(review)
    counts = Offered.objects.get()
    assert (counts.shown, counts.opened, counts.asked) == (1, 0, 0)


@pytest.mark.usefixtures("known")
def test_shown_opened_and_asked_nevertheless_are_counted(visitor: Visitor, at: Staffed) -> None:
    review = visitor.look_over(visitor.fill())
    link = tree(review).xpath("//a[@target='_blank']/@href")[0]
    assert visitor.get(link)["Location"] == KNOWN.url
    assert visitor.submit(review).status_code == 302
    counts = Offered.objects.get(agency=at.agency)
    assert (counts.shown, counts.opened, counts.asked) == (1, 1, 1)
    unknown = visitor.look_over(visitor.form() | CITIZEN | {"item-0-name": "供热管网图"})
    assert "offered" not in hidden(unknown)


@pytest.mark.usefixtures("known")
def test_the_way_leads_nowhere_that_was_not_offered(visitor: Visitor) -> None:
    assert visitor.get("/apply/offered/?https://evil.example/").status_code == 404
    assert visitor.client.get("/apply/offered/?WyJodHRwczovL2V2aWwiXQ:1:aaaa").status_code == 404


def test_earlier_replies_that_were_published_come_first(db: None) -> None:
    city: City = sites.full_city()
    at = city.at
    proposal = later.propose(at.agency, what="北湖里小区投放设施改造的中标合同", why="", by=at.disclosure_officer)
    Proposal.objects.filter(pk=proposal.pk).update(state=ProposalState.ADOPTED, document=city.policy)
    visitor = Visitor(at.agency)
    review = visitor.look_over(visitor.fill())
    assert "曾应申请公开" in words(review)
    assert city.policy.ref().label in words(review)
    assert "可能已经公开" not in words(visitor.look_over(visitor.fill(**{"item-0-name": "完全不同的另一件事"})))


def test_alikeness_is_of_what_is_said_not_of_how() -> None:
    assert overlap("北湖里小区，中标合同", "北湖里小区中标合同（2025）") == 1.0
    assert overlap("供热管网图", "北湖里小区中标合同") == 0.0
    assert overlap("", "北湖里") == 0.0
