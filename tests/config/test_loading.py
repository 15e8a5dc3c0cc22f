"""What is loaded for good is not looked through for garbage, and everything that comes later is."""

import gc
import subprocess
import sys

import pytest

from gongkai.config import loading

pytestmark = pytest.mark.one_database

OF_A_PROCESS = """
import gc, weakref
from gongkai.config import loading

class Knot:
    def __init__(self):
        self.itself = self

with loading.for_good():
    assert not gc.isenabled()
    kept = [Knot() for _ in range(1000)]
assert gc.isenabled()
frozen = gc.get_freeze_count()
assert frozen >= 1000
later = weakref.ref(Knot())
gc.collect()
assert later() is None
with loading.for_good():
    assert gc.isenabled()
    more = [Knot() for _ in range(1000)]
assert gc.get_freeze_count() <= frozen
"""

OF_ONE_THAT_FAILS = """
import gc
from gongkai.config import loading

try:
    with loading.for_good():
        raise ImportError
except ImportError:
    assert gc.isenabled() and not gc.get_freeze_count()
else:
    raise AssertionError("the error is lost")
"""


@pytest.mark.parametrize("script", [OF_A_PROCESS, OF_ONE_THAT_FAILS])
def test_what_is_loaded_is_no_garbage_and_what_comes_later_may_be(script: str) -> None:
    subprocess.run([sys.executable, "-c", script], check=True)


def test_whoever_calls_commands_inside_a_process_keeps_its_own_arrangement() -> None:
    frozen = gc.get_freeze_count()
    assert frozen, "the tests themselves are loaded for good"
    with loading.for_good():
        assert gc.isenabled()
    assert gc.get_freeze_count() <= frozen
