"""Officers and their appointments."""

from datetime import date
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from gongkai.agencies import ledger_kinds as kinds
from gongkai.agencies.bodies import Agency, Department
from gongkai.agencies.officers import Appointment, Officer
from gongkai.agencies.roles import DEPARTMENT_ROLES, ROLE_LABELS, Role
from gongkai.ledger.changes import set_fields
from gongkai.ledger.recording import record
from gongkai.ledger.refs import Named, Ref


@transaction.atomic
def create_officer(
    *,
    agency: Agency,
    username: str,
    name: str,
    password: str,
    by: Ref | Named,
    department: Department | None = None,
    must_change_password: bool = True,
    hashed: str = "",
) -> Officer:
    """Make an account. ``hashed`` is the password's hash where it is known already (many accounts, one password).

    Raises ValidationError by field (name taken, weak password, department of another agency)."""
    if department is not None and department.agency_id != agency.pk:
        raise ValidationError({"department": "处室不属于该机关。"})
    officer = Officer(
        agency=agency, department=department, username=username, name=name, must_change_password=must_change_password
    )
    try:
        validate_password(password, officer)
    except ValidationError as error:
        raise ValidationError({"password": error.messages}) from None
    officer.password = hashed or make_password(password)
    officer.full_clean()
    officer.save()
    record(kinds.OFFICER_CREATED, by=by, subject=officer, agency=agency, note=f"用户名 {username}")
    return officer


@transaction.atomic
def change_officer(officer: Officer, *, by: Ref | Named, **facts: Any) -> None:
    """Change name, department or whether the account is in use (a disabled one is signed out at its next request)."""
    if refused := facts.keys() - {"name", "department", "is_active"}:
        raise ValueError(f"not changed here: {', '.join(sorted(refused))}")
    before, after = set_fields(officer, facts)
    if after:
        officer.full_clean()
        officer.save()
        record(kinds.OFFICER_CHANGED, by=by, subject=officer, agency=officer.agency, before=before, after=after)


@transaction.atomic
def change_password(officer: Officer, *, password: str, by: Ref | Named) -> None:
    """Set a new password; every other session of the officer ends. Raises ValidationError."""
    validate_password(password, officer)
    officer.set_password(password)
    officer.must_change_password = by.ref() != officer.ref() if not isinstance(by, Ref) else by != officer.ref()
    officer.save(update_fields=["password", "must_change_password"])
    record(kinds.PASSWORD_CHANGED, by=by, subject=officer, agency=officer.agency)


@transaction.atomic
def appoint(
    officer: Officer,
    role: Role,
    *,
    by: Ref | Named,
    department: Department | None = None,
    since: date | None = None,
    until: date | None = None,
) -> Appointment:
    """Appoint to a role. Drafting and first review are of a department, the others of the whole agency."""
    if department is not None and department.agency_id != officer.agency_id:
        raise ValidationError({"department": "处室不属于该机关。"})
    if department is not None and role not in DEPARTMENT_ROLES:
        raise ValidationError({"role": f"“{role.label}”是全机关的岗位，不按处室任命。"})
    appointment = Appointment(
        officer=officer, role=role, department=department, since=since or timezone.localdate(), until=until
    )
    appointment.full_clean()
    appointment.save()
    _forget_cached(officer)
    record(kinds.APPOINTED, by=by, subject=officer, agency=officer.agency, **_described(appointment))
    return appointment


@transaction.atomic
def relieve(appointment: Appointment, *, by: Ref | Named) -> None:
    """End an appointment; the ledger keeps that it was held."""
    officer = appointment.officer
    data = _described(appointment)
    appointment.delete()
    _forget_cached(officer)
    record(kinds.RELIEVED, by=by, subject=officer, agency=officer.agency, **data)


def _described(appointment: Appointment) -> dict[str, Any]:
    return {
        "role": appointment.role,
        "role_label": ROLE_LABELS[appointment.role],
        "department": appointment.department.name if appointment.department else "",
    }


def _forget_cached(officer: Officer) -> None:
    for name in ("current_appointments", "roles"):
        officer.__dict__.pop(name, None)
    officer.__dict__.get("_prefetched_objects_cache", {}).pop("appointments", None)
