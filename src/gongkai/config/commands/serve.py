"""``gongkai serve``: web server and worker in one foreground command."""

import argparse

from gongkai.config import command, serve
from gongkai.config import environment as env

NAME = "serve"
HELP = "启动网站服务与后台任务，按 Ctrl-C 停止"


def arguments(parser: argparse.ArgumentParser) -> None:
    """--host, --port, --workers, --prepare"""
    parser.add_argument(
        "--host",
        metavar="地址",
        default=env.text("GONGKAI_BIND", "127.0.0.1"),
        help="监听的地址，默认只供本机访问；写 0.0.0.0 则局域网内可访问（环境变量 GONGKAI_BIND）",
    )
    parser.add_argument(
        "--port",
        metavar="端口",
        type=_port,
        default=env.whole_number("PORT", 8000),
        help="监听的端口，默认 8000（环境变量 PORT）",
    )
    parser.add_argument(
        "--workers",
        metavar="个数",
        type=_positive,
        default=env.whole_number("GONGKAI_WEB_WORKERS", 2),
        help="网站服务的进程数，默认 2（环境变量 GONGKAI_WEB_WORKERS）",
    )
    parser.add_argument(
        "--prepare", action="store_true", help="启动前更新数据库结构；数据库为空时建立演示城市（make run 使用）"
    )


def run(options: argparse.Namespace) -> int:
    """Prepares when asked to, then serves until told to stop."""
    address = serve.Address(options.host, options.port)
    serve.require_free(address)
    if options.prepare:
        if code := command.call("migrate"):
            return code
        # An installation may have taken the demonstration out of its applications.
        if "demo" in command.discover() and (code := command.call("demo", "--if-empty")):
            return code
    return serve.run(address, options.workers)


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"“{text}”不是端口号，应为 1 至 65535 的整数")
    return int(text)


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"“{text}”不是正整数")
    return int(text)
