"""Waiting for what must come, and giving up only when it does not."""

import select
import time
from collections.abc import Callable

PATIENCE = 60.0
"""Seconds. On a small machine with much else to do, what comes late is still what comes."""


def until(condition: Callable[[], bool], what: str) -> None:
    """Wait for a condition; fails with what was waited for."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, f"waited in vain for: {what}"
        time.sleep(0.1)


def has_ended(process: int, timeout: float | None) -> bool:
    """Whether the process behind this descriptor (``os.pidfd_open``) has ended, or does within so many seconds."""
    return bool(select.select([process], [], [], timeout)[0])
