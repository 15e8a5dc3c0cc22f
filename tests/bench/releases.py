"""From the release to everything downstream having followed, with a worker running as in production."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from tests.bench.figures import Spread
from tests.bench.populate import City
from tests.factories import editions

from gongkai.catalog.editions import Edition
from gongkai.ledger import followers
from gongkai.ledger.entries import Entry
from gongkai.ledger.positions import Position
from gongkai.procedures.engine import fire
from gongkai.publishing.actions.settings import set_outlet
from gongkai.publishing.parcels import Delivery, DeliveryState
from gongkai.publishing.procedures import EDITION

_PATIENCE_SECONDS = 30.0
_LOOK_SECONDS = 0.002


def release_to_followed(city: City, times: int) -> dict[str, Any]:
    """Spreads of: the release itself, until every follower is past its entry, until the outlet has it."""
    at = city.measured
    set_outlet(at.agency, "exchange", enabled=True, settings={"folder": "bench"}, by=at.disclosure_head)
    ready = [editions.approved(at, title=f"关于第{number + 1}处管网检修的公告") for number in range(times + 1)]
    with _worker():
        samples = [_one(city, edition) for edition in ready][1:]  # the first one finds the worker cold
    names = ("fired", "followed", "delivered")
    return {name: Spread.of([one[place] for one in samples]).as_dict() for place, name in enumerate(names)}


def _one(city: City, edition: Edition) -> tuple[float, float, float]:
    begin = time.perf_counter()
    entry = fire(EDITION, edition, "release", by=city.measured.disclosure_officer).entry
    fired = time.perf_counter()
    place = Entry.objects.values_list("xid", "id").get(pk=entry.pk)
    wanted = len(followers.all_followers())
    _until(lambda: sum(one >= place for one in Position.objects.values_list("xid", "entry")) == wanted)
    followed = time.perf_counter()
    _until(Delivery.objects.filter(entry_id=entry.pk, state=DeliveryState.SENT).exists)
    delivered = time.perf_counter()
    return fired - begin, followed - fired, delivered - fired


def _until(condition: Callable[[], bool]) -> None:
    end = time.perf_counter() + _PATIENCE_SECONDS
    while not condition():
        if time.perf_counter() > end:
            raise TimeoutError("the worker did not follow")
        time.sleep(_LOOK_SECONDS)  # how often it is looked, and so the resolution of the measurement


@contextmanager
def _worker() -> Iterator[None]:
    process = subprocess.Popen([sys.executable, "-m", "gongkai.config.command", "worker"])
    try:
        _until(lambda: all(followers.lag(one) == 0 for one in followers.all_followers()))
        yield
    finally:
        process.terminate()
        process.wait(_PATIENCE_SECONDS)
