"""``gongkai agencies``: sets up the first agencies of an installation; later ones can as well be made at the desk."""

import argparse

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.db import transaction

from gongkai.agencies import queries
from gongkai.agencies.actions import bodies
from gongkai.agencies.bodies import Agency
from gongkai.catalog.actions import columns
from gongkai.ledger.refs import SYSTEM

NAME = "agencies"
HELP = "设立机关及其网站，列出机关"


def arguments(parser: argparse.ArgumentParser) -> None:
    """create, list"""
    acts = parser.add_subparsers(title="子命令", metavar="<子命令>", dest="act", required=True)
    creating = "设立机关：登记机构与域名，建立法定栏目"
    create = acts.add_parser("create", help=creating, description=creating)
    create.add_argument("--code", required=True, metavar="代码", help="机构代码，用作索引号的开头，以后不能改")
    create.add_argument("--slug", required=True, metavar="简称", help="英文简称，用在网址中，如 csgw")
    create.add_argument("--name", required=True, metavar="全称", help="机构全称")
    create.add_argument("--short-name", required=True, metavar="简称", help="机构简称")
    create.add_argument("--host", required=True, metavar="域名", help="网站域名，不写端口")
    create.add_argument("--parent", metavar="代码", help="上级机关的机构代码")
    create.add_argument("--city", action="store_true", help="这是本级人民政府，其网站是全市门户（只能有一个）")
    listing = "列出全部机关的代码、简称与域名"
    acts.add_parser("list", help=listing, description=listing)


def run(options: argparse.Namespace) -> int:
    """Carries out the act chosen."""
    if options.act == "list":
        hosts = queries.hosts_by_agency()
        for agency in queries.agencies_on():
            print(f"{agency.code}\t{agency.name}\t{hosts.get(agency.pk, '—')}")
        return 0
    try:
        with transaction.atomic():
            agency = _create(options)
    except ValidationError as error:
        raise CommandError("；".join(error.messages)) from None
    print(f"已设立{agency.name}，网站域名 {options.host}。")
    print(f"下一步：gongkai users create-admin --agency {agency.code} --username 用户名 --name 姓名")
    return 0


def _create(options: argparse.Namespace) -> Agency:
    agency = bodies.create_agency(
        by=SYSTEM,
        code=options.code,
        slug=options.slug,
        name=options.name,
        short_name=options.short_name,
        parent=_parent(options.parent),
        is_city=options.city,
    )
    bodies.set_host(agency, host=options.host, by=SYSTEM)
    columns.ensure_required(agency, by=SYSTEM)
    return agency


def _parent(code: str | None) -> Agency | None:
    if code is None:
        return None
    for agency in queries.agencies_on():
        if agency.code == code:
            return agency
    raise CommandError(f"没有机构代码为“{code}”的上级机关。已有的机关见：gongkai agencies list")
