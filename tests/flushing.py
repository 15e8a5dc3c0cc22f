"""Emptying the database between transactional tests, around what the product itself makes impossible.

Ledger entries and published editions refuse DELETE and TRUNCATE by trigger. Tests that commit must nevertheless leave
an empty database behind, so the flush, and only the flush, steps around the triggers. It also puts back the rows that
migrations wrote: without them the database would be in a state that no installation is ever in.
"""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.operations import BaseDatabaseOperations


@dataclass(frozen=True)
class TableContent:
    """All rows of one table as the database gives them."""

    table: str
    columns: list[str]
    rows: list[tuple[Any, ...]]


def content(connection: BaseDatabaseWrapper) -> list[TableContent]:
    """What is in the tables of the models now, empty ones left out."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.django_table_names(only_existing=True, include_views=False):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows = cursor.fetchall()
            if rows:
                found.append(TableContent(table, [column[0] for column in cursor.description], rows))
    return found


@contextlib.contextmanager
def flushing_to(seeds: list[TableContent]) -> Iterator[None]:
    """While open, Django's flush works in spite of triggers and leaves the `seeds` behind."""
    original = BaseDatabaseOperations.execute_sql_flush

    def flush(self: BaseDatabaseOperations, sql_list: list[str]) -> None:
        with transaction.atomic(using=self.connection.alias), _without_triggers(self.connection):
            if self.connection.vendor == "postgresql":
                _empty(self.connection)
            else:
                original(self, sql_list)
            put_in(self.connection, seeds)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", flush)
        yield


def _empty(connection: BaseDatabaseWrapper) -> None:
    """Delete what there is, whatever points where. TRUNCATE of two hundred tables, nearly all of them empty,
    takes ten times as long."""
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    asked = " UNION ALL ".join(
        f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {connection.ops.quote_name(name)})" for name in names
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        for (name,) in cursor.fetchall():
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(name)}")


def put_in(connection: BaseDatabaseWrapper, tables: list[TableContent]) -> None:
    """Write rows as ``content`` has read them, with their numbers."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for one in tables:
            columns = ", ".join(map(quote, one.columns))
            places = ", ".join(["%s"] * len(one.columns))
            cursor.executemany(f"INSERT INTO {quote(one.table)} ({columns}) VALUES ({places})", one.rows)


@contextlib.contextmanager
def _without_triggers(connection: BaseDatabaseWrapper) -> Iterator[None]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
            yield
            cursor.execute("SET LOCAL session_replication_role = origin")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {connection.ops.quote_name(name)}")
        yield
        for _, statement in triggers:
            cursor.execute(statement)
