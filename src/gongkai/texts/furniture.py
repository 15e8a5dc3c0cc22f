"""What a web page puts around a text: label lines (日期、来源), share and print links, notices on leaving the site.

Such lines are taken out only whole, and only at the head or the tail of a text, so that a sentence about 分享 in the
body is never touched. Patterns accept simplified and traditional characters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

# How many lines from either end may be furniture. Portals put at most some ten around an article.
HEAD_LINES = 14
TAIL_LINES = 14
# A line of labels is short; longer ones are sentences that happen to begin with 来源 or 日期.
MAX_LABEL_LINE_CHARS = 160

_LABEL_WORDS = {
    "PubDate": r"(?:(?:发布|發[布佈]|发文|發文|更新|公开|公開|录入|錄入|上网|上網)?(?:日期|时间|時間))",
    "ContentSource": r"(?:(?:信息|文章|稿件|内容|內容)?(?:来源|來源|稿源)|(?:发布|發[布佈])(?:单位|單位|机构|機構))",
    "Author": r"(?:作者|撰稿)",
    "Editor": r"(?:责任编辑|責任編輯|编辑|編輯|责编|責編)",
    "Visits": r"(?:浏览次数|瀏覽次數|浏览量|瀏覽量|点击数|點擊數|点击率|访问量|訪問量|阅读次数|阅读量|閱讀量|人气)",
    "FontSize": r"(?:字号|字號|字体|字體)",
    "Share": r"(?:分享|分享到)",
}
_ANY_LABEL = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _LABEL_WORDS.items()))
_LABEL_START = re.compile(rf"(?:^|(?<=[\s\u3000|｜\[【(（]))(?:{_ANY_LABEL.pattern})\s*[:：]")
_DATE = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[\sT]*(\d{1,2})[:：](\d{2})(?:[:：](\d{2}))?)?"
)
_KEPT_LABELS = ("PubDate", "ContentSource", "Author")

_BUTTON = (
    r"分享(?:到|至)?|字[号號體体](?:大小)?|[大中小]|默认|特大|超大|打印(?:本页|文章|此页|页面)?|列印(?:本頁)?|(?:关闭|關閉)(?:窗口|本页|視窗|页面)?"
    r"|收藏(?:本页)?|[纠糾][错錯]|返回(?:顶部|首页|列表|上[级級])?|[下上]载|[微][信博]|新浪微博|朋友圈|QQ空间|复制链接|無障礙|无障碍|TOP|Top"
    r"|[扫掃]一[扫掃](?:在手机打开当前页|，?分享.{0,12})?|(?:我要)?(?:留言|评论)|语音播报|朗读"
)
_GAP = r"[\s\u3000【】\[\]()（）|｜·:：]*"
# Matched piece by piece (see `is_furniture`): one pattern for the whole row would backtrack without end.
_PIECE = re.compile(rf"{_GAP}(?:{_BUTTON}){_GAP}")
_NOTICE = re.compile(
    r"您[访訪][问問]的[链鏈连連][接結结]即[将將][离離][开開].{0,60}"
    r"|(?:当前位置|當前位置|您(?:现在|現在)?(?:的|所在)位置|首页|首頁)\s*[:：>＞›»].{0,120}"
    r"|(?:上一[篇条條]|下一[篇条條])\s*[:：]?.{0,100}"
    r"|已[归歸][档檔]"
)


@dataclass(frozen=True, slots=True)
class Parted:
    """Lines of text, with the labels and furniture that stood around them."""

    lines: list[str]
    labels: dict[str, str] = field(default_factory=dict)
    furniture: tuple[str, ...] = ()


def is_furniture(line: str) -> bool:
    """Whether the line is only a button, a share bar, a bread crumb or a notice of the page."""
    line = line.strip(" \t\u3000\xa0")
    if not line or len(line) > MAX_LABEL_LINE_CHARS:
        return False
    if _NOTICE.fullmatch(line):
        return True
    at = 0
    while at < len(line):
        piece = _PIECE.match(line, at)
        if piece is None:
            return False
        at = piece.end()
    return True


def label_line(line: str) -> dict[str, str] | None:
    """The labels of a line that consists of nothing else (``日期:2021-01-29 10:00    来源:…``), or None.

    ``PubDate`` is given as ``YYYY-MM-DD`` or ``YYYY-MM-DD HH:MM`` (国办发〔2017〕47号 page labels).
    """
    line = line.strip(" \t\u3000\xa0")
    starts = list(_LABEL_START.finditer(line)) if len(line) <= MAX_LABEL_LINE_CHARS else []
    if not starts or line[: starts[0].start()].strip(" \u3000|｜[【(（"):
        return None
    found: dict[str, str] = {}
    for start, following in zip(starts, [*starts[1:], None], strict=True):
        value = line[start.end() : following.start() if following else len(line)].strip(" \t\u3000\xa0|｜[]【】")
        name = str(start.lastgroup)
        if name == "PubDate":
            value = page_date(value)
            if not value:
                return None
        elif re.search(r"[。；;！]", value):
            # A sentence, not a name.
            return None
        found[name] = value
    return found


def page_date(value: str) -> str:
    """A date as the page label ``PubDate`` wants it, or "" when ``value`` is more or less than a date."""
    match = _DATE.fullmatch(value.strip(" \t\u3000\xa0"))
    if not match:
        return ""
    year, month, day, hour, minute, second = match.groups()
    date = f"{year}-{int(month):02}-{int(day):02}"
    if hour is None:
        return date
    return f"{date} {int(hour):02}:{minute}" + (f":{second}" if second else "")


def part(lines: Sequence[str]) -> Parted:
    """Take labels and furniture from the head and the tail of ``lines``. Empty lines stay where they are in between."""
    filled = [index for index, line in enumerate(lines) if line.strip(" \t\u3000\xa0")]
    labels: dict[str, str] = {}
    dropped: dict[int, str] = {}
    for index in filled[:HEAD_LINES]:
        found = label_line(lines[index])
        if found is not None:
            dropped[index] = lines[index]
            for name in _KEPT_LABELS:
                if found.get(name):
                    labels.setdefault(name, found[name])
        elif is_furniture(lines[index]):
            dropped[index] = lines[index]
    for index in reversed(filled[-TAIL_LINES:]):
        if index not in dropped and is_furniture(lines[index]):
            dropped[index] = lines[index]
    return Parted(
        [line for index, line in enumerate(lines) if index not in dropped],
        labels,
        tuple(dropped[index].strip() for index in sorted(dropped)),
    )
