"""A letter that was edited in Word comes back: its body, and what of the rest was changed in vain.

Frame and enclosed slips come from the case; only what stands between them is taken. They are known by their styles,
which Word and WPS keep while text is edited.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from gongkai.applications.letters import word
from gongkai.applications.letters.composing import Composed
from gongkai.texts import richtext
from gongkai.texts.ooxml import Package
from gongkai.texts.reading import UnreadableFile
from gongkai.texts.word import read_docx
from gongkai.texts.word_xml import W, words

_WHERE = {word.TITLE: "标题", word.NUMBER: "文号", word.SALUTATION: "主送", word.SIGNATURE: "署名", word.DATE: "日期"}


@dataclass(frozen=True, slots=True)
class ReadBack:
    """The body as markup, and what the person who edited has to know, sentence by sentence."""

    html: str
    notes: tuple[str, ...] = ()


def read_back(data: bytes, sent: Composed) -> ReadBack:
    """The body of an edited letter that went out as ``sent``. Raises UnreadableFile, also when no body is left."""
    if not data.startswith(b"PK"):
        read_docx(data)  # says what is wrong with it
    package = Package(data, what="Word 文件")
    notes = _without_frame(package, sent)
    read = read_docx(package.save())
    if not richtext.plain_text(read.html).strip():
        raise UnreadableFile("文件中没有找到文书的正文。请在从本系统下载的 Word 文件上修改，不要改动标题、落款的样式。")
    if read.images:
        notes.append("文书正文中不能插入图片，图片没有采用；需要提供的图片请作为附件。")
    if read.hidden.needs_decision:
        kinds = "、".join(one.kind.label for one in read.hidden.findings)
        notes.append(f"文件中有{kinds}：修订已按接受处理，批注和隐藏文字没有采用，请核对正文。")
    without = richtext.replace_images(read.html, {one.src: None for one in read.images})
    return ReadBack(without, (*notes, *read.warnings))


def _without_frame(package: Package, sent: Composed) -> list[str]:
    """Take frame and slips out of the file; tell which lines of the frame had been changed."""
    main = package.main_part()
    body = package.xml(main).find(f"{W}body")
    if body is None:
        raise UnreadableFile("文件不是 Word 文档。请确认选择了正确的文件。")
    names = _style_names(package, main)
    found: dict[str, list[str]] = {}
    after = False
    for block in list(body):
        name = names.get(_style_id(block), "")
        after = after or name == word.ENCLOSURE
        if after and block.tag != f"{W}sectPr":
            body.remove(block)
        elif name in word.FRAME:
            found.setdefault(name, []).append(words(block).strip())
            body.remove(block)
    _drop_unstyled_ending(body, sent)
    return _changed(found, sent)


def _drop_unstyled_ending(body: etree._Element, sent: Composed) -> None:
    """Signature and date at the end are the frame's also when their style was lost."""
    ending = {text for text in (sent.signature, sent.signed_on) if text}
    for block in reversed(body.findall(f"{W}p")):
        text = words(block).strip()
        if text and text not in ending:
            return
        body.remove(block)


def _changed(found: dict[str, list[str]], sent: Composed) -> list[str]:
    expected = {
        word.TITLE: sent.title,
        word.NUMBER: sent.number,
        word.SALUTATION: sent.salutation,
        word.SIGNATURE: sent.signature,
        word.DATE: sent.agency if sent.is_table else sent.signed_on,
    }
    return [
        f"{_WHERE[style]}改为“{'、'.join(found[style])}”没有采用：{_WHERE[style]}由系统填写，请在案件中修改。"
        for style, text in expected.items()
        if style in found and "".join(found[style]) != text
    ]


def _style_names(package: Package, main: str) -> dict[str, str]:
    part = package.related(main, "styles")
    if part is None:
        return {}
    named = ((one.get(f"{W}styleId", ""), one.find(f"{W}name")) for one in package.xml(part).iter(f"{W}style"))
    return {identity: name.get(f"{W}val", "") for identity, name in named if name is not None}


def _style_id(block: etree._Element) -> str:
    style = block.find(f"{W}pPr/{W}pStyle")
    return style.get(f"{W}val", "") if style is not None else ""
