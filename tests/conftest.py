"""What every test can count on: its own database and files, quick passwords, time that stands where the story says."""

import gc
import logging
import os
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import dj_database_url
import hypothesis
import psycopg
import pytest
import time_machine
from django.conf import settings as django_settings
from django.core.cache import caches
from django.db import connection
from django.test import client, override_settings
from django_ratelimit import core as ratelimit
from psycopg import sql
from tests.flushing import content, flushing_to
from tests.postgres import MIGRATED

pytest_plugins = ["tests.browser"]

ROOT = Path(__file__).resolve().parent.parent
MADE = os.environ.get("GONGKAI_TEST_MIGRATED", "")
"""The data directory of an installation that is migrated already, of which tests may begin with a copy."""

# Two workers on a small machine share it with a browser: how long one example takes says nothing about the code.
_SUITE = hypothesis.settings(deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.register_profile("suite", _SUITE)
hypothesis.settings.register_profile("ci", _SUITE, derandomize=True, print_blob=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "suite")


gc.disable()
"""Until everything is loaded, none of which is garbage."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What lasts longest begins first: begun last, it would be waited for by all the others. xdist cuts the list into
    one piece for each worker, so that one does them one after the other: they wait more than they compute."""
    items.sort(key=lambda one: not ({"fault", "long"} & {mark.name for mark in one.iter_markers()}))


def pytest_collection_finish() -> None:
    """What is loaded by now stays: looking through it for garbage again and again took a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    gc.enable()


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
        # A test that sets Django up again must not bring back the console's handler, see below.
        LOGGING_CONFIG=None,
        # Else every test client looks through all static files first.
        WHITENOISE_AUTOREFRESH=True,
    ):
        yield


@pytest.fixture(scope="session", autouse=True)
def _nothing_to_the_console() -> None:
    """pytest keeps what is logged and tells it with a failure. The console's handler was made while pytest loaded
    Django, and writes into what pytest has closed since: every refused request became a traceback nobody reads."""
    root = logging.getLogger()
    for handler in [one for one in root.handlers if type(one) is logging.StreamHandler]:
        root.removeHandler(handler)


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
        file = tmp_path_factory.mktemp("database") / "test.sqlite3"
        database.setdefault("TEST", {})["NAME"] = str(file)
        if MADE:
            shutil.copy(Path(MADE, "gongkai.sqlite3"), file)
        durable = database["OPTIONS"]["init_command"]
        # Nor files for every savepoint: one begins and ends around each test, and many inside.
        quick = "synchronous=OFF; PRAGMA temp_store=MEMORY"
        database["OPTIONS"]["init_command"] = durable.replace("synchronous=FULL", quick)
    elif MADE:
        names = [sql.Identifier(name) for name in (connection.creation._get_test_db_name(), MIGRATED)]  # type: ignore[attr-defined]
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
            server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*names))


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb: bool) -> bool:
    """What is already migrated is not made anew."""
    return bool(MADE) or django_db_keepdb


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The migrated database, with a flush that gets past the append-only triggers and keeps what migrations wrote."""
    with django_db_blocker.unblock():
        seeds = content(connection)
    with flushing_to(seeds):
        yield


@pytest.fixture(scope="session", autouse=True)
def _contexts_of_pages_only() -> Iterator[None]:
    """Django's test client copies the context of every template: of a page, and of the hundreds of components in it,
    which no test looks at and which took a tenth of the time."""
    keep = client.store_rendered_templates

    def of_the_page(store: dict[str, Any], *args: Any, **facts: Any) -> None:
        if len(store.get("templates", ())) < 2:
            keep(store, *args, **facts)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(client, "store_rendered_templates", of_the_page)
        yield


@pytest.fixture(autouse=True)
def _nobody_asked_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """How often somebody asked is counted in the cache of the process: no test begins with what others asked. Nor does
    the minute in which it is counted end between two questions of a test: it begins with the first of them."""
    for one in caches.all(initialized_only=True):
        one.clear()
    ends: dict[tuple[str, int], int] = {}

    def window(value: str, period: int) -> int:
        now = int(time.time())
        if ends.get((value, period), 0) < now:
            ends[value, period] = now + period
        return ends[value, period]

    monkeypatch.setattr(ratelimit, "_get_window", window)


@pytest.fixture
def django_assert_num_queries(django_assert_num_queries: Any) -> Callable[..., Any]:
    """Queries are counted as of somebody who comes first: nothing of the desk's rail is kept from the page before."""

    def counted(number: int, *args: Any, **facts: Any) -> Any:
        caches["rail"].clear()
        return django_assert_num_queries(number, *args, **facts)

    return counted


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
