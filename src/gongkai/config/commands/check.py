"""``gongkai check``: what stands in the way of running this installation for real; with files: are these annual
reports right?

Reports need neither database nor settings: the command serves anybody who has a report in hand.
"""

import argparse
import json
import sys
from pathlib import Path

from django.core.management.base import CommandError

from gongkai.applications.redaction import office
from gongkai.config import deployment
from gongkai.law.annual_report.findings import Severity
from gongkai.oversight.annual_report import checking, told_in_terminal
from gongkai.oversight.annual_report.checking import Checked
from gongkai.oversight.annual_report.reading.report import Read, read
from gongkai.texts.reading import UnreadableFile

NAME = "check"
HELP = "检查本系统的设置与运行条件；写明文件时，检查这些政府信息公开工作年度报告"

_MARKS = {"error": "必须处理", "warning": "应当处理", "note": "提示"}
_PASSED, _FAILED, _UNREADABLE = 0, 1, 2


def arguments(parser: argparse.ArgumentParser) -> None:
    """FILE... --json --year --before --no-rules-power --strict"""
    parser.add_argument(
        "files",
        nargs="*",
        metavar="报告文件",
        help="年度报告：.html、.pdf、.docx、.doc、.xlsx、.json、.xml，或者粘贴成的 .txt；不写则检查本系统",
    )
    parser.add_argument("--json", action="store_true", help="以 JSON 输出读出的每一格和每项发现（只用于报告）")
    parser.add_argument("--year", type=int, metavar="年度", help="统计年度，报告中没有写明时用（只用于报告）")
    parser.add_argument(
        "--before", metavar="上年报告", help="上一年度的报告，用来核对结转、有效件数和雷同（只用于报告）"
    )
    parser.add_argument(
        "--no-rules-power",
        action="store_true",
        help="该机关没有规章制定权，规章各格应为0（只用于报告；多数由名称看出）",
    )
    parser.add_argument("--strict", action="store_true", help="“应当处理”的问题、报告的警告也算不通过（退出码 1）")


def run(options: argparse.Namespace) -> int:
    """Prints the findings, worst first; 1 when one must be dealt with, 2 when a report could not be read."""
    if options.files:
        return _reports(options)
    if options.json or options.year or options.before or options.no_rules_power:
        raise CommandError("请写明要检查的报告文件，如：gongkai check 年报.pdf")
    return _installation(options)


def _installation(options: argparse.Namespace) -> int:
    findings = sorted(deployment.findings(), key=lambda finding: list(_MARKS).index(finding.level))
    for finding in findings:
        print(f"【{_MARKS[finding.level]}】{finding.problem}")
        print(f"    处理：{finding.remedy}")
    levels = {finding.level for finding in findings}
    if not levels:
        print("检查通过，没有发现问题。")
    return _FAILED if "error" in levels or (options.strict and "warning" in levels) else _PASSED


def _reports(options: argparse.Namespace) -> int:
    if options.before and len(options.files) > 1:
        raise CommandError("有上年报告时一次只检查一份报告。")
    worst = _PASSED
    told = []
    for path in options.files:
        try:
            checked = _checked(path, options)
        except UnreadableFile as error:
            worst = _UNREADABLE
            if options.json:
                told.append({"file": path, "error": str(error)})
            print(f"{path}：{error}", file=sys.stderr)
            continue
        worst = max(worst, _outcome(checked, strict=options.strict))
        if options.json:
            told.append({"file": path} | checking.told(checked))
        else:
            print("\n".join(told_in_terminal.lines(path, checked)))
    if told:
        print(json.dumps(told[0] if len(options.files) == 1 else told, ensure_ascii=False, indent=1))
    return worst


def _checked(path: str, options: argparse.Namespace) -> Checked:
    report = _read(path, year=options.year)
    before = _read(options.before) if options.before else None
    try:
        return checking.check(report, before=before, makes_rules=False if options.no_rules_power else None)
    except ValueError as error:
        raise UnreadableFile(f"上年报告“{options.before}”不能用来比较：{error}") from error


def _read(path: str, year: int | None = None) -> Read:
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise UnreadableFile(f"无法打开文件：{error.strerror}。请核对路径。") from error
    return read(Path(path).name, data, year=year, convert=office.modern)


def _outcome(checked: Checked, *, strict: bool) -> int:
    counts = checked.counts
    return _FAILED if counts[Severity.ERROR] or (strict and counts[Severity.WARNING]) else _PASSED
