"""Looking for what should not be in a redacted file, by other means than it was made with.

Three looks. qpdf opens it and knows every object: a find is what is not of the few kinds a redacted file is made of.
The text layer is read from its operators and tables, character by character: none may stand under a box. PDFium reads
each page as any reader would: it may find no character more than the original has outside its boxes.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

import pikepdf
from pikepdf import Name
from PIL import Image

from gongkai.texts.pdf import opened
from gongkai.texts.reading import UnreadableFile
from gongkai.texts.redaction.boxes import Box, Char, kept, ordered
from gongkai.texts.redaction.sources import pages, read_chars
from gongkai.texts.redaction.writing import COURIER_WIDTH, LINE_SHARE

# Shorter words turn up in any file by chance; whether they are in its text is seen by where they stand.
MIN_WORD = 2
# How many finds are told: one is enough to refuse the file.
MAX_TOLD = 20
# Objects in objects; ours have three levels.
MAX_DEPTH = 20

# Everything that a redacted file consists of: kind of dictionary -> the entries it may have.
_ALLOWED: dict[str, frozenset[str]] = {
    "/Catalog": frozenset({"/Type", "/Pages", "/Lang"}),
    "/Pages": frozenset({"/Type", "/Kids", "/Count", "/Parent"}),
    "/Page": frozenset({"/Type", "/Parent", "/MediaBox", "/Contents", "/Resources"}),
    "/XObject": frozenset(
        {"/Type", "/Subtype", "/Width", "/Height", "/ColorSpace", "/BitsPerComponent", "/Filter", "/Length"}
    ),
    "/Font": frozenset(
        {"/Type", "/Subtype", "/BaseFont", "/Encoding", "/ToUnicode", "/DescendantFonts", "/CIDSystemInfo", "/DW"}
        | {"/W", "/FontDescriptor"}
    ),
    "/Encoding": frozenset({"/Type", "/Differences"}),
    "/FontDescriptor": frozenset(
        {"/Type", "/FontName", "/Flags", "/FontBBox", "/ItalicAngle", "/Ascent", "/Descent", "/CapHeight", "/StemV"}
    ),
    # Streams without a type: contents of pages and tables of codes.
    "": frozenset({"/Length", "/Filter"}),
}
_TRAILER = frozenset({"/Root", "/Size", "/ID", "/Type", "/W", "/Index", "/Length", "/Filter", "/DecodeParms"})
_OPERATORS = frozenset({"q", "Q", "cm", "Do", "BT", "ET", "Tr", "g", "Tf", "Tz", "Tm", "Tj"})
# Names and strings of its own: a covered word may happen to be one of them.
_OWN_WORDS = frozenset(
    {b"zh-CN", b"Adobe", b"GB1"}
    | {b"/" + word for word in b"Catalog Pages Page XObject Image DeviceGray DeviceRGB DCTDecode FlateDecode".split()}
    | {b"/" + word for word in b"Font Type1 Courier Encoding M Type0 CIDFontType0 FontDescriptor".split()}
    | {b"/STSong-Light", b"/UniGB-UCS2-H", b"/STSong-Light-UniGB-UCS2-H", b"/XRef", b"/ObjStm"}
)
_UNREADABLE = "生成的文件无法核验（{}）。"
_MAPPED = re.compile(rb"<([0-9a-f]{2})> <((?:[0-9a-f]{4})+)>")


def leftovers(data: bytes, boxes: Iterable[Box], original: bytes) -> list[str]:
    """What is still in ``data`` of what ``boxes`` cover in ``original``, in sentences for officers; empty when nothing.

    Never raises for ``data``: what cannot be read cannot be vouched for, and is told.
    """
    covering = ordered(boxes)
    words = _covered_words(original, covering)
    told: list[str] = []
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            for look in (
                _structure(pdf),
                _words_in_objects(pdf, words),
                _layer_under_boxes(pdf, covering),
                _pictures(pdf, covering),
            ):
                told += _looked(look)
    except pikepdf.PdfError as error:
        told.append(_UNREADABLE.format(type(error).__name__))
    if data.count(b"%%EOF") != 1:
        told.append("文件含有此前的版本（增量保存的内容）。")
    told += _looked(_text_beyond(data, covering, original, words))
    return list(dict.fromkeys(told))[:MAX_TOLD]


def _looked(look: Iterator[str]) -> list[str]:
    """What a look finds, and that it could not come to its end."""
    told: list[str] = []
    try:
        told += look
    except (pikepdf.PdfError, zlib.error, UnreadableFile, ValueError, LookupError, AttributeError, TypeError) as error:
        # What pikepdf, zlib and Pillow answer with when a thing is not what its place demands.
        told.append(_UNREADABLE.format(type(error).__name__))
    except OSError as error:
        told.append(_UNREADABLE.format(type(error).__name__))
    return told


def _covered_words(original: bytes, boxes: list[Box]) -> set[str]:
    """The runs of characters under each box, as one word and, where they are long, by what spaces separate."""
    words: set[str] = set()
    for number, own in groupby(boxes, key=lambda box: box.page):
        chars = read_chars(original, number)
        for box in own:
            words.add("".join(char.text for char in chars if box.covers(char)))
    return {word for word in words if len(word) >= (MIN_WORD if not word.isascii() else 2 * MIN_WORD)}


def _structure(pdf: pikepdf.Pdf) -> Iterator[str]:
    for key in pdf.trailer.keys() - _TRAILER:
        yield f"文件带有附加信息（{key}）。"
    for thing in pdf.objects:
        if not isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
            continue
        kind = str(thing.get("/Type", ""))
        if kind in ("/XRef", "/ObjStm"):
            continue
        strange = thing.keys() - _ALLOWED.get(kind, frozenset())
        if kind not in _ALLOWED or strange:
            yield f"文件含有不应有的内容（{kind or '对象'} {'、'.join(sorted(strange))}）。"


def _words_in_objects(pdf: pikepdf.Pdf, words: set[str]) -> Iterator[str]:
    """Covered words in strings, names and streams, in whatever encoding. Contents of pages and tables of codes are full
    of numbers and read for what they mean below; pixels are no text."""
    haystack = b"\n".join(_loose_bytes(pdf))
    for word in sorted(words):
        forms = {word.encode(encoding, "ignore") for encoding in ("utf-8", "utf-16-be", "utf-16-le", "gb18030")}
        forms |= {form.hex().encode() for form in forms} | {form.hex().upper().encode() for form in forms}
        if any(len(form) > 1 and form in haystack for form in forms):
            yield f"仍可从文件中取出被遮盖的文字“{_shortened(word)}”。"


def _loose_bytes(pdf: pikepdf.Pdf) -> Iterator[bytes]:
    understood = {stream.objgen for page in pdf.pages for stream in _understood(page)}
    for thing in [*pdf.objects, pdf.trailer]:
        yield from (words for words in _strings(thing) if words not in _OWN_WORDS)
        if isinstance(thing, pikepdf.Stream) and thing.objgen not in understood and thing.get("/Type") != Name.XRef:
            yield thing.read_bytes()


def _understood(page: pikepdf.Page) -> Iterator[pikepdf.Object]:
    """The streams of a page that the other looks read by their meaning."""
    contents = page.obj.get("/Contents")
    if isinstance(contents, pikepdf.Stream):
        yield contents
    resources = page.obj.get("/Resources", pikepdf.Dictionary())
    yield from (font.ToUnicode for font in resources.get("/Font", {}).values() if "/ToUnicode" in font)
    yield from (image for image in resources.get("/XObject", {}).values() if image.get("/Subtype") == Name.Image)


def _strings(thing: object, depth: int = 0) -> Iterator[bytes]:
    """Strings and names inside an object, not in those it refers to: they come by themselves."""
    if isinstance(thing, pikepdf.String):
        yield bytes(thing)
        yield str(thing).encode("utf-8", "replace")
    elif isinstance(thing, pikepdf.Name):
        yield str(thing).encode("utf-8", "replace")
    elif depth < MAX_DEPTH and isinstance(thing, pikepdf.Array):
        for item in thing:
            if not getattr(item, "is_indirect", False):
                yield from _strings(item, depth + 1)
    elif depth < MAX_DEPTH and isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        for _, value in thing.items():
            if not getattr(value, "is_indirect", False):
                yield from _strings(value, depth + 1)


@dataclass(frozen=True, slots=True)
class _Shown:
    """What one operator shows: a character of the layer with its middle, a label, or (None) what should not be."""

    text: str | None
    is_label: bool = False
    middle: tuple[float, float] = (0.0, 0.0)


def _layer_under_boxes(pdf: pikepdf.Pdf, boxes: list[Box]) -> Iterator[str]:
    numbers = {str(number) for number in range(1, len(boxes) + 1)}
    for number, page in enumerate(pdf.pages, start=1):
        own = [box for box in boxes if box.page == number]
        for shown in _layer(page):
            if shown.text is None:
                yield f"第 {number} 页含有不应有的绘图指令。"
            elif shown.is_label:
                if shown.text not in numbers and shown.text not in {box.ground for box in own}:
                    yield f"第 {number} 页印有遮盖依据以外的文字“{_shortened(shown.text)}”。"
            elif any(
                box.left <= shown.middle[0] <= box.right and box.top <= shown.middle[1] <= box.bottom for box in own
            ):
                yield f"第 {number} 页的遮盖框下仍有文字“{shown.text}”。"


def _layer(page: pikepdf.Page) -> Iterator[_Shown]:
    _, _, width, height = (float(side) for side in page.mediabox)
    tables = {name: _table(font) for name, font in page.Resources.get("/Font", {}).items()}
    font, size, wide, at = "", 0.0, 1.0, (0.0, 0.0)
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        operands = list(instruction.operands)
        if operator not in _OPERATORS:
            yield _Shown(None)
        elif operator == "Tf":
            font, size = str(operands[0]), float(operands[1])
        elif operator == "Tz":
            wide = float(operands[0]) / 100
        elif operator == "Tm":
            at = float(operands[4]), float(operands[5])
        elif operator == "Tj":
            codes, table = bytes(operands[0]), tables[font]
            if table is None:
                yield _Shown(codes.decode("utf-16-be"), is_label=True)
                continue
            for code in codes:
                # The cell as the layer lays it: a quarter of the size below the line, the whole size above.
                middle = at[0] + COURIER_WIDTH * size * wide / 2, at[1] + (1 / LINE_SHARE / 2 - 0.25) * size
                yield _Shown(table.get(code, "\ufffd"), middle=(middle[0] / width, 1 - middle[1] / height))


def _table(font: pikepdf.Object) -> dict[int, str] | None:
    """What the codes of a font mean, or None for the one of the labels."""
    if "/ToUnicode" not in font:
        return None
    pairs = _MAPPED.findall(font.ToUnicode.read_bytes())
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}


def _pictures(pdf: pikepdf.Pdf, boxes: list[Box]) -> Iterator[str]:
    """Each page is one picture, exactly as many pixels as it says, with nothing but the box where a box is."""
    for number, page in enumerate(pdf.pages, start=1):
        drawn = dict(page.Resources.XObject.items())
        if list(drawn) != ["/P"]:
            yield f"第 {number} 页含有不应有的图像。"
            continue
        stream = drawn["/P"]
        size = int(stream.Width), int(stream.Height)
        mode = "L" if stream.ColorSpace == Name.DeviceGray else "RGB"
        raw = stream.read_raw_bytes()
        if stream.Filter == Name.DCTDecode:
            if _has_metadata(raw):
                yield f"第 {number} 页的图像带有附加信息。"
            with Image.open(io.BytesIO(raw), formats=("JPEG",)) as photograph:
                picture = photograph.convert("L")
        else:
            pixels = zlib.decompress(raw)
            if len(pixels) != size[0] * size[1] * len(mode):
                yield f"第 {number} 页的图像之后带有其他数据。"
                continue
            picture = Image.frombytes(mode, size, pixels).convert("L")
        for box in boxes:
            if box.page == number and not _is_black(picture, box):
                yield f"第 {number} 页的遮盖框没有完全遮住图像。"


def _has_metadata(jpeg: bytes) -> bool:
    """Whether a JPEG has segments beyond what it takes to show it (JFIF), or anything after its end."""
    at = 2
    while jpeg[at] == 0xFF and jpeg[at + 1] != 0xDA:
        if jpeg[at + 1] == 0xFE or 0xE1 <= jpeg[at + 1] <= 0xEF:
            return True
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    return not jpeg.endswith(b"\xff\xd9")


def _is_black(picture: Image.Image, box: Box) -> bool:
    width, height = picture.size
    inner = (
        int(box.left * width),
        int(box.top * height),
        max(int(box.left * width) + 1, int(box.right * width)),
        max(int(box.top * height) + 1, int(box.bottom * height)),
    )
    _, brightest = picture.crop(inner).getextrema()
    # Where a JPEG goes from black to paper, its blocks of 8 pixels ring a little into the black.
    return float(brightest) <= 80  # type: ignore[arg-type]


def _text_beyond(data: bytes, boxes: list[Box], original: bytes, words: set[str]) -> Iterator[str]:
    """Characters that PDFium finds on a page of the new file more often than the original has them outside boxes, and
    covered words among them."""
    sizes = pages(original)
    with opened(data) as document:
        if len(document) != len(sizes):
            yield f"页数不符：原件 {len(sizes)} 页，生成的文件 {len(document)} 页。"
        if document.count_attachments():
            yield "文件带有附件。"
        read = [document[index].get_textpage().get_text_bounded() for index in range(len(document))]
    numbers = {id(box): number for number, box in enumerate(boxes, start=1)}
    for size, text in zip(sizes, read, strict=False):
        own = [box for box in boxes if box.page == size.number]
        allowed = _counted(kept(read_chars(original, size.number), own))
        for box in own:
            allowed.update(_normal(box.ground + str(numbers[id(box)])))
        plain = _normal(text)
        beyond = Counter(plain) - allowed
        if beyond:
            yield from (f"第 {size.number} 页仍有“{_shortened(word)}”。" for word in sorted(words) if word in plain)
            yield f"第 {size.number} 页多出原件框外没有的文字“{_shortened(''.join(beyond))}”。"


def _counted(chars: list[Char]) -> Counter[str]:
    return Counter(_normal("".join(char.text for char in chars)))


def _normal(text: str) -> str:
    """As two readers agree on it: PDFium takes ligatures apart and adds spaces, line ends and marks of its own."""
    made = unicodedata.normalize("NFKC", text)
    return "".join(char for char in made if not char.isspace() and char.isprintable())


def _shortened(word: str) -> str:
    return word if len(word) <= 20 else word[:20] + "…"
