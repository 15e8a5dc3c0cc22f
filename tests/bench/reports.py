"""What computing an annual report takes, on the database of the environment: ``python -m tests.bench.reports
[--quick | --rows NUMBER]`` prints its JSON. The measure is one bare ``GROUP BY`` over the same rows."""

import json
import os
import random
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
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
from tests.bench.figures import Spread, taken  # noqa: E402
from tests.factories import people  # noqa: E402
from tests.factories.people import Staffed  # noqa: E402

from gongkai.applications.applications import Application, ApplicationState, Channel  # noqa: E402
from gongkai.applications.items import ItemState, RequestedItem  # noqa: E402
from gongkai.applications.parties import Party, PartyKind  # noqa: E402
from gongkai.law import replies  # noqa: E402
from gongkai.oversight.annual_report.collecting import tables  # noqa: E402

FULL, QUICK = 1_000_000, 2_000
YEAR = 2025
_BATCH, _TOLD = 10_000, 100_000
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
    pairs = list(_pairs(at, times))
    bare, computed = (Spread.of([pair[which] for pair in pairs]) for which in (0, 1))
    return {
        "database": f"{connection.display_name} {'.'.join(map(str, connection.get_database_version()))}",
        "rows": rows,
        "bare": bare.as_dict(),
        "tables": computed.as_dict(),
        "ratio": round(statistics.median(second / first for first, second in pairs), 2),
    }


def _pairs(at: Staffed, times: int) -> Iterator[tuple[float, float]]:
    """Seconds of the bare query and of the tables, one right after the other: what else the machine does slows both."""
    for number in range(times + 1):
        pair = taken(lambda: _bare(at)), taken(lambda: tables.compute(at.agency, YEAR))
        if number:  # the first reads the disk
            yield pair


def _bare(at: Staffed) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_BARE, [at.agency.pk])
        cursor.fetchall()


def fill(at: Staffed, rows: int) -> None:
    """So many applications of one item each, received in the year; written into the tables directly."""
    chance, begun = random.Random(rows), time.monotonic()
    now = timezone.now()
    party = Party.objects.create(agency=at.agency, person=uuid4(), sealed=b"-", masked_name="王**", created_at=now)
    cases, items = Rows(_application(at, party), _VARY_OF_CASE), Rows(_item(), _VARY_OF_ITEM)
    outcomes = replies.all_outcomes()
    for begin in range(0, rows, _BATCH):
        made, asked = [], []
        for number in range(begin, min(begin + _BATCH, rows)):
            # They are registered in the order in which they arrive, as in life.
            arrived = date(YEAR, 1, 1) + timedelta(days=365 * number // rows)
            outcome = chance.choice(outcomes)
            grounds = [chance.choice(outcome.grounds)] if outcome.grounds else []
            closed = arrived + timedelta(days=chance.randrange(40))
            kind = chance.choice(_KINDS)
            made.append((number + 1, f"R-{number:07d}", f"R{number:09d}", kind, arrived))
            asked.append((number + 1, number + 1, outcome.key, grounds, closed))
        with transaction.atomic():
            cases.write(made)
            items.write(asked)
        _progress(begin + len(made), rows, begun)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


class Rows:
    """Rows of a model that differ in a few fields only: what all have in common is made ready for the database once."""

    def __init__(self, like: Application | RequestedItem, vary: Sequence[str]) -> None:
        model = type(like)
        self.vary = [model._meta.get_field(name) for name in vary]
        same = [field for field in model._meta.concrete_fields if field not in self.vary]
        self.same = [field.get_db_prep_save(field.pre_save(like, True), connection) for field in same]
        names = ", ".join(connection.ops.quote_name(str(field.column)) for field in (*self.vary, *same))
        places = ", ".join(["%s"] * len(model._meta.concrete_fields))
        table = connection.ops.quote_name(model._meta.db_table)
        self.insert = f"INSERT INTO {table} ({names}) VALUES ({places})"
        self.copy = f"COPY {table} ({names}) FROM STDIN"

    def write(self, rows: Sequence[Sequence[Any]]) -> None:
        ready = ([*self._ready(row), *self.same] for row in rows)
        with connection.cursor() as cursor:
            if connection.vendor != "postgresql":
                cursor.executemany(self.insert, list(ready))
                return
            with cursor.copy(self.copy) as copy:
                for row in ready:
                    copy.write_row(row)

    def _ready(self, row: Sequence[Any]) -> Iterator[Any]:
        for field, value in zip(self.vary, row, strict=True):
            yield field.get_db_prep_save(value, connection)


_KINDS = [kind.value for kind in PartyKind]
_VARY_OF_CASE = ("id", "number", "query_code", "applicant_kind", "arrived_on")
_VARY_OF_ITEM = ("id", "application", "outcome", "grounds", "closed_on")


def _application(at: Staffed, party: Party) -> Application:
    return Application(
        agency=at.agency,
        year=YEAR,
        state=ApplicationState.ARCHIVED,
        applicant=party,
        channel=Channel.COUNTER,
        subject="一件申请",
        created_at=timezone.now(),
    )


def _item() -> RequestedItem:
    return RequestedItem(state=ItemState.CLOSED, name="一件申请")


def _progress(done: int, rows: int, begun: float) -> None:
    if done % _TOLD == 0 or done == rows:
        print(f"已写入{done:,}/{rows:,}件，{time.monotonic() - begun:.0f}秒", file=sys.stderr, flush=True)


if __name__ == "__main__":
    arguments = sys.argv[1:]
    quick = "--quick" in arguments
    size = int(arguments[arguments.index("--rows") + 1]) if "--rows" in arguments else QUICK if quick else FULL
    print(json.dumps(measure(size, 3 if quick else 7), ensure_ascii=False))
