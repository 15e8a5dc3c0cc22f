"""A catalogue of any size, written into the tables directly: only what is measured afterwards uses the product."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from tests.bench import copying
from tests.factories import people
from tests.factories.people import Staffed

from gongkai.agencies.bodies import Agency
from gongkai.agencies.officers import Appointment
from gongkai.catalog import doctypes
from gongkai.catalog.actions import columns
from gongkai.catalog.documents import Document, DocumentState
from gongkai.catalog.editions import Edition, EditionState
from gongkai.ledger import followers
from gongkai.ledger.entries import Entry
from gongkai.ledger.positions import Position
from gongkai.ledger.refs import SYSTEM
from gongkai.publishing import ledger_kinds as kinds

_BATCH = 1000
_PORTAL, _MEASURED = "bench.localhost", "bench-agency.localhost"
_NUMBERED = "B-"
_YEARS = 10
_WEIGHTS = {"news": 40, "notice": 25, "other_document": 8, "normative": 5, "interpretation": 5}
_ON_THE_WAY = (
    EditionState.DRAFTING,
    EditionState.DRAFTING,
    EditionState.DEPT_REVIEW,
    EditionState.OFFICE_REVIEW,
    EditionState.SECRECY_REVIEW,
    EditionState.LEADER_REVIEW,
    EditionState.LEADER_REVIEW,
    EditionState.APPROVED,
)
_PLACES = ("东城", "西城", "南湖", "北岭", "高铁站", "长途客运站", "老城", "新港", "河滨", "云台")
_THINGS = ("供热主管网", "生活垃圾分类", "公交线路", "道路照明", "站前广场", "环卫作业", "城市绿地", "停车秩序")
_ACTS = ("检修", "调整", "公开征集意见", "整治", "提升改造", "中标结果", "安排", "工作进展")
_SENTENCES = (
    "为方便市民出行，经研究决定，对有关路段的设施分段施工，施工期间请过往车辆和行人按现场标志通行。",
    "各有关单位应当在十个工作日内将落实情况书面报送，逾期未报送的，予以通报。",
    "本次工作分为宣传准备、集中实施和总结验收三个阶段，各阶段的时间和责任单位见附表。",
    "市民对本公告有意见或者建议的，可以在公告之日起七日内以书面形式提出。",
    "有关企业应当完善管理制度，落实安全生产责任，保证设施正常运行。",
)


@dataclass
class City:
    """The bench's city: its portal, the agency measured (every second document is its own) and others."""

    portal: Agency
    measured: Staffed
    others: list[Agency]
    made: int = 0

    @property
    def agencies(self) -> list[Agency]:
        return [self.measured.agency, *self.others]


def city() -> City:
    """The city in the database, as it was left; a new one where there is none."""
    portal = Agency.objects.filter(hosts__host=_PORTAL).first()
    if portal is None:
        return _new_city()
    measured = Agency.objects.get(hosts__host=_MEASURED)
    one, other = measured.departments.order_by("pk")[:2]
    appointments = Appointment.objects.filter(officer__agency=measured).select_related("officer")
    staffed = Staffed(measured, one, other, {held.role: held.officer for held in appointments})
    others = list(Agency.objects.exclude(pk__in=[portal.pk, measured.pk]).order_by("pk"))
    return City(portal, staffed, others, made=Document.objects.filter(index_number__startswith=_NUMBERED).count())


def _new_city() -> City:
    """Set up through the real actions, with the columns whose pages are measured."""
    portal = people.agency("澜川市人民政府", is_city=True, host=_PORTAL)
    measured = people.staffed("澜川市城市管理委员会", host=_MEASURED)
    others = [people.agency() for _ in range(4)]
    for agency, reach in ((portal, "city"), (measured.agency, "own")):
        columns.create_column(
            agency, by=SYSTEM, key="tzgg", name="通知公告", rule={"types": ["notice"], "reach": reach}
        )
        columns.create_column(agency, by=SYSTEM, key="quanbu", name="全部信息", rule={"reach": reach})
        rule = {"types": ["rule", "normative", "other_document"], "reach": reach}
        columns.create_column(agency, by=SYSTEM, key="zcwj", name="政策文件", rule=rule)
        columns.create_column(
            agency, by=SYSTEM, key="cjhb", name="城乡建设", rule={"subjects": [_SUBJECT], "reach": reach}
        )
    return City(portal, measured, others)


def grow(to: City, size: int) -> None:
    """Bring the catalogue to that many documents, and its followers to the end of the ledger."""
    chance = random.Random(to.made)
    while to.made < size:
        if to.made >= copying.FROM:
            to.made += copying.more(_NUMBERED, to.made, size - to.made)
            continue
        count = min(_BATCH, size - to.made)
        with transaction.atomic():
            _batch(to, count, chance)
        to.made += count
    _followers_at_the_end()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # autovacuum would, within a minute or so


