"""What every test can count on: its own database and files, quick passwords, time that stands where the story says."""

import gc
import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import dj_database_url
import hypothesis
import pytest
import time_machine
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import connection
from django.test import override_settings
from tests.flushing import content, flushing_to

pytest_plugins = ["tests.browser"]

ROOT = Path(__file__).resolve().parent.parent

# Two workers on a small machine share it with a browser: how long one example takes says nothing about the code.
hypothesis.settings.register_profile("suite", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "suite")


def pytest_collection_finish() -> None:
    """What is loaded by now stays: looking through it for garbage again and again took a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.fixture(scope="session", autouse=True)
def _test_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test writes into the data directory, sends anything, or spends time on slow password hashes."""
    data = tmp_path_factory.mktemp("data")
    (data / "static").mkdir()
    with override_settings(
        DATA_DIR=data,
        MEDIA_ROOT=data / "files",
        STATIC_ROOT=data / "static",
        GONGKAI_PREPARED_PAGES=False,  # every page as the view makes it; tests/pages has a store
        EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend",
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        # Else every test client looks through all static files first.
        WHITENOISE_AUTOREFRESH=True,
    ):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite in a file: threads of a live server need connections of their own, which memory cannot give."""
    database: dict[str, Any] = django_settings.DATABASES["default"]
    database["CONN_MAX_AGE"] = 0
    clusters = os.environ.get("GONGKAI_TEST_CLUSTERS", "").split()
    if clusters:
        # Followers wait for every transaction of their server: two workers on one would hold each other up.
        number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
        os.environ["DATABASE_URL"] = clusters[number % len(clusters)]
        database.update({key: dj_database_url.parse(os.environ["DATABASE_URL"])[key] for key in ("HOST", "PORT")})
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
        durable = database["OPTIONS"]["init_command"]
        database["OPTIONS"]["init_command"] = durable.replace("synchronous=FULL", "synchronous=OFF")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The migrated database, with a flush that gets past the append-only triggers and keeps what migrations wrote."""
    with django_db_blocker.unblock():
        seeds = content(connection)
    with flushing_to(seeds):
        yield


@pytest.fixture(autouse=True)
def _nobody_asked_before() -> None:
    """How often somebody asked is counted in the cache of the process: no test begins with what others asked."""
    cache.clear()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real data beside the checkout (``GONGKAI_SHARED`` says otherwise); without it the test is skipped."""
    directory = Path(os.environ.get("GONGKAI_SHARED", ROOT.parent / "shared")) / "data"
    if not directory.is_dir():
        pytest.skip(f"真实数据不在 {directory}（可用 GONGKAI_SHARED 指定），未运行")
    return directory


@pytest.fixture
def frozen_time() -> Iterator[Callable[[str], time_machine.Traveller]]:
    """``frozen_time("2025-03-03 09:00")``: it is now that minute in China, and stays so until the next call.

    The result moves time: ``now.shift(timedelta(days=1))``. Not for stories in a browser: waiting needs time to pass.
    """
    travels: list[time_machine.travel] = []

    def stop() -> None:
        while travels:
            travels.pop().stop()

    def at(moment: str) -> time_machine.Traveller:
        stop()
        when = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo("Asia/Shanghai"))
        travels.append(time_machine.travel(when, tick=False))
        return travels[-1].start()

    yield at
    stop()
