"""Two agencies side by side: one with everything, and secrets in its drafts; one that must see none of it."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from django.test.client import ClientHandler
from django.utils import timezone
from tests.factories import cases, editions, people, tokens
from tests.factories.people import Staffed
from tests.isolation import reported
from tests.isolation.rows import Rows, rows_of
from tests.texts import packages

from gongkai.agencies.access import SECOND_FACTOR_DUE
from gongkai.agencies.officers import Officer
from gongkai.agencies.roles import Role
from gongkai.agencies.tokens import ApiToken
from gongkai.applications import case_files
from gongkai.applications.actions import handling, later, letters, redacting, taking_over
from gongkai.applications.aftermath import Correction, Proposal
from gongkai.applications.applications import Application
from gongkai.applications.files import CaseFile
from gongkai.applications.files import FileRole as CaseFileRole
from gongkai.applications.importing.cases import LedgerCase, LedgerItem
from gongkai.applications.items import RequestedItem
from gongkai.applications.remedies import RemedyKind
from gongkai.applications.taking_over import LedgerImport
from gongkai.catalog.actions import columns, content, matter_import, matters, projects
from gongkai.catalog.columns import Column
from gongkai.catalog.documents import Document, Topic
from gongkai.catalog.editions import ChangeKind, Edition
from gongkai.catalog.files import FileRole, StoredFile
from gongkai.catalog.full_list.reading import ReadList, ReadRow
from gongkai.catalog.matters import Matter, MatterImport
from gongkai.catalog.projects import Project
from gongkai.ledger.entries import Entry
from gongkai.ledger.refs import SYSTEM, Ref
from gongkai.oversight.annual_report.editions import Submission
from gongkai.oversight.annual_report.registers import Training
from gongkai.procedures.engine import fire
from gongkai.publishing.actions import settings
from gongkai.publishing.parcels import Act, Delivery, DeliveryState
from gongkai.publishing.procedures import DOCUMENT, EDITION
from gongkai.publishing.reviews import Word
from gongkai.search import actions as steering
from gongkai.search.best_bets import BestBet
from gongkai.search.building import rebuild
from gongkai.search.frequent import DeniedSuggestion, SearchCount
from gongkai.search.synonyms import SynonymGroup
from gongkai.telling.actions import choices
from gongkai.telling.arrangements import Way
from gongkai.telling.messages import Channel, Envelope, EnvelopeState, Message
from gongkai.telling.registry import ToOfficer
from gongkai.telling.sending import pack
from gongkai.telling.writing import Tiding, write

SECRET = "玄武湖底密"
"""Stands in everything of the first agency that the public has not been told, and nowhere else."""
_SECRET_BODY = f"<p>各有关单位：</p><p>{SECRET}工程拟于近期开工，请沿线用户提前做好准备。</p>"
_SECRET_FILE = f"编号,内容\n1,{SECRET}\n".encode()

_HANDLER = ClientHandler(enforce_csrf_checks=False)
"""One for all clients: the middleware looks for every static file when it is loaded, which takes longer than a page."""


class _Browser(Client):
    """Without Django's copy of the context of every template, which no test of the walk looks at."""

    def request(self, **request: Any) -> Any:
        response = self.handler(self._base_environ(**request))
        self.cookies.update(response.cookies)
        return response


@dataclass
class World:
    """Who and what there is. ``editions`` and ``documents`` by state; ``people`` of the first agency by a plain name,
    ``strangers`` those who must not get at anything of it."""

    at: Staffed
    other: Staffed
    people: dict[str, Officer]
    strangers: dict[str, Officer | None]
    editions: dict[str, Edition] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    files: list[StoredFile] = field(default_factory=list)
    delivery: Delivery | None = None
    word: Word | None = None
    synonyms: SynonymGroup | None = None
    best_bet: BestBet | None = None
    message: Message | None = None
    envelope: Envelope | None = None
    denied: DeniedSuggestion | None = None
    column: Column | None = None
    topic: Topic | None = None
    matter: Matter | None = None
    matter_import: MatterImport | None = None
    token: ApiToken | None = None
    project: Project | None = None
    case: Application | None = None
    proposal: Proposal | None = None
    correction: Correction | None = None
    withheld: RequestedItem | None = None
    ledger_import: LedgerImport | None = None
    cases: list[Application] = field(default_factory=list)
    case_file: CaseFile | None = None
    submission: Submission | None = None
    training: Training | None = None
    sessions: dict[int, str] = field(default_factory=dict)
    next_door: dict[str, Officer] = field(default_factory=dict)
    sent: dict[str, Any] = field(default_factory=dict)
    forms: dict[str, list[bytes]] = field(default_factory=dict)
    """What is sent to an address, encoded once for everybody who sends it."""
    theirs: "World | None" = None
    """The same of the other agency: its own draft, column, word …"""
    rows: Rows = field(default_factory=dict)
    """Everything of the first agency, before anybody does anything."""

    def client(self, officer: Officer | None) -> Client:
        """A browser signed in as that officer (None: not signed in at all); one session per person serves all tests."""
        client = _Browser()
        client.handler = _HANDLER
        if officer is not None:
            client.cookies[django_settings.SESSION_COOKIE_NAME] = self.sessions[officer.pk]
        return client

    def sign_in(self, officer: Officer) -> None:
        """Begin that person's session."""
        client = Client()
        client.force_login(officer)
        session = client.session
        session[SECOND_FACTOR_DUE] = False
        session.save()
        self.sessions[officer.pk] = str(session.session_key)


