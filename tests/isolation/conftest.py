"""One world for all tests of a module, each of which leaves it as it found it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings
from tests.isolation.world import World, build

from gongkai.search import keeping


@pytest.fixture(scope="module")
def _built(
    django_db_setup: None, django_db_blocker: Any, _test_settings: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """Built once and never committed: several hundred requests look at the same few rows, and one index of them."""
    keeping.forget()
    with (
        override_settings(DATA_DIR=tmp_path_factory.mktemp("index")),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        yield build()
        transaction.set_rollback(True)
    keeping.forget()


@pytest.fixture
def world(_built: World, db: None) -> World:
    """The world; whatever the test does to it is undone."""
    return _built
