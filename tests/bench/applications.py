"""What is measured of applications, on the database of the environment: ``python -m tests.bench.applications
[--quick]`` prints its JSON."""

import json
import os
import sys
import time
from datetime import date, timedelta
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
django.setup()

from django.conf import settings  # noqa: E402 - models exist only after setup
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import QuerySet  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402
from tests.bench import cases, submitting  # noqa: E402
from tests.bench.figures import Spread, repeat, taken  # noqa: E402
from tests.bench.lists import signed_in  # noqa: E402
from tests.factories import cases as made_cases  # noqa: E402
from tests.factories import people  # noqa: E402
from tests.factories.people import Staffed  # noqa: E402

from gongkai.agencies.workdays import WorkdayNotice, current_calendar  # noqa: E402
from gongkai.applications import ledger_kinds as kinds  # noqa: E402
from gongkai.applications.actions import due_moves, letters  # noqa: E402
from gongkai.applications.applications import OPEN_STATES, Application  # noqa: E402
from gongkai.applications.worklist import Place, Section  # noqa: E402
from gongkai.ledger.entries import Entry  # noqa: E402
from gongkai.texts import printing  # noqa: E402

FULL = {"sizes": (1_000, 100_000), "open_share": 0.005, "open": 100_000, "requests": 40, "letters": 30, "each": 4}
QUICK = {"sizes": (100, 600), "open_share": 0.1, "open": 400, "requests": 4, "letters": 3, "each": 2}
_HOST = "bench-applications.localhost"
_ARCHIVE_MIDDLE_YEARS = 4


def measure(plan: dict[str, Any]) -> dict[str, Any]:
    """Submitters first, on an installation of their own; then pages, deadlines, letters."""
    found: dict[str, Any] = {"submitting": submitting.submitters(plan["each"])}
    _say("申请", found["submitting"])
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    connection.ensure_connection()
    found["database"] = f"{connection.display_name} {'.'.join(map(str, connection.get_database_version()))}"
    at = people.staffed("澜川市城市管理委员会", host=_HOST)
    found["letters"] = _letters(at, plan["letters"])
    _say("文书", found["letters"])
    found["pages"], there = {}, 0
    for number, size in enumerate(plan["sizes"]):
        begin = time.perf_counter()
        cases.grow(at, size - there, open_share=plan["open_share"], mark=f"B{number}")
        there = size
        _say(f"{size}件", {"seconds": time.perf_counter() - begin})
        found["pages"][str(size)] = _pages(at, plan["requests"])
        _say("页面", found["pages"][str(size)])
    other = people.staffed("澜川市交通委员会")
    cases.grow(other, plan["open"], open_share=1.0, mark="C0")
    found["deadlines"] = _deadlines(Application.objects.filter(agency=other.agency, state__in=OPEN_STATES))
    _say("期限", found["deadlines"])
    return found


def _pages(at: Staffed, times: int) -> dict[str, Any]:
    """Queries and times of the worklist's parts, and of an open and an archived case."""
    desk = "/desk/applications/"
    officer, leader, handler = (signed_in(at.officers[role]) for role in ("disclosure_officer", "leader", "handler"))
    middle = Place(date.today() - timedelta(days=_ARCHIVE_MIDDLE_YEARS * 365), 1)
    own = Application.objects.filter(agency=at.agency)
    running = own.filter(state="handling").latest("pk")
    archived = own.filter(state="archived").latest("pk")
    measured = {
        "工作台：公开经办人，待我办": (officer, f"{desk}?section={Section.MINE}"),
        "工作台：公开经办人，全部在办": (officer, f"{desk}?section={Section.OPEN}"),
        "工作台：分管领导，待签发": (leader, f"{desk}?section={Section.SIGNING}"),
        "工作台：承办处室": (handler, f"{desk}?section={Section.MINE}"),
        "工作台：已办结，首页": (officer, f"{desk}?section={Section.CLOSED}"),
        "工作台：已办结，中间一页": (officer, f"{desk}?section={Section.CLOSED}&after={middle}"),
        "案卷：办理中": (officer, running.get_absolute_url()),
        "案卷：已归档": (officer, archived.get_absolute_url()),
    }
    return {name: _page(client, path, times) for name, (client, path) in measured.items()}


def _page(client: Client, path: str, times: int) -> dict[str, Any]:
    def read() -> None:
        response = client.get(path, headers={"host": _HOST})
        assert response.status_code == 200, (path, response.status_code)

    read()
    with CaptureQueriesContext(connection) as captured:
        read()
        count = len(captured)  # the next request empties the log
    return {"queries": count, **repeat(read, times).as_dict()}


def _deadlines(waiting: QuerySet[Application]) -> dict[str, Any]:
    """The next two working days become days off by an official notice: every open case is gone through as the worker
    does it, and told where its due date moved."""
    now = timezone.now()
    due_moves.look(now)  # what open cases know so far
    calendar, today = current_calendar(), timezone.localdate()
    days = [today + timedelta(days=number) for number in range(1, 15)]
    for day in [day for day in days if calendar.is_working(day)][:2]:
        WorkdayNotice.objects.create(
            day=day, kind="holiday", document_number="国办发明电〔2026〕9号", note="调整放假安排"
        )
    seconds = taken(lambda: due_moves.tell_all(timezone.now()))
    moved = Entry.objects.filter(kind=kinds.DUE_MOVED).count()
    cases_open = waiting.count()
    return {"cases": cases_open, "seconds": seconds, "per_second": cases_open / seconds, "moved": moved}


def _letters(at: Staffed, count: int) -> dict[str, Any] | None:
    """A receipt frozen, printed, sealed and listed; None where nothing can be printed."""
    try:
        printing.engine()
    except printing.CannotPrint:
        return None
    case = made_cases.registered(at)
    written = [letters.write(case, "receipt", by=at.disclosure_officer) for _ in range(count + 1)]
    letters.freeze(written[0], by=at.disclosure_officer)  # loads the fonts
    spread = Spread.of([taken(lambda one=one: letters.freeze(one, by=at.disclosure_officer)) for one in written[1:]])  # type: ignore[misc]
    return {"per_second": 1000 / spread.p50, **spread.as_dict()}


def _say(what: str, found: Any) -> None:
    print(f"{what}：{json.dumps(found, ensure_ascii=False)}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    print(json.dumps(measure(QUICK if "--quick" in sys.argv[1:] else FULL), ensure_ascii=False))
