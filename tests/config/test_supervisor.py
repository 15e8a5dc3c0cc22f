"""The supervisor's promises, kept by real processes.

All of them write to one pipe, each line in one piece; end of file on it means that nobody is left.
"""

import os
import signal
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator

import pytest

from gongkai.config.supervisor import Child

pytestmark = pytest.mark.fault

PROGRAM = """
import os, signal, sys
name = sys.argv[1]
def stop(*_):
    os.write(1, f"{name} finishes\\n".encode())
    sys.exit()
signal.signal(signal.SIGTERM, stop)
os.write(1, f"{name} {os.getpid()}\\n".encode())
while True:
    signal.pause()
"""
STUBBORN = """
import os, signal
signal.alarm(120)  # a broken supervisor must not leave it for ever
signal.signal(signal.SIGTERM, signal.SIG_IGN)
os.write(1, f"stubborn {os.getpid()}\\n".encode())
signal.pause()
"""
PARENT = """
import os, signal
name = "parent" if os.fork() else "grandchild"
os.write(1, f"{name} {os.getpid()}\\n".encode())
signal.pause()
"""


class Running:
    """A supervisor in a process of its own, with what it and its children print."""

    def __init__(self, *children: str) -> None:
        program = textwrap.dedent(
            f"""
            import sys
            from gongkai.config.supervisor import Child, Supervisor
            sys.exit(Supervisor([{", ".join(children)}], every=0.05).run())
            """
        )
        self.process = subprocess.Popen(
            [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, start_new_session=True
        )
        # Should the supervisor hang, the story ends with what was said instead of never.
        self.deadline = threading.Timer(120, self.process.kill)
        self.deadline.start()
        assert self.process.stdout is not None
        self.output = self.process.stdout
        self.seen: list[str] = []

    def until(self, word: str) -> str:
        """The next line that has the word in it."""
        for line in self.output:
            self.seen.append(line)
            if word in line:
                return line
        raise AssertionError(f"no {word!r} in {self.seen}")

    def pid(self, name: str) -> int:
        return int(self.until(f"{name} ").split()[-1])

    def rest(self) -> str:
        """All that is still written, until nobody is left to write."""
        return self.output.read()

    def send(self, sign: signal.Signals) -> None:
        os.kill(self.process.pid, sign)


@pytest.fixture
def start() -> Iterator[type[Running]]:
    started: list[Running] = []

    class Kept(Running):
        def __init__(self, *children: str) -> None:
            super().__init__(*children)
            started.append(self)

    yield Kept
    for running in started:
        running.deadline.cancel()
        running.process.kill()
        running.process.wait()
        running.output.close()


def child(name: str, program: str = PROGRAM, **options: float) -> str:
    settings = "".join(f", {key}={value}" for key, value in options.items())
    return f"Child({name!r}, [sys.executable, '-c', {program!r}, {name!r}]{settings})"


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_stops_in_order_and_says_so(start: type[Running], sign: signal.Signals) -> None:
    running = start(child("web"), child("worker"))
    for _ in range(2):
        running.until("w")
    running.send(sign)
    rest = running.rest()
    assert running.process.wait() == 0
    assert rest.index("web finishes") < rest.index("worker finishes") < rest.index("已全部停止")


def test_a_child_that_dies_is_started_again(start: type[Running]) -> None:
    running = start(child("web", pause=0.05))
    first = running.pid("web")
    os.kill(first, signal.SIGKILL)
    assert "信号 SIGKILL" in running.until("意外退出")
    assert running.pid("web") != first
    running.send(signal.SIGTERM)
    running.rest()
    assert running.process.wait() == 0


def test_what_a_dead_child_had_started_ends_with_it(start: type[Running]) -> None:
    running = start(child("parent", PARENT, pause=3600))
    pids = {line.split()[0]: int(line.split()[1]) for line in (running.until(" "), running.until(" "))}
    os.kill(pids["parent"], signal.SIGKILL)
    running.until("意外退出")
    running.send(signal.SIGTERM)
    running.rest()  # returns only when the grandchild, too, has let go of the pipe
    assert running.process.wait() == 0


def test_nobody_is_left_when_the_supervisor_itself_is_killed(start: type[Running]) -> None:
    running = start(child("web"), child("worker"))
    for _ in range(2):
        running.until("w")
    running.send(signal.SIGKILL)
    assert running.process.wait() == -signal.SIGKILL
    rest = running.rest()
    assert "web finishes" in rest
    assert "worker finishes" in rest


def test_a_child_that_will_not_end_is_killed_and_reported(start: type[Running]) -> None:
    running = start(child("stubborn", STUBBORN, patience=0.2))
    running.pid("stubborn")
    running.send(signal.SIGTERM)
    assert "没有按时结束，强制停止" in running.rest()
    assert running.process.wait() == 1


def test_a_second_interrupt_ends_at_once(start: type[Running]) -> None:
    running = start(child("stubborn", STUBBORN, patience=3600))
    running.pid("stubborn")
    running.send(signal.SIGINT)
    running.until("正在停止")
    running.send(signal.SIGINT)
    assert "尚未结束，强制停止" in running.rest()
    assert running.process.wait() == 1


def test_the_pause_doubles_up_to_its_limit_and_begins_again_after_a_steady_time() -> None:
    failing = Child("web", ["false"], pause=1, longest_pause=6, steady=3600)
    failing.start()
    assert [failing.restart_later() for _ in range(5)] == [1, 2, 4, 6, 6]
    failing.steady = 0
    assert failing.restart_later() == 1
