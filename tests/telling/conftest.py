"""An event that only these tests know, told to officers and to a person of the public."""

import uuid
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from tests.factories import people
from tests.factories.people import Staffed
from tests.telling import provider as fake
from tests.telling.people import BOX
from tests.telling.provider import Provider

from gongkai.agencies.officers import Officer
from gongkai.ledger import kinds, persons
from gongkai.ledger.entries import Entry
from gongkai.ledger.recording import record
from gongkai.ledger.refs import SYSTEM, Ref
from gongkai.telling import addresses, following, registry, wordings
from gongkai.telling.messages import Channel
from gongkai.telling.registry import ToOfficer, ToPerson, tells
from gongkai.telling.wordings import FOR_THE_PUBLIC, Audience, Template

KINDS = ("tests.assigned", "tests.urged", "tests.answered")


@pytest.fixture(autouse=True)
def _events() -> Iterator[None]:
    """``tests.assigned`` and ``tests.urged`` (urgent) to an officer, ``tests.answered`` to a person."""
    for name in KINDS:
        kinds.register(name, "测试事项", privacy=kinds.Privacy.BY_REFERENCE)
    names = (("number", "编号"), ("label", "名称"))
    wordings.declare(
        Template(
            "tests.assigned",
            "分给您办理",
            Audience.STAFF,
            "请办理：{{ number }}",
            "“{{ label }}”已分给您办理。",
            "请办理{{ number }}。",
            names,
        )
    )
    public = tuple((name, FOR_THE_PUBLIC[name]) for name in ("agency", "number", "query_url"))
    wordings.declare(
        Template(
            "tests.answered",
            "已经答复",
            Audience.PUBLIC,
            "您的申请已答复",
            "您的申请{{ number }}已答复，请到 {{ query_url }} 查看。",
            "您向{{ agency }}提出的申请{{ number }}已答复，请凭查询码到{{ query_url }}查看。",
            public,
        )
    )

    def officers(entry: Entry) -> list[ToOfficer]:
        return [ToOfficer(pk) for pk in entry.data["officers"]]

    def person(entry: Entry) -> list[ToPerson]:
        channels = frozenset(Channel(one) for one in entry.data["channels"])
        return [ToPerson(uuid.UUID(entry.data["whom"]), "tests", entry.data["whom"], channels)]

    def values(entry: Entry) -> dict[str, str]:
        return {"number": entry.subject_id, "label": entry.subject_label, "query_url": "zwgk.example.cn/q"} | {
            "agency": entry.agency_label
        }

    tells("tests.assigned", "tests.assigned", officers, values=values, url=lambda entry: f"/desk/c/{entry.subject_id}/")
    tells("tests.urged", "tests.assigned", officers, values=values, urgent=True)
    tells("tests.answered", "tests.answered", person, values=values)
    addresses.register("tests", lambda key: addresses.Sealed(*BOX[key]) if key in BOX else None)
    yield
    for name in KINDS:
        del kinds._KINDS[name], registry._RULES[name]
    del wordings._TEMPLATES["tests.assigned"], wordings._TEMPLATES["tests.answered"], addresses._SOURCES["tests"]
    BOX.clear()


@pytest.fixture
def at() -> Staffed:
    return people.staffed("澜川市城市管理委员会")


@pytest.fixture
def citizen() -> uuid.UUID:
    """Somebody with a mailbox and a mobile number."""
    person = persons.new_person()
    BOX[str(person)] = (person, persons.seal(person, {"mail": "chen@example.cn", "phone": "13900001234"}))
    return person


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    """The provider of short messages, set up."""
    with fake.running() as running:
        settings.GONGKAI_SMS_PROVIDER, settings.GONGKAI_SMS_ENDPOINT = "aliyun", running.url
        settings.GONGKAI_SMS_KEY_ID, settings.GONGKAI_SMS_KEY_SECRET = fake.KEY_ID, fake.SECRET
        yield running


@pytest.fixture
def happens(at: Staffed) -> Callable[..., Entry]:
    """``happens("tests.assigned", officers=[…])``: something is recorded, and the follower reads it."""

    def happen(kind: str, subject: str = "2026-17", by: Any = SYSTEM, **data: Any) -> Entry:
        with transaction.atomic():
            about = Ref("case", subject, "供热管网改造")
            entry = record(kind, by=by, subject=about, agency=at.agency, at=_now(), **data)
        following.follow([entry])
        return entry

    return happen


@pytest.fixture
def desk() -> Callable[[Officer], Client]:
    """A browser in which the officer is signed in."""

    def as_(officer: Officer) -> Client:
        client = Client()
        client.force_login(officer)
        session = client.session
        session["second_factor_due"] = False
        session.save()
        return client

    return as_


def _now() -> datetime:
    return timezone.now()
