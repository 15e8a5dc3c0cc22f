"""``gongkai check``: what stands in the way of running this installation for real."""

import argparse

from gongkai.config import deployment

NAME = "check"
HELP = "检查本系统的设置与运行条件，列出问题及处理办法"

_MARKS = {"error": "必须处理", "warning": "应当处理", "note": "提示"}


def arguments(parser: argparse.ArgumentParser) -> None:
    """--strict"""
    parser.add_argument("--strict", action="store_true", help="“应当处理”的问题也算不通过（退出码 1）")


def run(options: argparse.Namespace) -> int:
    """Prints the findings, worst first; 1 when one must be dealt with."""
    findings = sorted(deployment.findings(), key=lambda finding: list(_MARKS).index(finding.level))
    for finding in findings:
        print(f"【{_MARKS[finding.level]}】{finding.problem}")
        print(f"    处理：{finding.remedy}")
    levels = {finding.level for finding in findings}
    if not levels:
        print("检查通过，没有发现问题。")
    return 1 if "error" in levels or (options.strict and "warning" in levels) else 0
