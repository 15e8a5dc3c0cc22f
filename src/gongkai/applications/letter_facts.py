"""What a case's rows say for a letter; what somebody typed for the letter goes before it."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from functools import cached_property
from typing import Any

from gongkai.applications.applications import Application, Channel
from gongkai.applications.clock_facts import Clocks
from gongkai.applications.dispatch import Letter, LetterState
from gongkai.applications.files import FileRole
from gongkai.applications.items import RequestedItem
from gongkai.applications.letter_settings import settings_of
from gongkai.applications.letters.facts import FeeLine, ItemReply, LetterFacts, names
from gongkai.applications.parties import Party
from gongkai.applications.steps import Answer, Consultation, ConsultationKind, Fee, FeeBasis
from gongkai.law import answering, fees, remedies, replies
from gongkai.law.clock import Timeline
from gongkai.law.numerals import chinese_date
from gongkai.law.remedies import Decision
from gongkai.ledger import moment, persons
from gongkai.ledger.persons import Forgotten
from gongkai.texts import masking

_DATES = {one.name for one in fields(LetterFacts) if one.name.endswith("_on") or one.name == "answer_by"}
_LISTS = {one.name for one in fields(LetterFacts) if one.type == "tuple[str, ...]"}
_TYPED_ONLY = ("parts", "fee_lines", "opinions")
_PERIODS = {
    "third-party": answering.CONSULTATION_WORKING_DAYS,
    "partner": answering.CONSULTATION_WORKING_DAYS,
    "fee": answering.PAYMENT_WORKING_DAYS,
}


def facts_for(letter: Letter, *, clocks: Clocks) -> LetterFacts:
    """Everything that is known for the letter. Raises nothing: what is missing is empty, and the letter says so."""
    case = letter.application
    reader = _Case(case, letter, clocks)
    known = {**reader.common, **reader.steps, **reader.consultation, **reader.fee}
    items = list(letter.items.all()) or list(case.items.all())
    if letter.key == "reply-mixed":
        known["parts"] = tuple(ItemReply(_form_of(one), reader.of_item(known, [one])) for one in items if one.outcome)
        known["remedies"] = reader.remedies(items)
    facts = reader.of_item(known, items)
    return replace(facts, **_typed(letter.given))


def _typed(given: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed for this letter, by Chinese name: dates as ISO, several texts one under the other."""
    known = names()
    found: dict[str, Any] = {}
    for name, value in given.items():
        field_name = known.get(name)
        if not value or field_name is None or field_name in _TYPED_ONLY:
            continue
        if field_name in _DATES:
            found[field_name] = date.fromisoformat(str(value))
        elif field_name in _LISTS:
            found[field_name] = tuple(line.strip() for line in str(value).splitlines() if line.strip())
        elif field_name == "working_days":
            found[field_name] = int(value)
        else:
            found[field_name] = str(value).strip()
    return found


def _form_of(item: RequestedItem) -> str:
    return replies.outcome(item.outcome).letter


