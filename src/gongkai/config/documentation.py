"""Documents written from the code: which there are, and who writes each. ``gongkai docs`` brings them to the tree."""

import argparse
from collections.abc import Callable
from pathlib import Path

from gongkai.agencies import describe as agencies
from gongkai.applications.letters import describe as letters
from gongkai.catalog import describe as catalog
from gongkai.config import command
from gongkai.law.annual_report import describe as checks_of_reports
from gongkai.ledger import describe as ledger
from gongkai.oversight.annual_report import schema as report_schema
from gongkai.oversight.annual_report import xml_schema
from gongkai.procedures import diagrams
from gongkai.procedures.registry import all_procedures
from gongkai.publishing.checks import describe as checks
from gongkai.publishing.outlets import describe as outlets

_COMMANDS = """\
# 命令

<!-- Written by gongkai.config.documentation.commands() through `gongkai docs`; edit the commands, not this file. -->

`gongkai 子命令 --help` 在终端显示同样的内容。退出码：0 完成，1 失败，2 写法有误，130 中断。

"""


def commands() -> str:
    """The whole of ``docs/commands.md``: what ``--help`` says of every command."""
    return _COMMANDS + "\n".join(_of_parser(command.build_parser(command.discover())))


DOCUMENTS: dict[str, Callable[[], str]] = {
    "checks-of-reports.md": checks_of_reports.markdown,
    "checks.md": checks.markdown,
    "commands.md": commands,
    "doctypes.md": catalog.markdown,
    "integrate/annual-report.schema.json": report_schema.text,
    "integrate/annual-report.xsd": xml_schema.text,
    "ledger.md": ledger.markdown,
    "letters.md": letters.markdown,
    "outlets.md": outlets.markdown,
    "roles.md": agencies.markdown,
}
"""Generated documents by their path in ``docs/``; a page per procedure comes on top."""
PROCEDURES = "procedures"
"""The folder that holds nothing but these pages."""


def written() -> dict[str, str]:
    """Every generated document as it should be, by its path in ``docs/``. Needs ``django.setup()``, no database."""
    pages = {f"{PROCEDURES}/{one.key}.md": diagrams.markdown(one) for one in all_procedures()}
    return {path: write() for path, write in DOCUMENTS.items()} | pages


def stale(folder: Path) -> list[str]:
    """Paths in ``folder`` that differ from what the code says, missing and left-over ones included."""
    wanted = written()
    left_over = {f"{PROCEDURES}/{path.name}" for path in (folder / PROCEDURES).glob("*.md")} - set(wanted)
    differing = {path for path, text in wanted.items() if _present(folder / path) != text}
    return sorted(left_over | differing)


def bring_up_to_date(folder: Path) -> list[str]:
    """Write what differs and remove what is left over; returns the paths touched."""
    wanted, touched = written(), stale(folder)
    for path in touched:
        if path in wanted:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(wanted[path], encoding="utf-8")
        else:
            (folder / path).unlink()
    return touched


def _present(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


def _of_parser(parser: argparse.ArgumentParser) -> list[str]:
    """A section for a command that does something, or the sections of those below it."""
    below = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if below:
        return [line for action in below for sub in action.choices.values() for line in _of_parser(sub)]
    rows = [_option(action) for action in parser._actions if not isinstance(action, argparse._HelpAction)]
    table = ["| 参数 | 说明 |", "|---|---|", *rows, ""] if rows else []
    return [f"## `{parser.prog}`", "", f"{parser.description}。", "", *table]


def _option(action: argparse.Action) -> str:
    names = " ".join(action.option_strings)
    value = "" if action.nargs == 0 else str(action.metavar or action.dest)
    must = "（必需）" if action.required else ""
    return f"| `{f'{names} {value}'.strip()}` | {(action.help or '').replace('|', '/')}{must} |"
