"""Reading the installation's environment, with errors that say what to write instead."""

import os
import secrets
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

_TRUE = frozenset({"1", "true", "yes", "on", "是"})
_FALSE = frozenset({"0", "false", "no", "off", "否", ""})


def flag(name: str, default: bool = False) -> bool:
    """A yes/no setting; anything but the known spellings is an error: a typing slip must not switch safety off."""
    raw = os.environ.get(name)
    if raw is None:
        return default
    value = raw.strip().lower()
    if value in _TRUE:
        return True
    if value in _FALSE:
        return False
    raise ImproperlyConfigured(f"环境变量 {name} 的值“{raw}”无法识别，请写 1 或 0。")


def words(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """A list of words separated by commas or blanks."""
    raw = os.environ.get(name)
    if raw is None:
        return list(default)
    return [word for word in raw.replace(",", " ").split() if word]


def whole_number(name: str, default: int) -> int:
    """A whole number; raises ImproperlyConfigured with the name of the setting when it is not one."""
    raw = os.environ.get(name, "").strip()
    if not raw:
        return default
    try:
        return int(raw)
    except ValueError:
        raise ImproperlyConfigured(f"环境变量 {name} 的值“{raw}”不是整数。") from None


def choice(name: str, among: tuple[str, ...]) -> str:
    """One of the words given, the first by default; raises ImproperlyConfigured with what may be written."""
    value = os.environ.get(name, "").strip().lower() or among[0]
    if value not in among:
        usable = "、".join(word for word in among if word)
        raise ImproperlyConfigured(f"环境变量 {name} 的值“{value}”无法识别，可以写：{usable}。")
    return value


def hour(name: str, default: int) -> int:
    """An hour of the day, 0 to 23."""
    value = whole_number(name, default)
    if not 0 <= value <= 23:
        raise ImproperlyConfigured(f"环境变量 {name} 的值“{value}”不是钟点，请写 0 至 23。")
    return value


def networks(name: str) -> list[str]:
    """A list of networks such as ``10.20.0.0/16``; raises ImproperlyConfigured with what is none."""
    given = words(name)
    for one in given:
        try:
            ip_network(one)
        except ValueError:
            raise ImproperlyConfigured(f"环境变量 {name} 中的“{one}”不是网段，请写作 10.20.0.0/16。") from None
    return given


def text(name: str, default: str = "") -> str:
    """A plain text setting."""
    return os.environ.get(name, default)


def scanner(name: str) -> str:
    """Where a virus scanner listens: ``unix:/path`` or ``tcp://host:3310``; "" for none."""
    value = os.environ.get(name, "").strip()
    where = urlsplit(value)
    if value and not ((where.scheme == "unix" and where.path) or (where.scheme == "tcp" and where.hostname)):
        raise ImproperlyConfigured(
            f"环境变量 {name} 的值“{value}”无法识别，请写 unix:/run/clamav/clamd.ctl 或 tcp://127.0.0.1:3310。"
        )
    return value


def secret(name: str, keep_in: Path) -> str:
    """A secret from the environment, or one made once and kept in a file only its owner can read.

    The file keeps ``make run`` free of questions; production sets the variable or protects the file.
    """
    given = os.environ.get(name)
    if given:
        return given
    try:
        return keep_in.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        pass
    keep_in.parent.mkdir(parents=True, exist_ok=True)
    value = secrets.token_urlsafe(48)
    try:
        handle = os.open(keep_in, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process of the same first start was quicker
        return keep_in.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(value)
    return value
