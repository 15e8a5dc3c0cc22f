"""Of which type an imported text is, and of which genre 体裁: said by list or operator, or told by its looks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gongkai.catalog import doctypes
from gongkai.catalog.columns import Column
from gongkai.publishing.importing.mapping import Mapped, Value

_AFTER_TITLE = re.compile(r"[（(〔【][^（(〔【）)〕】]*[）)〕】]\s*$")
# Looks of a title, most telling first. A number and no look of its own: 其他文件; neither: 动态要闻.
_LOOKS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("annual_report", re.compile(r"(?:政府(?:信息|資訊)|政务|政務)公[开開].*年[度]?[报報](?:告)?")),
    ("interpretation", re.compile(r"解读|解讀|图解|一图读懂|政策问答|答记者问")),
    ("budget", re.compile(r"(?:预算|決算|决算|“三公”经费)")),
    ("recruitment", re.compile(r"招聘|招考|招录|录用|遴选|选调|面试")),
    ("procurement", re.compile(r"采购|中标|成交(?:结果)?公告")),
    ("project", re.compile(r"招标公告|竣工验收|项目(?:批准|核准|备案)")),
    ("enforcement", re.compile(r"行政(?:处罚|强制)")),
    ("emergency", re.compile(r"应急预案|预警")),
    ("rule", re.compile(r"(?:条例|令)$")),
    ("plan", re.compile(r"(?:规划|计划|工作要点|工作总结)$")),
    ("service", re.compile(r"办事指南|办理指南|服务指南")),
)
_NOTICE = re.compile(r"(?:公告|通告|公示|通知)$")
_LEGAL = re.compile(r"(?:条例|规定|办法|细则|规则|决定)$")
_GENRES = (
    "条例", "规定", "办法", "细则", "规则", "规范", "决定", "通知", "公告", "通告", "意见", "公报", "通报", "报告",
    "批复", "函", "纪要", "命令", "令", "方案", "规划", "计划", "要点", "指南", "目录", "公示", "解读", "预案",
)  # fmt: skip


@dataclass(frozen=True)
class Names:
    """What names of columns mean in this agency: the type each of them gathers, where it gathers only one."""

    by_column: Mapping[str, str]

    @classmethod
    def of(cls, columns: Iterable[Column]) -> Names:
        """From the agency's columns and the declared types' own names."""
        by_column = {one.label: one.key for one in doctypes.all_types().values()}
        for column in columns:
            if len(column.rules.types) == 1:
                by_column.setdefault(column.name, column.rules.types[0])
        return cls(by_column)

    def type_of(self, written: str) -> str:
        """The type a column's name or path (政府信息公开/规划计划) stands for, "" when none."""
        for part in reversed(re.split(r"[/\\>＞›»|]", written)):
            name = part.strip()
            if name in self.by_column:
                return self.by_column[name]
            inside = [key for label, key in self.by_column.items() if len(label) >= 2 and name.endswith(label)]
            if len(set(inside)) == 1:
                return inside[0]
        return ""


def find_type(found: Mapped, path: str, names: Names, asked: str) -> Value:
    """The type's key and why: the list's own word, the operator's, the column's or folder's name, the looks."""
    written = str(found.get("type") or "")
    key = written if written in doctypes.all_types() else names.type_of(written) if written else ""
    if key:
        return Value(key, found.values["type"].origin)
    if written:
        found.doubts.append(f"没有“{written}”这种文件类型，已按其他线索归类，请核对。")
    if asked:
        return Value(asked, "命令行")
    column = str(found.get("column") or "")
    if key := names.type_of(column):
        return Value(key, "栏目")
    if key := names.type_of(path.rpartition("/")[0]):
        return Value(key, "文件夹")
    return Value(*_by_looks(str(found.get("title") or ""), str(found.get("document_number") or "")))


def find_genre(title: str, type_key: str) -> str:
    """The genre a title ends with; the type's own where it has only one; "" when it cannot be told."""
    own = doctypes.get(type_key).genres
    bare = _bare(title)
    for genre in sorted({*own, *_GENRES}, key=len, reverse=True):
        if bare.endswith(genre):
            return genre
    return own[0] if len(own) == 1 else ""


def _by_looks(title: str, number: str) -> tuple[str, str]:
    bare = _bare(title)
    if _LEGAL.search(bare) and "令" in number:
        return "rule", "标题和令号"
    for key, look in _LOOKS:
        if look.search(bare):
            return key, "标题"
    if number:
        return "other_document", "有发文字号"
    if _LEGAL.search(bare):
        return "normative", "标题"
    return ("notice", "标题") if _NOTICE.search(bare) else ("news", "默认")


def _bare(title: str) -> str:
    return _AFTER_TITLE.sub("", title.strip())
