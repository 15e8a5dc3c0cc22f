"""An installation of its own for tests that kill processes: a data directory and a database nobody else uses."""

import atexit
import json
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import IO, Any, Protocol, TextIO
from uuid import uuid4

import psycopg
from psycopg import sql
from tests.faults.browsing import Browser, NoAnswer
from tests.faults.nursery import ROOT, Nursery
from tests.postgres import MIGRATED
from tests.waiting import PATIENCE, has_ended, until

from gongkai.config import serve


class Running(Protocol):
    """A process: ours, or one of the nursery's."""

    pid: int

    def poll(self) -> int | None: ...
    def wait(self, timeout: float | None = None) -> int: ...


@dataclass
class Installation:
    """Where it lives, and the processes started in it."""

    environment: dict[str, str]
    started: list[Running] = field(default_factory=list)
    others: list["Installation"] = field(default_factory=list)

    def seeing(self, environment: dict[str, str]) -> "Installation":
        """The same installation as processes see it that have more in their environment."""
        other = Installation(self.environment | environment)
        self.others.append(other)
        return other

    def run(self, *arguments: str) -> str:
        """Run ``python -m <arguments>`` to its end; its output. Raises when it fails."""
        with open(os.devnull) as nothing, _kept() as output, _kept() as errors:
            streams = (nothing.fileno(), output.fileno(), errors.fileno())
            failed = self._nursery.start(*arguments, streams=streams).wait()
            if failed:
                raise AssertionError(f"{arguments} failed:\n{_said(output)}\n{_said(errors)}")
            return _said(output)

    def scene(self, act: str, *arguments: str) -> Any:
        """Play an act of ``scene.py`` in a process beside this one (started once); its JSON."""
        told, heard = self._stage
        told.write(json.dumps([act, *arguments]) + "\n")
        told.flush()
        answer = heard.readline()
        if not answer:
            raise AssertionError(f"{act} failed; see above")
        return json.loads(answer)

    def begin(self, *arguments: str) -> Running:
        """Begin ``python -m <arguments>``, in its own group."""
        with open(os.devnull, "r+") as nothing:
            process = self._nursery.start(*arguments, streams=(nothing.fileno(),) * 3)
        self.started.append(process)
        return process

    def worker(self) -> Running:
        """A worker, as in production."""
        return self.begin("gongkai.config.command", "worker")

    def web(self, port: int, processes: int = 2) -> Running:
        """A web server, as ``gongkai serve`` starts it, answering; what its processes would load they find loaded."""
        command = serve.programs(serve.Address("127.0.0.1", port), processes)[0].command
        process = self.begin("granian", *command[1:])
        until(lambda: _answers(port), "the web server answering")
        return process

    @staticmethod
    def kill(process: Running) -> None:
        """kill -9, the whole group, and wait until all of it is gone: killed processes hold their port, their files
        and their locks until it is their turn to end."""
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        for member in _members(process.pid):
            with suppress(ProcessLookupError):
                end = os.pidfd_open(member)
                try:
                    if not has_ended(end, PATIENCE):
                        raise AssertionError(f"process {member} was killed and goes on")
                finally:
                    os.close(end)
        process.wait(PATIENCE)

    def stop_all(self) -> None:
        """Leave nothing running, whatever stopping one of them runs into."""
        with ExitStack() as leaving:  # last in, first out
            if "_nursery" in self.__dict__:
                leaving.callback(self._nursery.close)
            for stream in self.__dict__.get("_stage", ()):
                leaving.callback(stream.close)
            for process in self.started:
                leaving.callback(self._stop, process)
            for other in self.others:
                leaving.callback(other.stop_all)

    def _stop(self, process: Running) -> None:
        if process.poll() is None:
            self.kill(process)

    @cached_property
    def _nursery(self) -> Nursery:
        return Nursery(self.environment)

    @cached_property
    def _stage(self) -> tuple[TextIO, TextIO]:
        """Where the scene is told what to play, and where it answers."""
        (read, tell), (hear, write) = os.pipe(), os.pipe()
        self.started.append(self._nursery.start("tests.faults.scene", streams=(read, write, 2)))
        os.close(read)
        os.close(write)
        return open(tell, "w"), open(hear)


def _members(group: int) -> list[int]:
    """The processes of a group, which no longer grows once it is killed."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            # After the name, which may hold anything: state, parent, group.
            if int((entry / "stat").read_text().rpartition(")")[2].split()[2]) == group:
                found.append(int(entry.name))
    return found


def _kept() -> IO[str]:
    return tempfile.TemporaryFile("w+")


def _said(kept: IO[str]) -> str:
    kept.seek(0)
    return kept.read()


@contextmanager
def installation(directory: Path) -> Iterator[Installation]:
    """A migrated installation on the database kind under test, removed at the end."""
    server = os.environ.get("DATABASE_URL", "")
    pattern = _pattern(server)
    shutil.copytree(pattern.directory, directory, dirs_exist_ok=True)
    with _database(server, pattern.database) if server else _nothing() as url:
        made = Installation(_environment(directory, url))
        try:
            yield made
        finally:
            made.stop_all()


@dataclass(frozen=True)
class Pattern:
    """A migrated installation that nothing has happened in, to be copied."""

    directory: Path
    database: str


@cache
def _pattern(server: str) -> Pattern:
    """What the tests were given, else migrated by the first test of this process, for all of them; gone with it."""
    if given := os.environ.get("GONGKAI_TEST_MIGRATED"):
        return Pattern(Path(given), MIGRATED)
    directory = Path(tempfile.mkdtemp(prefix="gongkai-pattern-"))
    atexit.register(shutil.rmtree, directory, ignore_errors=True)
    leaving = ExitStack()
    atexit.register(leaving.close)
    url = leaving.enter_context(_database(server)) if server else ""
    Installation(_environment(directory, url)).run("gongkai.config.command", "migrate")
    return Pattern(directory, url.rsplit("/", 1)[-1])


def _environment(directory: Path, url: str) -> dict[str, str]:
    # The code beside these tests, even when another checkout is the one installed.
    path = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
    environment = {**os.environ, "GONGKAI_DATA": str(directory), "PYTHONPATH": path}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    return environment | ({"DATABASE_URL": url} if url else {})


def _answers(port: int) -> bool:
    try:
        return bool(Browser(port, "fault.localhost").get("/desk/sign-in/"))
    except NoAnswer:
        return False


@contextmanager
def _database(server: str, pattern: str = "template1") -> Iterator[str]:
    """A database of the server, made as a copy of another."""
    name = f"fault_{uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        copied = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(pattern))
        connection.execute(copied)
        try:
            yield server.rsplit("/", 1)[0] + f"/{name}"
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def _nothing() -> Iterator[str]:
    yield ""
