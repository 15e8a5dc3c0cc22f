"""``python -m tests.bench [--quick | --rows NUMBER] [sqlite|postgres|reading|applications|reports]...``: measures, and
writes ``docs/bench.md`` (both databases), ``docs/bench-reading.md`` (prepared pages and search),
``docs/bench-applications.md`` and ``docs/bench-reports.md``.

Each part gets processes and a temporary data directory of its own. ``--quick`` tries the measurements out on small
numbers and writes nothing, nor does ``--rows``, which says how many applications the annual report is computed from.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from typing import Any

from tests.bench import applications_report, reading_report, report, reports_report
from tests.postgres import private_cluster

_ROOT = report.DOCUMENT.parents[1]
_PARTS = ("sqlite", "postgres", "reading", "applications", "reports")


def main(arguments: list[str]) -> int:
    """Runs what was asked for; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="性能测量")
    parser.add_argument("parts", nargs="*", choices=[[], *_PARTS], metavar="部分", help="、".join(_PARTS))
    parser.add_argument("--quick", action="store_true", help="少量数据试一遍，不写入文档")
    parser.add_argument("--rows", type=int, help="年度报告的申请件数，不写入文档")
    options = parser.parse_args(arguments)
    quick, wanted = options.quick, options.parts or list(_PARTS)
    if "reading" in wanted:
        _reading(quick)
    if "applications" in wanted:
        _applications(quick)
    if "reports" in wanted:
        _reports(quick, options.rows)
    found = []
    if "sqlite" in wanted:
        found.append(_measured("", quick))
    if "postgres" in wanted:
        with private_cluster(durable=True) as url:
            found.append(_measured(url, quick))
    if not found:
        return 0
    text = report.markdown(found)
    print(text)
    if quick or len(found) < 2:
        print("只有对两种数据库的完整测量才写入 docs/bench.md。", file=sys.stderr)
    else:
        report.DOCUMENT.write_text(text, encoding="utf-8")
    return 0


def _reading(quick: bool) -> None:
    """Prepared pages and search; on SQLite."""
    sizes = ["200", "2000"] if quick else ["1000", "100000", "1000000"]
    options = [part for size in sizes for part in ("--documents", size)]
    pages = _told("tests.bench.reading", *options, *(["--seconds", "1", "--releases", "3"] if quick else []))
    questions = _told("tests.bench.search", "--json", "--documents", "5000" if quick else "1000000")
    text = reading_report.markdown(pages, questions)
    print(text)
    if not quick:
        reading_report.DOCUMENT.write_text(text, encoding="utf-8")


def _applications(quick: bool) -> None:
    """Applications on both databases."""
    found = [_measured("", quick, "tests.bench.applications")]
    with private_cluster(durable=True) as url:
        found.append(_measured(url, quick, "tests.bench.applications"))
    text = applications_report.markdown(found, {"open_share": 0.1 if quick else 0.005})
    print(text)
    if not quick:
        applications_report.DOCUMENT.write_text(text, encoding="utf-8")


def _reports(quick: bool, rows: int | None) -> None:
    """The tables of annual reports on both databases."""
    more = ["--rows", str(rows)] if rows else []
    found = [_measured("", quick, "tests.bench.reports", *more)]
    with private_cluster(durable=True) as url:
        found.append(_measured(url, quick, "tests.bench.reports", *more))
    text = reports_report.markdown(found)
    print(text)
    if not quick and not rows:
        reports_report.DOCUMENT.write_text(text, encoding="utf-8")


def _told(module: str, *options: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as data:
        environment = {**os.environ, "GONGKAI_DATA": data, "GONGKAI_LOG_LEVEL": "WARNING"}
        environment.pop("DATABASE_URL", None)
        command = [sys.executable, "-m", module, *options]
        done = subprocess.run(command, cwd=_ROOT, env=environment, stdout=subprocess.PIPE, check=True)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _measured(url: str, quick: bool, module: str = "tests.bench.run", *more: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as data:
        environment = {**os.environ, "GONGKAI_DATA": data, "DATABASE_URL": url, "GONGKAI_LOG_LEVEL": "WARNING"}
        if not url:
            del environment["DATABASE_URL"]
        command = [sys.executable, "-m", module, *(["--quick"] if quick else []), *more]
        done = subprocess.run(command, cwd=_ROOT, env=environment, stdout=subprocess.PIPE, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
