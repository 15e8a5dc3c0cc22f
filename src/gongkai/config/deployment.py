"""What stands in the way of running an installation for real, in the operator's words, each with what to do.

Django's own system checks run too. Those an operator can meet are translated here; the rest speak of mistakes in the
code and are passed on as they are, to be reported.
"""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.conf import settings
from django.core import checks
from django.db import connection
from django.db.utils import OperationalError

from gongkai.agencies import queries as agencies
from gongkai.agencies.roles import Role
from gongkai.config.commands.migrate import pending

_LEAST_FREE_GIB = 2
_OLDEST_POSTGRESQL = 14


@dataclass(frozen=True)
class Finding:
    """One problem. `level`: error (must), warning (should), note (may be intended)."""

    level: Literal["error", "warning", "note"]
    problem: str
    remedy: str


_PRODUCTION = "设置环境变量 GONGKAI_PRODUCTION=1（一并启用 https、安全 Cookie、HSTS 和双因素登录）。"
_DJANGO_SAYS = {
    "security.W004": ("没有启用 HSTS，浏览器可能被引到不加密的网址。", _PRODUCTION),
    "security.W008": ("http 访问不会转到 https。", f"{_PRODUCTION}由前面的代理转向时可忽略。"),
    "security.W009": ("签名密钥太短或太有规律。", "把 GONGKAI_SECRET_KEY 换成 50 位以上的随机字符。"),
    "security.W012": ("登录 Cookie 可能经不加密的连接发送。", _PRODUCTION),
    "security.W016": ("表单防伪 Cookie 可能经不加密的连接发送。", _PRODUCTION),
    "security.W018": ("调试模式开着，出错页会向公众显示内部信息。", "去掉环境变量 GONGKAI_DEBUG。"),
    "security.W020": ("没有限定网站的域名。", "在环境变量 GONGKAI_HOSTS 中列出全部域名。"),
    "security.W021": (
        "没有申请加入浏览器的 HSTS 预置名单。",
        "一般不需要；名单由浏览器厂商维护，一经加入难以撤出，故不默认申请。",
    ),
}
_OPTIONAL = frozenset({"security.W021"})
# The desk shows previews of its own pages in a frame, so frames of the same origin are allowed.
_INTENDED = frozenset({"security.W019"})


def findings() -> Iterator[Finding]:
    """Everything found, in no particular order. Goes on without the database when that is what is missing."""
    yield from _data_directory()
    yield from _django()
    yield from _telling()
    try:
        connection.ensure_connection()
    except OperationalError as error:
        yield Finding("error", f"连不上数据库：{str(error).strip()}", "核对 DATABASE_URL，并确认数据库已启动。")
        return
    yield from _database()


def _data_directory() -> Iterator[Finding]:
    directory = settings.DATA_DIR
    if not directory.is_dir() or not os.access(directory, os.W_OK | os.X_OK):
        yield Finding(
            "error",
            f"数据目录 {directory} 不存在或不能写入。",
            "建立目录并把属主改为运行本系统的用户，或用 GONGKAI_DATA 指到别处。",
        )
        return
    free = shutil.disk_usage(directory).free / 2**30
    if free < _LEAST_FREE_GIB:
        yield Finding("warning", f"数据目录所在磁盘只剩 {free:.1f} GB。", "清理磁盘或把数据目录移到更大的磁盘。")
    for name in ("secret.key", "master.key"):
        key = directory / name
        if key.exists() and key.stat().st_mode & 0o077:
            yield Finding("error", f"密钥文件 {key} 可被其他用户读取。", f"执行 chmod 600 {key}。")
    if (directory / "master.key").exists():
        yield Finding(
            "note",
            "个人信息的主密钥保存在数据目录内。",
            "正式使用时请改由 GONGKAI_MASTER_KEY 提供并另行备份：主密钥丢失，已加密的个人信息无法恢复。",
        )


def _django() -> Iterator[Finding]:
    if not settings.PRODUCTION:
        yield Finding("note", "现在是演示用的设置：不要求 https，登录不要求双因素。", _PRODUCTION)
    for message in checks.run_checks(include_deployment_checks=settings.PRODUCTION):
        if message.is_silenced() or message.id in _INTENDED:
            continue
        level: Literal["error", "warning"] = "error" if message.level >= checks.ERROR else "warning"
        if message.id in _DJANGO_SAYS:
            problem, remedy = _DJANGO_SAYS[message.id]
            yield Finding("note" if message.id in _OPTIONAL else level, problem, remedy)
        else:
            yield Finding(
                level, f"程序自检 {message.id}：{message.msg}", str(message.hint or "请把这一行报告给维护者。")
            )


def _telling() -> Iterator[Finding]:
    see = "见 docs/operate/telling.md。"
    if settings.GONGKAI_SMS_PROVIDER and not (settings.GONGKAI_SMS_KEY_ID and settings.GONGKAI_SMS_KEY_SECRET):
        yield Finding(
            "error", "接通了短信服务，却没有密钥。", "设置 GONGKAI_SMS_KEY_ID 和 GONGKAI_SMS_KEY_SECRET，" + see
        )
    if not settings.PRODUCTION:
        return
    if not settings.GONGKAI_MAIL_HOST:
        yield Finding(
            "warning", "没有接通邮件服务器，告知邮件只写成文件，没有人收到。", "设置 GONGKAI_MAIL_HOST，" + see
        )
    elif not settings.GONGKAI_BOUNCES:
        yield Finding("note", "没有设置退信邮箱，退回的邮件不会标在案件上。", "设置 GONGKAI_BOUNCES，" + see)


def _database() -> Iterator[Finding]:
    version = connection.get_database_version()
    if connection.vendor == "postgresql" and version[0] < _OLDEST_POSTGRESQL:
        yield Finding("error", f"PostgreSQL {version[0]} 过旧。", f"升级到 {_OLDEST_POSTGRESQL} 或更高版本。")
    if connection.vendor == "sqlite" and settings.PRODUCTION:
        yield Finding(
            "note",
            "正式环境使用的是 SQLite。",
            "单机小规模可以；多台服务器或多机关集约化请改用 PostgreSQL（DATABASE_URL）。",
        )
    if steps := pending():
        yield Finding("error", f"数据库结构有 {len(steps)} 步没有更新。", "运行 gongkai migrate。")
        return
    if agencies.city() is None:
        yield Finding(
            "warning", "还没有建立本级政府门户。", "演示可运行 gongkai demo；正式使用见 docs/operate/install.md。"
        )
        return
    for agency in agencies.agencies_on():
        if not agencies.holders(agency.pk, Role.ADMIN):
            yield Finding(
                "warning",
                f"{agency.name}没有系统管理员。",
                f"运行 gongkai users create-admin --agency {agency.code} --username 用户名 --name 姓名。",
            )
