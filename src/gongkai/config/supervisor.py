"""Running several programs as one foreground command: start, restart what died, stop in order.

Built on one thread and one place to wait (``sigtimedwait``): signals and dead children arrive in the same loop, so
there is no handler that could interrupt anything, and no moment in which a signal is lost.

Children never outlive the supervisor. Each asks the kernel (``PR_SET_PDEATHSIG``) for a SIGTERM when its parent dies,
however that happens, and each leads a process group of its own, so that what it started itself can be ended with it.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

_PR_SET_PDEATHSIG = 1
_STOPPING = frozenset({signal.SIGTERM, signal.SIGINT, signal.SIGHUP})
_AWAITED = _STOPPING | {signal.SIGCHLD}
_LIBC = ctypes.CDLL(None, use_errno=True)


def log(line: str) -> None:
    """One line of the supervisor's own, stamped with local time."""
    print(f"{datetime.now():%H:%M:%S} {line}", flush=True)


def end_with_parent(sign: signal.Signals = signal.SIGTERM) -> Callable[[], None]:
    """A ``preexec_fn``: the child is sent `sign` when this process dies.

    Linux only. The kernel watches the thread that spawns, so it must be one that lives as long as the process.
    """
    parent = os.getpid()

    def in_child() -> None:
        signal.pthread_sigmask(signal.SIG_SETMASK, [])
        _LIBC.prctl(_PR_SET_PDEATHSIG, int(sign), 0, 0, 0)
        if os.getppid() != parent:  # the parent died before the kernel was asked
            os._exit(1)

    return in_child


@dataclass
class Child:
    """A program to keep running. Times in seconds.

    `patience` is how long it may take to finish after SIGTERM. A child that dies is started again after `pause`
    seconds, doubled with every further death up to `longest_pause`, and from the beginning again once it has run for
    `steady` seconds.
    """

    name: str
    command: Sequence[str]
    patience: float = 30.0
    pause: float = 0.5
    longest_pause: float = 30.0
    steady: float = 60.0
    process: "subprocess.Popen[bytes] | None" = field(default=None, init=False)
    start_at: float = field(default=0.0, init=False)
    _started_at: float = field(default=0.0, init=False)
    _deaths: int = field(default=0, init=False)

    def start(self) -> None:
        """Start the program in a process group of its own."""
        self.process = subprocess.Popen(self.command, start_new_session=True, preexec_fn=end_with_parent())
        self._started_at = time.monotonic()

    def ended(self) -> bool:
        """Has the program ended? If so, ends what it left behind too, which would keep its port and its locks."""
        if self.process is None:
            return True
        if os.waitid(os.P_PID, self.process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
            return False
        self.kill()
        return True

    def ask_to_finish(self) -> None:
        """SIGTERM to the program itself, which decides how to finish."""
        if self.process is not None:
            self.process.terminate()

    def kill(self) -> None:
        """End the program and everything it started, at once."""
        if self.process is None or self.process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)  # before the wait below gives its number free
        self.process.wait()

    def restart_later(self) -> float:
        """Counts a death and sets the time of the next start; returns the seconds until then."""
        now = time.monotonic()
        self._deaths = 1 if now - self._started_at >= self.steady else self._deaths + 1
        pause = min(self.pause * 2.0 ** (self._deaths - 1), self.longest_pause)
        self.process, self.start_at = None, now + pause
        return pause


class Supervisor:
    """Keeps `children` running until told to stop, then stops them in the order given, each before the next.

    `tick` is called between looks at the children, at least every `every` seconds; it must not block.
    """

    def __init__(
        self, children: Sequence[Child], *, tick: Callable[[], None] = lambda: None, every: float = 0.2
    ) -> None:
        self._children = list(children)
        self._tick = tick
        self._every = every

    def run(self) -> int:
        """Blocks until SIGINT, SIGTERM or SIGHUP. Returns 0, or 1 when something had to be killed."""
        before = signal.pthread_sigmask(signal.SIG_BLOCK, _AWAITED)
        try:
            for child in self._children:
                child.start()
            while True:
                received = signal.sigtimedwait(_AWAITED, self._every)
                if received is not None and received.si_signo in _STOPPING:
                    return self._stop()
                self._keep_running()
                self._tick()
        finally:
            for child in self._children:
                child.kill()
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def _keep_running(self) -> None:
        for child in self._children:
            if child.process is not None and child.ended():
                how = _how(child.process.returncode)
                log(f"{child.name}意外退出（{how}），{child.restart_later():g} 秒后重新启动。")
            elif child.process is None and time.monotonic() >= child.start_at:
                log(f"{child.name}重新启动。")
                child.start()

    def _stop(self) -> int:
        log("正在停止……（再按一次 Ctrl-C 立即结束）")
        orderly = True
        for child in self._children:
            orderly = self._stop_one(child) and orderly
        log("已全部停止。" if orderly else "已停止，其中有程序未能按时结束。")
        return 0 if orderly else 1

    def _stop_one(self, child: Child) -> bool:
        child.ask_to_finish()
        until = time.monotonic() + child.patience
        while not child.ended():
            left = until - time.monotonic()
            received = signal.sigtimedwait(_AWAITED, max(0.0, min(left, self._every)))
            if left <= 0 or (received is not None and received.si_signo in _STOPPING):
                log(f"{child.name}{'没有按时结束' if left <= 0 else '尚未结束'}，强制停止。")
                child.kill()
                return False
        return True


def _how(returncode: int) -> str:
    if returncode < 0:
        return f"信号 {signal.Signals(-returncode).name}"
    return f"退出码 {returncode}"
