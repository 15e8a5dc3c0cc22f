"""Who asks, by the token in the request: in force, with room left for this minute, allowed to do this."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from gongkai.agencies.actions import tokens
from gongkai.agencies.queries import token_of
from gongkai.agencies.tokens import ApiToken, TokenAct
from gongkai.interfaces.limits import client_address, demand_room
from gongkai.interfaces.problems import Problem

_TRIES_PER_MINUTE = 20  # wrong tokens from one address


class Bearer(HttpBearer):
    """``Authorization: Bearer …`` for an operation that needs this act (None: any token of the agency)."""

    def __init__(self, act: TokenAct | None = None) -> None:
        super().__init__()
        self.act = act

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        """The token in force; None for one nobody issued. Raises Problem with the reason and what to do."""
        address = client_address(request)
        found = token_of(token)
        if found is None:
            demand_room(request, group="wrong-token", whose=address, per_minute=_TRIES_PER_MINUTE)
            return None
        if not found.usable(timezone.localdate()):
            what = "作废" if found.revoked_at else "过期"
            challenge = {"WWW-Authenticate": 'Bearer realm="gongkai", error="invalid_token"'}
            raise Problem(401, f"这个令牌已经{what}，请向本单位系统管理员申请新的。", headers=challenge)
        per_minute = settings.GONGKAI_API_TOKEN_PER_MINUTE
        demand_room(request, group="token", whose=str(found.pk), per_minute=per_minute)
        if self.act is not None and self.act not in found.acts:
            raise Problem(403, f"这个令牌没有“{self.act.label}”的权限，请由本单位系统管理员另行签发。")
        if not found.officer.is_active:
            raise Problem(403, f"承办人{found.officer.name}的账号已停用，请由本单位系统管理员为令牌改定承办人。")
        tokens.note_use(found, act=self.act, address=address, by=found)
        return found
