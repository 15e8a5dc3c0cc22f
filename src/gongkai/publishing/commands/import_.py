"""``gongkai import``: an agency moves in with what its former site has published."""

import argparse
import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from tqdm import tqdm

from gongkai.agencies import queries as agencies
from gongkai.agencies.bodies import Agency, Department
from gongkai.agencies.officers import Officer
from gongkai.agencies.roles import Role
from gongkai.catalog import doctypes
from gongkai.publishing.importing import manifest, report
from gongkai.publishing.importing.outcomes import Outcome
from gongkai.publishing.importing.run import NothingToResume, Result, carry_out
from gongkai.publishing.importing.sources import Source, open_source
from gongkai.publishing.importing.taking import Order
from gongkai.publishing.imports import ImportStatus
from gongkai.texts.reading import UnreadableFile

NAME = "import"
HELP = "导入存量信息：文件夹、ZIP 压缩包或 Excel 清单中的公文、网页和附件"

_MAY_ADOPT = (Role.DISCLOSURE_OFFICER, Role.DISCLOSURE_HEAD)
_PLAIN_EVERY = 50  # items between two lines of progress where there is no terminal


def arguments(parser: argparse.ArgumentParser) -> None:
    """SOURCE and what is to become of it."""
    parser.add_argument("source", metavar="来源", type=Path, help="文件夹、.zip 压缩包，或一行一件的 .xlsx、.csv 清单")
    parser.add_argument("--agency", metavar="机构代码", help="导入到哪个机关；只有一个机关时可以不写")
    parser.add_argument(
        "--by", metavar="用户名", help="以谁的名义导入，须是公开经办人或公开机构负责人；只有一位时可以不写"
    )
    parser.add_argument(
        "--as",
        dest="outcome",
        choices=("drafts", "adopted"),
        default="drafts",
        help="drafts：都留作草稿（默认）；adopted：原网站上已经公开过的，检查无阻断的照原发布日期公开，其余留作草稿",
    )
    parser.add_argument("--type", metavar="类型", choices=list(doctypes.all_types()), help=_types_help())
    parser.add_argument("--department", metavar="处室", help="归到哪个处室（清单中写明的优先）")
    parser.add_argument(
        "--manifest", metavar="清单", type=Path, help="清单不在来源里时，写它的路径（.csv .xlsx .json .toml）"
    )
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="要素=值",
        type=_default,
        help="没有写明的要素一律取此值，可多次使用，如 --set 主题分类=城乡建设、环境保护",
    )
    parser.add_argument("--json", metavar="文件", help="把完整的报告写成 JSON；- 表示写到标准输出")
    parser.add_argument("--dry-run", action="store_true", help="试导入：照样读取、检查并给出报告，但不写入任何内容")
    going_on = parser.add_mutually_exclusive_group()
    going_on.add_argument("--resume", action="store_true", help="继续上次中断的导入（默认有中断的就继续；没有时报错）")
    going_on.add_argument("--fresh", action="store_true", help="不理会上次中断的导入，重新开始（已导入的仍不会重复）")
    parser.add_argument("--limit", metavar="件数", type=_count, help="最多导入多少件就停下，下次继续")


def run(options: argparse.Namespace) -> int:
    """Imports and shows the report. Returns 1 when everything in the source was refused."""
    order = _order(options)
    told_on = sys.stderr if options.json == "-" else sys.stdout
    try:
        with _progress(len(order.source.items)) as watch:
            result = carry_out(order, fresh=options.fresh, resume=options.resume, limit=options.limit, watch=watch)
    except NothingToResume:
        raise CommandError("这个来源没有中断的导入可以继续。去掉 --resume 即从头导入。") from None
    except KeyboardInterrupt:
        print("\n已中断。已导入的都已保存，再次运行同一命令即从中断处继续。", file=sys.stderr)
        raise
    for line in report.as_lines(order.source, result, trial=order.trial):
        print(line, file=told_on)
    _write_json(options.json, order, result)
    useless = result.outcomes and result.count(ImportStatus.REFUSED) == len(result.outcomes)
    return 1 if useless else 0


def _order(options: argparse.Namespace) -> Order:
    agency = _agency(options.agency)
    return Order(
        agency=agency,
        by=_officer(agency, options.by),
        source=_source(options.source, options.manifest),
        adopt=options.outcome == "adopted",
        type_key=options.type or "",
        department=_department(agency, options.department),
        defaults=dict(options.set),
        trial=options.dry_run,
    )


