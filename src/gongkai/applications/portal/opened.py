"""Which applications this browser has opened: in the session, for a while; a page asks here and nowhere else."""

from django.http import Http404, HttpRequest

from gongkai.applications.applications import Application
from gongkai.applications.powers import ApplicantActor
from gongkai.applications.queries import with_case
from gongkai.ledger import moment

_KEY = "applications"
HOURS = 2
_SECONDS = HOURS * 3600
_MOST = 20


def open_for(request: HttpRequest, application: Application) -> None:
    """This browser may see the application for the next hours. A session from before (perhaps planted) is not kept."""
    opened = _opened(request)
    request.session.cycle_key()
    opened[str(application.pk)] = int(moment.now().timestamp())
    newest = sorted(opened, key=lambda pk: opened[pk], reverse=True)[:_MOST]
    request.session[_KEY] = {pk: opened[pk] for pk in newest}


def is_open(request: HttpRequest, pk: int) -> bool:
    """Whether this browser has opened the application of that number, and not too long ago."""
    return str(pk) in _opened(request)


def close(request: HttpRequest) -> None:
    """Forget all of them."""
    request.session.pop(_KEY, None)


def application_of(request: HttpRequest, pk: int) -> tuple[Application, ApplicantActor]:
    """The application and the applicant who acts; Http404 for any that was not opened here, existing or not."""
    if str(pk) not in _opened(request):
        raise Http404("not opened in this session")
    found = with_case(Application.objects.filter(pk=pk).select_related("agency", "applicant")).first()
    if found is None:
        raise Http404("not opened in this session")
    return found, ApplicantActor(found.pk)


def _opened(request: HttpRequest) -> dict[str, int]:
    kept = request.session.get(_KEY)
    now = moment.now().timestamp()
    return {pk: at for pk, at in kept.items() if now - at < _SECONDS} if isinstance(kept, dict) else {}
