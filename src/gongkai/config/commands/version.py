"""``gongkai version``: what is running, for a report to the maintainers."""

import argparse
import platform
from importlib.metadata import version

import django
from django.db import connection

NAME = "version"
HELP = "显示本系统及 Python、Django、数据库的版本"


def arguments(parser: argparse.ArgumentParser) -> None:
    """No options."""


def run(options: argparse.Namespace) -> int:
    """Prints four lines."""
    connection.ensure_connection()
    print(f"Gongkai    {version('gongkai')}")
    print(f"Python     {platform.python_version()}")
    print(f"Django     {django.get_version()}")
    print(f"{connection.display_name:10} {'.'.join(map(str, connection.get_database_version()))}")
    return 0
