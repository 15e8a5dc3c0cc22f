"""What fault tests set up and ask, in a process of its own: ``python -m tests.faults.scene``.

Reads lines of JSON (act and arguments), answers each with a line of JSON. Everything goes through the real actions.
"""

import contextlib
import io
import json
import os
import sys
from collections import Counter
from datetime import time, timedelta
from functools import cache
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
django.setup()

from django.db import transaction  # noqa: E402 - models exist only after setup
from django.utils import timezone  # noqa: E402
from tests.factories import editions, people, sites  # noqa: E402

from gongkai.catalog.addresses import OldAddress  # noqa: E402
from gongkai.catalog.documents import Document  # noqa: E402
from gongkai.catalog.editions import Edition  # noqa: E402
from gongkai.catalog.files import StoredFile  # noqa: E402
from gongkai.config.command import call  # noqa: E402
from gongkai.ledger import followers  # noqa: E402
from gongkai.ledger.entries import Entry  # noqa: E402
from gongkai.ledger.refs import Ref  # noqa: E402
from gongkai.publishing.actions.settings import set_outlet  # noqa: E402
from gongkai.publishing.models import CheckRun, Delivery, ImportItem, ImportRun  # noqa: E402
from gongkai.telling import wordings  # noqa: E402
from gongkai.telling.actions import choices  # noqa: E402
from gongkai.telling.models import Envelope, Message, Way  # noqa: E402
from gongkai.telling.registry import ToOfficer  # noqa: E402
from gongkai.telling.writing import Tiding, write  # noqa: E402


@cache
def _at() -> people.Staffed:
    at = people.staffed()
    set_outlet(at.agency, "exchange", enabled=True, settings={"folder": "out"}, by=at.disclosure_head)
    return at


def office() -> Any:
    """An agency with an outlet that takes what is released."""
    return {"agency": _at().agency.pk}


def schedule(count: str, over_seconds: str) -> Any:
    """Schedule so many more editions evenly over the coming seconds."""
    at = _at()
    ready = [editions.approved(at, title=f"关于第{number}处管网检修的公告") for number in range(int(count))]
    begin = timezone.now() + timedelta(seconds=1.5)
    step = timedelta(seconds=float(over_seconds)) / len(ready)
    for number, edition in enumerate(ready):
        editions.schedule(at, edition, begin + step * number)
    return {"agency": at.agency.pk}


def desk() -> Any:
    """An agency with people, for posting drafts over HTTP."""
    at = people.staffed(host="fault.localhost")
    return {"username": at.drafter.username, "password": people.PASSWORD, "department": at.department.pk}


def importer() -> Any:
    """An agency into which somebody may import."""
    at = people.staffed()
    return {"agency": at.agency.code, "username": at.disclosure_officer.username}


def imported() -> Any:
    """What an import has left so far, counted in ways that must agree."""
    return {
        "documents": Document.objects.count(),
        "live": Document.objects.filter(state="live").count(),
        "index_numbers": Document.objects.values("index_number").distinct().count(),
        "titles": Edition.objects.values("title").distinct().count(),
        "items": ImportItem.objects.filter(document__isnull=False).count(),
        "runs": ImportRun.objects.count(),
        "unfinished": ImportRun.objects.filter(finished_at=None).count(),
        "imported": Entry.objects.filter(kind="catalog.imported").count(),
        "adopted": Entry.objects.filter(kind="publishing.adopted").count(),
        "checked": CheckRun.objects.count(),
        "addresses": OldAddress.objects.count(),
        "files": StoredFile.objects.count(),
    }


