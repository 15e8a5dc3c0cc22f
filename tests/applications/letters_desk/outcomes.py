"""Cases decided in every way the law knows, brought there by the real acts, signed and without a letter yet."""

from typing import Any

from django.db import transaction
from tests.factories import cases
from tests.factories.people import Staffed

from gongkai.applications import case_files
from gongkai.applications.actions import handling
from gongkai.applications.applications import Application, Channel
from gongkai.applications.files import FileRole
from gongkai.applications.powers import ApplicantActor
from gongkai.ledger import moment

WORDS = "所申请的信息经核查属于上述情形。"
DECISIONS: dict[str, dict[str, Any]] = {
    "already_public": {"facts": {"way_to_get": "本机关网站“政府信息公开”栏目"}},
    "granted": {"facts": {"way_to_get": "电子邮件发送", "time_to_get": "2026-01-05"}},
    "partial": {"grounds": ["internal-affairs"], "reasons": WORDS},
    "refused": {"grounds": ["internal-affairs"], "reasons": WORDS},
    "special_procedure": {"facts": {"special_provision": "《不动产登记暂行条例》"}},
    "not_held": {"reasons": WORDS},
    "other_agency": {
        "reasons": WORDS,
        "facts": {"other_agency_name": "澜川市交通运输局", "other_agency_contact": "0000-5550199"},
    },
    "needs_processing": {"reasons": WORDS},
    "unclear": {"reasons": WORDS},
    "petition": {"facts": {"proper_channel": "市信访局"}},
    "repeated": {},
    "publication": {"facts": {"way_to_get": "市图书馆"}},
    "excessive": {"reasons": WORDS, "facts": {"excess": "本月已提出42件"}},
    "reconfirm": {"reasons": WORDS},
    "inquiry": {"reasons": WORDS, "facts": {"proper_channel": "12345热线"}},
    "not_government_information": {"reasons": WORDS},
    "other": {"reasons": WORDS},
}
"""Every outcome a person may choose, with what it demands beside what the case has."""

TYPED = {
    "special_procedure": {"办理渠道": "澜川市不动产登记中心"},
    "other": {"处理结果": "所申请的信息已由您当场查阅"},
    "unclear": {"通知书文号": "〔2026〕第3号-告"},
    "excessive": {"通知书文号": "〔2026〕第4号-告"},
}
"""What only the letter asks for."""


def decided(at: Staffed, outcome: str) -> Application:
    """In hand, its one item decided so."""
    case = cases.clarifying(at) if outcome == "unclear" else cases.registered(at)
    officer = at.disclosure_officer
    if outcome == "unclear":
        case = cases.act(case, "supplement", by=officer, answer="请提供有关的全部材料")
    case = cases.act(case, "take_up", by=officer)
    if outcome == "excessive":
        case = justified(at, case)
    item = case.items.get()
    decision = DECISIONS[outcome] | {"outcome": outcome}
    if outcome == "not_held":
        found = {"place": "综合档案室", "terms": "招标文件", "found": "没有找到。", "searcher": "周澄"}
        handling.add_search(item, on=moment.today(), nothing=True, by=officer, **found)
    if outcome == "partial":
        withheld(at, case)
    if outcome in ("repeated", "reconfirm"):
        decision["earlier"] = cases.delivered(at).pk
    cases.draft(item, by=officer, **decision)
    return cases.again(case)


def justified(at: Staffed, case: Application) -> Application:
    """Asked why so many, and the reasons found wanting."""
    day = moment.today()
    demand = {"facts": "当月第42件申请", "demanded_on": day, "until": day}
    case = cases.act(case, "demand_reasons", by=at.disclosure_officer, **demand)
    case = cases.act(case, "give_reasons", by=ApplicantActor(case.pk), given="想了解")
    return cases.act(case, "judge_reasons", by=at.disclosure_officer, judgement="unreasonable")


@transaction.atomic
def withheld(at: Staffed, case: Application) -> None:
    """A file with something covered, beside the original."""
    keep = {"by": at.disclosure_officer, "kind": "pdf", "content_type": "application/pdf"}
    original = case_files.keep(case, b"%PDF-1.4 all of it", name="合同.pdf", role=FileRole.RECORD, **keep)
    made = {"name": "合同（区分处理）.pdf", "role": FileRole.PROVIDED, "derived_from": original}
    case_files.keep(case, b"%PDF-1.4 a part", **made, **keep)


def sign(at: Staffed, case: Application) -> Application:
    """Through every review."""
    case = cases.act(case, "submit", by=at.disclosure_officer)
    if case.state == "legal_review":
        case = cases.act(case, "pass", by=at.legal_reviewer)
    case = cases.act(case, "pass_head", by=at.disclosure_head, note="同意")
    return cases.act(case, "sign", by=at.leader)


def signed(at: Staffed, outcome: str) -> Application:
    """Decided so, and signed."""
    return sign(at, decided(at, outcome))


def online(at: Staffed) -> Application:
    """Applied on the site, granted, signed."""
    case = cases.confirm(at, cases.unconfirmed(at))
    case = cases.act(case, "take_up", by=at.disclosure_officer)
    cases.draft(case.items.get(), by=at.disclosure_officer, **cases.GRANTED)
    assert case.channel == Channel.ONLINE
    return sign(at, cases.again(case))
