"""``gongkai``: one command for everything an operator does. ``gongkai --help`` lists what this installation can do.

A package contributes a subcommand by one module ``gongkai/<package>/commands/<name>.py`` with

* ``NAME``: the word typed after ``gongkai``, the module's name (with ``_`` behind a word that Python reserves);
* ``HELP``: one Chinese sentence for the list, and the first line of its own ``--help``;
* ``arguments(parser)``: adds its options, each with Chinese help;
* ``run(options) -> int``: does it; returns the exit code, or raises ``CommandError`` with a Chinese sentence.

Exit codes: 0 done, 1 failed, 2 asked wrongly, 130 interrupted.
"""

import argparse
import importlib
import os
import pkgutil
import sys
from collections.abc import Sequence
from typing import Protocol, cast

import django
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError
from django.db.utils import OperationalError, ProgrammingError

from gongkai.config import loading
from gongkai.config.arguments import ChineseParser

DONE, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130


class Command(Protocol):
    """What a module under ``commands/`` offers."""

    NAME: str
    HELP: str

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add the options."""

    def run(self, options: argparse.Namespace) -> int:
        """Do it and return the exit code."""


def discover(asked: str = "") -> dict[str, Command]:
    """Every subcommand of the installed packages by name, in the order of the names; only the one ``asked`` for when
    there is such a one. Needs ``django.setup()``."""
    places: dict[str, str] = {}
    for app in apps.get_app_configs():
        directory = os.path.join(app.path, "commands")
        if not app.name.startswith("gongkai.") or not os.path.isdir(directory):
            continue
        for module in pkgutil.iter_modules([directory]):
            name = module.name.rstrip("_")
            if name in places:
                raise ImproperlyConfigured(f"子命令 {name} 有两个来源，其中之一在 {app.name}。")
            places[name] = f"{app.name}.commands.{module.name}"
    # A command started by itself need not load what only the others use: each process of an installation is one.
    wanted = [asked] if asked in places else sorted(places)
    return {name: cast(Command, importlib.import_module(places[name])) for name in wanted}


def build_parser(commands: dict[str, Command]) -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    parser = ChineseParser(prog="gongkai", description="政务公开系统 Gongkai 的运维命令。")
    listed = parser.add_subparsers(title="子命令", metavar="<子命令>", dest="command", required=True)
    for name, command in commands.items():
        command.arguments(listed.add_parser(name, help=command.HELP, description=command.HELP))
    return parser


def call(name: str, *arguments: str) -> int:
    """Run another subcommand inside this process, for a command that is made of others."""
    commands = discover(name)
    return commands[name].run(build_parser(commands).parse_args([name, *arguments]))


def main(arguments: Sequence[str] | None = None) -> int:
    """Entry point of the ``gongkai`` script; returns the exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    try:
        given = list(sys.argv[1:] if arguments is None else arguments)
        with loading.for_good():
            django.setup()
            commands = discover(given[0] if given else "")
        options = build_parser(commands).parse_args(given)
        return commands[options.command].run(options)
    except (CommandError, ImproperlyConfigured) as error:
        return _failed(str(error))
    except (OperationalError, ProgrammingError) as error:
        return _failed(f"数据库不能使用：{str(error).strip()}\n如果是第一次使用或刚升级，请先运行：gongkai migrate")
    except BrokenPipeError:  # the reader of our output has gone, as in `gongkai ... | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except KeyboardInterrupt:
        print("已中断。", file=sys.stderr)
        return INTERRUPTED


def _failed(message: str) -> int:
    print(f"失败：{message}", file=sys.stderr)
    return FAILED


if __name__ == "__main__":
    sys.exit(main())
