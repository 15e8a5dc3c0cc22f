"""Officers 工作人员: who signs in, and what they are appointed to."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from gongkai.agencies.bodies import Agency, Department
from gongkai.agencies.roles import ROLE_LABELS, Role
from gongkai.ledger.refs import Ref


class OfficerManager(BaseUserManager["Officer"]):
    """Creation goes through ``actions.create_officer``; this is what Django's own machinery needs."""

    def get_by_natural_key(self, username: str | None) -> "Officer":
        return self.get(username=username)


class Officer(AbstractBaseUser):
    """A member of staff of one agency, perhaps of a department; powers come from appointments only."""

    username = models.CharField("用户名", max_length=40, unique=True)
    name = models.CharField("姓名", max_length=40)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="officers")
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="officers", verbose_name="处室"
    )
    is_active = models.BooleanField("在用", default=True)
    must_change_password = models.BooleanField("须修改密码", default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = []
    objects = OfficerManager()

    class Meta:
        ordering = ["agency_id", "name"]

    def __str__(self) -> str:
        return self.name

    def ref(self) -> Ref:
        return Ref("officer", str(self.pk), self.name)

    @cached_property
    def current_appointments(self) -> list["Appointment"]:
        """Appointments in force today, read once per object (that is: per request)."""
        today = timezone.localdate()
        return [one for one in self.appointments.all() if one.in_force(today)]

    @cached_property
    def roles(self) -> frozenset[str]:
        """Every role held, wherever in the agency."""
        return frozenset(one.role for one in self.current_appointments)

    def roles_over(self, department_id: int | None) -> frozenset[str]:
        """Roles held over something of that department of one's own agency: agency-wide ones and those in it."""
        return frozenset(
            one.role
            for one in self.current_appointments
            if one.department_id is None or one.department_id == department_id
        )

    def departments_as(self, role: str) -> set[int] | None:
        """The departments in which the role is held; None means the whole agency."""
        held = [one.department_id for one in self.current_appointments if one.role == role]
        return None if None in held else {one for one in held if one is not None}

    def holds(self, roles: Iterable[str]) -> bool:
        return bool(self.roles & set(roles))

    @property
    def role_names(self) -> str:
        """The officer's roles in Chinese, for the foot of the rail."""
        return "、".join(label for role, label in ROLE_LABELS.items() if role in self.roles)

    def get_full_name(self) -> str:
        return self.name

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return False


class Appointment(models.Model):
    """An officer holds a role, in a department or (department empty) in the whole agency, for a time."""

    officer = models.ForeignKey(Officer, models.CASCADE, related_name="appointments")
    role = models.CharField("岗位", max_length=30, choices=Role.choices)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="appointments", verbose_name="处室"
    )
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)

    class Meta:
        ordering = ["role", "id"]

    def in_force(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)
