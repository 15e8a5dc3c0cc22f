"""Reading a text that somebody uploads or pastes: Word, web page, plain text, Markdown. Bytes in, values out."""

import posixpath
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError

from gongkai.texts import markup, richtext, webpages, word
from gongkai.texts.reading import SourceText, UnreadableFile

READABLE = (".docx", ".html", ".htm", ".txt", ".md", ".markdown")
"""Endings of files whose text can be drafted from."""


@dataclass(frozen=True)
class IncomingImage:
    """A picture that came with the text; ``src`` is its placeholder in the body until it is stored."""

    src: str
    name: str
    data: bytes
    alt: str


@dataclass(frozen=True)
class Incoming:
    """A text as a draft can begin with it. ``lost`` counts pictures that did not come along."""

    title: str
    body: str
    images: list[IncomingImage] = field(default_factory=list)
    lost: int = 0
    warnings: tuple[str, ...] = ()


def read(name: str, data: bytes, *, keep_hidden: bool = False) -> Incoming:
    """Read an uploaded file. ``keep_hidden`` lets text that Word hides stand in the body, once a person decided so.

    Raises ValidationError at ``file``, saying what to do.
    """
    extension = posixpath.splitext(name)[1].lower()
    try:
        if extension == ".docx":
            return _from_word(data, keep_hidden=keep_hidden)
        if extension in (".html", ".htm"):
            return _from_source(webpages.read_html(data))
        if extension == ".txt":
            return _from_source(markup.read_plain(data))
        if extension in (".md", ".markdown"):
            return _from_source(markup.read_markdown(data))
    except UnreadableFile as error:
        raise ValidationError({"file": f"“{name}”：{error}"}) from None
    if extension in (".doc", ".wps"):
        message = f"“{name}”是旧版格式，读不出正文。请用 Word 或 WPS 打开，“另存为” .docx 后再上传。"
    elif extension in (".pdf", ".ofd"):
        message = f"“{name}”是版式文件，不能作为正文编辑。请上传 Word 文件作正文，再把它作为附件上传。"
    else:
        message = f"不能从“{name}”读入正文。可以上传 .docx、.html、.txt、.md 文件。"
    raise ValidationError({"file": message})


def pasted(text: str) -> Incoming:
    """A text pasted into the page: markup from the editor, or plain lines."""
    if "<" in text and ">" in text:
        held, images = webpages.hold_images(text)
        body = richtext.replace_images(richtext.clean(held), dict.fromkeys(images))
        return Incoming(word.guess_title(body), body, lost=len(images))
    return _from_source(markup.read_plain(text.encode("utf-8")))


def _from_word(data: bytes, *, keep_hidden: bool) -> Incoming:
    found = word.read_docx(data, keep_hidden=keep_hidden)
    images = [IncomingImage(one.src, one.name, one.data, one.alt) for one in found.images]
    return Incoming(found.title_guess, found.html, images, warnings=found.warnings)


def _from_source(found: SourceText) -> Incoming:
    # Their pictures lie on somebody else's server: nothing is fetched from there.
    body = richtext.replace_images(found.html, dict.fromkeys(found.images))
    title = found.title or word.guess_title(body)
    return Incoming(title, body, lost=len(found.images), warnings=found.warnings)
