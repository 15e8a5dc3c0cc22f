"""``gongkai pages``: what an operator sees and may do."""

from typing import Any

import pytest
from django.core.management.base import CommandError
from tests.factories import editions
from tests.factories.people import Staffed
from tests.pages.reading import Site

from gongkai.config import command
from gongkai.pages.store import Store


def told(*arguments: str) -> int:
    """The exit code of ``gongkai pages`` with these arguments."""
    parser = command.build_parser(command.discover())
    options = parser.parse_args(["pages", *arguments])
    return int(command.discover()["pages"].run(options))


def test_everything_is_made_and_proven_true(
    site: Site, store: Store, at: Staffed, capsys: pytest.CaptureFixture[str]
) -> None:
    document = editions.released(at).document
    assert told("status") == 0
    assert "还没有预制网页" in capsys.readouterr().out
    assert told("build") == 0
    host = at.agency.hosts.get(primary=True).host
    lying = store.www / host / document.get_absolute_url().strip("/") / "index.html"
    assert lying.exists()
    assert told("status") == 0
    assert host in capsys.readouterr().out
    assert told("verify", "--host", host) == 0
    assert "全部一致" in capsys.readouterr().out


def test_what_differs_is_named(site: Site, store: Store, at: Staffed, capsys: pytest.CaptureFixture[str]) -> None:
    host = at.agency.hosts.get(primary=True).host
    told("build")
    (store.www / host / "index.html").write_bytes(b"<p>not what it should be</p>")
    assert told("verify") == 1
    said = capsys.readouterr().out
    assert f"{host}/\t内容不同" in said
    assert "压缩副本与网页不一致" in said


def test_another_port_does_not_take_the_pages_away(site: Site, store: Store, at: Staffed, settings: Any) -> None:
    told("build")
    before = sorted(store.www.rglob("index.html"))
    assert before
    settings.GONGKAI_PUBLIC_PORT = "9000"
    for act in ("build", "verify", "drop"):
        with pytest.raises(CommandError, match="GONGKAI_PUBLIC_PORT"):
            told(act)
    assert told("status") == 0
    assert sorted(store.www.rglob("index.html")) == before


def test_an_unknown_host_is_named_with_those_there_are(site: Site, at: Staffed) -> None:
    with pytest.raises(CommandError, match="现有"):
        told("build", "--host", "nowhere.example.cn")