def body(chance: random.Random, sentences: int) -> str:
    """A text of so many sentences, never the same twice."""
    parts = [f"{chance.choice(_SENTENCES)}（第{chance.randrange(10_000)}号）" for _ in range(sentences)]
    return "".join(f"<p>{''.join(parts[at : at + 3])}</p>" for at in range(0, sentences, 3))


_SUBJECT = "城乡建设、环境保护"
_SUBJECTS = (_SUBJECT, "综合政务", "工业、交通", "市场监管、安全生产监管")


def _batch(to: City, count: int, chance: random.Random) -> None:
    rows = list(_documents(to, count, chance))
    Document.objects.bulk_create([document for document, _ in rows])
    editions = Edition.objects.bulk_create([_edition(to, document, state, chance) for document, state in rows])
    released = Edition.objects.filter(document=OuterRef("pk"), state=EditionState.RELEASED)
    Document.objects.filter(pk__gte=rows[0][0].pk).update(live=Subquery(released.values("pk")[:1]))
    Entry.objects.bulk_create([entry for one in editions for entry in _entries(to, one)])


def _documents(to: City, count: int, chance: random.Random) -> Iterator[tuple[Document, str]]:
    """One in a hundred is on its way, one in fifty withdrawn; the others are public."""
    weights = [_WEIGHTS.get(key, 1) for key in doctypes.all_types()]
    departments = [None, to.measured.department, to.measured.other_department]
    now = timezone.now()
    for number in range(to.made, to.made + count):
        agency = to.measured.agency if number % 2 else chance.choice(to.others)
        [kind] = chance.choices(list(doctypes.all_types().values()), weights)
        on_the_way = number % 100 in (0, 1) and bool(chance.getrandbits(1))
        state = DocumentState.WITHDRAWN if number % 50 == 7 else DocumentState.LIVE
        document = Document(
            agency=agency,
            department=chance.choice(departments) if agency == to.measured.agency else None,
            type=kind.key,
            item=kind.item,
            index_number=f"{_NUMBERED}{number:07d}",
            state=DocumentState.UNRELEASED if on_the_way else state,
            listed_at=None if on_the_way else _listed(now, chance),
        )
        if document.state == DocumentState.WITHDRAWN:
            document.notice_kind, document.notice_on = "expired", timezone.localdate()
        yield document, chance.choice(_ON_THE_WAY) if on_the_way else EditionState.RELEASED


def _listed(now: datetime, chance: random.Random) -> datetime:
    return now - timedelta(seconds=chance.randrange(3600, _YEARS * 365 * 86400))


def _edition(to: City, document: Document, state: str, chance: random.Random) -> Edition:
    text = body(chance, 9)
    open_for = timedelta(days=chance.randrange(1, 60))
    formed = document.listed_at or timezone.now() - open_for
    return Edition(
        document=document,
        number=1,
        state=state,
        title=f"关于{chance.choice(_PLACES)}{chance.choice(_THINGS)}{chance.choice(_ACTS)}的公告",
        issuer=document.agency.name,
        date_of_issue=timezone.localdate(formed),
        subject=chance.choice(_SUBJECTS),
        genre="公告",
        summary="告知有关事项的时间和范围。",
        body=text,
        text=text.replace("<p>", "").replace("</p>", "\n"),
        drafted_by=to.measured.drafter if document.agency == to.measured.agency and chance.random() < 0.05 else None,
        submitted_at=None if state == EditionState.DRAFTING else formed,
        released_at=document.listed_at,
    )


def _entries(to: City, edition: Edition) -> Iterator[Entry]:
    """Set up and released: two of the dozen that a document has in life."""
    document = edition.document
    about: dict[str, Any] = {
        "actor_kind": "system",
        "actor_label": "系统",
        "agency_id": str(document.agency_id),
        "agency_label": document.agency.name,
        "subject_label": edition.title,
    }
    at = document.listed_at or timezone.now()
    data = {"index_number": document.index_number, "type_label": document.type_info.label}
    yield Entry(kind="catalog.created", at=at, subject_kind="document", subject_id=str(document.pk), data=data, **about)
    if edition.state == EditionState.RELEASED:
        told = {"document": document.pk, "number": 1, "change_label": "首次发布", "change_note": ""}
        yield Entry(kind=kinds.RELEASED, at=at, subject_kind="edition", subject_id=str(edition.pk), data=told, **about)


def _followers_at_the_end() -> None:
    """As if they had read along: the written history is not what is measured."""
    last = Entry.objects.order_by("-xid", "-id").values_list("xid", "id").first()
    if last is not None:
        for follower in followers.all_followers():
            Position.objects.update_or_create(follower=follower.name, defaults={"xid": last[0], "entry": last[1]})
