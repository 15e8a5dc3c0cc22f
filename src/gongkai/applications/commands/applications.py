"""``gongkai applications import``: a former ledger moves in."""

import argparse
from pathlib import Path

from django.core.management.base import CommandError

from gongkai.agencies import queries as agencies
from gongkai.agencies.bodies import Agency
from gongkai.agencies.officers import Officer
from gongkai.applications.actions import taking_over
from gongkai.applications.importing import planning, reading, template
from gongkai.applications.importing.planning import Fate, Plan
from gongkai.applications.importing.reading import ReadLedger
from gongkai.applications.powers import OFFICER
from gongkai.applications.taking_over import LedgerLine, LineStatus
from gongkai.texts.reading import UnreadableFile

NAME = "applications"
HELP = "依申请公开：迁入既有台账（.xlsx），下载台账模板"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and with which file."""
    acts = parser.add_subparsers(dest="act", metavar="<事项>", required=True)
    told = "迁入既有台账；再次运行同一文件，已经迁入的自动跳过"
    moving = acts.add_parser("import", help=told, description=told)
    moving.add_argument("file", metavar="文件", type=Path, help="台账（.xlsx）")
    moving.add_argument("--agency", metavar="机构代码", help="迁入哪个机关；只有一个机关时可以不写")
    moving.add_argument("--by", metavar="用户名", help="以谁的名义迁入，须是公开经办人；只有一位时可以不写")
    moving.add_argument("--dry-run", action="store_true", help="只读取并说明将要迁入什么、哪一格有问题，不写入")
    blank = acts.add_parser("template", help="写出台账模板", description="写出台账模板，各列都有说明和示例")
    blank.add_argument("file", metavar="文件", type=Path, help="写到哪里（.xlsx）")


def run(options: argparse.Namespace) -> int:
    """Returns 1 when nothing of the ledger could be taken over."""
    if options.act == "template":
        options.file.write_bytes(template.workbook())
        print(f"已写出 {options.file}")
        return 0
    agency = _agency(options.agency)
    by = _officer(agency, options.by)
    read = _read(options.file)
    for told in (*(f"没有用到的列：{one}" for one in read.unknown_columns), *read.passed_over):
        print(told)
    if options.dry_run:
        return _tell(planning.plan(read.cases, agency))
    one = taking_over.start(taking_over.keep(agency, read.cases, name=options.file.name, by=by), by=by)
    taking_over.advance(one, watch=_line)
    counted = {status: one.lines.filter(status=status).count() for status in LineStatus}
    print("，".join(f"{LineStatus(status).label}{number}件" for status, number in counted.items()) + "。")
    return 1 if counted[LineStatus.REFUSED] == one.cases else 0


def _line(line: LedgerLine) -> None:
    if line.status != LineStatus.MADE:
        print(f"{line.source_number}：{LineStatus(line.status).label}。{line.told}")


def _tell(plan: Plan) -> int:
    for row in plan.rows:
        print(f"{row.case.number}：{row.fate.label}{f'。{row.told}' if row.told else ''}")
        for problem in row.problems:
            print(f"  {problem}")
    print("，".join(f"{fate.label}{number}件" for fate, number in plan.counts.items()) + "。什么都没有写入。")
    return 1 if len(plan.of(Fate.REFUSED)) == len(plan.rows) else 0


def _read(path: Path) -> ReadLedger:
    try:
        return reading.read(path.read_bytes())
    except UnreadableFile as error:
        raise CommandError(f"“{path}”不能迁入：{error}") from None
    except OSError as error:
        raise CommandError(f"“{path}”打不开：{error.strerror}。请检查路径和读取权限。") from None


def _agency(code: str | None) -> Agency:
    known = agencies.agencies_on()
    if code is None and len(known) == 1:
        return known[0]
    for agency in known:
        if agency.code == code:
            return agency
    codes = "、".join(f"{one.code}（{one.short_name}）" for one in known) or "（还没有机关）"
    wrong = f"没有机构代码为“{code}”的机关。" if code else "请用 --agency 写明迁入哪个机关。"
    raise CommandError(f"{wrong}现有：{codes}")


def _officer(agency: Agency, username: str | None) -> Officer:
    able = [one for one in agencies.officers_of(agency) if one.is_active and one.holds(OFFICER)]
    if username is None and len(able) == 1:
        return able[0]
    for officer in able:
        if officer.username == username:
            return officer
    names = "、".join(f"{one.username}（{one.name}）" for one in able) or "（没有，请系统管理员先任命）"
    wrong = f"“{username}”不是{agency.name}的公开经办人。" if username else "请用 --by 写明以谁的名义迁入。"
    raise CommandError(f"{wrong}可以是：{names}")
