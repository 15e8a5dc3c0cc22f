"""What the rows of a case say for a letter, part by part: who and when, its steps, opinions asked, fees, decisions."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from gongkai.applications import letter_records
from gongkai.applications.applications import Application, Channel
from gongkai.applications.clock_facts import Clocks
from gongkai.applications.dispatch import Letter, LetterState
from gongkai.applications.files import FileRole
from gongkai.applications.items import RequestedItem, SearchRecord
from gongkai.applications.letter_keys import is_reply
from gongkai.applications.letter_settings import settings_of
from gongkai.applications.letters import catalogue
from gongkai.applications.letters.facts import FeeLine
from gongkai.applications.parties import Party
from gongkai.applications.steps import Clarification, Consultation, ConsultationKind, Fee, FeeBasis, ReasonDemand
from gongkai.law import answering, fees, remedies, replies
from gongkai.law.clock import Timeline
from gongkai.law.numerals import chinese_date
from gongkai.law.remedies import Decision, Remedy
from gongkai.ledger import moment, persons
from gongkai.ledger.persons import Forgotten
from gongkai.texts import masking

_PERIODS = {
    "third-party": answering.CONSULTATION_WORKING_DAYS,
    "partner": answering.CONSULTATION_WORKING_DAYS,
    "fee": answering.PAYMENT_WORKING_DAYS,
}
_CONCERNS = {
    ConsultationKind.THIRD_PARTY: "申请公开的信息涉及第三方的合法权益",
    ConsultationKind.JOINT_AGENCY: "申请公开的信息由其他机关共同制作",
    ConsultationKind.OTHER_AGENCY: "申请公开的信息需要听取其他机关的意见",
}
_MASKS = {"phone": masking.phone, "address": masking.address, "email": masking.email}
_CAME_BY = {
    Channel.COUNTER: "当面",
    Channel.SIGNED_MAIL: "以邮寄方式",
    Channel.PLAIN_MAIL: "以平常信函",
    Channel.ONLINE: "通过互联网渠道",
    Channel.FAX: "以传真方式",
    Channel.MAILBOX: "以电子邮件",
    Channel.HOTLINE: "通过热线转交",
}
_OTHER_ACTS = {"third-party-decision": "本决定", "correction": "本答复"}
"""What letters are called that decide something else than what is asked for."""
UNNUMBERED = "〔定稿时编号〕"
"""What stands for the number of a draft: it is given when the letter is frozen."""


class CaseReader:
    """Reads one case for one letter. ``masked``: people as lists show them."""

    def __init__(self, case: Application, letter: Letter, clocks: Clocks, *, masked: bool = False) -> None:
        self.case, self.letter, self.clocks, self.masked = case, letter, clocks, masked

    def parts(self, items: Sequence[RequestedItem]) -> Iterator[tuple[str, dict[str, Any]]]:
        """What is known, later parts over earlier ones, each with where it comes from."""
        yield "机关信息", self.agency
        yield "申请登记", self.registered | {"items": tuple(_asked(one) for one in items)}
        yield "重新办理", self.round
        yield "办理环节", self.steps
        yield "征求意见", self.consultation
        yield "收费", self.fee
        yield "检索记录", _searches([one for item in items for one in item.searches.all()])
        yield "处理决定", self.decision(items)
        yield "救济途径", self.other_remedies
        yield "卷宗", self.record(items)

    @cached_property
    def line(self) -> Timeline | None:
        return self.clocks.read(self.case).line

    @property
    def agency(self) -> dict[str, Any]:
        """Who writes, under which number and day."""
        agency = self.case.agency
        contact = getattr(agency, "contact", None)
        return {
            "agency": agency.name,
            "office": (contact.office_name if contact else "") or agency.name,
            "contact_address": contact.address if contact else "",
            "contact_phone": contact.phone if contact else "",
            "number": self.letter.number or UNNUMBERED,
            "signed_on": self.day,
        }

    @property
    def day(self) -> date:
        """The day the letter bears."""
        return self.letter.dated or moment.today()

    @property
    def registered(self) -> dict[str, Any]:
        """Whom one writes to, on which application, received when, due when."""
        case, line = self.case, self.line
        person = self.person(case.applicant)
        due = line.original_due if line and self.letter.key == "extension" else line and line.due_date
        return {
            "application": case.number,
            "applicant": person.get("name", ""),
            "applicant_kind": case.applicant.get_kind_display(),
            "form_of_address": "您" if case.applicant.is_citizen else "贵单位",
            "identity": masking.credential(person.get("document_number", "")),
            "applicant_contact": "；".join(person[key] for key in ("phone", "address", "email") if person.get(key)),
            "agent": self.person(case.agent).get("name", "") if case.agent else "",
            "wanted_form": f"{case.get_form_display()}，{case.get_way_display()}",
            "officer": case.handler.name if case.handler else "",
            "query_code": case.query_code,
            "due_on": due,
            "withdrawn_on": case.closed_on,
        } | self._receipt(case)

    @property
    def round(self) -> dict[str, Any]:
        """Of a round: the application as it first came in, and why it is answered anew."""
        former = self.case.round_of
        if former is None:
            return {}
        first = former
        while first.round_of is not None:
            first = first.round_of
        return self._receipt(first) | {"anew": letter_records.answered_anew(self.case, former)}

    def _receipt(self, case: Application) -> dict[str, Any]:
        line = self.line if case is self.case else self.clocks.read(case).line
        return {
            "channel": f"于{chinese_date(case.arrived_on)}{_CAME_BY[Channel(case.channel)]}",
            "submitted_on": case.arrived_on,
            "received_on": line.receipt.day if line else None,
            "receipt_basis": line.receipt.reason.rstrip("。") if line else "",
        }

    @property
    def steps(self) -> dict[str, Any]:
        """延期, 说明理由, 补正: the latest of each that this letter is about."""
        key, found = self.letter.key, {}
        if key == "extension" and (extension := self.case.extensions.last()):
            head = extension.approved_by.name if extension.approved_by else ""
            found = {
                "delay_reason": extension.reason.rstrip("。"),
                "working_days": extension.working_days,
                "approved_by": f"本机关政府信息公开工作机构负责人{head}",
                "new_due_on": self._extended(extension.working_days),
            }
        elif key in ("reason-demand", "reasonable-delay", "notice-excessive"):
            found = self._demand(self.case.reason_demands.last())
        elif key in ("clarification", "notice-clarification-lapsed", "reply-unclear", "reply-mixed"):
            found = self._clarification(self.case.clarifications.last())
        if key in _PERIODS:
            found["working_days"] = _PERIODS[key]
        return found

    def _extended(self, working_days: int) -> date | None:
        """The new last day, also before the notice that brings it into effect."""
        line = self.line
        if line is None or line.original_due is None:
            return None
        if line.due_date is not None and line.due_date > line.original_due:
            return line.due_date
        return self.clocks.calendar.add(line.original_due, working_days)

    def _demand(self, demand: ReasonDemand | None) -> dict[str, Any]:
        if demand is None:
            return {}
        found = {"frequency": demand.facts.rstrip("。"), "answer_by": demand.until, "new_due_on": demand.later_due}
        return found | self._former("reason-demand", demand.demanded_on)

    def _clarification(self, notice: Clarification | None) -> dict[str, Any]:
        if notice is None:
            return {}
        found = {
            "unclear": notice.unclear.rstrip("。"),
            "to_supplement": tuple(one.strip() for one in notice.wanted.splitlines() if one.strip()),
            "answer_by": notice.excused_until or notice.until,
            "lapsed_on": notice.excused_until or notice.until,
        }
        return found | self._former("clarification", notice.notified_on)

    def _former(self, key: str, day: date | None, consultation: Consultation | None = None) -> dict[str, Any]:
        """The notice that this letter refers back to."""
        sent = self.case.letters.filter(key=key, state=LetterState.FROZEN)
        if consultation is not None:
            sent = sent.filter(consultation=consultation)
        last = sent.last()
        return {"noticed_on": day, "notice_number": last.number if last else ""}

    @property
    def consultation(self) -> dict[str, Any]:
        """The one this letter belongs to, or the latest; only for letters about one."""
        if catalogue.get(self.letter.key).group != "consultations" and self.letter.key != "consulting":
            return {}
        moved = self.case.moved_to.select_related("agency").last()
        asked: Consultation | None = self.letter.consultation or self.case.consultations.last()
        if self.letter.key == "transfer" and moved is not None:
            return {"other_agency": moved.agency.name}
        if asked is None:
            return {}
        kind = ConsultationKind(asked.kind)
        third = kind is ConsultationKind.THIRD_PARTY
        lines = tuple(one.strip() for one in asked.question.splitlines() if one.strip())
        found: dict[str, Any] = {
            "information": lines,
            "request": lines,
            "opinion": "：".join(one for one in (asked.get_answer_display(), asked.answer_reason.rstrip("。")) if one),
            "public_interest": _sentence(asked.public_interest),
            "provided_on": asked.third_party_told_on,
            "concern": _CONCERNS[kind] if self.letter.key == "consulting" else "",
            "third_party" if third else "other_agency": self.person(asked.party).get("name", "")
            if asked.party
            else asked.body,
        }
        return found | self._former("third-party" if third else "partner", asked.sent_on, self.letter.consultation)

    @property
    def fee(self) -> dict[str, Any]:
        """The latest fee as the notice has to show it."""
        charged: Fee | None = self.case.fees.last() if self.letter.key in ("fee", "notice-fee-lapsed") else None
        if charged is None:
            return {}
        by_pages = charged.basis == FeeBasis.PAGES
        reckoned = (
            fees.by_pages(charged.quantity) if by_pages else fees.by_count(charged.quantity, before=charged.before)
        )
        unit = reckoned.tariff.measure.unit
        found: dict[str, Any] = {
            "fee_basis": reckoned.basis,
            "fee_standard": f"{charged.get_basis_display()}，超额累进",
            "fee_lines": tuple(
                FeeLine(
                    f"第{one.first}至{one.last}{unit}",
                    f"{one.quantity}{unit}",
                    f"{fees.yuan(one.rate)}/{unit}" if one.rate else "不收费",
                    fees.yuan(one.amount),
                )
                for one in reckoned.lines
            ),
            "fee_total": fees.yuan(charged.amount),
        }
        if self.letter.key == "notice-fee-lapsed":
            step = self.line.step("payment") if self.line else None
            found |= self._former("fee", charged.noticed_on) | {"lapsed_on": step.due if step else None}
        return found

    def decision(self, items: Sequence[RequestedItem]) -> dict[str, Any]:
        """What the decisions on these items say; nothing before there are any."""
        decided = [one for one in items if one.outcome]
        if not decided:
            return {}
        first = decided[0]
        typed: Mapping[str, Any] = first.facts
        withheld = [one for item in decided for one in replies.grounds_of(replies.outcome(item.outcome), item.grounds)]
        found: dict[str, Any] = {
            "items": tuple(_asked(one) for one in items),
            "grounds": tuple(f"{one.explanation.rstrip('。')}（{one.citation}）。" for one in withheld),
            "reasons": tuple(line for item in decided for line in item.reasons.splitlines() if line.strip()),
            "withheld": "；".join(dict.fromkeys(one.label for one in withheld)),
            "way_to_get": typed.get("way_to_get", ""),
            "special_law": typed.get("special_provision", ""),
            "right_channel": typed.get("proper_channel", ""),
        }
        found |= _searches([one for item in decided for one in item.searches.all()])
        if is_reply(self.letter.key):
            found |= self._reply(decided, first, typed)
        return {name: value for name, value in found.items() if value}

    def _reply(
        self, decided: Sequence[RequestedItem], first: RequestedItem, typed: Mapping[str, Any]
    ) -> dict[str, Any]:
        provided = self.case.files.filter(role=FileRole.PROVIDED)
        asked = tuple(_asked(one) for one in decided)
        return {
            "information": asked,
            "publication": "；".join(one.name for one in decided),
            "providing": self.case.get_way_display(),
            "provided_on": _day(typed.get("time_to_get")) or self.day,
            "earlier_number": letter_records.reply_number(first.earlier)
            if first.earlier
            else typed.get("earlier_reply", ""),
            "earlier_on": first.earlier.replied_on if first.earlier else None,
            "other_agency": typed.get("other_agency_name", ""),
            "other_contact": typed.get("other_agency_contact", ""),
            "frequency": typed.get("excess", ""),
            "enclosures": tuple(dict.fromkeys(one.name.rpartition(".")[0] or one.name for one in provided)),
            "remedies": self.remedies(decided),
        }

    def remedies(self, items: Sequence[RequestedItem]) -> tuple[str, ...]:
        """The paragraph on remedies for these decisions, dated by the letter (law.remedies)."""
        decisions = [Decision(replies.outcome(one.outcome), tuple(one.grounds)) for one in items if one.outcome]
        if not decisions or self.day < remedies.REGULATION_IN_FORCE:
            return ()
        settings = settings_of(self.case.agency)
        return self._told(remedies.remedy_for(decisions, self.day, cite_interpretation=settings.cite_interpretation))

    @property
    def other_remedies(self) -> dict[str, Any]:
        """Of letters that decide something else than what is asked for."""
        act = _OTHER_ACTS.get(self.letter.key)
        return {"remedies": self._told(remedies.remedy_otherwise(self.day, act=act))} if act else {}

    def _told(self, told: Remedy) -> tuple[str, ...]:
        settings = settings_of(self.case.agency)
        body = settings.reconsideration_body or "本级人民政府"
        text = told.text(reconsideration_body=body, court=settings.court or "有管辖权的人民法院")
        return (text,) if text else ()

    def record(self, items: Sequence[RequestedItem]) -> dict[str, Any]:
        """What the forms of the file, and the answers on corrections and suggestions, ask for."""
        key, case = self.letter.key, self.case
        if key in ("approval", "registration"):
            return {"proposal": letter_records.proposal(items), "opinions": letter_records.opinions(case)}
        if key == "service-return":
            person = self.person(case.applicant)
            return letter_records.served(case) | {"serving_place": person.get("address", "")}
        if key == "handover":
            return {"information": tuple(one.name for one in items)}
        if key == "correction" and (asked := case.corrections.last()):
            found = {"own_record": asked.record, "evidence": asked.proof.rstrip("。"), "result": asked.answer}
            return found | {"other_agency": asked.passed_to}
        if key == "suggestion-reply" and (proposed := case.proposals.last()):
            return {"suggestion": proposed.what, "result": proposed.answer.rstrip("。")}
        return {}

    def person(self, party: Party | None) -> dict[str, str]:
        """Name, papers and contacts; masked where nobody asked to see them."""
        if party is None or party.erased_at is not None:
            return {}
        try:
            facts = {key: str(value) for key, value in persons.unseal(party.person, bytes(party.sealed)).items()}
        except Forgotten:
            return {}
        if not self.masked:
            return facts
        shown = {key: mask(facts.get(key, "")) for key, mask in _MASKS.items()}
        return facts | shown | {"name": party.masked_name}


def _sentence(text: str) -> str:
    return f"{text.strip().rstrip('。')}。" if text.strip() else ""


def _asked(item: RequestedItem) -> str:
    number = f"（{item.document_number}）" if item.document_number else ""
    features = f"，{item.features.strip()}" if item.features.strip() else ""
    return f"{item.name}{number}{features}"


def _searches(searches: Sequence[SearchRecord]) -> dict[str, Any]:
    told = (f"{chinese_date(one.on)}，{one.searcher}在{one.place}以“{one.terms}”检索。" for one in searches)
    return {"search": "".join(told), "found": searches[-1].found} if searches else {}


def _day(text: Any) -> date | None:
    return date.fromisoformat(text) if isinstance(text, str) and text else None
