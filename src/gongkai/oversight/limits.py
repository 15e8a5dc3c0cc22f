"""How much anybody may have checked: how often, how large, how many at once. Reading a PDF costs a second or more."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.http import HttpRequest
from django_ratelimit.core import get_usage

from gongkai.interfaces.limits import client_address

CHECKS = "20/10m"
"""Reports one side may have checked; the page and the interface count together."""
LARGEST_BYTES = 20 * 1024 * 1024
"""A text report has some hundred kilobytes; what is larger is scanned or full of photographs."""
LONGEST_TEXT = 2_000_000
"""Characters of what is pasted; a page of a portal copied with all its markup has some hundred thousand."""
_AT_ONCE = threading.BoundedSemaphore(2)
_PATIENCE_SECONDS = 20


class Busy(Exception):
    """Others are having their reports checked."""


def wait(request: HttpRequest) -> int:
    """Count this request; how many seconds to wait when there were too many, else 0."""
    usage = get_usage(
        request, group="oversight.checks", key=lambda *_: client_address(request), rate=CHECKS, increment=True
    )
    return max(1, int(usage["time_left"])) if usage is not None and usage["should_limit"] else 0


@contextmanager
def room() -> Iterator[None]:
    """Read one of at most two reports at once in this process. Raises Busy after some seconds."""
    if not _AT_ONCE.acquire(timeout=_PATIENCE_SECONDS):
        raise Busy
    try:
        yield
    finally:
        _AT_ONCE.release()
