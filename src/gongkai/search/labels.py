"""Permission labels: what stands on every item of the index, and what a reader brings.

An item is found by whoever brings one of its labels. The rule is the same as ``catalog.queries.access_documents``.
"""

from gongkai.agencies.officers import Officer
from gongkai.agencies.roles import DEPARTMENT_ROLES
from gongkai.search.asking import PUBLIC


def of_agency(agency_id: int) -> str:
    """What the whole agency's officers may see."""
    return f"agency:{agency_id}"


def of_department(department_id: int) -> str:
    """What officers appointed in that department only may see."""
    return f"department:{department_id}"


def of_staff_item(agency_id: int, department_id: int | None) -> tuple[str, ...]:
    """The labels of something that only the desk may see."""
    own = of_agency(agency_id)
    return (own,) if department_id is None else (own, of_department(department_id))


def of_officer(officer: Officer) -> frozenset[str]:
    """What the officer may find: the public's, and the own agency's (for who holds only department roles: theirs)."""
    if not officer.roles:
        return frozenset({PUBLIC})
    agency = of_agency(officer.agency_id)
    if officer.roles - DEPARTMENT_ROLES:
        return frozenset({PUBLIC, agency})
    found = {PUBLIC}
    for role in DEPARTMENT_ROLES & officer.roles:
        held = officer.departments_as(role)
        found |= {agency} if held is None else {of_department(one) for one in held}
    return frozenset(found)
