"""``gongkai migrate``: brings the database to the shape this version needs; does nothing when it has it."""

import argparse

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from gongkai.ledger.positions import mend_epoch

NAME = "migrate"
HELP = "建立数据库，或在升级后更新数据库结构（可重复执行）"


def arguments(parser: argparse.ArgumentParser) -> None:
    """--list"""
    parser.add_argument("--list", action="store_true", help="只列出将要执行的步骤，不改动数据库")


def pending() -> list[str]:
    """Names of the migrations that have not been applied, in the order in which they would be."""
    executor = MigrationExecutor(connection)
    return [f"{step.app_label}.{step.name}" for step, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def run(options: argparse.Namespace) -> int:
    """Makes the directories of the installation, applies what is pending and names it."""
    for directory in (settings.DATA_DIR, settings.MEDIA_ROOT, settings.STATIC_ROOT):
        directory.mkdir(parents=True, exist_ok=True)
    steps = pending()
    if not steps:
        # Right after a restore, before anything is written: new entries must come after the restored ones.
        if not options.list and mend_epoch():
            print("数据库是从别处恢复的，台账的读取次序已接续。")
        print("数据库结构已是最新。")
        return 0
    if options.list:
        print("\n".join(steps))
        return 0
    print(f"更新数据库结构，共 {len(steps)} 步 ……", flush=True)
    call_command("migrate", interactive=False, verbosity=0)
    mend_epoch()
    print("数据库结构更新完成。")
    return 0
