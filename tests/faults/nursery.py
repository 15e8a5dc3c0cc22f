"""Processes that begin with all of the code loaded: ``python -m tests.faults.nursery FD``.

To load it takes longer than what most fault tests do between one kill and the next. So one process of an installation
loads it once, opens neither a database nor a file nor a thread, and forks whatever is asked for at the socket: a
process like any other, with a group of its own, to be killed without the nursery noticing.
"""

import array
import importlib
import json
import os
import runpy
import socket
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

from tests.waiting import has_ended

from gongkai.config.supervisor import end_with_parent

ROOT = Path(__file__).resolve().parents[2]
_STREAMS = 3  # input, output, errors


class Forked:
    """A process of a nursery, as much like ``subprocess.Popen`` as the tests need. It is no child of ours: that it has
    ended the kernel says (pidfd), and how it ended the nursery."""

    def __init__(self, nursery: "Nursery", pid: int) -> None:
        self.pid = pid
        self._nursery = nursery
        self._end = os.pidfd_open(pid)
        self._code: int | None = None

    def poll(self) -> int | None:
        """The exit code, minus the number of the signal that killed it; None while it runs."""
        return self.wait() if self._has_ended(0) else None

    def wait(self, timeout: float | None = None) -> int:
        """The exit code, once there is one. Raises TimeoutExpired (seconds)."""
        if self._code is None:
            if not self._has_ended(timeout):
                raise subprocess.TimeoutExpired(f"process {self.pid}", timeout or 0)
            self._code = self._nursery.code_of(self.pid)
            os.close(self._end)
        return self._code

    def _has_ended(self, timeout: float | None) -> bool:
        return self._code is not None or has_ended(self._end, timeout)


class Nursery:
    """The process beside a test that forks for it."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.nursery", str(theirs.fileno())],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )

    def start(self, *arguments: str, streams: tuple[int, int, int]) -> Forked:
        """``python -m <arguments>`` with these file descriptors as input, output and errors."""
        files = array.array("i", streams)
        self._socket.sendmsg(
            [json.dumps({"start": arguments}).encode()], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, files)]
        )
        return Forked(self, self._answer())

    def code_of(self, pid: int) -> int:
        """How a process ended that has."""
        self._socket.sendall(json.dumps({"reap": pid}).encode())
        return self._answer()

    def close(self) -> None:
        """Nothing more will be asked for."""
        self._socket.close()
        self._process.wait()

    def _answer(self) -> int:
        answer = self._socket.recv(100)
        if not answer:
            raise AssertionError("the nursery has ended; see above")
        return int(answer)


def serve(asked: socket.socket) -> list[str]:
    """Fork until the other side is gone. In a forked process: returns what it is to do."""
    bound = end_with_parent()  # where the tests end at once, nobody is left to stop what they started
    room = socket.CMSG_SPACE(_STREAMS * array.array("i").itemsize)
    while True:
        message, ancillary, _, _ = asked.recvmsg(1 << 16, room)
        if not message:
            return []
        wanted: dict[str, Any] = json.loads(message)
        if "reap" in wanted:
            answer = os.waitstatus_to_exitcode(os.waitpid(wanted["reap"], 0)[1])
        else:
            streams = list(array.array("i", ancillary[0][2]))
            answer = os.fork()
            if not answer:
                bound()
                _become(streams)
                return list(wanted["start"])
            os.setpgid(answer, answer)  # before anybody is told whom to kill
            for one in streams:
                os.close(one)
        asked.sendall(str(answer).encode())


def _become(streams: list[int]) -> None:
    os.setpgid(0, 0)
    for number, one in enumerate(streams):
        os.dup2(one, number)
        os.close(one)


def load() -> None:
    """All that scenes and commands load, also what they load late."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    import django

    from gongkai.config import loading

    with loading.for_good():
        django.setup()
        from gongkai.config import command

        command.discover()
        for name in ("gongkai.config.urls", "pypinyin", "rjieba", "tests.faults.scene"):
            importlib.import_module(name)


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as asked:
        load()
        sys.argv = serve(asked)
    if sys.argv:
        # Loaded already, and run once more as the program it is.
        warnings.filterwarnings("ignore", category=RuntimeWarning, module="runpy")
        runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
