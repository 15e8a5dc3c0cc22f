"""Tokens are issued, changed, used and revoked; each leaves its entry."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from gongkai.agencies import ledger_kinds as kinds
from gongkai.agencies.bodies import Agency, Department
from gongkai.agencies.officers import Officer
from gongkai.agencies.roles import Role
from gongkai.agencies.tokens import ApiToken, TokenAct, digest_of, hint_of, new_token
from gongkai.ledger.recording import record
from gongkai.ledger.refs import Named, Ref

LONGEST = timedelta(days=731)
_NOTED_EVERY = timedelta(minutes=1)  # reading must not write a row each time
DRAFTERS = frozenset({Role.DRAFTER.value, Role.DISCLOSURE_OFFICER.value})
"""Who may answer for drafts that a system sends."""


@transaction.atomic
def issue(
    *,
    agency: Agency,
    name: str,
    acts: Sequence[str],
    officer: Officer,
    expires_on: date,
    by: Ref | Named,
    department: Department | None = None,
    callback_url: str = "",
) -> tuple[ApiToken, str]:
    """A new token and, this once, the token itself. Raises ValidationError by field."""
    unknown = [act for act in acts if act not in TokenAct.values]
    if unknown or not acts:
        raise ValidationError({"acts": "请选择这个系统可以做什么。"})
    if department is not None and department.agency_id != agency.pk:
        raise ValidationError({"department": "处室不属于该机关。"})
    _demand_drafter(officer, agency, department)
    today = timezone.localdate()
    if not today <= expires_on <= today + LONGEST:
        raise ValidationError({"expires_on": "有效期从今天起，最长两年；到期前另签发新的。"})
    secret = new_token()
    token = ApiToken(
        agency=agency,
        department=department,
        officer=officer,
        name=name.strip(),
        acts=[act for act in TokenAct.values if act in acts],
        digest=digest_of(secret),
        hint=hint_of(secret),
        expires_on=expires_on,
        callback_url=callback_url,
    )
    token.full_clean()
    token.save()
    record(
        kinds.TOKEN_ISSUED,
        by=by,
        subject=token,
        agency=agency,
        acts="、".join(token.act_labels),
        scope=department.name if department else "全机关",
        until=expires_on.isoformat(),
        officer=officer.name,
    )
    return token, secret


@transaction.atomic
def change(token: ApiToken, *, officer: Officer, callback_url: str, by: Ref | Named) -> None:
    """Another officer answers for it; another address is told. A new address gets a new key. Raises ValidationError."""
    _demand_drafter(officer, token.agency, token.department)
    current = ApiToken.objects.select_for_update().select_related("officer").get(pk=token.pk)
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    if current.officer_id != officer.pk:
        before["承办人"], after["承办人"] = current.officer.name, officer.name
    if current.callback_url != callback_url:
        before["回告地址"], after["回告地址"] = current.callback_url, callback_url
        current.callback_salt = ApiToken._meta.get_field("callback_salt").get_default()
    if not after:
        return
    current.officer, current.callback_url = officer, callback_url
    current.full_clean()
    current.save(update_fields=["officer", "callback_url", "callback_salt"])
    record(kinds.TOKEN_CHANGED, by=by, subject=current, agency=token.agency, before=before, after=after)


@transaction.atomic
def show_secret(token: ApiToken, *, by: Ref | Named) -> str:
    """The key that signs messages to the callback address; that somebody looked at it is kept."""
    record(kinds.TOKEN_SHOWN, by=by, subject=token, agency=token.agency)
    return token.callback_secret


@transaction.atomic
def revoke(token: ApiToken, *, by: Ref | Named) -> None:
    """The token opens nothing any more, from this moment on."""
    current = ApiToken.objects.select_for_update().get(pk=token.pk)
    if current.revoked_at is not None:
        return
    current.revoked_at = timezone.now()
    current.save(update_fields=["revoked_at"])
    record(kinds.TOKEN_REVOKED, by=by, subject=current, agency=token.agency)


def note_use(token: ApiToken, *, act: TokenAct | None, address: str, by: Ref | Named) -> None:
    """Keep when the token was last used; the first use of a day is an entry (what was sent has entries of its own)."""
    now = timezone.now()
    last = token.last_used_at
    if last is not None and now - last < _NOTED_EVERY:
        return
    with transaction.atomic():
        current = ApiToken.objects.select_for_update().get(pk=token.pk)
        first = current.last_used_at is None or timezone.localdate(current.last_used_at) != timezone.localdate(now)
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
        if first:
            agency = token.agency
            record(
                kinds.TOKEN_USED,
                by=by,
                subject=token,
                agency=agency,
                act=str(act.label) if act else "查询令牌情况",
                address=address,
            )


def _demand_drafter(officer: Officer, agency: Agency, department: Department | None) -> None:
    if officer.agency_id != agency.pk or not officer.is_active:
        raise ValidationError({"officer": "承办人须是本单位在用的工作人员。"})
    held = officer.roles_over(department.pk) if department else officer.roles
    if not DRAFTERS & held:
        where = f"在{department.name}" if department else ""
        raise ValidationError({"officer": f"承办人须{where}担任撰稿，或者是公开经办人。"})
