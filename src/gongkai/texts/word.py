"""Word files (.docx): into a body for the page, and into a copy for download, both without what is hidden in them.

``mammoth`` converts, but lets hidden text and ``javascript:`` links through: ``word_hidden`` works on the XML before,
and ``richtext.clean`` on the result after.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from gongkai.texts import blocks, richtext
from gongkai.texts.images import strip_image
from gongkai.texts.ooxml import Package
from gongkai.texts.reading import PENDING_IMAGES, Findings, HiddenReport, UnreadableFile
from gongkai.texts.word_hidden import strip_hidden
from gongkai.texts.word_structure import STYLE_MAP, show_structure
from gongkai.texts.word_xml import W

if TYPE_CHECKING:
    import mammoth

# A book of 1,000 pages with scanned annexes; text alone never comes near.
MAX_WORD_BYTES = 100 * 1024 * 1024
# Titles stand in the first lines, after the agency's name, the red head and the document number.
TITLE_SEARCH_BLOCKS = 12
MAX_TITLE_CHARS = 120

_OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_SHOWN_TYPES = {"image/png": "png", "image/jpeg": "jpg", "image/jpg": "jpg", "image/gif": "gif", "image/webp": "webp"}
_PLACEHOLDER_ALT = re.compile(r"(?:图片|图像|picture|image|图)\s*\d*", re.IGNORECASE)
_DOCUMENT_NUMBER = re.compile(r".{0,16}[〔\[（(［]\s*(?:19|20)\d{2}\s*[〕\]）)］].{0,8}号")
# The kinds of 公文 (党政机关公文处理工作条例 art. 8) and of texts agencies publish: a title ends with its kind.
_TITLE_END = re.compile(
    "(?:决议|决定|命令|令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|函|纪要|办法|规定|条例|细则|规则|方案|计划|规划|要点"
    "|指南|清单|目录|解读|说明|标准|制度|章程|年报|总结|预案|名单|公示|年度报告|答复)(?:[（(].{1,16}[)）])?"
)


@dataclass(frozen=True, slots=True)
class WordImage:
    """A picture of a Word file. ``src`` is its placeholder in the body until it is stored (``replace_images``).

    ``data`` carries no metadata. ``alt`` is the author's description, "" when there is none worth the name.
    """

    name: str
    content_type: str
    data: bytes
    alt: str
    src: str


@dataclass(frozen=True, slots=True)
class WordText:
    """A Word file as a body. ``title_guess`` stays in ``html`` too: a person decides whether it is the title."""

    html: str
    images: list[WordImage]
    hidden: HiddenReport
    title_guess: str
    warnings: tuple[str, ...] = ()


def read_docx(data: bytes, *, keep_hidden: bool = False) -> WordText:
    """The body, pictures and hidden things of a .docx file.

    ``keep_hidden`` shows text formatted as hidden (``w:vanish``) for a person who decided that it belongs to the text;
    deletions and comments never come back. Raises :class:`UnreadableFile`.
    """
    import mammoth  # loaded with the first file: few processes ever see one

    package = _open(data)
    findings = Findings()
    strip_hidden(package, findings, keep_hidden=keep_hidden, for_page=True)
    title = _styled_title(package)
    warnings = show_structure(package)
    collected = _Pictures()
    try:
        result = mammoth.convert_to_html(
            io.BytesIO(package.save()),
            style_map=f"{STYLE_MAP}\nu => u",
            include_embedded_style_map=False,
            convert_image=mammoth.images.img_element(collected.add),
        )
    except (KeyError, ValueError, AttributeError, TypeError, IndexError, OSError, RecursionError) as error:
        # mammoth has no error of its own; these are what it raises for parts that contradict each other.
        raise UnreadableFile("Word 文件内部结构有误，无法转换。请用 Word 或 WPS 打开后另存为 .docx 再上传。") from error
    if any("w:sym" in message.message for message in result.messages):
        warnings.append("文中个别特殊符号无法转换，请对照原文补上。")
    html = richtext.clean(_without_inner_links(richtext.clean(result.value)))
    return WordText(
        html,
        collected.images,
        findings.report(),
        title or guess_title(html),
        tuple(warnings + collected.warnings),
    )


def clean_docx(data: bytes) -> tuple[bytes, HiddenReport]:
    """A copy of a .docx file for download, and what was taken out of it.

    Revisions are accepted; comments, hidden text, field codes, names, properties, macros, embedded files, custom XML
    and links to files elsewhere are gone. Raises :class:`UnreadableFile`.
    """
    package = _open(data)
    findings = Findings()
    strip_hidden(package, findings)
    return package.save(), findings.report()


def guess_title(html: str) -> str:
    """The title of a body by its looks: the first centred lines (no document number), else a short first line."""
    made = [node for node in blocks.tree(html).children if isinstance(node, blocks.Node)]
    lines = [(node, " ".join(node.text().split())) for node in made[:TITLE_SEARCH_BLOCKS] if node.text().strip()]
    centred: list[str] = []
    for node, text in lines:
        if _DOCUMENT_NUMBER.fullmatch(text):
            centred.clear()
            continue
        if "align-center" not in node.attrs.get("class", ""):
            if centred:
                break
            continue
        if node.tag != "p" or not centred or not _TITLE_END.search(centred[-1][-24:]):
            centred.append(text)
        if _TITLE_END.search(text[-24:]):
            break
    if centred:
        return "".join(centred)[:MAX_TITLE_CHARS]
    first = lines[0] if lines else None
    if first and len(first[1]) <= 60 and not first[1].endswith(("。", "：", ":", "；", "，")):
        return first[1]
    return ""


def _open(data: bytes) -> Package:
    if data.startswith(_OLE_SIGNATURE):
        if _ENCRYPTED_STREAM in data:
            raise UnreadableFile("Word 文件设有打开密码。请取消密码后再上传。")
        raise UnreadableFile("这是旧版 .doc 文件，无法读取。请用 Word 或 WPS 打开，“另存为” .docx 后再上传。")
    if len(data) > MAX_WORD_BYTES:
        raise UnreadableFile(f"Word 文件超过 {MAX_WORD_BYTES // 1024 // 1024} MB。请压缩其中的图片或拆分后再上传。")
    if not data.startswith(b"PK"):
        raise UnreadableFile("文件不是 .docx 格式。请用 Word 或 WPS 打开，选择“另存为”，类型选 .docx，再上传。")
    package = Package(data, what="Word 文件")
    if package.xml(package.main_part()).tag != f"{W}document":
        raise UnreadableFile("文件不是 Word 文档。请确认选择了正确的文件。")
    return package


class _Pictures:
    """Receives the pictures while mammoth converts."""

    def __init__(self) -> None:
        self.images: list[WordImage] = []
        self.warnings: list[str] = []

    def add(self, image: mammoth.documents.Image) -> dict[str, str]:
        kind = str(image.content_type or "")
        extension = _SHOWN_TYPES.get(kind)
        if extension is None:
            self.warnings.append(f"有一张 {kind or '未知'} 格式的图片无法在网页上显示，请另存为 PNG 后插入。")
            return {"src": ""}
        try:
            with image.open() as stream:
                content, _ = strip_image(stream.read())
        except (UnreadableFile, KeyError) as error:
            reason = error.message_zh if isinstance(error, UnreadableFile) else "图片在文件中缺失。"
            self.warnings.append(f"第 {len(self.images) + 1} 张图片未能取出：{reason}")
            return {"src": ""}
        name = f"image{len(self.images) + 1}.{extension}"
        alt = " ".join(str(image.alt_text or "").split())
        alt = "" if _PLACEHOLDER_ALT.fullmatch(alt) else alt
        shown = WordImage(
            name, f"image/{'jpeg' if extension == 'jpg' else extension}", content, alt, PENDING_IMAGES + name
        )
        self.images.append(shown)
        return {"src": shown.src, "alt": alt}


def _without_inner_links(html: str) -> str:
    """Bookmarks do not survive cleaning: keep the words of links to them, drop the arrows back to footnotes."""
    root = blocks.tree(html)

    def settle(children: list[blocks.Node | str]) -> list[blocks.Node | str]:
        kept: list[blocks.Node | str] = []
        for child in children:
            if isinstance(child, str):
                kept.append(child)
                continue
            child.children = settle(child.children)
            if child.tag == "a" and child.attrs.get("href", "").startswith("#"):
                if child.text() != "↑":
                    kept.extend(child.children)
            else:
                kept.append(child)
        return kept

    return blocks.write(settle(root.children))


def _styled_title(package: Package) -> str:
    """The text of the paragraphs in the style Title (标题), or ""."""
    styles_part = package.related(package.main_part(), "styles")
    if styles_part is None:
        return ""
    titles = {
        style.get(f"{W}styleId", "")
        for style in package.xml(styles_part).iter(f"{W}style")
        if _style_name(style).lower() in ("title", "标题")
    }
    lines: list[str] = []
    for paragraph in package.xml(package.main_part()).iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is not None and style.get(f"{W}val") in titles:
            lines.append("".join(str(text.text or "") for text in paragraph.iter(f"{W}t")).strip())
        elif lines:
            break
    return "".join(lines)[:MAX_TITLE_CHARS]


def _style_name(style: etree._Element) -> str:
    name = style.find(f"{W}name")
    return name.get(f"{W}val", "") if name is not None else ""