def state() -> Any:
    """What is there: editions by state, releases per edition, deliveries by state, drafts by title."""
    releases = Counter(Entry.objects.filter(kind="publishing.released").values_list("subject_id", flat=True))
    late = [
        (one.released_at - one.wanted).total_seconds()  # type: ignore[attr-defined]
        for one in _with_wanted(Edition.objects.filter(state="released"))
    ]
    return {
        "editions": Counter(Edition.objects.values_list("state", flat=True)),
        "documents": Counter(Document.objects.values_list("state", flat=True)),
        "released_more_than_once": [key for key, times in releases.items() if times > 1],
        "releases": len(releases),
        "deliveries": Counter(Delivery.objects.values_list("state", flat=True)),
        "delivered": list(Delivery.objects.filter(state="sent").values_list("document__index_number", flat=True)),
        "lateness": sorted(late),
        "titles": list(Edition.objects.values_list("title", flat=True)),
    }


def behind() -> Any:
    """How many entries the followers have still to read, all together."""
    return sum(followers.lag(one) for one in followers.all_followers())


def leases_over() -> Any:
    """The minute passes for which a worker takes a delivery; to be played when the one that took it is dead."""
    return Delivery.objects.filter(state="pending").update(next_try=timezone.now())


def _with_wanted(rows: Any) -> list[Edition]:
    """Editions with the time they were scheduled for, from the ledger (the column is cleared by the release)."""
    from datetime import datetime

    wanted = {
        entry.subject_id: datetime.fromisoformat(entry.data["release_at"])
        for entry in Entry.objects.filter(kind="publishing.scheduled")
    }
    found = []
    for edition in rows:
        if str(edition.pk) in wanted:
            edition.wanted = wanted[str(edition.pk)]
            found.append(edition)
    return found


def command(name: str, *arguments: str) -> Any:
    """What ``gongkai <name> <arguments>`` says; here, since a process of its own would first load all of the code."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        code = call(name, *arguments)
    if code:
        raise AssertionError(f"gongkai {name} failed:\n{said.getvalue()}")
    return said.getvalue()


def portal() -> Any:
    """A site with enough documents that reading all of it takes a while."""
    at = people.staffed(is_city=True)
    sites.columns_of(at)
    sites.many(at, 40)
    return {"host": at.agency.hosts.get(primary=True).host}


def tell(count: str) -> Any:
    """So many officers are to be told something urgent by a short message, at any hour."""
    at = people.staffed()
    template = wordings.get("telling.due_today")
    choices.word(at.agency, template, title="", text="", sms="", sms_code="SMS_1", by=at.admin)
    facts: dict[str, Any] = {"digest_at": time(8), "gather_minutes": 0, "warn_days": 3, "sms_sign": "澜川"}
    choices.arrange(at.agency, quiet_from=time(0), quiet_until=time(0), by=at.admin, **facts)
    for number in range(int(count)):
        officer = people.officer(at.agency, "leader")
        phone = f"139{number:08d}"
        choices.prefer(officer, way=Way.BELL, mail="", phone=phone, sms_urgent=True, by=officer)
        values = {"label": "一件申请", "step": "答复", "due": "2026-03-12", "days": "0"}
        to = (ToOfficer(officer.pk),)
        about = Ref("case", str(number), "一件申请")
        with transaction.atomic():
            write([Tiding(f"t{number}", template.key, about, at.agency.pk, to, values, urgent=True)], timezone.now())
    return {"agency": at.agency.pk}


def lease_over() -> Any:
    """Time passes: what a killed worker had taken is free again."""
    return Envelope.objects.filter(state="waiting").update(next_try=timezone.now())


def told() -> Any:
    """Messages by the state of their envelope, and how often each was tried."""
    rows = Message.objects.exclude(channel="bell").select_related("envelope")
    return {
        "states": Counter(one.envelope.state if one.envelope else "unpacked" for one in rows),
        "attempts": sorted(Envelope.objects.values_list("attempts", flat=True)),
    }


ACTS = {
    "tell": tell,
    "lease_over": lease_over,
    "told": told,
    "office": office,
    "schedule": schedule,
    "desk": desk,
    "importer": importer,
    "imported": imported,
    "state": state,
    "behind": behind,
    "leases_over": leases_over,
    "command": command,
    "portal": portal,
}

if __name__ == "__main__":
    for line in sys.stdin:
        act, *arguments = json.loads(line)
        print(json.dumps(ACTS[act](*arguments)), flush=True)