def build() -> World:
    """The two agencies, with an edition in every state there is."""
    at, other = people.staffed("澜川市城市管理委员会"), people.staffed("澜川市水务局")
    everything = people.all_roles(at)
    world = World(
        at,
        other,
        {**_single(at), "every role": everything},
        {
            **{f"there: {role}": one for role, one in _single(other).items()},
            "there: every role": people.all_roles(other),
        },
    )
    world.strangers |= {"nobody here": relieved(at), "anonymous": None}
    world.theirs = _theirs(other, at)
    world.next_door = _department_only(at)
    everybody = (*at.officers.values(), *world.people.values(), *world.strangers.values(), *world.next_door.values())
    for officer in everybody:
        if officer is not None:
            world.sign_in(officer)
    _editions(world)
    _documents(world)
    _settings(world)
    _case(world, SECRET)
    world.training, world.submission = reported.write(world.at, SECRET)
    _steered(world, SECRET)
    _told(world, SECRET)
    rebuild()
    world.rows = rows_of(at.agency)
    return world


def _single(at: Staffed) -> dict[str, Officer]:
    """Who holds one role. What a role may do is the code's affair: on a second database two say that it is the same."""
    walking = at.officers if connection.vendor == "sqlite" else ("drafter", "disclosure_head")
    return {role: at.officers[role] for role in walking}


def _theirs(other: Staffed, at: Staffed) -> World:
    own = World(other, at, {}, {})
    own.documents["live"] = editions.released(other, title="水务局已经公开的公告").document
    own.editions["drafting"] = editions.draft(other, title="水务局的草稿")
    own.files.append(
        content.add_file(
            own.editions["drafting"],
            name="附表.csv",
            data=b"a,b\n1,2\n",
            role=FileRole.ATTACHMENT,
            by=other.drafter,
        )
    )
    own.token, _ = tokens.issued(other, name="水务系统")
    own.column = columns.create_column(other.agency, key="own", name="自设栏目", by=other.admin)
    own.project = _project(other)
    own.matter, own.matter_import = _list(other, "水务局的事项")
    own.word = settings.save_word(agency=other.agency, word="水务词", kind="wrong", severity="warn", by=other.admin)
    _case(own, "水务")
    own.training, own.submission = reported.write(other, "水务", begun=False)
    _steered(own, "水务")
    _told(own, "水务")
    return own


def _department_only(at: Staffed) -> dict[str, Officer]:
    """Officers of the same agency whose roles are held in another department."""
    roles = (Role.DRAFTER, Role.DEPT_REVIEWER)
    return {f"next door: {role.value}": people.officer(at.agency, role, at.other_department) for role in roles}


def relieved(at: Staffed) -> Officer:
    """An account of the agency without any appointment."""
    from gongkai.agencies.actions.people import relieve

    one = people.officer(at.agency, Role.LEADER)
    relieve(one.appointments.get(), by=SYSTEM)
    return Officer.objects.get(pk=one.pk)


def _secret(number: int) -> dict[str, str]:
    return {"title": f"关于{SECRET}第{number}期工程的公告", "body": _SECRET_BODY}


