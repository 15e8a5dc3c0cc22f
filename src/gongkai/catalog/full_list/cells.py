"""What stands in the cells of a full list: ticks, channels, items of article 20, in the spellings people use."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from gongkai.catalog import doctypes
from gongkai.catalog.full_list.headings import TICKS, folded
from gongkai.catalog.matters import Audience, Channel, Way
from gongkai.law import articles, upkeep

TICK_MARKS = frozenset("√✓✔☑■●◆▲v是有1")
_TICKED, _BLANK = "■☑√✓✔●◆🗹", "□☐○◇×✗✕"
_PIECES = re.compile(r"[、,;；，\n]+")
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

CHANNELS: dict[str, tuple[str, ...]] = {
    Channel.WEBSITE: (
        "政府网站", "网站", "门户网站", "政府门户网站", "部门网站", "官网", "信息公开平台", "政府信息公开平台",
    ),
    Channel.GAZETTE: ("政府公报", "公报"),
    Channel.NEW_MEDIA: (
        "两微一端", "政务新媒体", "新媒体", "微信", "微博", "微信公众号", "公众号", "政务微信", "政务微博", "客户端",
    ),
    Channel.CONFERENCE: ("发布会听证会", "发布会", "听证会", "新闻发布会"),
    Channel.BROADCAST: ("广播电视", "广播", "电视"),
    Channel.PRINT: ("纸质媒体", "报纸", "报刊", "报刊杂志", "纸媒"),
    Channel.READING_POINT: ("公开查阅点", "查阅点", "信息公开查阅点", "政府信息查阅点", "档案馆", "图书馆"),
    Channel.SERVICE_CENTRE: (
        "政务服务中心", "行政服务中心", "服务中心", "政务大厅", "政务服务大厅", "办事大厅", "便民服务中心",
    ),
    Channel.SERVICE_STATION: ("便民服务站", "服务站"),
    Channel.ON_SITE: ("入户现场", "入户", "现场"),
    Channel.NOTICE_BOARD: (
        "社区企事业单位村公示栏", "公示栏", "公告栏", "公开栏", "电子屏", "电子显示屏", "宣传栏", "社区公示栏",
        "村公示栏",
        "企事业单位公示栏", "社区企事业单位", "社区", "村",
    ),
    Channel.PUSH: ("精准推送", "推送"),
}  # fmt: skip
_CHANNELS = {folded(one): key for key, spellings in CHANNELS.items() for one in spellings}


def tidy(text: str) -> str:
    """Text as it is kept: without control characters, one kind of line break, no blanks around."""
    plain = _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n"))
    return "\n".join(line.strip() for line in plain.split("\n")).strip()


def tidied(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The same facts with their texts as they are kept."""
    return {key: tidy(value) if isinstance(value, str) else value for key, value in facts.items()}


def is_tick(text: str) -> bool:
    """Whether the cell of a column of ticks is ticked."""
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    return bool(plain) and (plain in TICK_MARKS or plain[0] in _TICKED) and plain[0] not in _BLANK


def number(text: str) -> int | None:
    """序号; None where the cell holds none that could be one (1.1, 第一)."""
    plain = unicodedata.normalize("NFKC", text).strip().rstrip(".、")
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 7 and int(plain) > 0 else None


def pieces(text: str) -> list[str]:
    """The parts of a cell that lists several things. Where some are ticked (■政府网站 □政府公报), only those."""
    spread = re.sub(rf"\s*([{_TICKED}{_BLANK}])\s*", r"\n\1", text)
    parts = [part.strip() for part in _PIECES.split(spread) if part.strip()]
    if any(part[0] in _TICKED for part in parts):
        parts = [part for part in parts if part[0] in _TICKED]
    return [part.lstrip(_TICKED + _BLANK).strip() for part in parts if part.strip(_TICKED + _BLANK + " ")]


def channels(text: str) -> tuple[list[str], str]:
    """The official channels named, in the official order, and what 其他 is: everything that is none of them."""
    found: set[str] = set()
    others: list[str] = []
    for part in pieces(text):
        label, _, note = part.replace("：", ":").partition(":")
        if folded(label) == "其他":
            others += [note.strip()] if note.strip() else []
            found.add(Channel.OTHER)
        elif folded(part) in _CHANNELS:
            found.add(_CHANNELS[folded(part)])
        elif several := _several(part):
            found |= several
        else:
            others.append(part)
            found.add(Channel.OTHER)
    return [one.value for one in Channel if one in found], "、".join(others)


def _several(part: str) -> set[str]:
    """Channels written with strokes between them: 政府网站/微信/公示栏."""
    named = [folded(one) for one in re.split(r"[/／和及]|\s+", part) if one]
    known = {_CHANNELS[one] for one in named if one in _CHANNELS}
    return known if len(named) > 1 and all(one in _CHANNELS for one in named) else set()


def audience(text: str) -> tuple[str, str]:
    """公开对象 from one cell: whom, and which group."""
    parts = pieces(text)
    first = parts[0] if parts else ""
    label, _, note = first.replace("：", ":").partition(":")
    known = {folded(one) for one in TICKS["audience"]["everybody"]} | {"公众", "不特定公众", "所有人"}
    if not first or (folded(label) in known):
        return Audience.EVERYBODY.value, ""
    if folded(label) in {folded(one) for one in TICKS["audience"]["specific"]}:
        return Audience.SPECIFIC.value, note.strip()
    return Audience.SPECIFIC.value, "、".join(parts)


def way(text: str) -> str | None:
    """公开方式 from one cell; None for what is neither."""
    named = "".join(pieces(text))
    if "主动" in named or not named:
        return Way.PROACTIVE.value
    return Way.ON_APPLICATION.value if "申请" in named else None


def tiers(text: str) -> list[str]:
    """公开层级 from one cell."""
    named = {folded(one) for one in pieces(text)}
    return [key for key, spellings in TICKS["tiers"].items() if named & {folded(one) for one in spellings}]


def item(text: str) -> str | None:
    """An item of article 20 by its name, its numeral or its key; None for what is none."""
    plain = unicodedata.normalize("NFKC", text).strip()
    for one in articles.ARTICLE_20:
        numeral = unicodedata.normalize("NFKC", one.numeral)
        if plain in (one.key, one.name, one.wording, numeral, numeral.strip("()")) or plain.startswith(
            (f"{numeral}", f"第二十条第{numeral}项", f"第{numeral.strip('()')}项")
        ):
            return one.key
    return None


def duty(text: str) -> str | None:
    """An update duty by its name or key; None for what is none."""
    plain = text.strip()
    return next((one.key for one in upkeep.DUTIES if plain in (one.key, one.label)), None)


def types(text: str) -> tuple[list[str], list[str]]:
    """Document types by name or key, and what is none."""
    by_name = {one.label: key for key, one in doctypes.all_types().items()} | {key: key for key in doctypes.all_types()}
    named = pieces(text)
    return [by_name[one] for one in named if one in by_name], [one for one in named if one not in by_name]
