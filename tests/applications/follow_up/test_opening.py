"""From applications to proactive publication: proposals, drafts without anybody in them, told when released."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import cases, editions
from tests.factories.people import Staffed

from gongkai.agencies.officers import Officer
from gongkai.applications.actions import later, opening
from gongkai.applications.aftermath import Proposal
from gongkai.catalog.documents import Document
from gongkai.catalog.files import EditionFile
from gongkai.ledger import followers
from gongkai.ledger.entries import Entry
from gongkai.procedures.engine import Refused

Desk = Callable[[Officer], Client]


def _cluster(at: Staffed) -> list:
    same = {"wanted": ["停车泊位批复"]}
    other = {"name": "钱小满", "phone": "13900139000"}
    return [cases.registered(at, **same), cases.registered(at, **same, personal=other)]


def test_several_who_ask_for_the_same_lead_to_one_proposal(at: Staffed, desk: Desk) -> None:
    first, second = _cluster(at)
    client = desk(at.disclosure_officer)
    page = client.get(second.get_absolute_url()).content.decode()
    assert "2 人申请同一内容" in page
    for case in (second, first):
        client.post(reverse("applications:recognise", args=[case.pk, "propose"]))
    made = Proposal.objects.get()
    assert (made.what, made.by_applicant) == ("停车泊位批复", False)
    assert made.what in client.get(reverse("applications:proposals")).content.decode()


def test_the_same_person_again_has_the_earlier_reply_at_hand(at: Staffed, desk: Desk) -> None:
    earlier = cases.delivered(at, wanted=["停车泊位批复"])
    again = cases.registered(at, wanted=["停车泊位批复"])
    from gongkai.applications.actions import parties

    parties.merge(again.applicant, earlier.applicant, by=at.disclosure_officer)
    again = cases.again(again)
    client = desk(at.disclosure_officer)
    assert "关联为重复申请" in client.get(again.get_absolute_url()).content.decode()
    client.post(reverse("applications:recognise", args=[again.pk, "repeat"]), {"case": earlier.pk})
    assert cases.again(again).repeats_id == earlier.pk
    client.post(reverse("applications:recognise", args=[earlier.pk, "part"]), {"party": again.applicant_id})
    assert cases.again(again).applicant.merged_into_id is None


def test_a_granted_item_becomes_a_draft_without_the_person(at: Staffed, desk: Desk) -> None:
    case = cases.delivered(at, wanted=["停车泊位批复（联系13800138000）"])
    client = desk(at.disclosure_officer)
    item = case.items.get()
    answer = client.post(reverse("applications:open_item", args=[case.pk, item.pk]))
    made = Proposal.objects.get()
    assert answer.headers["Location"] == reverse("applications:proposal", args=[made.pk])
    assert made.state == "adopted"
    client.post(reverse("applications:begin_draft", args=[made.pk]))
    made.refresh_from_db()
    document = made.document
    assert document is not None
    edition = document.editions.get()
    assert "13800138000" not in edition.title
    assert edition.body == ""
    assert not EditionFile.objects.filter(edition=edition).exists()
    page = client.get(reverse("desk:document", args=[document.pk])).content.decode()
    assert case.number in page
    client.post(reverse("applications:begin_draft", args=[made.pk]))
    assert Document.objects.count() == 1


def test_its_release_is_told_where_it_came_from_once(at: Staffed) -> None:
    case = cases.delivered(at)
    proposal = opening.propose_item(case.items.get(), by=at.disclosure_officer, why="应当公开")
    released = editions.released(at)
    Proposal.objects.filter(pk=proposal.pk).update(document=released.document)
    follower = followers.get("proposals")
    opening.follow(list(Entry.objects.filter(kind="publishing.released")))
    opening.follow(list(Entry.objects.filter(kind="publishing.released")))
    proposal.refresh_from_db()
    assert proposal.published_on is not None
    assert Entry.objects.filter(kind="applications.published", subject_id=str(case.pk)).count() == 1
    assert follower.kinds is not None
    assert "publishing.released" in follower.kinds


def test_what_was_declined_is_not_drafted(at: Staffed, desk: Desk) -> None:
    made = later.propose(at.agency, what="名单", why="", by=at.disclosure_officer)
    url = reverse("applications:fire_proposal", args=[made.pk, "decline"])
    desk(at.disclosure_officer).post(url, {"version": made.version, "decline-answer": "涉及个人隐私"})
    made.refresh_from_db()
    assert (made.state, made.answer) == ("declined", "涉及个人隐私")
    with pytest.raises(Refused, match="没有采纳"):
        opening.begin_draft(made, by=at.disclosure_officer)


def test_a_correction_is_answered(at: Staffed, desk: Desk) -> None:
    applicant = cases.registered(at).applicant
    made = later.file_correction(
        at.agency, applicant, record_name="登记表", wrong="姓名有误", proof="身份证", by=at.disclosure_officer
    )
    client = desk(at.disclosure_officer)
    assert "登记表" in client.get(reverse("applications:corrections")).content.decode()
    url = reverse("applications:fire_correction", args=[made.pk, "pass_on"])
    refused = client.post(url, {"version": made.version, "pass_on-answer": "已转送"})
    assert refused.status_code == 422
    assert "已转送" in refused.content.decode()
    client.post(url, {"version": made.version, "pass_on-answer": "已转送", "pass_on-passed_to": "澜川市公安局"})
    made.refresh_from_db()
    assert (made.state, made.passed_to) == ("passed_on", "澜川市公安局")


def test_departments_see_none_of_it(at: Staffed, desk: Desk) -> None:
    made = later.propose(at.agency, what="名单", why="", by=at.disclosure_officer)
    for name, args in (("proposals", []), ("proposal", [made.pk]), ("corrections", []), ("withheld", [])):
        assert desk(at.drafter).get(reverse(f"applications:{name}", args=args)).status_code == 403