def _editions(world: World) -> None:
    at, kept = world.at, world.editions
    normative = {
        "type_key": "normative",
        "document_number": "澜城管发〔2026〕17号",
        "effective_on": timezone.localdate(),
        "genre": "通知",
    }
    kept["drafting"] = editions.draft(at, **_secret(1))
    for file in ("attachment", "source"):
        name = f"{SECRET}清单{file}.csv"
        data = _SECRET_FILE + file.encode()
        world.files.append(content.add_file(kept["drafting"], name=name, data=data, role=FileRole(file), by=at.drafter))
    kept["drafting"].refresh_from_db()
    for number, step in enumerate(
        ("dept_review", "legal_review", "office_review", "secrecy_review", "leader_review", "approved")
    ):
        kept[step] = editions.at_step(at, step, **_secret(number + 2), **normative)
    kept["scheduled"] = editions.scheduled(at, timezone.now() + timedelta(days=1), **_secret(8))
    kept["filed"] = editions.at_step(at, "filed", disclosure="withheld", ground="15-privacy", **_secret(9))
    discarded = editions.draft(at, **_secret(10))
    fire(EDITION, discarded, "discard", by=at.drafter, given={"reason": "不再需要"})
    kept["discarded"] = Edition.objects.get(pk=discarded.pk)


def _documents(world: World) -> None:
    at, kept = world.at, world.documents
    first = editions.released(at, title="已经公开的第一份公告")
    world.editions["superseded"] = first
    world.editions["released"] = editions.release_through(at, editions.next_edition(at, first.document))
    kept["live"] = Document.objects.get(pk=first.document_id)
    correction = editions.next_edition(at, kept["live"], kind=ChangeKind.CORRECTION, note=f"更正{SECRET}一处")
    world.editions["next"] = correction
    kept["unreleased"] = world.editions["drafting"].document
    kept["withdrawn"] = editions.withdrawn(at, title="已经失效的公告")
    endings: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("offline", "take_offline", {"reason": "核对"}),
        ("revoked", "revoke", {"reason": "误发"}),
        ("redirected", "redirect", {"target": "/lm/zhidu/"}),
    )
    for number, (state, event, given) in enumerate(endings):
        document = editions.released(at, **_secret(number + 11)).document
        kept[state] = fire(DOCUMENT, document, event, by=at.disclosure_head, given=given).subject


def _project(at: Staffed) -> Project:
    """A project of which one month was told."""
    facts: dict[str, Any] = {"year": 2026, "goal": "改造一百处", "responsible": at.agency.name}
    made = projects.create_project(at.agency, by=at.disclosure_officer, name="照明补建", **facts)
    projects.publish_update(made, month=date(2026, 1, 1), percent=10, text="完成设计", by=at.disclosure_officer)
    return made


def _list(at: Staffed, name: str) -> tuple[Matter, MatterImport]:
    """A matter of the full list, and a list that was uploaded and nobody has been told of."""
    facts: dict[str, Any] = {
        "first": "供热管理",
        "content": "检查结果",
        "limit_text": "实时公开",
        "body": at.agency.name,
    }
    facts |= {"channels": ["website"], "types": ["notice"]}
    matter = matters.create_matter(at.agency, by=at.disclosure_officer, second="已经公布的事项", **facts)
    read = ReadList([ReadRow(3, facts | {"second": name, "number": 9})], list(facts), [], [])
    return matter, matter_import.keep_import(at.agency, read, name=f"{name}.xlsx", by=at.disclosure_officer)


def _settings(world: World) -> None:
    at = world.at
    settings.set_outlet(at.agency, "exchange", enabled=True, settings={"folder": SECRET}, by=at.disclosure_head)
    settings.set_chain(at.agency, "news", ["office_review", "leader_review"], by=at.disclosure_head)
    world.word = settings.save_word(
        agency=at.agency, word=SECRET, kind="sensitive", severity="warn", by=at.disclosure_head
    )
    world.token, _ = tokens.issued(at, name=f"{SECRET}系统", callback_url="https://oa.example.cn/back")
    world.topic = columns.save_topic(at.agency, slug="bench", name="专题", by=at.admin)
    world.column = columns.create_column(at.agency, key="own", name="自设栏目", by=at.admin)
    world.project = _project(at)
    world.matter, world.matter_import = _list(at, f"关于{SECRET}的事项")
    columns.set_picks(world.column, [world.documents["live"]], by=at.admin)
    # The worker reads nothing of a transaction that is still open, as the one around these tests is.
    world.delivery = Delivery.objects.create(
        outlet="exchange",
        entry_id=Entry.objects.filter(kind="publishing.released").latest("id").pk,
        agency=at.agency,
        document=world.documents["live"],
        act=Act.PUBLISH,
        state=DeliveryState.DEAD,
        last_error=SECRET,
        next_try=timezone.now(),
    )


