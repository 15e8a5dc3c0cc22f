"""Steps that come after a reply, or grow out of a case: remedies, ratings, corrections, proposals, other agencies."""

from __future__ import annotations

from gongkai.applications.actions import later
from gongkai.applications.applications import Application
from gongkai.applications.procedures import CORRECTION, PROPOSAL, REMEDY
from gongkai.demo.applications.scene import Act, Scene, Step
from gongkai.ledger import moment
from gongkai.procedures.engine import fire


def rate(scene: Scene, step: Step) -> None:
    scene.hand.rate(step["stars"], step.get("words", ""))


def remedy(scene: Scene, step: Step) -> None:
    """复议 or 诉讼, served on the day."""
    facts = {"claim": step["claim"], "number": step.get("number", "")}
    scene.made["remedy"] = scene.hand.remedy(step["kind"], step["body"], served=moment.today(), **facts)


def answer_remedy(scene: Scene, step: Step) -> None:
    fire(REMEDY, scene.made["remedy"], "answer", by=scene.office.legal, given={"answered_on": moment.today()})


def decide_remedy(scene: Scene, step: Step) -> None:
    """The result; ``new_round``: the case goes on as the new round that was ordered."""
    given = {"result": step["result"], "decided_on": moment.today(), "decision": step["decision"]}
    if step.get("new_round"):
        given |= {"orders_new_reply": True, "reply_within": scene.ago(step["reply_within"])}
    fired = fire(REMEDY, scene.made["remedy"], "decide", by=scene.office.officer, given=given)
    if step.get("new_round"):
        scene.hand.turn_to(fired.entry.data["round"], scene.office)


def transfer(scene: Scene, step: Step) -> None:
    """To another agency of the city, where the case goes on."""
    to = scene.office.city[step["to"]]
    scene.hand.fire("transfer", agency=str(to.agency.pk), reason=step["reason"])
    moved = Application.objects.get(moved_from_id=scene.hand.pk)
    scene.hand.turn_to(moved.pk, to)


def ask_correction(scene: Scene, step: Step) -> None:
    """更正 (art. 41), by the applicant of the case."""
    case = scene.hand.case
    facts = {"record_name": step["record"], "wrong": step["wrong"], "proof": step["proof"]}
    scene.made["correction"] = later.file_correction(
        case.agency, case.applicant, by=scene.hand.applicant, application=case, **facts
    )


def answer_correction(scene: Scene, step: Step) -> None:
    given = {"answer": step["answer"]} | ({"passed_to": step["passed_to"]} if "passed_to" in step else {})
    fire(CORRECTION, scene.made["correction"], step["how"], by=scene.office.officer, given=given)


def propose(scene: Scene, step: Step) -> None:
    """主动公开建议: of the applicant, or of the office when several asked for the same."""
    case, own = scene.hand.case, step.get("by_office", False)
    scene.made["proposal"] = later.propose(
        case.agency,
        what=case.subject,
        why=step["why"],
        by=scene.office.officer if own else scene.hand.applicant,
        application=case,
        item=scene.hand.item,
        by_applicant=not own,
        likeness=case.likeness,
    )


def answer_proposal(scene: Scene, step: Step) -> None:
    fire(PROPOSAL, scene.made["proposal"], step["how"], by=scene.office.officer, given={"answer": step["answer"]})


def review_withheld(scene: Scene, step: Step) -> None:
    later.review_withheld(
        scene.hand.item,
        disclose=step["disclose"],
        reason=step["reason"],
        next_on=scene.ago(step["next"]) if "next" in step else None,
        by=scene.office.officer,
    )


_STEPS: tuple[Act, ...] = (
    rate, remedy, answer_remedy, decide_remedy, transfer, ask_correction, answer_correction, propose, answer_proposal,
    review_withheld,
)  # fmt: skip
AFTERWARDS: dict[str, Act] = {one.__name__: one for one in _STEPS}
