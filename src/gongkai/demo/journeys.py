"""Every document of the demo travels its way: drafted, checked, reviewed, released, corrected, withdrawn."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from gongkai.agencies.bodies import Agency, Department
from gongkai.agencies.officers import Officer
from gongkai.agencies.queries import holders
from gongkai.catalog.actions import content, documents
from gongkai.catalog.actions.content import LinkGiven
from gongkai.catalog.documents import Document, Topic
from gongkai.catalog.editions import ChangeKind, Edition, EditionState
from gongkai.catalog.files import FileRole
from gongkai.catalog.links import LinkKind
from gongkai.demo import papers, shapes
from gongkai.ledger import moment
from gongkai.procedures.engine import fire
from gongkai.publishing import checking
from gongkai.publishing.edition_effects import chain_of
from gongkai.publishing.procedures import DOCUMENT, EDITION

_STEP_ROLE = {
    "dept_review": "dept_reviewer",
    "legal_review": "legal_reviewer",
    "office_review": "office_reviewer",
    "secrecy_review": "secrecy_reviewer",
    "leader_review": "leader",
}
_ROLE_STEP = {role: step for step, role in _STEP_ROLE.items()}
_ATTESTED = {"political": True, "policy": True, "content": True, "secrecy": True}
_NOTES = ("", "同意。", "", "已核对数据和附件。", "", "已与相关处室核对。", "")
_BEFORE_RELEASE = timedelta(hours=30)

Progress = Callable[[str, int, int], None]


def travel(
    agencies: Mapping[str, Agency],
    departments: Mapping[tuple[str, str], Department],
    topics: Mapping[tuple[str, str], Topic],
    stories: Sequence[shapes.DemoDocument],
    progress: Progress,
) -> None:
    """Bring every document as far as its fate says, each act at its own time; oldest first, as links need targets."""
    company = _Company(agencies, departments, topics, {}, {})
    later: list[tuple[datetime, int, Callable[[], None]]] = []
    for number, story in enumerate(stories):
        later += _Journey(company, story).begin()
        progress("文件", number + 1, len(stories))
    for when, _, act in sorted(later, key=lambda one: one[:2]):
        with moment.at(when):
            act()


@dataclass
class _Company:
    """The city's people and what has been written so far."""

    agencies: Mapping[str, Agency]
    departments: Mapping[tuple[str, str], Department]
    topics: Mapping[tuple[str, str], Topic]
    written: dict[str, Document]
    known: dict[tuple[int, str, int | None], list[Officer]]

    def officer(self, agency: Agency, role: str, department: Department | None, turn: str = "") -> Officer:
        """Somebody who holds the role there; the same for the same turn."""
        key = (agency.pk, role, department.pk if department else None)
        if key not in self.known:
            self.known[key] = holders(agency.pk, role, key[2])
        found = self.known[key]
        if not found:
            raise LookupError(f"{agency.name}：没有人担任“{role}”（{department}）")
        return found[sum(map(ord, turn)) % len(found)]