def _case(world: World, words: str) -> None:
    """An application, and a file found for it that somebody has begun to redact."""
    at, by = world.at, world.at.disclosure_officer
    world.case = cases.received(at, wanted=[f"关于{words}的文件"])
    asked = cases.decided(at, wanted=[f"关于{words}的合同"])
    for begin in (cases.assigned, cases.consultation, cases.extension):
        begin(at, asked)
    handling.call_deliberation(asked, question=words, departments=[at.department], by=by)
    handling.add_note(asked, f"关于{words}的备注", by=by)
    replied = cases.delivered(at, wanted=[f"关于{words}的答复"])
    facts: dict[str, Any] = {"body": f"关于{words}的复议机关", "filed_on": timezone.localdate()}
    later.file_remedy(replied, kind=RemedyKind.RECONSIDERATION, by=by, **facts)
    world.cases = [world.case, cases.again(asked), cases.again(replied)]
    _afterwards(world, words)
    letters.write(world.case, "receipt", by=by)
    name, data = f"关于{words}的记录.pdf", packages.pdf("a record that was found")
    world.case_file = case_files.keep(world.case, data, name=name, role=CaseFileRole.RECORD, by=by)
    mark = {"page": 1, "left": 0.1, "top": 0.1, "right": 0.4, "bottom": 0.2, "ground": "privacy", "note": words}
    redacting.produce(redacting.save(redacting.begin(world.case_file, by=by), [mark], seen=1, by=by), seen=2, by=by)


def _afterwards(world: World, words: str) -> None:
    """What comes after replies, and a former ledger that was uploaded and nobody has been told of."""
    agency, by = world.at.agency, world.at.disclosure_officer
    world.proposal = later.propose(agency, what=f"关于{words}的建议", why=words, by=by, application=world.case)
    applicant = world.cases[0].applicant
    facts = {"record_name": f"关于{words}的登记", "wrong": words, "proof": words}
    world.correction = later.file_correction(agency, applicant, by=by, **facts)
    former = cases.received(world.at, wanted=[f"关于{words}的旧件"], imported=True)
    given = {"ending": "replied", "outcome": "refused", "withholding": "internal-affairs"}
    world.withheld = cases.act(former, "adopt", by=by, on=timezone.localdate(), **given).items.get()
    items = [LedgerItem(3, f"关于{words}的台账")]
    days = {"arrived": "2026-01-05", "channel": "counter", "kind": "citizen", "name": words}
    kept = [LedgerCase("2025-001", days, items)]
    world.ledger_import = taking_over.keep(agency, kept, name=f"关于{words}的台账.xlsx", by=by)


def _steered(world: World, words: str) -> None:
    """How the search of the agency's site is steered, and what was asked there."""
    agency, by = world.at.agency, world.at.disclosure_head
    world.synonyms = steering.save_synonyms(agency=agency, words=[words, f"{words}别名"], note=words, by=by)
    world.best_bet = steering.save_best_bet(
        agency=agency, query=words, document=world.documents["live"], note=words, by=by
    )
    world.denied = steering.deny_suggestion(agency=agency, word=words, by=by)
    SearchCount.objects.create(agency=agency, day=timezone.localdate(), query=words, count=9)


def _told(world: World, words: str) -> None:
    """Somebody was told something at the desk, and by a mail that did not arrive."""
    officer = world.at.disclosure_officer
    choices.prefer(officer, way=Way.AT_ONCE, mail="here@example.cn", phone="", sms_urgent=False, by=officer)
    values = {"label": f"关于{words}的事项", "step": "答复", "due": "2026-03-12", "days": "3"}
    about = Ref("case", "1", f"关于{words}的事项")
    to = (ToOfficer(officer.pk),)
    write([Tiding(f"test:{words}", "telling.due_soon", about, world.at.agency.pk, to, values)], timezone.now())
    pack(timezone.now())
    world.message = Message.objects.get(officer=officer, channel=Channel.BELL)
    world.envelope = Envelope.objects.get(officer=officer)
    Envelope.objects.filter(pk=world.envelope.pk).update(state=EnvelopeState.FAILED, last_error=f"关于{words}")
