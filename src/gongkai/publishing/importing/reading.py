"""One thing of a source as a text: body, title, page labels, pictures, and what a person must look at."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field

from gongkai.publishing.importing.sources import TEXTS, Item, Source
from gongkai.texts import blocks, markup, richtext, word
from gongkai.texts.reading import UnreadableFile

_CELL_LIMIT = 32_767  # characters: what Excel keeps in a cell; a text exactly that long has lost its end
_LOST = "\ufffd"
_MARKUP = re.compile(r"<(?:p|div|br|span|table|h[1-6]|ul|ol)\b", re.IGNORECASE)
_DATA_PICTURE = re.compile(r"""<img[^>]+src\s*=\s*["']?data:""", re.IGNORECASE)
_TITLE_BLOCKS = 6  # title, red head and number stand within the first blocks


@dataclass
class Reading:
    """A text that was read. ``pictures`` are addresses by placeholder, ``embedded`` pictures the file carries itself.

    ``doubts`` say what a person must decide before the text is public, ``notes`` what is only worth knowing.
    """

    title: str = ""
    html: str = ""
    labels: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)
    embedded: list[word.WordImage] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read(source: Source, item: Item, data: bytes) -> Reading:
    """The text of an item; ``data`` are the bytes of its file. Raises UnreadableFile in Chinese."""
    if not item.file:
        return _from_cell(item.row.values.get("body", "") if item.row else "")
    kind = TEXTS.get(posixpath.splitext(item.file)[1].lower())
    if kind is None:
        return Reading()  # a PDF, a table: the document consists of its attachment
    if not data.strip():
        raise UnreadableFile("文件是空的（没有内容）。请检查原文件后重新导入。")
    if kind == "docx":
        return _from_word(data)
    reader = {"html": markup.read_html, "markdown": markup.read_markdown, "plain": markup.read_plain}[kind]
    text = reader(data)
    _refuse_lost(text.title + text.html, text.encoding)
    made = Reading(text.title, text.html, dict(text.labels), dict(text.images))
    # Relative addresses are looked for in the source (companions), which then says what is missing.
    made.notes += [one for one in text.warnings if "相对地址" not in one]
    if kind != "plain" and _DATA_PICTURE.search(markup.decode(data).text):
        made.doubts.append("网页里有直接嵌在代码中的图片，没有带入。请把图片另存为文件后补上。")
    return made


def _from_word(data: bytes) -> Reading:
    text = word.read_docx(data)
    made = Reading(text.title_guess, _without_title(text.html, text.title_guess), embedded=list(text.images))
    made.notes += text.warnings
    if text.hidden.needs_decision:
        found = "、".join(f"{one.label}{one.count}处" for one in text.hidden.findings)
        made.doubts.append(f"Word 文件里有读者看不到的内容（{found}），没有带入。请核对正文是否完整。")
    return made


def _from_cell(cell: str) -> Reading:
    _refuse_lost(cell, "UTF-8")
    made = Reading()
    if _MARKUP.search(cell):
        held, made.pictures = markup.hold_images(cell)
        made.html = richtext.clean(held)
    else:
        made.html = richtext.from_text(cell)
    if len(cell) >= _CELL_LIMIT:
        made.doubts.append(f"正文正好占满一个单元格（{_CELL_LIMIT}字），后面的内容可能已经丢失。请与原文核对。")
    return made


def _refuse_lost(text: str, encoding: str) -> None:
    lost = text.count(_LOST)
    if lost:
        raise UnreadableFile(
            f"文字编码有误：按 {encoding} 读取，有 {lost} 处无法识别。请用原来的软件打开，另存为 UTF-8 编码后再导入。"
        )


def _without_title(html: str, title: str) -> str:
    """The body without the title's own lines at its head: the title stands in the header."""
    wanted = "".join(title.split())
    root = blocks.tree(html)
    for start in range(min(_TITLE_BLOCKS, len(root.children))):
        joined = ""
        for end in range(start, min(start + _TITLE_BLOCKS, len(root.children))):
            child = root.children[end]
            joined += "".join((child if isinstance(child, str) else child.text()).split())
            if joined and joined == wanted:
                return richtext.clean(blocks.write([*root.children[:start], *root.children[end + 1 :]]))
            if not wanted.startswith(joined):
                break
    return html