class _Case:
    """Reads one case for one letter; every relation once."""

    def __init__(self, case: Application, letter: Letter, clocks: Clocks) -> None:
        self.case, self.letter, self.clocks = case, letter, clocks

    @cached_property
    def line(self) -> Timeline | None:
        return self.clocks.read(self.case).line

    @property
    def common(self) -> dict[str, Any]:
        """Who, whom, which application, since when."""
        case, agency = self.case, self.case.agency
        contact = getattr(agency, "contact", None)
        person = _personal(case.applicant)
        line = self.line
        return {
            "agency": agency.name,
            "office": (contact.office_name if contact else "") or agency.name,
            "contact_address": contact.address if contact else "",
            "contact_phone": contact.phone if contact else "",
            "number": self.letter.number,
            "signed_on": self.letter.dated or moment.today(),
            "application": case.number,
            "applicant": person.get("name", ""),
            "applicant_kind": case.applicant.get_kind_display(),
            "form_of_address": "您" if case.applicant.is_citizen else "贵单位",
            "identity": masking.credential(person.get("document_number", "")),
            "applicant_contact": "；".join(person[key] for key in ("phone", "address", "email") if person.get(key)),
            "agent": _personal(case.agent).get("name", "") if case.agent else "",
            "channel": f"于{chinese_date(case.arrived_on)}{_came_by(Channel(case.channel))}",
            "submitted_on": case.arrived_on,
            "received_on": line.receipt.day if line else None,
            "receipt_basis": line.receipt.reason.rstrip("。") if line else "",
            "wanted_form": f"{case.get_form_display()}，{case.get_way_display()}",
            "officer": case.handler.name if case.handler else "",
            "query_code": case.query_code,
            "due_on": (line.original_due if self.letter.key == "extension" else line.due_date) if line else None,
            "new_due_on": line.due_date if line else None,
            "withdrawn_on": case.closed_on,
        }

    @property
    def steps(self) -> dict[str, Any]:
        """补正, 延期, 说明理由: the latest of each."""
        found: dict[str, Any] = {}
        if extension := self.case.extensions.last():
            head = extension.approved_by.name if extension.approved_by else ""
            found |= {
                "delay_reason": extension.reason.rstrip("。"),
                "working_days": extension.working_days,
                "approved_by": f"本机关政府信息公开工作机构负责人{head}",
            }
        if demand := self.case.reason_demands.last():
            found |= {"frequency": demand.facts.rstrip("。"), "answer_by": demand.until}
            if demand.later_due:
                found |= {"new_due_on": demand.later_due}
            found |= self._former("reason-demand", demand.demanded_on)
        if notice := self.case.clarifications.last():
            found |= {
                "unclear": notice.unclear.rstrip("。"),
                "to_supplement": tuple(one for one in notice.wanted.splitlines() if one.strip()),
                "answer_by": notice.excused_until or notice.until,
                "lapsed_on": notice.excused_until or notice.until,
            }
            found |= self._former("clarification", notice.notified_on)
        if self.letter.key in _PERIODS:
            found["working_days"] = _PERIODS[self.letter.key]
        return found

    def _former(self, key: str, day: date) -> dict[str, Any]:
        """The notice that this letter refers back to."""
        sent = self.case.letters.filter(key=key, state=LetterState.FROZEN).last()
        return {"noticed_on": day, "notice_number": sent.number if sent else ""}

    @property
    def consultation(self) -> dict[str, Any]:
        """The one this letter belongs to, or the latest."""
        asked: Consultation | None = self.letter.consultation or self.case.consultations.last()
        if asked is None:
            return {}
        third = asked.kind == ConsultationKind.THIRD_PARTY
        name = _personal(asked.party).get("name", "") if asked.party else asked.body
        found: dict[str, Any] = {
            "information": tuple(one for one in asked.question.splitlines() if one.strip()),
            "opinion": "：".join(one for one in (asked.get_answer_display(), asked.answer_reason) if one),
            "public_interest": asked.public_interest,
            "provided_on": asked.third_party_told_on,
            "concern": "申请公开的信息涉及第三方的合法权益" if self.letter.key == "consulting" else "",
        }
        found["third_party" if third else "other_agency"] = name
        if asked.answer == Answer.OBJECT or self.letter.key in ("consulting", "third-party-decision"):
            found |= self._former("third-party" if third else "partner", asked.sent_on)
        return found

    @property
    def fee(self) -> dict[str, Any]:
        """The latest fee as the notice has to show it."""
        charged: Fee | None = self.case.fees.last()
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

    def of_item(self, known: Mapping[str, Any], items: Sequence[RequestedItem]) -> LetterFacts:
        """With what the decisions on these items say."""
        found = dict(known) | {"items": tuple(_asked(one) for one in items)}
        decided = [one for one in items if one.outcome]
        if not decided:
            return LetterFacts(**found)
        first = decided[0]
        typed = first.facts
        provided = self.case.files.filter(role=FileRole.PROVIDED)
        searches = list(first.searches.all())
        withheld = [one for item in decided for one in replies.grounds_of(replies.outcome(item.outcome), item.grounds)]
        found |= {
            "grounds": tuple(f"{one.explanation.rstrip('。')}（{one.citation}）。" for one in withheld),
            "reasons": tuple(line for item in decided for line in item.reasons.splitlines() if line.strip()),
            "withheld": "；".join(dict.fromkeys(one.label for one in withheld)),
            "information": tuple(_asked(one) for one in decided),
            "providing": self.case.get_way_display(),
            "way_to_get": typed.get("way_to_get", ""),
            "publication": typed.get("way_to_get", ""),
            "provided_on": _day(typed.get("time_to_get")) or self.letter.dated or moment.today(),
            "search": "".join(_searched(one) for one in searches),
            "found": searches[-1].found if searches else "",
            "special_law": typed.get("special_provision", ""),
            "right_channel": typed.get("proper_channel", ""),
            "earlier_number": first.earlier.number if first.earlier else typed.get("earlier_reply", ""),
            "earlier_on": first.earlier.replied_on if first.earlier else None,
            "enclosures": tuple(one.name for one in provided),
            "remedies": self.remedies(decided),
        }
        if typed.get("other_agency_name"):
            found |= {
                "other_agency": typed["other_agency_name"],
                "other_contact": typed.get("other_agency_contact", ""),
            }
        if typed.get("excess"):
            found["frequency"] = typed["excess"]
        return LetterFacts(**found)

    def remedies(self, items: Sequence[RequestedItem]) -> tuple[str, ...]:
        """The paragraph on remedies for these decisions, dated by the letter (law.remedies)."""
        decisions = [Decision(replies.outcome(one.outcome), tuple(one.grounds)) for one in items if one.outcome]
        day = self.letter.dated or moment.today()
        if not decisions or day < remedies.REGULATION_IN_FORCE:
            return ()
        settings = settings_of(self.case.agency)
        told = remedies.remedy_for(decisions, day, cite_interpretation=settings.cite_interpretation)
        body = settings.reconsideration_body or "本级人民政府"
        text = told.text(reconsideration_body=body, court=settings.court or "有管辖权的人民法院")
        return (text,) if text else ()


def _personal(party: Party | None) -> dict[str, str]:
    if party is None or party.erased_at is not None:
        return {}
    try:
        return {key: str(value) for key, value in persons.unseal(party.person, bytes(party.sealed)).items()}
    except Forgotten:
        return {}


def _asked(item: RequestedItem) -> str:
    number = f"（{item.document_number}）" if item.document_number else ""
    features = f"，{item.features.strip()}" if item.features.strip() else ""
    return f"{item.name}{number}{features}"


def _searched(one: Any) -> str:
    return f"{chinese_date(one.on)}，{one.searcher}在{one.place}以“{one.terms}”检索。"


def _day(text: Any) -> date | None:
    return date.fromisoformat(text) if isinstance(text, str) and text else None


def _came_by(channel: Channel) -> str:
    return {
        Channel.COUNTER: "当面",
        Channel.SIGNED_MAIL: "以邮寄方式",
        Channel.PLAIN_MAIL: "以平常信函",
        Channel.ONLINE: "通过互联网渠道",
        Channel.FAX: "以传真方式",
        Channel.MAILBOX: "以电子邮件",
        Channel.HOTLINE: "通过热线转交",
    }[channel]
