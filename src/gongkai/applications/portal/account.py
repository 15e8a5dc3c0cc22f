"""统一身份认证 (OpenID Connect), where the installation has it configured: an applicant may sign in and need not.

Of whoever signs in we keep an account id that means nothing elsewhere, on the applications they make meanwhile. Name
and number, where the provider tells them, fill the form in; until then they lie encrypted in the session.
"""

import base64
import hashlib
import json
import logging
from functools import lru_cache
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.django_client import OAuth
from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from joserfc.errors import JoseError
from requests import RequestException

from gongkai.applications.applications import Application
from gongkai.applications.portal import doors, opened
from gongkai.catalog.portal.frame import Frame
from gongkai.ledger import data_keys, sealing

logger = logging.getLogger(__name__)

_ACCOUNT, _FACTS, _NEXT = "apply_account", "apply_facts", "apply_next"
_DATA_KEY = "applicant sessions"
_LISTED = 50


def configured() -> bool:
    """Whether this installation has a provider."""
    return bool(settings.GONGKAI_OIDC_ISSUER and settings.GONGKAI_OIDC_CLIENT_ID)


def account_of(request: HttpRequest) -> str:
    """The account under which somebody is signed in; empty for nobody."""
    return str(request.session.get(_ACCOUNT, "")) if configured() else ""


def offered(request: HttpRequest) -> dict[str, Any]:
    """What a page says about signing in; empty where there is nothing to sign in to."""
    if not configured():
        return {}
    return {"label": settings.GONGKAI_OIDC_LABEL, "signed_in": bool(account_of(request))}


def prefilled(request: HttpRequest) -> dict[str, str]:
    """What the provider told, to begin the form with."""
    sealed = request.session.get(_FACTS) if account_of(request) else None
    if not sealed:
        return {}
    key, _ = data_keys.of(_DATA_KEY)
    try:
        plain = sealing.decrypt(key, base64.b64decode(sealed), account_of(request).encode())
    except InvalidTag:
        return {}
    return {str(name): str(value) for name, value in json.loads(plain).items()}


@doors.personal("GET")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Off to the provider; back to where one came from on this site."""
    _demand()
    there = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(there, {request.get_host()}, require_https=request.is_secure())
    request.session[_NEXT] = there if safe else reverse("apply:form")
    callback = request.build_absolute_uri(reverse("apply:signed_in"))
    try:
        response: HttpResponse = _client().authorize_redirect(request, callback)
    except (AuthlibBaseError, RequestException, KeyError) as error:
        return _failed(request, error)
    return response


@doors.personal("GET")
def signed_in(request: HttpRequest) -> HttpResponse:
    """Back from the provider: state, nonce and signature are checked by the library."""
    _demand()
    there = request.session.get(_NEXT) or reverse("apply:form")
    try:
        claims = _client().authorize_access_token(request).get("userinfo") or {}
    except (AuthlibBaseError, JoseError, RequestException, KeyError, ValueError, RuntimeError) as error:
        return _failed(request, error)
    if not claims.get("sub"):
        return _failed(request, ValueError("no subject in the id token"))
    request.session.cycle_key()
    request.session[_ACCOUNT] = account = _account(str(claims["sub"]))
    facts = {
        name: str(claims[claim])
        for name, claim in (
            ("name", settings.GONGKAI_OIDC_NAME_CLAIM),
            ("document_number", settings.GONGKAI_OIDC_NUMBER_CLAIM),
        )
        if claim and claims.get(claim)
    }
    key, suite = data_keys.of(_DATA_KEY)
    plain = json.dumps(facts, ensure_ascii=False).encode()
    request.session[_FACTS] = base64.b64encode(sealing.encrypt(suite, key, plain, account.encode())).decode()
    return HttpResponseRedirect(there)


@doors.personal("POST")
def sign_out(request: HttpRequest) -> HttpResponse:
    """Forget who this was, and what was opened."""
    for key in (_ACCOUNT, _FACTS, _NEXT):
        request.session.pop(key, None)
    opened.close(request)
    return HttpResponseRedirect(reverse("apply:form"))


@doors.personal("GET", "POST")
def mine(request: HttpRequest) -> HttpResponse:
    """我的申请: those made while signed in to this account, on whichever site of the installation."""
    _demand()
    account = account_of(request)
    if not account:
        return HttpResponseRedirect(f"{reverse('apply:sign_in')}?next={reverse('apply:mine')}")
    own = Application.objects.filter(account=account).select_related("agency").order_by("-created_at", "-pk")[:_LISTED]
    if request.method == "POST":
        wanted = next((one for one in own if str(one.pk) == request.POST.get("application")), None)
        if wanted is None:
            raise Http404("not an application of this account")
        opened.open_for(request, wanted)
        return HttpResponseRedirect(reverse("apply:case", args=[wanted.pk]))
    frame = Frame(request)
    context = {"crumbs": frame.crumbs((), "我的申请"), "applications": list(own), "account": offered(request)}
    return frame.page("applications/portal/mine.html", context)


def _demand() -> None:
    if not configured():
        raise Http404("no provider of accounts")


def _failed(request: HttpRequest, error: Exception) -> HttpResponse:
    logger.warning("signing in at the provider failed: %s", error)
    messages.error(request, "统一身份认证没有成功，可以再试一次，也可以不登录，直接填写申请。")
    return HttpResponseRedirect(reverse("apply:form"))


def _account(subject: str) -> str:
    """An id that is the same for the same person at the same provider, and tells nothing of them."""
    return hashlib.sha256(f"{settings.GONGKAI_OIDC_ISSUER}\0{subject}".encode()).hexdigest()


def _client() -> Any:
    return _registered(
        settings.GONGKAI_OIDC_ISSUER, settings.GONGKAI_OIDC_CLIENT_ID, settings.GONGKAI_OIDC_CLIENT_SECRET
    )


@lru_cache(maxsize=4)
def _registered(issuer: str, client_id: str, secret: str) -> Any:
    registry = OAuth()
    registry.register(
        "provider",
        client_id=client_id,
        client_secret=secret,
        server_metadata_url=f"{issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={"scope": settings.GONGKAI_OIDC_SCOPE, "code_challenge_method": "S256", "timeout": 10},
    )
    return registry.provider