def _source(path: Path, list_path: Path | None) -> Source:
    try:
        source = open_source(path, list_path)
    except UnreadableFile as error:
        raise CommandError(f"“{path}”不能导入：{error}") from None
    except OSError as error:
        raise CommandError(f"“{path}”打不开：{error.strerror}。请检查路径和读取权限。") from None
    if not source.items and not source.refused:
        raise CommandError(f"“{path}”里没有可以导入的文件（.docx、.html、.md、.txt，或写有正文的清单）。")
    return source


def _agency(code: str | None) -> Agency:
    known = agencies.agencies_on()
    if code is None and len(known) == 1:
        return known[0]
    for agency in known:
        if agency.code == code:
            return agency
    codes = (
        "、".join(f"{one.code}（{one.short_name}）" for one in known) or "（还没有机关，请先用 gongkai agencies 设立）"
    )
    wrong = f"没有机构代码为“{code}”的机关。" if code else "请用 --agency 写明导入到哪个机关。"
    raise CommandError(f"{wrong}现有：{codes}")


def _officer(agency: Agency, username: str | None) -> Officer:
    able = [one for one in agencies.officers_of(agency) if one.is_active and one.holds(_MAY_ADOPT)]
    if username is None and len(able) == 1:
        return able[0]
    for officer in able:
        if officer.username == username:
            return officer
    names = "、".join(f"{one.username}（{one.name}）" for one in able) or "（没有，请系统管理员先任命）"
    wrong = (
        f"“{username}”不是{agency.name}的公开经办人或公开机构负责人。" if username else "请用 --by 写明以谁的名义导入。"
    )
    raise CommandError(f"{wrong}可以是：{names}")


def _department(agency: Agency, name: str | None) -> Department | None:
    if name is None:
        return None
    known = list(agency.departments.all())
    for department in known:
        if department.name == name:
            return department
    raise CommandError(f"{agency.name}没有“{name}”这个处室。现有：{'、'.join(one.name for one in known) or '（没有）'}")


def _default(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    key = manifest.key_of(name)
    if not equals or not value.strip() or key is None:
        raise argparse.ArgumentTypeError(f"“{text}”应写成 要素=值，如 主题分类=综合政务")
    return key, value.strip()


def _count(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"“{text}”应是大于0的整数")
    return int(text)


def _types_help() -> str:
    listed = "、".join(f"{one.key}（{one.label}）" for one in doctypes.all_types().values())
    return f"文件类型，清单中写明的优先；不写则按栏目、文件夹和标题判断。可选：{listed}"


def _progress(total: int) -> AbstractContextManager[Callable[[Outcome], None]]:
    """A bar on a terminal, a line now and then elsewhere (a log)."""
    return _Bar(total) if sys.stderr.isatty() else nullcontext(_Lines(total))


class _Bar:
    def __init__(self, total: int) -> None:
        self.bar: Any = tqdm(total=total, unit="件", desc="导入", file=sys.stderr, dynamic_ncols=True)
        self.counts: dict[str, int] = {}

    def __enter__(self) -> Callable[[Outcome], None]:
        return self._step

    def __exit__(self, *_: object) -> None:
        self.bar.close()

    def _step(self, outcome: Outcome) -> None:
        self.counts[outcome.status_label] = self.counts.get(outcome.status_label, 0) + 1
        self.bar.set_postfix(self.counts, refresh=False)
        self.bar.update()


class _Lines:
    def __init__(self, total: int) -> None:
        self.total, self.done = total, 0

    def __call__(self, outcome: Outcome) -> None:
        self.done += 1
        if self.done % _PLAIN_EVERY == 0 or self.done == self.total:
            print(f"已处理 {self.done}/{self.total} 件", file=sys.stderr, flush=True)


def _write_json(where: str | None, order: Order, result: Result) -> None:
    if where is None:
        return
    text = report.as_json(order.source, result, trial=order.trial)
    if where == "-":
        print(text)
        return
    try:
        _replace(Path(where), text)
    except OSError as error:
        raise CommandError(f"导入已完成，但报告写不到“{where}”：{error.strerror}。") from None


def _replace(path: Path, text: str) -> None:
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_text(text + "\n", encoding="utf-8")
    beside.replace(path)
