"""The running system: the web server and the worker under one supervisor, and what is said once they answer."""

import errno
import os
import select
import shutil
import socket
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connections

from gongkai.agencies import queries as agencies
from gongkai.config.supervisor import Child, Supervisor, log
from gongkai.pages import installation

_WEB_PATIENCE = 15  # seconds an answer under way may still take
_WORKER_PATIENCE = 60  # seconds for the entry at hand


@dataclass(frozen=True)
class Address:
    """Where the web server listens."""

    host: str
    port: int

    @property
    def family(self) -> socket.AddressFamily:
        """IPv6 when the host is written that way."""
        return socket.AF_INET6 if ":" in self.host else socket.AF_INET

    @property
    def reachable(self) -> str:
        """The host under which this machine itself reaches it."""
        return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104 - compared, not bound


def require_free(address: Address) -> None:
    """Raises CommandError when the port cannot be listened on, before anything is started."""
    with closing(socket.socket(address.family)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address.host, address.port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise CommandError(
                    f"端口 {address.port} 已被别的程序占用（也许本系统已经启动）。"
                    f"请先停止它，或换一个端口：make run PORT={address.port + 1}"
                ) from None
            if error.errno == errno.EACCES:
                raise CommandError(
                    f"当前用户无权使用端口 {address.port}，请用 1024 以上的端口，并由 nginx 转发。"
                ) from None
            raise CommandError(f"不能监听 {address.host}:{address.port}：{error.strerror}") from None


def programs(address: Address, workers: int) -> list[Child]:
    """The web server first, so that it is also the first to stop: no request may come when the worker is gone."""
    beside = Path(sys.executable).parent
    granian = shutil.which("granian", path=str(beside)) or shutil.which("granian")
    if granian is None:
        raise CommandError("没有找到 granian。请重新运行 make run，或按 requirements.lock 安装。")
    web = [granian, "--interface", "wsgi", "--host", address.host, "--port", str(address.port)]
    web += ["--workers", str(workers), "--respawn-failed-workers", "--workers-kill-timeout", str(_WEB_PATIENCE - 5)]
    web += ["--blocking-threads", str(_threads())]
    web += ["--no-ws", "--log-level", "warning", "gongkai.config.wsgi:application"]
    worker = [sys.executable, "-m", "gongkai.config.command", "worker"]
    return [
        Child("网站服务", web, patience=_WEB_PATIENCE),
        Child("后台任务", worker, patience=_WORKER_PATIENCE),
    ]


def _threads() -> int:
    """Threads of each web process: enough to wait for the database beside computing.

    Each keeps a database connection, so there must be far fewer than PostgreSQL's 100 over all processes.
    """
    return min(2 * (os.cpu_count() or 1) + 1, 16)


def say_the_port(address: Address) -> None:
    """Without a server in front the port stands in every address that people see, and so in prepared pages: for the
    programs to be started, and for this one, whose stamp of the pages must be theirs."""
    if settings.GONGKAI_PUBLIC_PORT or address.port == 80 or settings.PRODUCTION:
        return
    settings.GONGKAI_PUBLIC_PORT = os.environ["GONGKAI_PUBLIC_PORT"] = str(address.port)


def run(address: Address, workers: int) -> int:
    """Serves until told to stop; returns the exit code. `address` must be free."""
    sites = site_names()
    say_the_port(address)
    store = installation.store()
    if store is not None:
        store.adopt(installation.stamp())  # before the first answer: pages of another version must not be sent
    connections.close_all()  # children open their own; a supervisor holding one would only pin it
    log("正在启动网站服务与后台任务……")
    announcement = Announcement(address, lambda: print(welcome(address.port, sites), flush=True))
    return Supervisor(programs(address, workers), tick=announcement.look).run()


def site_names() -> list[tuple[str, str]]:
    """(short name, host) of every site of the installation, the city's portal first."""
    hosts = agencies.hosts_by_agency()
    sites = [(agency, hosts[agency.pk]) for agency in agencies.agencies_on() if agency.pk in hosts]
    return [(agency.short_name, host) for agency, host in sorted(sites, key=lambda site: not site[0].is_city)]


def welcome(port: int, sites: list[tuple[str, str]]) -> str:
    """What the person at the terminal needs to begin."""
    suffix = "" if port == 80 else f":{port}"
    city = settings.GONGKAI_CITY_HOST
    lines = ["", "系统已启动，按 Ctrl-C 停止。", ""]
    lines += [f"  {name}：http://{host}{suffix}/" for name, host in sites] or [f"  网站：http://{city}{suffix}/"]
    lines += [f"  工作台：http://{city}{suffix}/desk/"]
    accounts = settings.DATA_DIR / "demo-accounts.txt"
    if accounts.exists():
        lines += ["", f"演示账号（保存在 {accounts}）：", ""]
        lines += [f"  {line}" for line in accounts.read_text(encoding="utf-8").splitlines()]
    return "\n".join([*lines, ""])


class Announcement:
    """Says once that the site answers, as soon as it does. A look takes no time: the answer is awaited across looks."""

    def __init__(self, address: Address, say: Callable[[], None]) -> None:
        self._address = address
        self._say = say
        self._asked: socket.socket | None = None
        self._done = False

    def look(self) -> None:
        """Ask, or see whether the answer is there."""
        if self._done:
            return
        if self._asked is None:
            self._asked = self._ask()
        elif select.select([self._asked], [], [], 0)[0]:
            answer = self._answer(self._asked)
            self._asked = None
            if answer.startswith(b"HTTP/"):
                self._done = True
                self._say()
                if answer.split()[1].startswith(b"5"):
                    log("注意：首页返回了错误，请查看上面的日志。")

    def _ask(self) -> socket.socket | None:
        asked = socket.socket(self._address.family)
        try:
            asked.settimeout(1)
            asked.connect((self._address.reachable, self._address.port))
            asked.sendall(f"GET / HTTP/1.0\r\nHost: {settings.GONGKAI_CITY_HOST}\r\n\r\n".encode())
        except OSError:  # not listening yet
            asked.close()
            return None
        return asked

    @staticmethod
    def _answer(asked: socket.socket) -> bytes:
        with closing(asked):
            try:
                return asked.recv(64)
            except OSError:  # the server went away while answering; it will be asked again
                return b""
