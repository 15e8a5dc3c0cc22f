"""Templates 告知模板: declared with a default text per event, overridden per agency, filled with names only.

What the public is sent crosses networks that nobody guards: such templates may name the number, the day and where to
ask, and nothing that says who asked for what.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import ValidationError

FOR_THE_PUBLIC = {
    "number": "编号",
    "query_url": "查询网址",
    "agency": "机关名称",
    "phone": "咨询电话",
    "due": "日期",
    "count": "件数",
}
"""Everything a template for the public may name. None of it says who a person is or what was asked."""
_PLACE = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}")
_LEFT = re.compile(r"\{\{|\}\}|\{%|%\}|\{#")
_LONGEST_TITLE = 120
_LONGEST_SMS = 300


class Audience(StrEnum):
    """Whom a template is for."""

    STAFF = "staff"
    PUBLIC = "public"


@dataclass(frozen=True)
class Template:
    """One declared text. ``names`` are the placeholders with what they mean; ``sms`` is empty where none is sent."""

    key: str
    label: str
    audience: Audience
    title: str
    text: str
    sms: str = ""
    names: tuple[tuple[str, str], ...] = ()

    @property
    def known(self) -> frozenset[str]:
        return frozenset(name for name, _ in self.names)


@dataclass(frozen=True)
class Filled:
    """A text with everything filled in."""

    title: str
    text: str
    sms: str


_TEMPLATES: dict[str, Template] = {}


def declare(template: Template) -> Template:
    """Declare a template (in an AppConfig.ready). Raises ValueError for a key that is taken, a placeholder that is not
    named, and one that must not go to the public."""
    if template.key in _TEMPLATES:
        raise ValueError(f"template {template.key!r} is declared twice")
    if template.audience is Audience.PUBLIC and (beyond := template.known - FOR_THE_PUBLIC.keys()):
        raise ValueError(f"template {template.key!r} would tell the public {sorted(beyond)}")
    for part in (template.title, template.text, template.sms):
        if wrong := faults(part, template.known):
            raise ValueError(f"template {template.key!r}: {wrong[0]}")
    _TEMPLATES[template.key] = template
    return template


def get(key: str) -> Template:
    """The template of that key; raises KeyError."""
    return _TEMPLATES[key]


def label_of(key: str) -> str:
    """The template's name; the key itself for one that is declared no more (its messages remain)."""
    return _TEMPLATES[key].label if key in _TEMPLATES else key


def all_templates() -> list[Template]:
    """Every template, in the order of declaration."""
    return list(_TEMPLATES.values())


def faults(text: str, known: Iterable[str]) -> list[str]:
    """What is wrong with a text that somebody wrote, in Chinese; an empty list means it can be used."""
    names = sorted(known)
    usable = "、".join(f"{{{{ {name} }}}}" for name in names) or "（没有）"
    unknown = [name for name in _PLACE.findall(text) if name not in names]
    wrong = [f"没有“{name}”这个填写项，可以用：{usable}。" for name in dict.fromkeys(unknown)]
    if _LEFT.search(_PLACE.sub("", text)):
        wrong.append(f"只能写 {{{{ 填写项 }}}}，不能用其他模板语句。可以用：{usable}。")
    return wrong


def names_in(text: str) -> list[str]:
    """The placeholders of a text, each once, in the order in which they stand."""
    return list(dict.fromkeys(_PLACE.findall(text)))


def checked(template: Template, *, title: str, text: str, sms: str) -> None:
    """Refuse an agency's own wording. Raises ValidationError by field with what to write instead."""
    wrong: dict[str, list[str]] = {}
    for field, value in (("title", title), ("text", text), ("sms", sms)):
        if found := faults(value, template.known):
            wrong[field] = found
    if "\n" in title or "\r" in title:
        wrong.setdefault("title", []).append("标题只写一行。")
    if len(title) > _LONGEST_TITLE:
        wrong.setdefault("title", []).append(f"标题最多{_LONGEST_TITLE}个字。")
    if len(sms) > _LONGEST_SMS:
        wrong.setdefault("sms", []).append(f"短信最多{_LONGEST_SMS}个字。")
    if sms and not template.sms:
        wrong.setdefault("sms", []).append("这个事项不发短信，此处请留空。")
    if wrong:
        raise ValidationError(wrong)


def fill(template: Template, values: Mapping[str, str], *, title: str = "", text: str = "", sms: str = "") -> Filled:
    """The texts (the agency's own where given, else the declared ones) with the values in their places.

    Values are put in as they are, never read as a template again; line breaks in them become blanks.
    """

    def put(written: str) -> str:
        return _PLACE.sub(lambda place: " ".join(str(values.get(place.group(1), "")).split()), written)

    return Filled(put(title or template.title), put(text or template.text), put(sms or template.sms))


def readable(template: Template, written: str) -> str:
    """The text for somebody who reads it, not fills it in: 申请〔编号〕已登记."""
    meant = dict(template.names)
    return _PLACE.sub(lambda place: f"〔{meant.get(place.group(1), place.group(1))}〕", written)


SEVERAL = declare(
    Template(
        "telling.several",
        "几件消息合成一件（申请人）",
        Audience.PUBLIC,
        "您有{{ count }}项新进展",
        "您好：\n\n您在{{ agency }}办理的事项（编号{{ number }}）有{{ count }}项新进展。\n"
        "请凭查询码到 {{ query_url }} 查看。",
        "您在{{ agency }}办理的事项{{ number }}有{{ count }}项新进展，请凭查询码到{{ query_url }}查看。",
        tuple((name, FOR_THE_PUBLIC[name]) for name in ("agency", "number", "count", "query_url")),
    )
)
_STEP = (("label", "事项名称"), ("step", "办理环节"), ("due", "最后一日"), ("days", "还剩的工作日数"))
DUE_SOON = declare(
    Template(
        "telling.due_soon",
        "期限将至",
        Audience.STAFF,
        "还剩{{ days }}个工作日：{{ step }}",
        "“{{ label }}”的{{ step }}最迟在{{ due }}办理，还剩{{ days }}个工作日。",
        "【期限提醒】{{ step }}最迟{{ due }}办理，还剩{{ days }}个工作日，请登录工作台办理。",
        _STEP,
    )
)
DUE_TODAY = declare(
    Template(
        "telling.due_today",
        "今天到期",
        Audience.STAFF,
        "今天到期：{{ step }}",
        "“{{ label }}”的{{ step }}最迟在{{ due }}，今天必须办理，过后即为逾期。",
        "【今天到期】{{ step }}今天必须办理，请登录工作台办理。",
        _STEP,
    )
)
OVERDUE = declare(
    Template(
        "telling.overdue",
        "已经逾期",
        Audience.STAFF,
        "已经逾期：{{ step }}",
        "“{{ label }}”的{{ step }}应在{{ due }}前办理，已经逾期，请立即办理。",
        "【逾期】{{ step }}应在{{ due }}前办理，已经逾期，请立即登录工作台办理。",
        _STEP,
    )
)
