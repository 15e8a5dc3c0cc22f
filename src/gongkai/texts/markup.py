"""Texts without a word processor: Markdown, plain text as agencies paste it, and pages saved from other sites."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from gongkai.texts import furniture, richtext
from gongkai.texts.decoding import Decoded, decode
from gongkai.texts.reading import SourceText, UnreadableFile
from gongkai.texts.webpages import hold_images, read_html

__all__ = [
    "Decoded",
    "LabelledText",
    "SourceText",
    "decode",
    "read_html",
    "read_labels_from_text",
    "read_markdown",
    "read_plain",
]

# The longest law with its annexes has some 400 KB; ten times that is a data file, which belongs in an attachment.
MAX_TEXT_BYTES = 4 * 1024 * 1024
# A heading is read at a glance. Measured on annual reports: 一、 headings up to 30 characters, （一） up to 24.
MAX_HEADING_CHARS = {2: 32, 3: 26}
# 公文标题 rarely exceed three lines of 20 characters (GB/T 9704); longer first lines are sentences.
MAX_TITLE_CHARS = 80

_NUMERAL = "[〇零一二三四五六七八九十百]{1,5}"
_SPACE = r"[ \t\u3000\xa0]"
_HEADINGS = (
    (2, re.compile(rf"第{_NUMERAL}[编編章](?:{_SPACE}.*)?")),
    (3, re.compile(rf"第{_NUMERAL}[节節](?:{_SPACE}.*)?")),
    (2, re.compile(rf"{_NUMERAL}、.+")),
    (3, re.compile(rf"[（(]{_NUMERAL}[）)].+")),
)
_SENTENCE_END = ("。", "；", ";", "，", ",", "：", ":", "！", "？", "、", ".")


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A pasted page in plain text: ``body`` is what remains when title, labels and ``furniture`` are taken out."""

    title: str
    labels: dict[str, str] = field(default_factory=dict)
    body: str = ""
    furniture: tuple[str, ...] = ()


def read_markdown(data: bytes, *, declared: str | None = None) -> SourceText:
    """A Markdown file (CommonMark with tables). The first ``# `` heading is the title; HTML inside is sanitised."""
    decoded = _decoded(data, declared)
    source = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    tokens = _PARSER.parse(_literal_numbers(source))
    title = _take_title(tokens)
    html, images = hold_images(_PARSER.renderer.render(tokens, _PARSER.options, {}))
    body = richtext.clean(html)
    if not body and not title:
        # Nesting beyond the parser's limit is dropped by it: then the lines themselves are the text.
        body = richtext.from_text(richtext.plain_text(source))
    return SourceText(title, body, {}, images, _warnings(decoded), decoded.encoding)


def read_plain(data: bytes, *, declared: str | None = None) -> SourceText:
    """A .txt file: a paragraph for each line; 一、 and （一） lines are headings only when they are short."""
    decoded = _decoded(data, declared)
    labelled = read_labels_from_text(decoded.text)
    html = "".join(_line_html(line) for line in labelled.body.split("\n"))
    warnings = list(_warnings(decoded))
    if any("归档" in line or "歸檔" in line for line in labelled.furniture):
        warnings.append("来源页面标有“已归档”，请核对内容是否仍然有效。")
    return SourceText(labelled.title, richtext.clean(html), labelled.labels, {}, tuple(warnings), decoded.encoding)


def read_labels_from_text(text: str) -> LabelledText:
    """Title, labels and body of a page that was copied as plain text; no word of the text itself is lost.

    The first line is the title when it looks like one: short, no sentence, no numbered heading, and followed by more.
    """
    lines = re.split(r"\r\n|[\r\n\v\f\x85\u2028\u2029]", text.lstrip("\ufeff"))
    parted = furniture.part(lines)
    rest = parted.lines
    title = ""
    first = next((index for index, line in enumerate(rest) if line.strip(" \t\u3000\xa0")), None)
    if first is not None and _is_title(rest[first]) and any(line.strip() for line in rest[first + 1 :]):
        title = " ".join(rest[first].split())
        rest = rest[first + 1 :]
    labels = {"ArticleTitle": title, **parted.labels} if title else dict(parted.labels)
    return LabelledText(title, labels, "\n".join(rest).strip("\n"), parted.furniture)


def heading_level(line: str) -> int | None:
    """2 or 3 when a line of plain text is a heading (第一章, 一、, （一）: short, and no sentence), else None."""
    line = line.strip(" \t\u3000\xa0")
    for level, pattern in _HEADINGS:
        if pattern.fullmatch(line) and len(line) <= MAX_HEADING_CHARS[level] and not line.endswith(_SENTENCE_END):
            return level if not re.search("[。；]", line) else None
    return None


def _decoded(data: bytes, declared: str | None) -> Decoded:
    if len(data) > MAX_TEXT_BYTES:
        raise UnreadableFile(f"文本超过 {MAX_TEXT_BYTES // 1024 // 1024} MB。请作为附件上传，或拆分后再导入。")
    return decode(data, declared)


def _warnings(decoded: Decoded) -> tuple[str, ...]:
    if decoded.lossy:
        return (f"文字按 {decoded.encoding} 读取，个别字节无法识别，显示为“\ufffd”，请对照原文补正。",)
    return ()


def _is_title(line: str) -> bool:
    line = line.strip(" \t\u3000\xa0")
    return len(line) <= MAX_TITLE_CHARS and not line.endswith(_SENTENCE_END) and not any(
        pattern.fullmatch(line) for _, pattern in _HEADINGS
    )  # fmt: skip


def _line_html(line: str) -> str:
    level = heading_level(line)
    tag = f"h{level}" if level else "p"
    return f"<{tag}>{escape(line)}</{tag}>"


_PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
_NUMBER_DOT = re.compile(r"^([ \t>]*\d{1,9})([.)])", re.MULTILINE)


def _literal_numbers(source: str) -> str:
    """``source`` with the numbers of ordered lists made literal where Markdown would count differently.

    Markdown keeps the first number of a list only; a legal text that skips from 1. to 3. must stay as it is.
    """
    lines = source.split("\n")
    changed = False
    for start, end in _miscounted(_PARSER.parse(source)):
        for index in range(start, end):
            literal = _NUMBER_DOT.sub(r"\1\\\2", lines[index])
            changed = changed or literal != lines[index]
            lines[index] = literal
    return "\n".join(lines) if changed else source


def _miscounted(tokens: list[Token]) -> list[tuple[int, int]]:
    """The line ranges of ordered lists whose written numbers are not consecutive."""
    ranges: list[tuple[int, int]] = []
    open_lists: list[tuple[Token, list[int]]] = []
    for token in tokens:
        if token.type in ("ordered_list_open", "bullet_list_open"):
            open_lists.append((token, []))
        elif token.type == "list_item_open" and token.info.isdigit():
            open_lists[-1][1].append(int(token.info))
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            opened, numbers = open_lists.pop()
            if opened.map and any(after != before + 1 for before, after in pairwise(numbers)):
                ranges.append((opened.map[0], opened.map[1]))
    return ranges


def _take_title(tokens: list[Token]) -> str:
    for index, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h1" and token.level == 0 and token.markup == "#":
            html = _PARSER.renderer.render(tokens[index : index + 3], _PARSER.options, {})
            del tokens[index : index + 3]
            return " ".join(richtext.plain_text(html).split())
    return ""
