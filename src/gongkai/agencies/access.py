"""Who may open a desk page: signed in, in use, second factor where it is demanded, in one of the roles."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from gongkai.agencies.officers import Officer
from gongkai.agencies.queries import access_own_agency

SECOND_FACTOR_DUE = "second_factor_due"
"""Session key: this person has a second factor and has not shown it yet."""

View = Callable[..., HttpResponse]


class DeskRequest(HttpRequest):
    """A request whose user is known to be an officer; what desk views receive."""

    user: Officer


def desk_view(*roles: str) -> Callable[[View], View]:
    """Guard a desk view. Without roles every officer may open it; with roles, holders of one of them.

    Anybody else gets the sign-in page, the password page or the second-factor page first, or a refusal that says who
    uses the page. The view still reads through ``access_*`` functions: this guards the door, not the cupboards.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            way = _way_before(request)
            if way is not None:
                return way
            if roles:
                access_own_agency(cast(Officer, request.user), roles)
            return view(request, *args, **kwargs)

        guarded.desk_roles = roles  # type: ignore[attr-defined] # read by the test that walks every desk address
        return guarded

    return guard


def _way_before(request: HttpRequest) -> HttpResponse | None:
    user = request.user
    here = urlencode({"next": request.get_full_path()})
    if not user.is_authenticated or not isinstance(user, Officer):
        return HttpResponseRedirect(f"{settings.LOGIN_URL}?{here}")
    if user.must_change_password:
        return HttpResponseRedirect(reverse("staff:password"))
    factor_due = settings.GONGKAI_REQUIRE_TOTP or request.session.get(SECOND_FACTOR_DUE, True)
    if factor_due and not user.is_verified():  # type: ignore[attr-defined] # set by OTPMiddleware
        return HttpResponseRedirect(f"{reverse('staff:totp')}?{here}")
    return None
