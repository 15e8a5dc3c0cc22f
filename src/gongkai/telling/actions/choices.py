"""How one wants to be told, and how the agency tells."""

import re
from datetime import time

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from gongkai.agencies.bodies import Agency
from gongkai.agencies.officers import Officer
from gongkai.ledger import changes, persons
from gongkai.ledger.recording import record
from gongkai.ledger.refs import Named, Ref
from gongkai.telling import ledger_kinds as kinds
from gongkai.telling import wordings
from gongkai.telling.arrangements import Arrangement, Preference, Way, Wording

_MOBILE = re.compile(r"1[3-9]\d{9}")
_LONGEST_GATHERING = 120
_MOST_WARN_DAYS = 15


@transaction.atomic
def prefer(officer: Officer, *, way: Way, mail: str, phone: str, sms_urgent: bool, by: Ref | Named) -> None:
    """How the officer wants to be told. The ledger keeps that addresses changed, not what they are.

    Raises ValidationError by field.
    """
    mail, phone = mail.strip(), phone.strip().replace(" ", "").replace("-", "")
    _demand_addresses(way, mail, phone, sms_urgent)
    row = Preference.objects.select_for_update().filter(officer=officer).first() or Preference(officer=officer)
    before, after = changes.set_fields(row, {"way": way, "sms_urgent": sms_urgent})
    old = addresses_of(row)
    for label, name, value in (("电子邮箱", "mail", mail), ("手机号码", "phone", phone)):
        if old[name] != value:
            before[label], after[label] = ("已登记" if old[name] else ""), ("已更换" if value else "")
    if row.pk is not None and not after:
        return
    row.person = row.person or persons.new_person()
    row.sealed = persons.seal(row.person, {"mail": mail, "phone": phone})
    row.has_mail, row.has_phone = bool(mail), bool(phone)
    row.save()
    record(kinds.PREFERRED, by=by, subject=officer, agency=officer.agency, before=before, after=after)


def addresses_of(row: Preference) -> dict[str, str]:
    """Mailbox and mobile number of an officer, for that officer's own page."""
    if row.person is None or row.sealed is None:
        return {"mail": "", "phone": ""}
    facts = persons.unseal(row.person, bytes(row.sealed))
    return {name: str(facts.get(name) or "") for name in ("mail", "phone")}


@transaction.atomic
def arrange(
    agency: Agency,
    *,
    quiet_from: time,
    quiet_until: time,
    digest_at: time,
    gather_minutes: int,
    warn_days: int,
    sms_sign: str,
    by: Ref | Named,
) -> None:
    """Quiet hours, digest, warnings and the sign of short messages. Raises ValidationError by field."""
    if not 0 <= gather_minutes <= _LONGEST_GATHERING:
        raise ValidationError({"gather_minutes": f"请填写 0 至 {_LONGEST_GATHERING} 分钟。"})
    if not 1 <= warn_days <= _MOST_WARN_DAYS:
        raise ValidationError({"warn_days": f"请填写 1 至 {_MOST_WARN_DAYS} 个工作日。"})
    row = Arrangement.objects.select_for_update().filter(agency=agency).first() or Arrangement(agency=agency)
    facts: dict[str, object] = {"quiet_from": quiet_from, "quiet_until": quiet_until, "digest_at": digest_at}
    facts |= {"gather_minutes": gather_minutes, "warn_days": warn_days, "sms_sign": sms_sign.strip(" 【】")}
    before, after = changes.set_fields(row, facts)
    if after:
        row.save()
        record(kinds.ARRANGED, by=by, subject=agency, agency=agency, before=before, after=after)


@transaction.atomic
def word(
    agency: Agency, template: wordings.Template, *, title: str, text: str, sms: str, sms_code: str, by: Ref | Named
) -> None:
    """The agency's own words for a template; empty fields mean the declared ones. Raises ValidationError by field."""
    given = {
        name: value.strip().replace("\r\n", "\n") for name, value in _own_words(template, title, text, sms).items()
    }
    wordings.checked(template, **given)
    given["sms_code"] = sms_code.strip()
    rows = Wording.objects.select_for_update().filter(agency=agency, template=template.key)
    row = rows.first() or Wording(agency=agency, template=template.key)
    _, after = changes.set_fields(row, given)
    if not after:
        return
    if any(given.values()):
        row.save()
        what = "、".join(after)
    else:
        row.delete()
        what = "恢复默认"
    record(kinds.WORDED, by=by, subject=agency, agency=agency, template=template.label, what=what)


def _own_words(template: wordings.Template, title: str, text: str, sms: str) -> dict[str, str]:
    """Only what differs from the declared words is the agency's own: the rest follows when those are improved."""
    given = {"title": title, "text": text, "sms": sms}
    return {name: "" if value.split() == getattr(template, name).split() else value for name, value in given.items()}


def _demand_addresses(way: Way, mail: str, phone: str, sms_urgent: bool) -> None:
    wrong: dict[str, str] = {}
    if mail:
        try:
            validate_email(mail)
        except ValidationError:
            wrong["mail"] = "请填写完整的电子邮箱，如 name@example.gov.cn。"
    if phone and not _MOBILE.fullmatch(phone):
        wrong["phone"] = "请填写11位手机号码。"
    if way is Way.AT_ONCE and not mail:
        wrong.setdefault("mail", "要随时收到邮件，请填写电子邮箱。")
    if sms_urgent and not phone:
        wrong.setdefault("phone", "要接收短信，请填写手机号码。")
    if wrong:
        raise ValidationError(wrong)
