"""The steps of a told case, by the names that the content calls them."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from gongkai.applications.actions import applying, handling, letters, steps
from gongkai.applications.applications import Application
from gongkai.applications.dispatch import Method
from gongkai.applications.items import Opinion, RequestedItem
from gongkai.applications.portal import secrets
from gongkai.applications.procedures import ASSIGNMENT
from gongkai.demo.applications.afterwards import AFTERWARDS
from gongkai.demo.applications.papers_of_cases import PAPERS
from gongkai.demo.applications.scene import Act, Scene, Step
from gongkai.demo.days import add_working_days
from gongkai.ledger import moment
from gongkai.procedures.engine import fire


def receive(scene: Scene, step: Step) -> None:
    """As it came in; with ``secret`` somebody who looks at the demo can open the applicant's page."""
    one = scene.told
    wanted = [(str(item["name"]), str(item.get("features", ""))) for item in one["wanted"]]
    facts: dict[str, Any] = {"needs_help": one["needs_help"]} if "needs_help" in one else {}
    secret = secrets.new_secret() if step.get("secret") else ""
    if secret:
        facts["secret_hash"] = secrets.hashed(secret)
    if step.get("agent"):
        facts["agent_personal"] = scene.who("agent", "citizen").personal
    scene.hand.receive(scene.who("applicant", one.get("kind", "citizen")), wanted, one["channel"], **facts)
    if secret:
        code = secrets.written(scene.hand.case.query_code)
        scene.secrets.append((one["wanted"][0]["name"], code, secrets.written(secret)))


def confirm(scene: Scene, step: Step) -> None:
    scene.hand.confirm()


def applicant_confirms(scene: Scene, step: Step) -> None:
    applying.confirm(scene.hand.case, by=scene.hand.applicant)


def take_up(scene: Scene, step: Step) -> None:
    scene.hand.fire("take_up")


def clarify(scene: Scene, step: Step) -> None:
    today = moment.today()
    told = {"unclear": step["unclear"], "wanted": step["wanted"], "notified_on": today}
    scene.hand.fire("clarify", **told, until=add_working_days(today, step["within"]))


def excuse(scene: Scene, step: Step) -> None:
    until = add_working_days(moment.today(), step["within"])
    scene.hand.fire("excuse", by=scene.office.head, excuse=step["why"], until=until)


def supplement(scene: Scene, step: Step) -> None:
    by = scene.hand.applicant if scene.told["channel"] == "online" else scene.office.officer
    scene.hand.fire("supplement", by=by, answered_on=moment.today(), answer=step["answer"])


def lapse(scene: Scene, step: Step) -> None:
    scene.hand.fire("lapse")


def demand_reasons(scene: Scene, step: Step) -> None:
    today = moment.today()
    until = add_working_days(today, step["within"])
    scene.hand.fire("demand_reasons", facts=step["facts"], demanded_on=today, until=until)


def give_reasons(scene: Scene, step: Step) -> None:
    scene.hand.fire("give_reasons", given_on=moment.today(), given=step["given"])


def judge_reasons(scene: Scene, step: Step) -> None:
    given: dict[str, Any] = {"judgement": "reasonable" if step["reasonable"] else "unreasonable"}
    if "later" in step:
        given["later_due"] = scene.ago(step["later"])
    scene.hand.fire("judge_reasons", by=scene.office.head, **given)


def charge(scene: Scene, step: Step) -> None:
    today = moment.today()
    scene.hand.fire("charge", basis="pages", quantity=step["pages"], noticed_on=today, received_on=today)


def pay(scene: Scene, step: Step) -> None:
    scene.hand.fire("pay", paid_on=moment.today(), receipt_number=step["receipt"])


def assign(scene: Scene, step: Step) -> None:
    scene.made["assignment"] = scene.hand.assign(step["to"])
    scene.made["department"] = step["to"]


def accept(scene: Scene, step: Step) -> None:
    handler = scene.office.holders("handler", scene.made["department"])[0]
    fire(ASSIGNMENT, scene.made["assignment"], "accept", by=handler)


def send_back(scene: Scene, step: Step) -> None:
    handler = scene.office.holders("handler", scene.made["department"])[0]
    fire(ASSIGNMENT, scene.made["assignment"], "return", by=handler, given={"reason": step["reason"]})


def answer(scene: Scene, step: Step) -> None:
    scene.hand.answer(scene.made["assignment"], scene.made["department"], step["opinion"])


def search(scene: Scene, step: Step) -> None:
    facts = {key: step[key] for key in ("place", "terms", "found")}
    scene.hand.search(**facts, nothing=step.get("nothing", False), searcher=step.get("searcher", ""))


def note(scene: Scene, step: Step) -> None:
    handling.add_note(scene.hand.case, step["text"], by=scene.office.officer)


def deliberate(scene: Scene, step: Step) -> None:
    invited = [scene.office.departments[name] for name in step["departments"]]
    by = scene.office.officer
    scene.made["meeting"] = handling.call_deliberation(
        scene.hand.case, question=step["question"], departments=invited, by=by
    )


def opinion(scene: Scene, step: Step) -> None:
    asked = Opinion.objects.select_related("deliberation__application__agency", "department")
    one = asked.get(deliberation=scene.made["meeting"], department__name=step["of"])
    handling.give_opinion(one, step["text"], by=scene.office.holders("handler", step["of"])[0])


def conclude(scene: Scene, step: Step) -> None:
    by = scene.office.officer
    handling.close_deliberation(scene.made["meeting"], conclusion=step["text"], held_on=moment.today(), by=by)


