"""Whatever is asked that the schema allows, and much that it does not: no failure of ours, no answer that is untold.

A bounded number of examples for every operation, in this process. Strange identities come from schemathesis; real ones
are put in by hand, so that what lies behind them is looked at too.
"""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import checks
from schemathesis.generation import GenerationMode
from tests.factories import tokens
from tests.factories.sites import City
from tests.factories.tokens import System

from gongkai.config.api import api
from gongkai.oversight.annual_report import apart, apart_work
from gongkai.publishing.pushes import Push

pytestmark = pytest.mark.django_db
SCHEMA = schemathesis.openapi.from_dict(api.get_openapi_schema(path_prefix="/api/v1/"))
APPLICATION = get_wsgi_application()
OPERATIONS = {one.ok().definition.raw["operationId"]: one.ok() for one in SCHEMA.get_all_operations()}
EXAMPLES = 6
CHECKS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.response_headers_conformance,
]
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)


@pytest.fixture
def server() -> Iterator[Any]:
    """The application. The connection stays open between requests, as it does for Django's own test client: what these
    tests look at is in a transaction of theirs."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield APPLICATION
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture(autouse=True)
def _reports_are_read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not in a process each: these look at what is answered."""
    monkeypatch.setattr(apart, "_answer", lambda asked, limits: apart_work.answered(asked))


@pytest.fixture
def secret(city: City) -> str:
    """A token, and something that was sent with it."""
    _, secret = tokens.issued(city.at)
    assert System(secret).push(tokens.draft()).status_code == 201
    return secret


def tried(server: Any, operation: Any, secret: str, mode: GenerationMode, **fixed: Any) -> None:
    headers = {"Authorization": f"Bearer {secret}"} if operation.definition.raw.get("security") else {}

    @given(case=operation.as_strategy(generation_mode=mode, **fixed))
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def one(case: Any) -> None:
        response = case.call(headers=headers, app=server, base_url="http://localhost")
        case.validate_response(response, checks=CHECKS, headers=headers)

    one()


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_nothing_that_is_asked_fails(name: str, secret: str, server: Any) -> None:
    asks = OPERATIONS[name].definition.raw
    for mode in MODES if asks["parameters"] or "requestBody" in asks else MODES[:1]:
        tried(server, OPERATIONS[name], secret, mode)


def test_what_lies_behind_real_addresses_is_as_told(city: City, secret: str, server: Any) -> None:
    documents = [city.policy, city.withdrawn, city.revoked, city.offline, city.merged, city.draft.document]
    sent = Push.objects.get().code
    real: dict[str, list[dict[str, Any]]] = {
        "document": [{"code": one.code} for one in documents],
        "edition": [{"code": city.policy.code, "number": number} for number in (1, 2, 3)],
        "push_state": [{"id": sent}],
    }
    for name in ("agency", "columns", "topics", "matters"):
        real[name] = [{"code": city.at.agency.code}, {"code": city.merged.agency.code}]
    for name, paths in real.items():
        for path in paths:
            tried(server, OPERATIONS[name], secret, GenerationMode.POSITIVE, path_parameters=path)
