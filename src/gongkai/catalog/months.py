"""The month in which something was published, counted by the database itself.

Django's TruncMonth is a Python function on SQLite, called for every row: a million documents cost seconds.
"""

from typing import Any

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, Func
from django.db.models.sql.compiler import SQLCompiler

_CHINA_HOURS = "+8 hours"  # without summer time since 1991; the database knows no time zones


class MonthOf(Func):
    """``2025-03`` of a moment, by the clock of the installation (Asia/Shanghai)."""

    arity = 1
    output_field = CharField()

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        """SQLite's own strftime, on the UTC text that Django stores."""
        template = f"strftime('%%%%Y-%%%%m', %(expressions)s, '{_CHINA_HOURS}')"
        return self.as_sql(compiler, connection, template=template, **context)

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        """to_char in the installation's time zone."""
        template = f"to_char(%(expressions)s AT TIME ZONE '{settings.TIME_ZONE}', 'YYYY-MM')"
        return self.as_sql(compiler, connection, template=template, **context)


def parts(month: str) -> tuple[int, int]:
    """``2025-03`` → (2025, 3)."""
    year, _, number = month.partition("-")
    return int(year), int(number)
