"""The examples of the documentation are run: what is written there works."""

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories import tokens
from tests.factories.sites import City
from tests.factories.tokens import System

from gongkai.publishing.outlets.posting import signature

pytestmark = pytest.mark.django_db
DOCS = Path(__file__).resolve().parents[2] / "docs" / "integrate"
SITE = "http://localhost"


def blocks(document: str, language: str) -> list[str]:
    """Fenced examples of a document in that language."""
    return re.findall(rf"^```{language}\n(.*?)^```", (DOCS / document).read_text(encoding="utf-8"), re.M | re.S)


def curl(command: str, given: dict[str, str]) -> Any:
    """Do with the test client what the command would do; the variables are filled in as a shell would."""
    for name, value in given.items():
        command = command.replace(f"${name}", value)
    assert "$" not in command, command
    name, *words = shlex.split(command.replace("\\\n", " "))
    assert name == "curl"
    headers = {"host": "localhost"}
    form: dict[str, list[Any]] = {}
    method, url, body = "GET", "", ""
    rest = iter(words)
    for word in rest:
        if word == "-H":
            header, _, value = next(rest).partition(":")
            headers[header.lower()] = value.strip()
        elif word == "-X":
            method = next(rest)
        elif word == "-d":
            body = next(rest)
        elif word == "-F":
            key, _, part = next(rest).partition("=")
            form.setdefault(key, []).append(_part(part))
        else:
            url = word
    path = url.removeprefix(SITE)
    assert path != url, url
    if method == "GET":
        return Client().get(path, headers=headers)
    if form:
        return Client().post(path, form, headers=headers)
    return Client().post(path, body, content_type=headers.pop("content-type"), headers=headers)


def _part(part: str) -> Any:
    if not part.startswith("@"):
        return part
    content = "各有关单位：定于近期检修路灯。\n" if part.endswith(".txt") else "路段,日期\n"
    return SimpleUploadedFile(part[1:], content.encode())


@pytest.fixture
def given(city: City) -> dict[str, str]:
    answer = Client().get("/api/v1/documents?limit=5", headers={"host": "localhost"})
    return {
        "SITE": SITE,
        "AGENCY": city.at.agency.code,
        "SLUG": city.at.agency.slug,
        "CODE": city.policy.code,
        "ETAG": answer["ETag"].replace('"', '\\"'),
    }


def test_there_are_examples() -> None:
    assert len(blocks("api.md", "sh")) >= 10
    assert len(blocks("oa.md", "sh")) >= 6


@pytest.mark.parametrize("example", blocks("api.md", "sh"))
def test_an_example_of_reading_works(example: str, given: dict[str, str]) -> None:
    expected = 304 if "If-None-Match" in example else 200
    assert curl(example, given).status_code == expected


def test_the_example_of_an_error_is_what_one_gets(city: City) -> None:
    [example] = blocks("api.md", "http")
    asked, answered = example.split("\n\n")
    status, _, body = answered.partition("\n")
    answer = Client().get(asked.split()[1])
    assert answer.status_code == int(status)
    assert answer.json() == json.loads(body)


def test_the_examples_of_sending_work_one_after_the_other(city: City, given: dict[str, str]) -> None:
    given["TOKEN"] = tokens.issued(city.at)[1]
    for example in blocks("oa.md", "sh"):
        if "$ID" in example:
            found = System(given["TOKEN"]).get("/api/v1/pushes", source_id="OA-2026-0117").json()["items"]
            given["ID"] = found[0]["id"]
        answer = curl(example, given)
        expected = 200 if "-X POST" not in example or "dry_run" in example else 201
        assert answer.status_code == expected, answer.content.decode()


def test_the_message_is_told_as_it_is(city: City) -> None:
    from gongkai.publishing.api.shapes import PushState
    from gongkai.publishing.outlets.callback import FORMAT

    [example] = blocks("oa.md", "json")
    told = json.loads(example)
    assert told["format"] == FORMAT
    assert set(told) == {"format", "key", "event", "push"}
    assert set(told["push"]) <= set(PushState.model_fields)


def test_the_example_of_checking_a_signature_works() -> None:
    [example] = blocks("oa.md", "python")
    space: dict[str, Any] = {}
    exec(compile(example, "oa.md", "exec"), space)
    assert space["genuine"]("secret", b"{}", signature("secret", b"{}"))
    assert not space["genuine"]("secret", b"{ }", signature("secret", b"{}"))
