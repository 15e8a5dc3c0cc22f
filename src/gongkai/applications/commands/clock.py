"""``gongkai clock``: the statutory clock of an application, from a file of its acts."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError
from django.db import connection
from django.db.utils import OperationalError, ProgrammingError
from django.utils import timezone

from gongkai.agencies.workdays import current_calendar
from gongkai.law.calendar import Calendar, CalendarRangeError
from gongkai.law.clock import DocumentError, HistoryError, Timeline, dump, explain, load, readings_offered, timeline
from gongkai.law.readings import Reading

NAME = "clock"
HELP = "计算一件依申请公开的答复期限，并逐日说明理由；格式见 docs/clock.md"

MAX_BYTES = 1_000_000


def arguments(parser: argparse.ArgumentParser) -> None:
    """The file, the day, the readings."""
    parser.add_argument("file", metavar="文件", help="办理经过的 JSON 文件；写 - 则读标准输入")
    parser.add_argument("--today", metavar="日期", help="计算之日，如 2024-02-18；优先于文件中的，都不写则为今天")
    parser.add_argument("--json", action="store_true", help="输出 JSON，含每一天")
    for one in readings_offered():
        parser.add_argument(
            f"--{one.key.replace('_', '-')}",
            dest=one.key,
            metavar="工作日数" if one.is_number else "true|false",
            choices=None if one.is_number else ("true", "false"),
            type=int if one.is_number else str,
            help=_help(one),
        )


def _help(one: Reading) -> str:
    if one.is_number:
        return f"读法：{one.label}，{one.yes.format('几')}（不写则为 {one.default}）"
    return f"读法：{one.label}。true：{one.yes}；false：{one.no}（不写则为 {str(one.default).lower()}）"


def run(options: argparse.Namespace) -> int:
    """Reads, computes, tells."""
    document = _read(options.file)
    if isinstance(document, dict):
        _overlay(document, options)
    try:
        history, readings, today = load(document, today=timezone.localdate())
        line = timeline(history, _calendar(), today, readings)
        told = json.dumps(dump(line), ensure_ascii=False, indent=2) if options.json else _text(line)
    except (DocumentError, HistoryError, CalendarRangeError) as error:
        raise CommandError(str(error)) from error
    print(told)
    return 0


def _read(file: str) -> Any:
    name = "标准输入" if file == "-" else file
    try:
        raw = sys.stdin.buffer.read(MAX_BYTES + 1) if file == "-" else _bytes(Path(file))
        if len(raw) > MAX_BYTES:
            raise CommandError(f"{name}超过 {MAX_BYTES // 1_000_000} MB，不像是一件申请的办理经过。")
        return json.loads(raw.decode("utf-8-sig"))
    except OSError as error:
        raise CommandError(f"读不到{name}：{error.strerror}。") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{name}不是 UTF-8 编码的文本，请另存为 UTF-8。") from error
    except json.JSONDecodeError as error:
        raise CommandError(f"{name}不是 JSON：第{error.lineno}行第{error.colno}个字符处有误。") from error
    except RecursionError as error:
        raise CommandError(f"{name}不是一件申请的办理经过：嵌套过深。") from error


def _bytes(path: Path) -> bytes:
    with path.open("rb") as opened:
        return opened.read(MAX_BYTES + 1)


def _overlay(document: dict[str, Any], options: argparse.Namespace) -> None:
    """What is said on the command line goes before what the file says."""
    if options.today is not None:
        document["today"] = options.today
    given = {one.key: getattr(options, one.key) for one in readings_offered() if getattr(options, one.key) is not None}
    chosen = {key: value == "true" if isinstance(value, str) else value for key, value in given.items()}
    if chosen and isinstance(document.get("readings") or {}, dict):
        document["readings"] = {**(document.get("readings") or {}), **chosen}


def _calendar() -> Calendar:
    """With what the installation's operators entered; without a database, as it comes with the software."""
    if not _may_have_a_database():
        return Calendar()
    try:
        return current_calendar()
    except (OperationalError, ProgrammingError, ImproperlyConfigured):
        print("没有可用的数据库，按随软件的放假安排计算，不含本系统录入的调整。", file=sys.stderr)
        return Calendar()


def _may_have_a_database() -> bool:
    """Not where SQLite would only now make an empty file of that name."""
    name = str(connection.settings_dict["NAME"])
    return connection.vendor != "sqlite" or "memory" in name or Path(name).exists()


def _text(line: Timeline) -> str:
    """For people: the result, the explanation, the last lawful days."""
    due = line.due_date.isoformat() if line.due_date is not None else "无"
    left = f"，剩余工作日：{line.days_left}" if line.days_left is not None else ""
    rows = [f"状态：{line.status.label}", f"期满日：{due}{left}", "", *explain(line), "", "各环节最迟日期："]
    for step in line.steps:
        last = step.due.isoformat() if step.due is not None else "—"
        done = f"，{step.done_on.isoformat()}" if step.done_on is not None else ""
        rows.append(f"  {last:<10}  {step.label}：{step.state.label}{done}")
    return "\n".join(rows)
