"""``python -m tests.bench [--quick] [sqlite|postgres]...``: measures on both databases and writes ``docs/bench.md``.

Each database gets a process and a temporary data directory of its own. ``--quick`` tries the measurements out on small
numbers and writes nothing.
"""

import json
import os
import subprocess
import sys
import tempfile
from typing import Any

from tests.bench import report
from tests.postgres import private_cluster

_ROOT = report.DOCUMENT.parents[1]


def main(arguments: list[str]) -> int:
    """Runs what was asked for; returns the exit code."""
    quick = "--quick" in arguments
    wanted = [one for one in arguments if one != "--quick"] or ["sqlite", "postgres"]
    if unknown := set(wanted) - {"sqlite", "postgres"}:
        print(f"没有这个选择：{'、'.join(sorted(unknown))}。可选：--quick、sqlite、postgres", file=sys.stderr)
        return 2
    found = []
    if "sqlite" in wanted:
        found.append(_measured("", quick))
    if "postgres" in wanted:
        with private_cluster(durable=True) as url:
            found.append(_measured(url, quick))
    text = report.markdown(found)
    print(text)
    if quick or len(found) < 2:
        print("只有对两种数据库的完整测量才写入 docs/bench.md。", file=sys.stderr)
    else:
        report.DOCUMENT.write_text(text, encoding="utf-8")
    return 0


def _measured(url: str, quick: bool) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as data:
        environment = {**os.environ, "GONGKAI_DATA": data, "DATABASE_URL": url, "GONGKAI_LOG_LEVEL": "WARNING"}
        if not url:
            del environment["DATABASE_URL"]
        command = [sys.executable, "-m", "tests.bench.run", *(["--quick"] if quick else [])]
        done = subprocess.run(command, cwd=_ROOT, env=environment, stdout=subprocess.PIPE, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
