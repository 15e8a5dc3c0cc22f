"""A city, its agencies, and somebody for every role."""

from dataclasses import dataclass, field
from itertools import count

from tests.kept import kept

from gongkai.agencies.actions import bodies, people
from gongkai.agencies.bodies import Agency, Department
from gongkai.agencies.officers import Officer
from gongkai.agencies.roles import DEPARTMENT_ROLES, Role
from gongkai.catalog.actions.columns import ensure_required
from gongkai.ledger.refs import SYSTEM

PASSWORD = "Lanchuan-2026-test"
_numbers = count(1)


@dataclass
class Staffed:
    """An agency with two departments and one officer for each role, by role."""

    agency: Agency
    department: Department
    other_department: Department
    officers: dict[str, Officer] = field(default_factory=dict)

    def __getattr__(self, role: str) -> Officer:
        """``staffed.leader`` and so on."""
        try:
            return self.__dict__["officers"][role]
        except KeyError:
            raise AttributeError(role) from None


def agency(
    name: str = "", *, is_city: bool = False, parent: Agency | None = None, host: str = "", **facts: object
) -> Agency:
    """A body with contact, host and its statutory columns."""
    number = next(_numbers)
    made = bodies.create_agency(
        by=SYSTEM,
        code=str(facts.pop("code", f"T{number:02d}")),
        slug=str(facts.pop("slug", f"body{number}")),
        name=name or f"澜川市第{number}局",
        short_name=str(facts.pop("short_name", name or f"市{number}局")),
        parent=parent,
        is_city=is_city,
        contact={"office_name": "办公室", "phone": "0000-5550100", "address": "澜川市中心路1号"},
        **facts,
    )
    bodies.set_host(made, host=host or f"body{number}.localhost", by=SYSTEM)
    ensure_required(made, by=SYSTEM)
    return made


def officer(
    of: Agency, role: str, department: Department | None = None, *, name: str = "", username: str = ""
) -> Officer:
    """An officer with one role; department roles are held in the department when one is given."""
    number = next(_numbers)
    made = people.create_officer(
        agency=of,
        username=username or f"{role.replace('_', '')}{number}",
        name=name or f"人员{number}",
        password=PASSWORD,
        by=SYSTEM,
        department=department,
        must_change_password=False,
    )
    people.appoint(made, Role(role), by=SYSTEM, department=department if role in DEPARTMENT_ROLES else None)
    return made


@kept
def staffed(name: str = "", **facts: object) -> Staffed:
    """An agency where every role is filled."""
    made = agency(name, **facts)  # type: ignore[arg-type]
    one = bodies.save_department(made, by=SYSTEM, name="环境建设处")
    two = bodies.save_department(made, by=SYSTEM, name="供热管理处")
    officers = {role.value: officer(made, role.value, one if role in DEPARTMENT_ROLES else None) for role in Role}
    return Staffed(made, one, two, officers)


def all_roles(at: Staffed) -> Officer:
    """Somebody with every power there is in that agency."""
    one = officer(at.agency, Role.ADMIN)
    for role in Role:
        if role != Role.ADMIN:
            people.appoint(one, role, by=SYSTEM)
    return Officer.objects.get(pk=one.pk)