class _Journey:
    """One document's way."""

    def __init__(self, company: _Company, story: shapes.DemoDocument) -> None:
        self.company = company
        self.story = story
        self.agency = company.agencies[story.agency]
        self.department = company.departments.get((story.agency, story.department))

    def begin(self) -> list[tuple[datetime, int, Callable[[], None]]]:
        """Write it and bring it to its first release (or as far as it got); what comes later is returned, to be done
        in the order of time over all documents, since a successor must be out before its predecessor is withdrawn."""
        fate = self.story.fate
        handler: Callable[[Any], list[tuple[datetime, int, Callable[[], None]]]] = getattr(self, f"_{fate.kind}")
        return handler(fate)

    def _released(self, fate: shapes.Released) -> list[Any]:
        self.release(self.draft(fate.at - _BEFORE_RELEASE), fate.at)
        return []

    def _in_review(self, fate: shapes.InReview) -> list[Any]:
        edition = self.submit(self.draft(fate.submitted_at - timedelta(hours=2)), fate.submitted_at)
        self.review(edition, fate.submitted_at, until=self.step(edition, fate.step))
        return []

    def _returned(self, fate: shapes.Returned) -> list[Any]:
        edition = self.submit(self.draft(fate.submitted_at - timedelta(hours=2)), fate.submitted_at)
        edition = self.review(edition, fate.submitted_at, until=self.step(edition, fate.step))
        given = {"to": EditionState.DRAFTING.value, "reason": fate.reason}
        fire(EDITION, edition, "return", by=self.someone(_STEP_ROLE[edition.state]), given=given, now=fate.at)
        return []

    def _drafting(self, fate: shapes.Drafting) -> list[Any]:
        day = self.story.date_of_issue
        self.draft(datetime(day.year, day.month, day.day, 10, 20, tzinfo=shapes.CHINA))
        return []

    def _approved(self, fate: shapes.Approved) -> list[Any]:
        begun = fate.at - _BEFORE_RELEASE
        self.review(self.submit(self.draft(begun), begun + timedelta(hours=1)), begun + timedelta(hours=1))
        return []

    def _scheduled(self, fate: shapes.Scheduled) -> list[Any]:
        begun = fate.approved_at - _BEFORE_RELEASE
        edition = self.review(self.submit(self.draft(begun), begun + timedelta(hours=1)), begun + timedelta(hours=1))
        given = {"release_at": fate.at}
        fire(EDITION, edition, "schedule", by=self.someone("disclosure_officer"), given=given, now=fate.approved_at)
        return []

    def _corrected(self, fate: shapes.Corrected) -> list[Any]:
        edition = self.release(self.draft(fate.released_at - _BEFORE_RELEASE), fate.released_at)
        return [self.again(edition, fate.at, ChangeKind.CORRECTION, fate.note, fate.second_html)]

    def _revised(self, fate: shapes.Revised) -> list[Any]:
        edition = self.release(self.draft(fate.released_at - _BEFORE_RELEASE), fate.released_at)
        return [self.again(edition, fate.at, ChangeKind.REVISION, fate.change_note, fate.second_html)]

    def _withdrawn(self, fate: shapes.Withdrawn) -> list[Any]:
        edition = self.release(self.draft(fate.released_at - _BEFORE_RELEASE), fate.released_at)

        def withdraw() -> None:
            successor = self.company.written[fate.successor] if fate.successor else None
            given = {"notice_kind": fate.way, "on": fate.at.date(), "ground": fate.ground, "successor": successor}
            fire(DOCUMENT, self.document(edition), "withdraw", by=self.someone("disclosure_officer"), given=given)

        return [(fate.at, edition.pk, withdraw)]

    def _revoked(self, fate: shapes.Revoked) -> list[Any]:
        edition = self.release(self.draft(fate.released_at - _BEFORE_RELEASE), fate.released_at)

        def revoke() -> None:
            given = {"reason": fate.reason}
            fire(DOCUMENT, self.document(edition), "revoke", by=self.someone("disclosure_head"), given=given)

        return [(fate.at, edition.pk, revoke)]

    def _emergency(self, fate: shapes.Emergency) -> list[Any]:
        edition = self.draft(fate.at - timedelta(minutes=25))
        given = {"reason": fate.reason}
        edition = fire(EDITION, edition, "emergency", by=self.someone("leader"), given=given, now=fate.at).subject
        self.company.written[self.story.key] = edition.document
        fire(
            EDITION,
            edition,
            "review_after",
            by=self.someone("office_reviewer"),
            given=_ATTESTED | {"note": "情况属实，用语准确。"},
            now=fate.reviewed_at,
        )
        return []

    # What a journey is made of.

    def draft(self, when: datetime) -> Edition:
        """Write the document with its header, files, links and topics."""
        story = self.story
        drafter = self.someone("drafter")
        with moment.at(when):
            edition = documents.create_document(
                agency=self.agency,
                type_key=story.type,
                by=drafter,
                department=self.department,
                facts=self.facts(),
                item=f"20-{story.article20:02d}" if story.article20 else "",
            )
            self.company.written[story.key] = edition.document
            for attachment in story.attachments:
                data = papers.make(attachment)
                name = f"{attachment.name}.{attachment.kind}"
                content.add_file(edition, name=name, data=data, role=FileRole.ATTACHMENT, by=drafter)
            self.links(edition, drafter)
            if story.topics:
                chosen = [self.company.topics[story.agency, topic] for topic in story.topics]
                documents.set_topics(edition.document, chosen, by=drafter)
        return Edition.objects.select_related("document", "document__agency").get(pk=edition.pk)

    def facts(self) -> dict[str, Any]:
        """Header and body, as far as the type has the fields."""
        story = self.story
        values: dict[str, Any] = {
            "title": story.title,
            "document_number": story.document_number or "",
            "date_of_issue": story.date_of_issue,
            "effective_on": story.effective_on,
            "expires_on": story.expires_on,
            "subject": story.subject,
            "genre": story.genre,
            "keywords": " ".join(story.keywords),
            "summary": story.summary,
            "source": story.source,
        }
        fields = documents.doctypes.get(story.type).fields
        kept = {key: value for key, value in values.items() if key in fields}
        return kept | {"disclosure": story.attribute, "ground": story.ground, "body": story.body_html}

    def links(self, edition: Edition, drafter: Officer) -> None:
        """Links to what is written already; the others are told by the later document's own links."""
        there = [one for one in self.story.links if one.target in self.company.written]
        if there:
            given = [LinkGiven(LinkKind(one.kind), self.company.written[one.target]) for one in there]
            content.set_links(edition, given, by=drafter)

    def submit(self, edition: Edition, when: datetime) -> Edition:
        """Hand it in; findings that this text is not meant to trip are answered as a drafter would."""
        self.answer(edition, when)
        fired = fire(EDITION, edition, "submit", by=self.someone("drafter"), now=when)
        return self.fresh(fired.subject)

    def answer(self, edition: Edition, when: datetime) -> None:
        """Say why a blocking finding may stay, where that is allowed."""
        with moment.at(when):
            for finding in checking.current_report(edition).blocking:
                if finding.answerable:
                    note = (
                        "对外公布的工作电话。"
                        if "电话" in finding.message or "手机" in finding.message
                        else "已核对，保留。"
                    )
                    checking.answer(edition, fingerprint=finding.fingerprint, note=note, by=self.someone("drafter"))

    def review(self, edition: Edition, since: datetime, until: str = "") -> Edition:
        """Pass step after step, some hours apart, up to the step that is to wait (or to the end)."""
        when = since
        while edition.state in chain_of(edition) and edition.state != until:
            when += timedelta(hours=2, minutes=(edition.pk * 7) % 50)
            given = _ATTESTED | {"note": _NOTES[(edition.pk + len(edition.state)) % len(_NOTES)]}
            reviewer = self.someone(_STEP_ROLE[edition.state])
            edition = self.fresh(fire(EDITION, edition, "pass", by=reviewer, given=given, now=when).subject)
        return edition

    def release(self, edition: Edition, when: datetime) -> Edition:
        """From draft to the public."""
        begun = when - _BEFORE_RELEASE + timedelta(hours=1)
        edition = self.review(self.submit(edition, begun), begun)
        fired = fire(EDITION, edition, "release", by=self.someone("disclosure_officer"), now=when)
        self.company.written[self.story.key] = self.document(fired.subject)
        return self.fresh(fired.subject)

    def again(
        self, edition: Edition, when: datetime, kind: ChangeKind, note: str, body: str
    ) -> tuple[datetime, int, Callable[[], None]]:
        """A correction or revision, released at that time."""

        def say_anew() -> None:
            drafter = self.someone("drafter")
            begun = when - _BEFORE_RELEASE
            with moment.at(begun):
                draft = documents.draft_next_edition(self.document(edition), by=drafter, kind=kind, note=note)
                draft = documents.save_draft(draft, by=drafter, version=draft.version, facts={"body": body})
            self.release(self.fresh(draft), when)

        return (when, edition.pk, say_anew)

    @staticmethod
    def step(edition: Edition, role: str) -> str:
        """The step at which that role decides; in a chain without one, the last step."""
        chain = chain_of(edition)
        wanted = _ROLE_STEP[role]
        return wanted if wanted in chain else chain[-1]

    def someone(self, role: str) -> Officer:
        """Who does it for this document."""
        return self.company.officer(self.agency, role, self.department, self.story.key)

    @staticmethod
    def fresh(edition: Edition) -> Edition:
        return Edition.objects.select_related("document", "document__agency").get(pk=edition.pk)

    @staticmethod
    def document(edition: Edition) -> Document:
        return Document.objects.select_related("agency", "live").get(pk=edition.document_id)
