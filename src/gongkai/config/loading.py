"""What a process loads at its beginning it needs until its end: none of it is garbage."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def for_good() -> Iterator[None]:
    """Load inside: Python's collector does not look through what is there while it grows, nor ever again, not even when
    the process ends. That was a quarter of what a short command took. In a process for which this was said before
    (the one it was forked from, or whoever calls commands inside it) it says nothing new."""
    if gc.get_freeze_count():
        yield
        return
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        gc.enable()
