"""`gongkai serve`: the real system on a free port, from the first word to the last process."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.core.management.base import CommandError
from tests.serving import free_port
from tests.waiting import PATIENCE

from gongkai.config import serve


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with its database made and nothing in it, to be copied."""
    given = os.environ.get("GONGKAI_TEST_MIGRATED")
    # On another database these tests have a SQLite of their own all the same.
    if given and Path(given, "gongkai.sqlite3").exists():
        return Path(given)
    data = tmp_path_factory.mktemp("migrated") / "var"
    environment = {**os.environ, "GONGKAI_DATA": str(data)}
    environment.pop("DATABASE_URL", None)
    done = gongkai("migrate", environment=environment)
    assert done.returncode == 0, done.stderr
    return data


@pytest.fixture
def installation(migrated: Path, tmp_path: Path) -> dict[str, str]:
    """The environment of a fresh installation."""
    environment = {**os.environ, "GONGKAI_DATA": str(shutil.copytree(migrated, tmp_path / "var"))}
    environment.pop("DATABASE_URL", None)
    return environment


def gongkai(*arguments: str, environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "gongkai.config.command", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


class Served:
    """A running `gongkai serve`."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.port = free_port()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gongkai.config.command", "serve", "--port", str(self.port)],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        # Should it never answer, the story ends with what was said instead of never.
        self.deadline = threading.Timer(120, self.process.kill)
        self.deadline.start()
        assert self.process.stdout is not None
        self.output = self.process.stdout
        self.said = ""

    def until(self, words: str) -> None:
        for line in self.output:
            self.said += line
            if words in line:
                return
        raise AssertionError(f"{words!r} was not said:\n{self.said}")

    def status(self) -> int:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as connection:
            connection.request("GET", "/", headers={"Host": "localhost"})
            return connection.getresponse().status


@pytest.fixture
def served(installation: dict[str, str]) -> Iterator[Served]:
    running = Served(installation)
    yield running
    running.deadline.cancel()
    running.process.kill()
    running.process.wait()
    running.output.read()  # until the last child has gone: nothing may run on beside the next test
    running.output.close()


@pytest.mark.fault
def test_says_the_addresses_once_it_answers_and_stops_on_ctrl_c(served: Served) -> None:
    served.until("工作台")
    assert f"http://localhost:{served.port}/desk/" in served.said
    assert served.status() < 500
    served.process.send_signal(signal.SIGINT)
    rest = served.output.read()
    assert served.process.wait() == 0, rest
    assert "已全部停止" in rest
    serve.require_free(serve.Address("127.0.0.1", served.port))


@pytest.mark.fault
def test_kill_minus_nine_leaves_no_process_and_no_busy_port(served: Served) -> None:
    served.until("工作台")
    served.process.kill()
    served.output.read()  # end of file: web server, its workers and the background worker have all gone
    serve.require_free(serve.Address("127.0.0.1", served.port))


def test_a_busy_port_is_said_before_anything_is_started(tmp_path: Path) -> None:
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        environment = {**os.environ, "GONGKAI_DATA": str(tmp_path / "var")}
        done = gongkai("serve", "--prepare", "--port", str(port), environment=environment)
    assert done.returncode == 1
    assert f"端口 {port} 已被别的程序占用" in done.stderr
    assert f"PORT={port + 1}" in done.stderr
    assert not list(tmp_path.glob("var/*.sqlite3"))


def test_a_database_that_was_never_made_is_explained(tmp_path: Path) -> None:
    environment = {**os.environ, "GONGKAI_DATA": str(tmp_path / "var")}
    environment.pop("DATABASE_URL", None)
    (tmp_path / "var").mkdir()
    done = gongkai("serve", "--port", str(free_port()), environment=environment)
    assert done.returncode == 1
    assert "gongkai migrate" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(CommandError, match=r"不能监听 192\.0\.2\.1"):
        serve.require_free(serve.Address("192.0.2.1", 8000))


def test_pages_are_made_for_the_port_people_use(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_PUBLIC_PORT", "")
    settings.GONGKAI_PUBLIC_PORT = ""
    serve.say_the_port(serve.Address("127.0.0.1", 80))
    assert settings.GONGKAI_PUBLIC_PORT == ""
    serve.say_the_port(serve.Address("127.0.0.1", 8123))
    # The supervisor, whose stamp decides whether the pages there may stay, and the programs it starts agree.
    assert settings.GONGKAI_PUBLIC_PORT == os.environ["GONGKAI_PUBLIC_PORT"] == "8123"
    serve.say_the_port(serve.Address("127.0.0.1", 8124))
    assert settings.GONGKAI_PUBLIC_PORT == "8123"


def test_the_welcome_lists_every_site_and_the_demo_accounts(settings: object, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]
    (tmp_path / "demo-accounts.txt").write_text("撰稿　lin　demo\n", encoding="utf-8")
    said = serve.welcome(8000, [("市政府", "localhost"), ("市城管委", "csgw.localhost")])
    assert "市政府：http://localhost:8000/" in said
    assert "市城管委：http://csgw.localhost:8000/" in said
    assert "撰稿　lin　demo" in said


def test_announced_once_and_only_when_there_is_an_answer() -> None:
    said: list[str] = []
    port = free_port()
    announcement = serve.Announcement(serve.Address("0.0.0.0", port), lambda: said.append("now"))
    announcement.look()
    assert not said
    with closing(socket.create_server(("127.0.0.1", port))) as server:
        announcement.look()
        connection, _ = server.accept()
        announcement.look()
        assert not said
        with closing(connection):
            connection.recv(1024)
            connection.sendall(b"HTTP/1.0 200 OK\r\n\r\n")
        announcement.look()
        announcement.look()
    assert said == ["now"]
