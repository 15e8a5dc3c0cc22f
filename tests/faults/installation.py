"""An installation of its own for tests that kill processes: a data directory and a database nobody else uses."""

import atexit
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0  # seconds until a condition that must come true is given up on


@dataclass
class Installation:
    """Where it lives, and the processes started in it."""

    environment: dict[str, str]
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)
    stage: "subprocess.Popen[str] | None" = None

    def run(self, *arguments: str) -> str:
        """Run ``python -m <arguments>`` to its end; its output. Raises when it fails."""
        done = subprocess.run(
            [sys.executable, "-m", *arguments], cwd=ROOT, env=self.environment, capture_output=True, text=True
        )
        if done.returncode:
            raise AssertionError(f"{arguments} failed:\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def scene(self, act: str, *arguments: str) -> Any:
        """Play an act of ``scene.py`` in a process beside this one (started once); its JSON."""
        if self.stage is None:
            self.stage = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.scene"],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                start_new_session=True,
            )
        assert self.stage.stdin is not None
        assert self.stage.stdout is not None
        self.stage.stdin.write(json.dumps([act, *arguments]) + "\n")
        self.stage.stdin.flush()
        answer = self.stage.stdout.readline()
        if not answer:
            raise AssertionError(f"{act} failed; see above")
        return json.loads(answer)

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        """Start a process in its own group, to be killed whole."""
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=self.environment,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.started.append(process)
        return process

    def worker(self) -> subprocess.Popen[bytes]:
        """A worker, as in production."""
        return self.start(sys.executable, "-m", "gongkai.config.command", "worker")

    @staticmethod
    def kill(process: subprocess.Popen[bytes]) -> None:
        """kill -9, the whole group, and wait until it is gone."""
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(PATIENCE)

    def stop_all(self) -> None:
        """Leave nothing running."""
        for process in self.started:
            if process.poll() is None:
                self.kill(process)
        if self.stage is not None:
            self.stage.kill()
            self.stage.wait(PATIENCE)


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
    """Migrated by the first test of this process, for all of them; gone with the process."""
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


def until(condition: Callable[[], bool], what: str) -> None:
    """Wait for a condition; fails with what was waited for."""
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"waited in vain for: {what}")
        time.sleep(0.1)


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
