"""What readers look things up in: the demo agencies' full lists move in as offices move them in, by the real import."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from typing import Any

from gongkai.agencies.bodies import Agency
from gongkai.agencies.queries import holders
from gongkai.agencies.roles import Role
from gongkai.catalog.actions import matter_import
from gongkai.catalog.full_list.planning import plan
from gongkai.catalog.full_list.reading import ReadList, ReadRow
from gongkai.demo.days import working_day_until
from gongkai.demo.full_list import DemoList, DemoMatter
from gongkai.demo.full_list import full_lists as told_lists
from gongkai.demo.shapes import CHINA
from gongkai.ledger import moment

_MOVED_IN = timedelta(days=230)  # before today
_HEAD_ROWS = 2

Progress = Callable[[str, int, int], None]


def topics_of_lists() -> set[tuple[str, str]]:
    """Topics by which the lists find documents, with the agency that has them."""
    return {(one.agency, topic) for one in told_lists() for matter in one.matters for topic in matter.topics}


def full_lists(agencies: Mapping[str, Agency], today: date, progress: Progress) -> None:
    """Each list is read, looked at and carried out by the agency's disclosure officer."""
    every = told_lists()
    for number, one in enumerate(every, start=1):
        agency = agencies[one.agency]
        officer = holders(agency.pk, Role.DISCLOSURE_OFFICER)[0]
        with moment.at(datetime.combine(working_day_until(today - _MOVED_IN), time(15, 20), tzinfo=CHINA)):
            kept = matter_import.keep_import(agency, _read(one, agency), name=one.file, by=officer)
            planned = plan(kept, agency)
            if planned.refused:
                raise ValueError(f"{one.file}: {planned.refused[0].problems}")
            matter_import.carry_out(kept, by=officer, seen=planned.digest, remove_missing=False)
        progress("全清单", number, len(every))


def _read(one: DemoList, agency: Agency) -> ReadList:
    departments = {each.name: each.pk for each in agency.departments.all()}
    columns = {each.key: each.pk for each in agency.columns.all()}
    rows = [
        ReadRow(number + _HEAD_ROWS, _given(matter, departments, columns) | {"number": number})
        for number, matter in enumerate(one.matters, start=1)
    ]
    return ReadList(rows, list(rows[0].given), [], [])


def _given(matter: DemoMatter, departments: Mapping[str, int], columns: Mapping[str, int]) -> dict[str, Any]:
    facts = {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(matter).items()}
    facts["department"] = departments[matter.department]
    facts["column"] = columns[matter.column] if matter.column else None
    return facts
