"""The documentation of the roles, written from their declaration and the procedures' tables: ``docs/roles.md``."""

from gongkai.agencies.roles import DEPARTMENT_ROLES, Role
from gongkai.procedures.registry import all_procedures

_INTRODUCTION = """\
# 岗位

<!-- Written by gongkai.agencies.describe.markdown() through `gongkai docs`; edit roles and tables, not this file. -->

人的权限只来自岗位任命：在哪个机关、哪个处室、从何时到何时。“处室”岗位在所任的处室内有效（任命时不写处室的，全机关有效），
其余岗位全机关有效。任何人不能看到或办理其他机关的稿件，不能审核自己起草或修改过的稿件。

每个岗位在各办理程序中能办的事项如下；哪个状态下能办，见 `procedures/` 下各表。

| 岗位 | 标识 | 范围 | 可办事项 |
|---|---|---|---|
"""


def markdown() -> str:
    """The whole of ``docs/roles.md``, with a line break at the end. Complete once the procedures are registered."""
    return _INTRODUCTION + "".join(_row(role) for role in Role)


def _row(role: Role) -> str:
    reach = "处室" if role in DEPARTMENT_ROLES else "全机关"
    return f"| {role.label} | `{role.value}` | {reach} | {'；'.join(_powers(role.value)) or '—'} |\n"


def _powers(role: str) -> list[str]:
    powers = []
    for procedure in all_procedures():
        events = [event.label for event in procedure.events if any(role in held for held in event.roles.values())]
        if events:
            powers.append(f"{procedure.label}：{'、'.join(events)}")
    return powers