def consult(scene: Scene, step: Step) -> None:
    """A third party (``who``: of which kind), or an agency (``body``)."""
    who = scene.who("third", step["who"]) if "who" in step else None
    scene.made["consultation"] = scene.hand.consult(step["kind"], step["question"], who=who, body=step.get("body", ""))


def consultation_received(scene: Scene, step: Step) -> None:
    scene.hand.consulted(scene.made["consultation"], "received", received_on=moment.today())


def consultation_answered(scene: Scene, step: Step) -> None:
    given = {"answered_on": moment.today(), "answer": step["answer"], "answer_reason": step.get("reason", "")}
    scene.hand.consulted(scene.made["consultation"], "answer", **given)


def consultation_lapsed(scene: Scene, step: Step) -> None:
    scene.hand.consulted(scene.made["consultation"], "lapse")


def tell_third_party(scene: Scene, step: Step) -> None:
    given = {"public_interest": step["public_interest"], "told_on": moment.today()}
    scene.hand.consulted(scene.made["consultation"], "tell_third_party", **given)


def extend(scene: Scene, step: Step) -> None:
    scene.made["extension"] = scene.hand.extend(step["days"], step["reason"])


def propose_extension(scene: Scene, step: Step) -> None:
    by = scene.office.officer
    steps.propose_extension(scene.hand.case, working_days=step["days"], reason=step["reason"], by=by)


def tell_extension(scene: Scene, step: Step) -> None:
    scene.hand.tell_extension(scene.made["extension"])


def draft(scene: Scene, step: Step) -> None:
    """The decision on one item; ``earlier``: the key of the case that was answered before."""
    decision: dict[str, Any] = {key: step[key] for key in ("grounds", "reasons") if key in step}
    facts = dict(step.get("facts", {}))
    if step["outcome"] == "granted" and "way_to_get" in facts:
        facts["time_to_get"] = moment.today().isoformat()
    if "earlier" in step:
        decision["earlier"] = scene.cases[step["earlier"]]
    items = RequestedItem.objects.select_related("application__agency")
    item = items.get(application_id=scene.hand.pk, position=step.get("item", 1))
    scene.hand.draft(step["outcome"], item=item, facts=facts, **decision)


def submit(scene: Scene, step: Step) -> None:
    scene.hand.fire("submit", note=step.get("note", ""))


def legal_passes(scene: Scene, step: Step) -> None:
    scene.hand.fire("pass", by=scene.office.legal, note=step.get("note", "事实清楚，适用依据正确。"))


def head_passes(scene: Scene, step: Step) -> None:
    scene.hand.fire("pass_head", by=scene.office.head, note=step.get("note", "同意。"))


def sign(scene: Scene, step: Step) -> None:
    scene.hand.fire("sign", by=scene.office.leader, note="")


def give_back(scene: Scene, step: Step) -> None:
    """退回修改, by who has it."""
    by = {"legal": scene.office.legal, "head": scene.office.head, "leader": scene.office.leader}[step["by"]]
    scene.hand.fire("return", by=by, reason=step["reason"])


def letter(scene: Scene, step: Step) -> None:
    about = {"consultation": scene.made["consultation"]} if step.get("of_consultation") else {}
    scene.made["letter"] = scene.hand.letter(step["key"], given=step.get("given"), **about)


def send(scene: Scene, step: Step) -> None:
    sent = scene.hand.send(scene.made["letter"], Method(step["method"]), step.get("tracking", ""))
    scene.made["delivery"] = sent


def arrived(scene: Scene, step: Step) -> None:
    scene.hand.arrived(scene.made["delivery"], step["signed_by"])


def came_back(scene: Scene, step: Step) -> None:
    letters.came_back(scene.made["delivery"], on=moment.today(), why=step["why"], by=scene.office.officer)


def opened(scene: Scene, step: Step) -> None:
    applying.open_letter(scene.made["letter"], by=scene.hand.applicant)


def deliver(scene: Scene, step: Step) -> None:
    scene.hand.fire("deliver", replied_on=timezone.localdate(moment.now()))


def archive(scene: Scene, step: Step) -> None:
    scene.hand.fire("archive")


def withdraw(scene: Scene, step: Step) -> None:
    scene.hand.fire("withdraw", by=scene.hand.applicant, reason=step["reason"])


def link_repeat(scene: Scene, step: Step) -> None:
    earlier = Application.objects.get(pk=scene.cases[step["to"]])
    handling.link_repeat(scene.hand.case, earlier, by=scene.office.officer)


def urge(scene: Scene, step: Step) -> None:
    """督办 by the supervising office."""
    supervisor = next(one for one in scene.office.city.values() if one.agency.is_supervising)
    scene.hand.fire("urge", by=supervisor.officer, text=step["text"])


_STEPS: tuple[Act, ...] = (
    receive, confirm, applicant_confirms, take_up, clarify, excuse, supplement, lapse, demand_reasons, give_reasons,
    judge_reasons, charge, pay, assign, accept, send_back, answer, search, note, deliberate, opinion, conclude, consult,
    consultation_received, consultation_answered, consultation_lapsed, tell_third_party, extend, propose_extension,
    tell_extension, draft, submit, legal_passes, head_passes, sign, give_back, letter, send, arrived, came_back, opened,
    deliver, archive, withdraw, link_repeat, urge,
)  # fmt: skip
ACTS: dict[str, Act] = {one.__name__: one for one in _STEPS} | AFTERWARDS | PAPERS
"""Every step there is, by its name in the content."""
