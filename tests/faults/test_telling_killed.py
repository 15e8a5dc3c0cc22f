"""kill -9 of the worker while the provider has a message and has not answered: it is not sent a second time."""

import threading
from pathlib import Path

import pytest
from tests.faults.installation import installation
from tests.telling import provider as fake
from tests.waiting import until

pytestmark = pytest.mark.fault

PEOPLE = 6


def test_a_worker_killed_between_sending_and_noting_tells_nobody_twice(tmp_path: Path) -> None:
    with installation(tmp_path) as here, fake.running() as provider:
        here.environment |= {
            "GONGKAI_SMS_PROVIDER": "aliyun",
            "GONGKAI_SMS_ENDPOINT": provider.url,
            "GONGKAI_SMS_KEY_ID": fake.KEY_ID,
            "GONGKAI_SMS_KEY_SECRET": fake.SECRET,
        }
        here.scene("tell", str(PEOPLE))
        for taken in (1, 2):  # killed with the first message on the way, and again with the second
            provider.hangs = threading.Event()
            worker = here.worker()
            until(lambda number=taken: len(provider.sent) == number, "a message that the provider has taken")  # type: ignore[misc]
            here.kill(worker)
            provider.hangs.set()
            assert here.scene("told")["states"].get("sent", 0) == taken - 1
            here.scene("lease_over")
        provider.hangs = None
        here.worker()
        until(lambda: here.scene("told")["states"] == {"sent": PEOPLE}, "everybody told")
        assert len({one["PhoneNumbers"] for one in provider.sent}) == len(provider.sent) == PEOPLE
        assert here.scene("told")["attempts"] == [1] * (PEOPLE - 2) + [2, 2]
        assert provider.refused == []
