"""Roles 岗位: what a person is appointed to do, in a whole agency or in one department."""

from django.db.models import TextChoices


class Role(TextChoices):
    """The roles of officials' practice; the procedures name them in their tables."""

    DRAFTER = "drafter", "撰稿"
    DEPT_REVIEWER = "dept_reviewer", "处室审核"
    HANDLER = "handler", "申请承办人"
    LEGAL_REVIEWER = "legal_reviewer", "法制审核"
    OFFICE_REVIEWER = "office_reviewer", "办公室审核"
    SECRECY_REVIEWER = "secrecy_reviewer", "保密审查"
    LEADER = "leader", "分管领导"
    DISCLOSURE_OFFICER = "disclosure_officer", "公开经办人"
    DISCLOSURE_HEAD = "disclosure_head", "公开机构负责人"
    ADMIN = "admin", "系统管理员"


DEPARTMENT_ROLES = frozenset({Role.DRAFTER, Role.DEPT_REVIEWER, Role.HANDLER})
"""Roles held in a department; the others are held for the whole agency."""

ROLE_LABELS: dict[str, str] = {role.value: str(role.label) for role in Role}
