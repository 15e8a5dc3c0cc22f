"""``gongkai worker``: the background half of the system; ``serve`` starts one beside the web server."""

import argparse
import logging
import signal
import threading

from gongkai.ledger import positions, worker

NAME = "worker"
HELP = "运行后台任务：定时发布、发布渠道与其他随台账进行的工作"

logger = logging.getLogger(__name__)


def arguments(parser: argparse.ArgumentParser) -> None:
    """--once"""
    parser.add_argument("--once", action="store_true", help="把现有的任务做完即退出，不等待新的任务")


def run(options: argparse.Namespace) -> int:
    """Works until SIGTERM or SIGINT; the entry at hand is finished first."""
    if options.once:
        positions.mend_epoch()  # also what an operator runs first after a restore
        while worker.work_once():
            pass
        return 0
    stop = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: stop.set())
    logger.info("后台任务已启动")
    worker.run(stop)
    logger.info("后台任务已停止")
    return 0
