"""One case in hand: every act by its real action or event, by whom it belongs to, at the moment it is called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cached_property
from random import Random
from typing import Any
from zlib import crc32

from gongkai.applications.actions import handling, later, letters, receiving, steps
from gongkai.applications.actions.receiving import Received, Wanted
from gongkai.applications.applications import Application, Channel, Form, Way
from gongkai.applications.dispatch import Delivery, Letter, Method
from gongkai.applications.items import RequestedItem
from gongkai.applications.parties import PartyKind
from gongkai.applications.powers import VISITOR, ApplicantActor
from gongkai.applications.procedures import APPLICATION, ASSIGNMENT, CONSULTATION, EXTENSION, ITEM
from gongkai.applications.remedies import Remedy, RemedyKind
from gongkai.applications.steps import Consultation, ConsultationKind, Extension
from gongkai.demo.applications.stage import Office, at
from gongkai.demo.applications.told import DemoApplicant
from gongkai.demo.days import office_time
from gongkai.law.receipt import Channel as LawChannel
from gongkai.ledger import moment
from gongkai.procedures.engine import fire

_WAYS = {"online": Way.ONLINE, "fax": Way.FAX, "mailbox": Way.EMAIL, "counter": Way.COUNTER}
_STEP = timedelta(minutes=35)


def _reachable(personal: Mapping[str, str], channel: str) -> dict[str, str]:
    """Who writes to the mail box and wants the answer there has a mailbox."""
    number = crc32(personal.get("name", "").encode()) % 10**6
    mailbox = {"email": f"u{number:06d}@lanchuan.example"} if channel == "mailbox" else {}
    return {**mailbox, **personal}


class Hand:
    """A case of an office. ``on`` gives times for a story: later acts of a day come later in it."""

    def __init__(self, office: Office, key: str) -> None:
        self.office = office
        self._key = key
        self.pk = 0
        self._last: datetime | None = None

    def on(self, day: date, clock: str = "") -> datetime:
        """When the next act of that day happens: at that time, else some time within office hours."""
        when = at(day, clock) if clock else office_time(day, Random(f"{self._key} {day}"))
        if self._last is not None and self._last.date() == day:
            when = max(when, self._last + _STEP)
        self._last = when
        return when

    @property
    def case(self) -> Application:
        """As it stands."""
        return Application.objects.select_related("agency", "applicant").get(pk=self.pk)

    @cached_property
    def item(self) -> RequestedItem:
        """Its first item."""
        return RequestedItem.objects.select_related("application__agency").get(application_id=self.pk, position=1)

    def turn_to(self, pk: int, office: Office) -> None:
        """Go on with another case that grew out of this one (a new round, the same at another agency)."""
        self.pk, self.office = pk, office
        self.__dict__.pop("item", None)

    @property
    def applicant(self) -> ApplicantActor:
        return ApplicantActor(self.pk)

    def receive(
        self,
        who: DemoApplicant,
        wanted: Sequence[tuple[str, str]],
        channel: str,
        *,
        imported: bool = False,
        **facts: Any,
    ) -> None:
        """It comes in today; of a former ledger it is confirmed, too."""
        today = moment.today()
        if imported and LawChannel(channel).needs_confirmation:
            facts |= {"confirmed_on": today, "confirmed_how": "电话确认"}
        came = Received(
            kind=PartyKind(who.kind),
            personal=_reachable(who.personal, channel),
            wanted=[Wanted(name, features=features) for name, features in wanted],
            channel=Channel(channel),
            arrived_on=today,
            signed_on=today if channel == "signed_mail" else None,
            form=Form.ELECTRONIC if channel in ("online", "mailbox") else Form.PAPER,
            way=_WAYS.get(channel, Way.MAIL),
            imported=imported,
            **facts,
        )
        by = VISITOR if channel == "online" else self.office.officer
        self.pk = receiving.receive(self.office.agency, came, by=by, handler=self.office.officer).pk

    def fire(self, event: str, by: Any = None, **given: Any) -> Application:
        """An event of the case, by the disclosure officer unless told."""
        fired = fire(APPLICATION, self.case, event, by=by or self.office.officer, given=given)
        found: Application = fired.subject
        return found

    def confirm(self) -> None:
        self.fire("confirm", confirmed_on=moment.today(), confirmed_how="电话，本人接听")

    def assign(self, department: str, note: str = "请核实有无该信息，提出能否公开的意见。") -> Any:
        """转办."""
        return handling.assign(self.case, self.office.departments[department], by=self.office.officer, note=note)

    def answer(self, assignment: Any, department: str, words: str) -> None:
        """The department has taken it, and says what it thinks."""
        handler = self.office.holders("handler", department)[0]
        fire(ASSIGNMENT, assignment, "accept", by=handler)
        fire(ASSIGNMENT, assignment, "answer", by=handler, given={"answer": words})

    def search(self, place: str, terms: str, found: str, *, nothing: bool = False, searcher: str = "") -> None:
        """检索记录."""
        by = self.office.officer
        handling.add_search(
            self.item,
            place=place,
            terms=terms,
            on=moment.today(),
            found=found,
            nothing=nothing,
            searcher=searcher or by.name,
            by=by,
        )

    def draft(self, outcome: str, *, item: RequestedItem | None = None, **decision: Any) -> None:
        """拟定处理决定."""
        given = {"outcome": outcome} | decision
        fire(ITEM, item or self.item, "draft", by=self.office.officer, given=given)

    def consult(self, kind: str, question: str, *, who: DemoApplicant | None = None, body: str = "") -> Consultation:
        """征求意见, sent today."""
        asked = steps.Asked(
            kind=ConsultationKind(kind),
            question=question,
            sent_on=moment.today(),
            body=body,
            party_kind=PartyKind(who.kind if who else "citizen"),
            personal=who.personal if who else {},
        )
        return steps.consult(self.case, asked, by=self.office.officer)

    def consulted(self, consultation: Consultation, event: str, **given: Any) -> None:
        """An event of a consultation."""
        fire(CONSULTATION, consultation, event, by=self.office.officer, given=given)

    def extend(self, days: int, reason: str) -> Extension:
        """延期, approved on the day."""
        made = steps.propose_extension(self.case, working_days=days, reason=reason, by=self.office.officer)
        fire(EXTENSION, made, "approve", by=self.office.head)
        return made

    def tell_extension(self, extension: Extension) -> None:
        given = {"notified_on": moment.today()}
        fire(EXTENSION, extension, "notify", by=self.office.officer, given=given)

    def review(self, *, signed: bool = True) -> Application:
        """Handed in, passed by everybody who must, and signed."""
        case = self.fire("submit")
        if case.state == "legal_review":
            case = self.fire("pass", by=self.office.legal, note="事实清楚，适用依据正确。")
        self.fire("pass_head", by=self.office.head, note="同意。")
        return self.fire("sign", by=self.office.leader, note="") if signed else self.case

    def letter(self, key: str, *, given: Mapping[str, str] | None = None, **about: Any) -> Letter:
        """A real letter, frozen."""
        written = letters.write(self.case, key, by=self.office.officer, **about)
        if given:
            written = letters.save(written, given=given, dated=None, seen=written.version, by=self.office.officer)
        return letters.freeze(written, by=self.office.officer)

    def send(self, letter: Letter, method: Method, tracking: str = "") -> Delivery:
        return letters.send(letter, method=method, sent_on=moment.today(), by=self.office.officer, tracking=tracking)

    def arrived(self, delivery: Delivery, by_whom: str) -> None:
        letters.arrived(delivery, on=moment.today(), received_by=by_whom, by=self.office.officer)

    def remedy(self, kind: str, body: str, *, served: date | None = None, claim: str = "", number: str = "") -> Remedy:
        """复议 or 诉讼."""
        return later.file_remedy(
            self.case,
            kind=RemedyKind(kind),
            body=body,
            filed_on=moment.today(),
            served_on=served,
            case_number=number,
            claim=claim,
            by=self.office.officer,
        )

    def rate(self, stars: int, words: str = "") -> None:
        later.rate(self.case, stars=stars, words=words, by=self.applicant)
