"""``gongkai docs``: writes the documents that are made from the code anew, or tells which are behind it."""

import argparse
from pathlib import Path

from django.core.management.base import CommandError

from gongkai.config import documentation

NAME = "docs"
HELP = "由代码重新生成 docs 中的表格与流程图（开发用）"

_ROOT = Path(__file__).resolve().parents[4]


def arguments(parser: argparse.ArgumentParser) -> None:
    """--check"""
    parser.add_argument("--check", action="store_true", help="只检查是否与代码一致，有过时的则退出码为 1")


def run(options: argparse.Namespace) -> int:
    """Works on the checkout this code stands in; raises CommandError for an installed package, which has no docs."""
    if not (_ROOT / "pyproject.toml").exists():
        raise CommandError("这个命令只用于源代码目录；安装后的系统没有 docs。")
    folder = _ROOT / "docs"
    if options.check:
        behind = documentation.stale(folder)
        for path in behind:
            print(f"docs/{path} 与代码不一致。")
        if behind:
            print("请运行 make docs 后一并提交。")
        return 1 if behind else 0
    touched = documentation.bring_up_to_date(folder)
    print("\n".join(f"已更新 docs/{path}" for path in touched) or "全部文档已是最新。")
    return 0
