"""A PostgreSQL server of one's own in a temporary directory, which ends when its user ends, however that ended."""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

from gongkai.config.supervisor import end_with_parent

_UNPRIVILEGED = "postgres"
_START_SECONDS = 60
_INITDB = ("-U", "gongkai", "-A", "trust", "-E", "UTF8", "--no-locale", "-N")
MIGRATED = "gongkai_migrated"
"""A database in which nothing has happened yet, to be copied."""


class NoPostgreSQL(RuntimeError):
    """There is no PostgreSQL server on this machine; the message says how to get one."""


def binaries() -> Path:
    """The directory of initdb and postgres: the newest of Debian's, else what is on the path. Raises NoPostgreSQL."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if debian:
        return debian[-1].parent
    found = shutil.which("initdb")
    if found is None:
        raise NoPostgreSQL("没有找到 PostgreSQL（initdb）。Debian：apt-get install postgresql")
    return Path(found).resolve().parent


@contextlib.contextmanager
def private_cluster(*, durable: bool = False, like: Path | None = None, kept_as: Path | None = None) -> Iterator[str]:
    """Start a fresh server on a unix socket and yield its DATABASE_URL; its user may create databases and set roles.

    Safe to lose (no fsync), unless it is to be ``durable`` as in production, for measuring. It stops with this process
    even on kill -9; only then its directory remains. What is in it when it has stopped can be ``kept_as`` a directory,
    and others begin ``like`` that.
    """
    programs = binaries()
    owner = _owner()
    # Short, because the path of a unix socket may not be longer than 107 bytes.
    with tempfile.TemporaryDirectory(prefix="gkpg-", dir="/tmp", ignore_cleanup_errors=True) as name:
        home = Path(name)
        if owner:
            os.chown(home, owner.pw_uid, owner.pw_gid)
        if like is not None:
            _run_as(owner, ["cp", "-a", like, home / "data"], home)
        else:
            _run_as(owner, [programs / "initdb", "-D", home / "data", *_INITDB], home)
        options = {
            "listen_addresses": "",
            "unix_socket_directories": name,
            "max_connections": "200",
            "shared_buffers": "128MB",
        }
        if not durable:
            options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        settings = [part for key, value in options.items() for part in ("-c", f"{key}={value}")]
        server = subprocess.Popen(
            [programs / "postgres", "-D", home / "data", *settings],
            stdout=(home / "log").open("wb"),
            stderr=subprocess.STDOUT,
            cwd=home,
            start_new_session=True,  # Ctrl-C is for the tests; the server stops when they have ended
            preexec_fn=end_with_parent(signal.SIGQUIT),
            **_identity(owner),
        )
        try:
            url = f"postgresql://gongkai@{quote(name, safe='')}/postgres"
            _await_answer(server, url, home / "log")
            yield url
        finally:
            server.send_signal(signal.SIGINT)  # "fast": ends sessions that are still open
            try:
                server.wait(timeout=30)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
            if kept_as is not None:
                subprocess.run(["cp", "-a", home / "data", kept_as], check=True)


def _owner() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root: the account to use instead, None when this one will do."""
    if os.geteuid() != 0:
        return None
    for name in (_UNPRIVILEGED, "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise NoPostgreSQL("以 root 运行测试时，需要名为 postgres 的用户来启动临时数据库。")


def _identity(owner: pwd.struct_passwd | None) -> dict[str, Any]:
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if owner else {}


def _run_as(owner: pwd.struct_passwd | None, command: list[str | Path], where: Path) -> None:
    done = subprocess.run(command, cwd=where, capture_output=True, text=True, **_identity(owner), check=False)
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed:\n{done.stdout}{done.stderr}")


def _await_answer(server: "subprocess.Popen[bytes]", url: str, log: Path) -> None:
    until = time.monotonic() + _START_SECONDS
    while True:
        try:
            psycopg.connect(url, connect_timeout=2).close()
            return
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text(errors='replace')}") from None
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(timeout=0.05)
