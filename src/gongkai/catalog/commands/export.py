"""``gongkai export``: the public sites as plain files."""

import argparse
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from tqdm import tqdm

from gongkai.agencies import queries as agencies
from gongkai.agencies.bodies import Agency
from gongkai.catalog.exporting.run import Order, Result, export, site_of
from gongkai.catalog.exporting.tree import InUse, NotOurs

NAME = "export"
HELP = "把公众网站导出为静态文件：镜像、离线存档、应急页面，以及向档案馆、图书馆移交"

_PLAIN_EVERY = 200  # pages between two lines of progress where there is no terminal
_SHOWN = 10


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to, and which sites."""
    parser.add_argument("directory", metavar="目录", type=Path, help="导出到这个目录；以前导出过的只更新有变化的文件")
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--agency", metavar="机构代码", action="append", help="导出哪个机关的网站，可多次使用；只有一个网站时可以不写"
    )
    which.add_argument("--all", action="store_true", help="导出全部网站")
    parser.add_argument("--traditional", action="store_true", help="连同繁体版一并导出")
    parser.add_argument(
        "--apart",
        action="store_true",
        help="各网站将分别用原来的域名提供（镜像、应急）：网站之间的链接保留域名；不写则都是相对链接，整个目录一起打开（存档、移交）",
    )


def run(options: argparse.Namespace) -> int:
    """Exports and reports. Returns 1 when the site could not make some of its pages."""
    order = Order(options.directory, _agencies(options), traditional=options.traditional, apart=options.apart)
    try:
        with _Progress() as progress:
            result = export(order, progress.step)
    except NotOurs:
        raise CommandError(f"“{options.directory}”里有不是导出得来的文件。请换一个空目录，以免混在一起。") from None
    except InUse:
        raise CommandError(f"另一个导出正在写“{options.directory}”，请等它完成。") from None
    except OSError as error:
        raise CommandError(
            f"写不到“{options.directory}”：{error.strerror}。已有的导出没有改动，处理后重新运行即可。"
        ) from None
    except KeyboardInterrupt:
        print("\n已中断。目录仍是上一次导出的内容；再次运行同一命令即从中断处继续。", file=sys.stderr)
        raise
    _report(options.directory, result)
    return 1 if result.failed else 0


def _agencies(options: argparse.Namespace) -> list[Agency]:
    own = [one for one in Agency.objects.all() if site_of(one) is not None]
    if not own:
        raise CommandError("还没有网站。请先用 gongkai agencies 设立机关。")
    if options.all or (options.agency is None and len(own) == 1):
        return own
    known = "、".join(f"{one.code}（{one.short_name}）" for one in own) or "（无）"
    if options.agency is None:
        raise CommandError(f"请用 --agency 写明导出哪个网站，或用 --all 全部导出。现有：{known}")
    chosen = [one for one in own if one.code in options.agency]
    for code in options.agency:
        if code not in {one.code for one in chosen}:
            exists = any(one.code == code for one in agencies.agencies_on())
            why = "没有自己的网站，它的信息在承载它的网站里" if exists else "不存在"
            raise CommandError(f"机构代码“{code}”{why}。有网站的机关：{known}")
    return chosen


def _report(directory: Path, result: Result) -> None:
    for one in result.shares:
        print(f"{one.agency.name}（{one.host}）：政府信息 {one.documents} 件，文件 {one.files} 个，{one.size_label}")
    resumed = f"，接着上次中断的做（已有 {result.resumed} 个）" if result.resumed else ""
    print(f"写入 {result.written} 个有变化的文件，移除 {result.removed} 个{resumed}。")
    print(f"移交清单：{directory / 'receipt.html'}")
    print(f"清单校验值：{result.manifest_sha256}")
    if result.broken:
        print(f"打不开的链接 {len(result.broken)} 个，见 {directory / 'broken-links.txt'}，例如：")
        for target, pages in list(result.broken.items())[:_SHOWN]:
            print(f"  {target}（写在 {pages[0]}{f' 等 {len(pages)} 页' if len(pages) > 1 else ''}）")
    for address in result.failed[:_SHOWN]:
        print(f"网站没能生成 {address}，保留上一次导出的内容；原因见日志。", file=sys.stderr)


class _Progress:
    """A bar on a terminal, a line now and then elsewhere (a log)."""

    def __init__(self) -> None:
        self._bar: Any = tqdm(unit="页", desc="导出", file=sys.stderr, dynamic_ncols=True, disable=None)

    def __enter__(self) -> "_Progress":
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.close()

    def step(self, done: int, known: int) -> None:
        """So many pages are done of those known by now."""
        self._bar.total = known
        self._bar.update(done - self._bar.n)
        if self._bar.disable and (done % _PLAIN_EVERY == 0 or done == known):
            print(f"已导出 {done}/{known} 页", file=sys.stderr, flush=True)
