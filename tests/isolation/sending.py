"""What the walk puts into addresses and forms: for every argument the objects of the first agency it could name."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from itertools import product
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, encode_multipart
from django.urls import reverse
from django.utils import timezone
from tests.addresses import Address
from tests.isolation.reported import REPORT_YEAR
from tests.isolation.world import SECRET, World

from gongkai.applications.desk.parts import PARTS
from gongkai.applications.desk.writings import WRITINGS
from gongkai.applications.procedures import APPLICATION, CORRECTION, PROPOSAL
from gongkai.catalog.header import LABELS
from gongkai.ledger import followers
from gongkai.procedures.registry import all_procedures
from gongkai.procedures.tables import Asked, Procedure
from gongkai.publishing.procedures import DOCUMENT, EDITION

FORM = f"multipart/form-data; boundary={BOUNDARY}"
Values = Callable[[World], list[Any]]


def _pks(things: Callable[[World], Any]) -> Values:
    return lambda world: [one.pk for one in things(world) if one is not None]


def _parts(world: World, relation: str) -> list[Any]:
    return [one for case in world.cases for one in getattr(case, relation).all()]


KNOWN: dict[str, Values] = {
    "documents/<int:pk>": _pks(lambda world: world.documents.values()),
    "editions/<int:pk>": _pks(lambda world: world.editions.values()),
    "officers/<int:pk>": _pks(lambda world: [world.at.drafter, world.at.leader]),
    "departments/<int:pk>": _pks(lambda world: [world.at.department]),
    "columns/<int:pk>": _pks(lambda world: [world.column, world.at.agency.columns.filter(required=True).first()]),
    "projects/<int:pk>": _pks(lambda world: [world.project]),
    "matters/<int:pk>": _pks(lambda world: [world.matter]),
    "matters/import/<int:pk>": _pks(lambda world: [world.matter_import]),
    "matters/city/<int:pk>": _pks(lambda world: [world.at.agency]),
    "messages/<int:pk>": _pks(lambda world: [world.message]),
    "log/<int:pk>": _pks(lambda world: [world.envelope]),
    "wordings/<str:key>": lambda world: ["telling.several", "telling.due_soon"],
    "tokens/<int:pk>": _pks(lambda world: [world.token]),
    "deliveries/<int:pk>": _pks(lambda world: [world.delivery]),
    "words/<int:pk>": _pks(lambda world: [world.word]),
    "synonyms/<int:pk>": _pks(lambda world: [world.synonyms]),
    "best-bets/<int:pk>": _pks(lambda world: [world.best_bet]),
    "denied/<int:pk>": _pks(lambda world: [world.denied]),
    "supervised/<int:pk>": _pks(lambda world: world.cases),
    "applications/import/<int:pk>": _pks(lambda world: [world.ledger_import]),
    "proposals/<int:pk>": _pks(lambda world: [world.proposal]),
    "corrections/<int:pk>": _pks(lambda world: [world.correction]),
    "withheld/<int:pk>": _pks(lambda world: [world.withheld]),
    "recognition/<slug:act>": lambda world: ["part", "repeat", "propose"],
    "applications/<int:pk>": _pks(lambda world: world.cases),
    "items/<int:item>": _pks(lambda world: [item for case in world.cases for item in case.items.all()]),
    "write/<slug:what>": lambda world: list(WRITINGS),
    "letters/<int:letter>": _pks(lambda world: _parts(world, "letters")),
    "deliveries/<int:delivery>": _pks(
        lambda world: [sent for one in _parts(world, "letters") for sent in one.deliveries.all()]
    ),
    "files/<uuid:code>": lambda world: [world.case_file.code],
    "redaction/pages/<int:number>": lambda world: [1],
    "files/<slug:code>": lambda world: [one.code for one in world.files],
    "hidden/<slug:code>": lambda world: [one.code for one in world.files],
    "<path:name>": lambda world: [world.files[0].name],
    "letters/<slug:key>": lambda world: ["extension"],
    "reports/<int:year>": lambda world: [REPORT_YEAR, REPORT_YEAR - 1],
    "all/<int:year>": lambda world: [REPORT_YEAR],
    "cells/<str:key>": lambda world: ["table3.new_received.total", "table2.art20_6.行政处罚.decisions"],
    "<slug:ending>": lambda world: ["json"],
    "<slug:procedure>/<slug:event>": lambda world: ["complete", "return", "publish", "submit_again"],
    "<int:year>/<slug:procedure>": lambda world: ["annual-report", "report-submission"],
    "submissions/<int:pk>": _pks(lambda world: [world.submission]),
    "submissions/<int:pk>/<slug:event>": lambda world: ["accept", "send_back"],
    "all/agencies/<int:pk>": _pks(lambda world: [world.at.agency]),
    "trainings/<int:pk>": _pks(lambda world: [world.training]),
    "replay/<slug:name>": lambda world: [one.name for one in followers.all_followers()],
}
"""By the part of the address before and with the argument. Whoever adds an address adds its objects here."""

EVENTS: dict[str, tuple[Procedure, Callable[[World], list[Any]]]] = {
    "desk:fire_edition": (EDITION, lambda world: list(world.editions.values())),
    "desk:fire_document": (DOCUMENT, lambda world: list(world.documents.values())),
    "applications:fire_application": (APPLICATION, lambda world: world.cases),
    "applications:fire_proposal": (PROPOSAL, lambda world: [world.proposal]),
    "applications:fire_correction": (CORRECTION, lambda world: [world.correction]),
} | {
    f"applications:fire_{procedure.key}": (procedure, partial(_parts, relation=relation))
    for procedure, relation in PARTS.values()
}
"""Addresses that fire events: of which procedure, on what."""

ACTS: dict[str, tuple[str, ...]] = {
    "staff:officer": ("change", "appoint", "relieve", "password"),
    "staff:agency": ("contact", "facts", "leaders", "rename", "host"),
    "staff:bodies": ("found", "end"),
    "staff:token": ("change", "secret", "revoke"),
    "staff:calendar": ("enter", "announce", "remove"),
    "staff:me": ("drop_second_factor",),
    "columns:column": ("change", "picks", "remove"),
    "projects:project": ("change", "milestones", "publish", "correct", "remove"),
    "matters:matter": ("change", "move", "abolish", "restore"),
    "applications:letter_word": ("", "reset"),
    "applications:letter_result": ("arrived", "back"),
    "letters:settings": ("frame", "series"),
    "letters:seal": ("retire", "use"),
    "letters:wording": ("", "preview", "reset"),
}
"""Pages with several forms say which one is sent."""

QUERIES: dict[str, tuple[str, ...]] = {
    "desk:new": ("", "?type=notice"),
    "desk:upload": ("", "?as=image"),
    "desk:find_links": (f"?words={SECRET}",),
    "desk:documents": ("", f"?q={SECRET}"),
    "desk:tasks": ("", f"?q={SECRET}"),
    "searchdesk:search": ("", f"?q={SECRET}", f"?q={SECRET}&scope=city", f"?q={SECRET}&sort=date"),
    "applications:list": ("", f"?q={SECRET}&section=all"),
    "applications:figures": ("", "?period=2026"),
    "applications:withheld": ("", "?show=all"),
    "applications:register_receipt": ("", "?channel=counter&arrived_on=2026-03-02"),
    "applications:fee": ("", "?basis=count&quantity=3&before=10"),
    "redaction:find": ("", f"?q={SECRET}"),
    "redaction:page": ("?width=800",),
    "desk:find_documents": (f"?q={SECRET}", f"?document-words={SECRET}"),
}
"""Pages that show something else for a query."""

_PARTICULAR: dict[str, dict[str, Any]] = {
    "applications:letter_new": {"key": "receipt"},
    "columns:column": {"kind": "list"},
    "columns:new": {"kind": "list", "key": "another"},
    "projects:project": {"kind": "livelihood", "number": 7},
    "projects:new": {"kind": "livelihood", "number": ""},
    "matters:matter": {"topics": [], "column": ""},
    "matters:new": {"topics": [], "column": ""},
    "desk:words": {"kind": "wrong", "severity": "warn"},
    "searchdesk:synonyms": {"words": "新词、又一个新词"},
    "searchdesk:best_bets": {"query": "新词", "document": "", "address": "/lm/zhinan/", "scope": "city"},
    "searchdesk:denied": {"word": "新词", "scope": "city"},
    "desk:links": {"kind": "related"},
    "desk:arrange_file": {"act": "remove"},
    "telling:wording": {"title": "改过的标题{{ count }}", "text": "", "sms": ""},
    "staff:departments": {"name": "另一个处"},
    "oversight:figures": {"year": REPORT_YEAR, "penalty_decisions-1": "3"},
    "oversight:figures_assign": {"source": "fee_amount"},
    "oversight:trainings": {"held_on": "2026-01-05", "subject": "条例", "people": "3"},
    "oversight:text": {"chapter_1": "改过的", "version": 1},
    "staff:tokens": {"acts": ["push"], "name": "另一系统"},
    "staff:department": {"name": "另一个处"},
}


class NoObject(LookupError):
    """An address has an argument for which the walk knows no object."""


def urls(address: Address, world: World) -> Iterator[str]:
    """The address with every object of the first agency that its arguments could name."""
    if address.name in EVENTS:
        yield from _fires(address, world)
        return
    values = [known(address, argument)(world) for argument in address.arguments]
    for chosen in product(*values):
        for query in QUERIES.get(address.name, ("",)):
            yield reverse(address.name, args=chosen) + query


def _fires(address: Address, world: World) -> Iterator[str]:
    """Each event where it is possible, and one where it is not."""
    procedure, of_world = EVENTS[address.name]
    subjects = of_world(world)
    for event in procedure.events:
        fitting = [one for one in subjects if one.state in event.roles][:1]
        for one in fitting or subjects[:1]:
            whole = [one.application_id] if "part" in address.arguments else []
            yield reverse(address.name, args=[*whole, one.pk, event.key])


def known(address: Address, argument: str) -> Values:
    """Objects for this argument. Raises NoObject with where to add them."""
    for pattern, values in KNOWN.items():
        name = pattern.split(":")[-1].rstrip(">")
        if name == argument and pattern in address.route:
            return values
    raise NoObject(f"the walk knows nothing to put for {argument!r} in {address.route}: add it to sending.KNOWN")


def posts(address: Address, world: World) -> list[bytes]:
    """What could be sent there as a form (``FORM``), naming objects of the first agency wherever an id is asked for."""
    if not world.sent:
        world.sent.update(_plausible(world))
    if address.name not in world.forms:
        world.forms[address.name] = [
            encode_multipart(BOUNDARY, world.sent | _PARTICULAR.get(address.name, {}) | _file() | acting)
            for acting in ({"act": act} if act else {} for act in ACTS.get(address.name, ("",)))
        ]
    return world.forms[address.name]


def _file() -> dict[str, Any]:
    return {"file": SimpleUploadedFile("新的正文.txt", "关于新公告的正文".encode())}


def _plausible(world: World) -> dict[str, Any]:
    at = world.at
    drafts = [one for one in world.editions.values() if one.state in {"office_review", "approved", "drafting"}]
    values: dict[str, Any] = dict.fromkeys(LABELS, "")
    values |= {
        "title": "改过的标题",
        "body": "<p>改过的正文，请各单位照此办理。</p>",
        "type": "notice",
        "version": world.editions["drafting"].version,
        "seen": 10**9,
        "department": at.department.pk,
        "agency": at.agency.pk,
        "target": world.editions["drafting"].document_id,
        "edition": [f"{one.pk}.{one.version}" for one in drafts],
        "event": "pass",
        "confirmed": "1",
        "kind": "correction",
        "change_note": "更正一处",
        "note": "说明",
        "alt": "示意图",
        "pasted": "",
        "disclosure": "proactive",
        "words": world.documents["unreleased"].index_number,
        "then": "",
        "reason": "理由",
        "name": "改过的名字",
        "key": "own",
        "slug": "changed",
        "parent": at.agency.columns.filter(required=True).values_list("pk", flat=True)[0],
        "position": 1,
        "duty": "fixed",
        "reach": "own",
        "picks": world.documents["unreleased"].index_number,
        "role": "drafter",
        "appointment": at.drafter.appointments.values_list("pk", flat=True)[0],
        "is_active": "on",
        "username": "someone.new",
        "officer": at.drafter.pk,
        "expires_on": (timezone.localdate() + timedelta(days=30)).isoformat(),
        "callback_url": "https://elsewhere.example.cn/",
        "password": "Begin-here-2026",
        "word": "新词",
        "steps": ["dept_review", "leader_review"],
        "outlet": "exchange",
        "enabled": "on",
        "setting-folder": "elsewhere",
    }
    return values | _listed(world) | _told(world) | _prefixed(world) | _asked(world)


def _listed(world: World) -> dict[str, Any]:
    """What forms of the full list and of projects ask for."""
    return {
        "year": 2026,
        "goal": "改过的目标",
        "responsible": "改过的单位",
        "due_day": 12,
        "publish-month": "2026-02",
        "publish-percent": 20,
        "publish-text": "进展",
        "correct-month": "2026-01",
        "correct-percent": 15,
        "correct-text": "改过的进展",
        "correct-note": "数字有误",
        "steps-TOTAL_FORMS": "1",
        "steps-INITIAL_FORMS": "0",
        "steps-0-name": "节点",
        "steps-0-planned_on": "2026-06-30",
        "first": "改过的一级事项",
        "content": "改过的内容",
        "limit_text": "实时公开",
        "channels": ["website"],
        "audience": "everybody",
        "way": "proactive",
        "after": world.matter.pk if world.matter else "",
    }


def _told(world: World) -> dict[str, Any]:
    """What pages about messages ask for."""
    return {
        "way": "digest",
        "mail": "elsewhere@example.cn",
        "phone": "13800001111",
        "quiet_from": "20:00",
        "quiet_until": "09:00",
        "digest_at": "07:00",
        "gather_minutes": 1,
        "warn_days": 2,
        "sms_sign": "改过的签名",
        "up_to": world.message.pk if world.message else "",
    }


def _prefixed(world: World) -> dict[str, Any]:
    return {
        "contact-office_name": "改过的办公室",
        "facts-functions": "改过的职能",
        "leaders-TOTAL_FORMS": "1",
        "leaders-INITIAL_FORMS": "0",
        "leaders-0-name": "改过的人",
        "leaders-0-title": "主任",
        "rename-name": "改过的名称",
        "rename-short_name": "改名",
        "rename-on": "2026-01-05",
        "host-host": f"taken{world.at.agency.pk}.localhost",
        "end-kind": "abolished",
        "end-on": "2026-01-05",
        "enter-day": "2027-02-14",
        "enter-kind": "makeup",
        "enter-document_number": "国办发明电〔2026〕9号",
        "case": [one.pk for one in world.cases],
        "party": world.cases[0].applicant_id if world.cases else "",
        "why": "核对",
        "assign-department": world.at.department.pk,
        "assign-leads": "1",
        "handler-handler": world.at.disclosure_officer.pk,
        "note-text": "备注",
        "repeat-number": world.cases[0].number if world.cases else "",
        "deliberate-question": "能否公开",
        "deliberate-departments": [world.at.department.pk],
        "extend-working_days": 5,
        "extend-reason": "案情复杂",
    }


def _asked(world: World) -> dict[str, Any]:
    """What any event asks for, under the names the page gives its fields."""
    asked = {
        f"{event.key}-{one.key}": _answer(one, world)
        for procedure in all_procedures()
        for event in procedure.events
        for one in event.asks
    }
    return asked | {
        one.key: _answer(one, world) for event in EDITION.events for one in event.asks if one.kind == "checkbox"
    }


def _answer(asked: Asked, world: World) -> Any:
    by_kind = {"checkbox": "on", "choice": "drafting", "datetime": "2036-01-05T09:00:00", "date": "2026-01-05"}
    if asked.key == "notice_kind":
        return "expired"
    if asked.kind == "document":
        return world.documents["live"].pk
    return by_kind.get(asked.kind, "/info/elsewhere/" if asked.key == "target" else "有理由")
