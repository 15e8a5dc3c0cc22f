"""What holds of every address: conditional requests, other people's pages, limits, errors of one shape, no cookies."""

from typing import Any

import pytest
from django.test import Client
from tests.factories.sites import City

pytestmark = pytest.mark.django_db
DOCUMENTS = "/api/v1/documents"


def test_what_did_not_change_is_not_sent_again(client: Client, city: City) -> None:
    first = client.get(DOCUMENTS)
    again = client.get(DOCUMENTS, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert not again.content
    assert again["Access-Control-Allow-Origin"] == "*"
    assert first["Cache-Control"] == "public, no-cache"
    assert "Cookie" not in first.get("Vary", "")
    assert not first.cookies


def test_head_says_what_get_would(client: Client, city: City) -> None:
    assert client.head(DOCUMENTS)["ETag"] == client.get(DOCUMENTS)["ETag"]


def test_any_page_may_read_and_none_may_send(client: Client, city: City) -> None:
    allowed = client.options(DOCUMENTS)
    assert allowed["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert client.get(DOCUMENTS)["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in allowed


@pytest.mark.parametrize("path", ["/api/v1/", "/api/v1/nothing", "/api/v1/documents/a/b/c"])
def test_an_address_that_is_none_answers_in_the_same_shape(client: Client, city: City, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


def test_a_wrong_method_says_the_right_ones(client: Client, city: City) -> None:
    answer = client.delete(DOCUMENTS)
    assert (answer.status_code, answer["Allow"]) == (405, "GET")
    assert answer.json()["status"] == 405


def test_who_asks_too_often_is_told_when_to_come_back(client: Client, city: City, limited: None, settings: Any) -> None:
    settings.GONGKAI_API_PER_MINUTE = 3
    answers = [client.get("/api/v1/types") for _ in range(4)]
    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    assert 1 <= int(answers[-1]["Retry-After"]) <= 60
    assert "秒后再试" in answers[-1].json()["detail"]
    assert client.get("/api/v1/types", REMOTE_ADDR="10.1.1.1").status_code == 200


def test_behind_a_proxy_everybody_is_counted_alone(client: Client, city: City, limited: None, settings: Any) -> None:
    settings.GONGKAI_API_PER_MINUTE, settings.GONGKAI_PROXIES = 1, 1
    for address in ("203.0.113.5", "203.0.113.6"):
        assert client.get("/api/v1/types", headers={"x-forwarded-for": address}).status_code == 200
    forged = client.get("/api/v1/types", headers={"x-forwarded-for": "198.51.100.9, 203.0.113.5"})
    assert forged.status_code == 429


def test_a_fault_of_ours_is_told_as_such(city: City, monkeypatch: Any) -> None:
    client = Client(raise_request_exception=False)
    monkeypatch.setattr("gongkai.catalog.doctypes.all_types", lambda: 1 / 0)
    answer = client.get("/api/v1/types")
    assert answer.status_code == 500
    assert answer.json()["title"] == "系统出现故障"
    with pytest.raises(ZeroDivisionError):
        Client().get("/api/v1/types")


def test_the_schema_is_whole(client: Client, city: City) -> None:
    schema = client.get("/api/v1/openapi.json").json()
    assert schema["openapi"] == "3.1.0"
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            assert operation["responses"]["4XX"], path
            for said in (operation["summary"], operation["description"]):
                assert any("一" <= letter <= "鿿" for letter in said), (path, method)


def test_a_request_that_is_too_large_is_not_read(client: Client, city: City, settings: Any) -> None:
    settings.GONGKAI_UPLOAD_MAX_BYTES = 10
    body = b"x" * (2 * 1024 * 1024)
    assert client.post(DOCUMENTS, body, content_type="application/json").status_code == 413
