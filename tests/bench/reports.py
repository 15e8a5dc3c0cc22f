"""What computing an annual report takes, on the database of the environment: ``python -m tests.bench.reports
[--quick | --rows NUMBER]`` prints its JSON. The measure is one bare ``GROUP BY`` over the same rows."""

import json
import os
import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
django.setup()

from django.conf import settings  # noqa: E402 - models exist only after setup
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402
from tests.bench.figures import repeat  # noqa: E402
from tests.factories import people  # noqa: E402
from tests.factories.people import Staffed  # noqa: E402

from gongkai.applications.applications import Application, ApplicationState, Channel  # noqa: E402
from gongkai.applications.items import ItemState, RequestedItem  # noqa: E402
from gongkai.applications.parties import Party, PartyKind  # noqa: E402
from gongkai.law import replies  # noqa: E402
from gongkai.oversight.annual_report.collecting import tables  # noqa: E402

FULL, QUICK = 1_000_000, 2_000
YEAR = 2025
_BATCH = 2_000
_BARE = """
SELECT a.applicant_kind, i.outcome, COUNT(*) FROM applications_requesteditem i
JOIN applications_application a ON a.id = i.application_id WHERE a.agency_id = %s GROUP BY a.applicant_kind, i.outcome
"""


def measure(rows: int, times: int) -> dict[str, Any]:
    """All tables of one year in which so many applications came in, beside the bare query."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    connection.ensure_connection()
    at = people.staffed("澜川市城市管理委员会")
    fill(at, rows)
    figures = tables.compute(at.agency, YEAR)
    counted = figures.applications("new_received", "total").counted
    if counted != rows:
        raise AssertionError(f"{counted} of {rows} applications were counted")
    bare = repeat(lambda: _bare(at), times, warm=1)
    computed = repeat(lambda: tables.compute(at.agency, YEAR), times, warm=1)
    return {
        "database": f"{connection.display_name} {'.'.join(map(str, connection.get_database_version()))}",
        "rows": rows,
        "bare": bare.as_dict(),
        "tables": computed.as_dict(),
        "ratio": round(computed.p50 / bare.p50, 2),
    }


def _bare(at: Staffed) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_BARE, [at.agency.pk])
        cursor.fetchall()


def fill(at: Staffed, rows: int) -> None:
    """So many applications of one item each, received in the year; written into the tables directly."""
    chance = random.Random(rows)
    party = Party.objects.create(
        agency=at.agency, person=uuid4(), sealed=b"-", masked_name="王**", created_at=timezone.now()
    )
    for begin in range(0, rows, _BATCH):
        with transaction.atomic():
            numbers = range(begin, min(begin + _BATCH, rows))
            cases = Application.objects.bulk_create(_application(at, party, number, rows, chance) for number in numbers)
            RequestedItem.objects.bulk_create(_items(cases, chance))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _application(at: Staffed, party: Party, number: int, rows: int, chance: random.Random) -> Application:
    """They are registered in the order in which they arrive, as in life."""
    arrived = date(YEAR, 1, 1) + timedelta(days=365 * number // rows)
    return Application(
        agency=at.agency,
        number=f"R-{number:07d}",
        year=YEAR,
        state=ApplicationState.ARCHIVED,
        applicant=party,
        applicant_kind=chance.choice(list(PartyKind)),
        channel=Channel.COUNTER,
        arrived_on=arrived,
        subject="一件申请",
        query_code=f"R{number:09d}",
        created_at=timezone.now(),
    )


def _items(cases: list[Application], chance: random.Random) -> Iterator[RequestedItem]:
    outcomes = replies.all_outcomes()
    for case in cases:
        outcome = chance.choice(outcomes)
        yield RequestedItem(
            application=case,
            state=ItemState.CLOSED,
            name=case.subject,
            outcome=outcome.key,
            grounds=[chance.choice(outcome.grounds)] if outcome.grounds else [],
            closed_on=case.arrived_on + timedelta(days=chance.randrange(40)),
        )


if __name__ == "__main__":
    arguments = sys.argv[1:]
    quick = "--quick" in arguments
    size = int(arguments[arguments.index("--rows") + 1]) if "--rows" in arguments else QUICK if quick else FULL
    print(json.dumps(measure(size, 3 if quick else 7), ensure_ascii=False))
