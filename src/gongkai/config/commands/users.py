"""``gongkai users``: the accounts nobody could otherwise make, because there is nobody yet to sign in."""

import argparse
import getpass
import sys

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.db import transaction

from gongkai.agencies import queries as agencies
from gongkai.agencies.actions import people
from gongkai.agencies.bodies import Agency
from gongkai.agencies.roles import Role
from gongkai.ledger.refs import SYSTEM

NAME = "users"
HELP = "建立机关的第一个系统管理员，列出账号"


def arguments(parser: argparse.ArgumentParser) -> None:
    """create-admin, list"""
    acts = parser.add_subparsers(title="子命令", metavar="<子命令>", dest="act", required=True)
    creating = "为机关建立系统管理员账号，密码从键盘或标准输入读取"
    create = acts.add_parser("create-admin", help=creating, description=creating)
    create.add_argument("--agency", required=True, metavar="机构代码", help="机关的机构代码")
    create.add_argument("--username", required=True, metavar="用户名", help="登录用的用户名")
    create.add_argument("--name", required=True, metavar="姓名", help="真实姓名")
    listing = "列出一个机关的账号、所在处室与岗位"
    show = acts.add_parser("list", help=listing, description=listing)
    show.add_argument("--agency", required=True, metavar="机构代码", help="机关的机构代码")


def run(options: argparse.Namespace) -> int:
    """Carries out the act chosen."""
    agency = _agency(options.agency)
    if options.act == "create-admin":
        return _create_admin(agency, options.username, options.name)
    for officer in agencies.officers_of(agency):
        roles = "、".join(str(Role(one.role).label) for one in officer.appointments.all())
        where = officer.department.name if officer.department else "—"
        print(f"{officer.username}\t{officer.name}\t{where}\t{roles}{'' if officer.is_active else '（已停用）'}")
    return 0


def _create_admin(agency: Agency, username: str, name: str) -> int:
    try:
        with transaction.atomic():
            officer = people.create_officer(
                agency=agency, username=username, name=name, password=_password(), by=SYSTEM, must_change_password=True
            )
            people.appoint(officer, Role.ADMIN, by=SYSTEM)
    except ValidationError as error:
        raise CommandError("；".join(error.messages)) from None
    print(f"已为{agency.name}建立系统管理员 {username}（{name}），首次登录须修改密码。")
    return 0


def _agency(code: str) -> Agency:
    known = agencies.agencies_on()
    for agency in known:
        if agency.code == code:
            return agency
    codes = "、".join(f"{agency.code}（{agency.short_name}）" for agency in known) or "（还没有机关）"
    raise CommandError(f"没有机构代码为“{code}”的机关。现有：{codes}")


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass("密码：")
    if first != getpass.getpass("再输入一次："):
        raise CommandError("两次输入的密码不同，没有建立账号。")
    return first
