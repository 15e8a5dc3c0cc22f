"""The private PostgreSQL server of the tests comes and goes without trace."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
import pytest
from tests.postgres import NoPostgreSQL, binaries, private_cluster


def test_a_server_of_ones_own_that_leaves_nothing_behind() -> None:
    try:
        binaries()
    except NoPostgreSQL as absent:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(absent))
    with private_cluster() as url:
        home = Path(unquote(urlsplit(url).hostname or ""))
        assert home.is_dir()
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("CREATE DATABASE one_more")
            connection.execute("SET session_replication_role = replica")  # what emptying the ledger between tests needs
            [(encoding,)] = connection.execute("SHOW server_encoding").fetchall()
            assert encoding == "UTF8"
    assert not home.exists()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url, connect_timeout=2)
