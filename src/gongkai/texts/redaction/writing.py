"""Writing a PDF of pictures with a text layer, object by object: nothing is in it that is not made here.

The layer needs no font of its own. Courier is known to every reader and all its characters are equally wide; a
ToUnicode table says what the codes mean, and rendering mode 3 (PDF 32000-1, 9.3.6) keeps them unseen. What the boxes
say is printed in STSong-Light, a font that the standard has for Simplified Chinese (9.7.5.2) and readers supply.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from types import TracebackType

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

from gongkai.texts.redaction.boxes import Char, Label, PageSize

# Above the control codes and the space, to which some readers give a meaning of their own.
FIRST_CODE, LAST_CODE = 33, 255
CODES = LAST_CODE - FIRST_CODE + 1
COURIER_WIDTH = 0.6
# How much of the height of a line Courier's letters take, and how far they reach below it.
LINE_SHARE, DESCENT = 0.8, 0.2
# The smallest print that can be read on paper, and the largest that a note in a box needs, in points.
SMALLEST_PRINT, LARGEST_PRINT = 4.5, 9.0
# A photograph shows no loss at this quality; drawn text is kept without loss, and is smaller that way.
JPEG_QUALITY = 85
# A pixel whose colours differ less than this is grey to the eye; scanners see colours in white paper.
GREY_TOLERANCE = 12

_LABEL_FONT, _LABEL_ENCODING = "STSong-Light", "UniGB-UCS2-H"


class Writer:
    """A PDF that grows page by page."""

    def __init__(self) -> None:
        self._pdf = pikepdf.new()
        self._label_font: pikepdf.Object | None = None

    def __enter__(self) -> Writer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pdf.close()

    def add(self, size: PageSize, picture: Image.Image, line: list[Char | Label]) -> None:
        """A page: the picture with its boxes burnt in, what is read outside them, and what stands in the boxes."""
        chars = [one for one in line if isinstance(one, Char)]
        # In the order of their code points: in that of the page, the tables of the fonts would themselves be a text.
        known = sorted({char.text for char in chars})
        fonts = {
            f"/F{number // CODES}": self._courier(known[number : number + CODES])
            for number in range(0, len(known), CODES)
        }
        if len(chars) < len(line):
            fonts["/L"] = self._chinese()
        codes = {text: divmod(at, CODES) for at, text in enumerate(known)}
        content = [f"q {size.width:.2f} 0 0 {size.height:.2f} 0 0 cm /P Do Q"]
        for one in line:
            content += _label(one, size) if isinstance(one, Label) else [_char(one, size, *codes[one.text])]
        page = Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, round(size.width, 2), round(size.height, 2)]),
            Contents=self._pdf.make_stream("\n".join(content).encode("ascii")),
            Resources=Dictionary(XObject=Dictionary(P=self._image(picture)), Font=Dictionary(fonts)),
        )
        self._pdf.pages.append(pikepdf.Page(self._pdf.make_indirect(page)))

    def finished(self) -> bytes:
        """The whole file; the same pages always give the same bytes."""
        self._pdf.Root.Lang = pikepdf.String("zh-CN")
        made = io.BytesIO()
        self._pdf.save(made, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return made.getvalue()

    def _image(self, picture: Image.Image) -> pikepdf.Object:
        picture = picture if _is_coloured(picture) else picture.convert("L")
        drawn = zlib.compress(picture.tobytes(), 6)
        photograph = io.BytesIO()
        picture.save(photograph, "JPEG", quality=JPEG_QUALITY)
        smaller = photograph.tell() < len(drawn)
        return self._pdf.make_stream(
            photograph.getvalue() if smaller else drawn,
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=picture.width,
            Height=picture.height,
            ColorSpace=Name.DeviceGray if picture.mode == "L" else Name.DeviceRGB,
            BitsPerComponent=8,
            Filter=Name.DCTDecode if smaller else Name.FlateDecode,
        )

    def _courier(self, texts: list[str]) -> pikepdf.Object:
        rows = [f"<{FIRST_CODE + at:02x}> <{text.encode('utf-16-be').hex()}>" for at, text in enumerate(texts)]
        # At most 100 rows in a block (Adobe technical note 5411).
        blocks = [rows[at : at + 100] for at in range(0, len(rows), 100)]
        mapped = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
        table = (
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Layer def\n/CMapType 2 def\n"
            f"1 begincodespacerange\n<00> <ff>\nendcodespacerange\n{mapped}\n"
            "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
        )
        # Every code draws an M: as wide and high as its cell, so that readers see lines where lines are.
        shapes = Dictionary(Type=Name.Encoding, Differences=Array([FIRST_CODE, *[Name.M] * len(texts)]))
        return self._pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type1,
                BaseFont=Name.Courier,
                Encoding=self._pdf.make_indirect(shapes),
                ToUnicode=self._pdf.make_stream(table.encode("ascii")),
            )
        )

    def _chinese(self) -> pikepdf.Object:
        if self._label_font is None:
            system = Dictionary(Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("GB1"), Supplement=2)
            descriptor = Dictionary(
                Type=Name.FontDescriptor,
                FontName=Name("/" + _LABEL_FONT),
                Flags=6,
                FontBBox=Array([-25, -254, 1000, 880]),
                ItalicAngle=0,
                Ascent=880,
                Descent=-120,
                CapHeight=880,
                StemV=93,
            )
            described = Dictionary(
                Type=Name.Font,
                Subtype=Name.CIDFontType0,
                BaseFont=Name("/" + _LABEL_FONT),
                CIDSystemInfo=system,
                DW=1000,
                # CIDs 1 to 95 are ASCII at its own widths; half of the square is near enough for all of them.
                W=Array([1, 95, 500]),
                FontDescriptor=self._pdf.make_indirect(descriptor),
            )
            self._label_font = self._pdf.make_indirect(
                Dictionary(
                    Type=Name.Font,
                    Subtype=Name.Type0,
                    BaseFont=Name(f"/{_LABEL_FONT}-{_LABEL_ENCODING}"),
                    Encoding=Name("/" + _LABEL_ENCODING),
                    DescendantFonts=Array([self._pdf.make_indirect(described)]),
                )
            )
        return self._label_font


def _is_coloured(picture: Image.Image) -> bool:
    """Whether a reader sees colour (a red seal), judged on a small copy that shows a stamp of 3 mm."""
    small = picture.resize((max(1, picture.width // 8), max(1, picture.height // 8)), Image.Resampling.BOX)
    _, blue, red = small.convert("YCbCr").split()
    extremes = [float(value) for band in (blue, red) for value in band.getextrema()]  # type: ignore[arg-type]
    return any(abs(value - 128) > GREY_TOLERANCE for value in extremes)


def _char(char: Char, size: PageSize, font: int, code: int) -> str:
    """A character of the layer: unseen, as wide and as high as its place in the line."""
    left, top, right, bottom = char.cell
    height = max((bottom - top) * size.height, 0.5)
    print_size = height * LINE_SHARE
    wide = max((right - left) * size.width, 0.1) / (COURIER_WIDTH * print_size) * 100
    x, y = left * size.width, (1 - bottom) * size.height + height * DESCENT
    shown = f"<{FIRST_CODE + code:02x}> Tj"
    return f"BT 3 Tr /F{font} {print_size:.3f} Tf {wide:.3f} Tz 1 0 0 1 {x:.3f} {y:.3f} Tm {shown} ET"


def _label(label: Label, size: PageSize) -> Iterator[str]:
    """The ground in its box. Where there is no room for it, the number that the box has in the list of the places, and
    the ground unseen, so that it is still read aloud."""
    box = label.box
    width, height = (box.right - box.left) * size.width, (box.bottom - box.top) * size.height
    x, y = box.left * size.width, (1 - box.bottom) * size.height
    fits = _print_size(box.ground, width, height)
    if fits:
        yield _line(box.ground, x, y, width, height, fits)
        return
    short = _print_size(str(label.number), width, height)
    if short:
        yield _line(str(label.number), x, y, width, height, short)
    yield _line(box.ground, x, y, width, height, SMALLEST_PRINT, seen=False)


def _em_widths(text: str) -> float:
    return sum(0.5 if char.isascii() else 1.0 for char in text)


def _print_size(text: str, width: float, height: float) -> float:
    """The size at which ``text`` fits on one line in a box of this size, or 0."""
    if not text:
        return 0
    fits = min(LARGEST_PRINT, height * 0.8, width * 0.94 / _em_widths(text))
    return fits if fits >= SMALLEST_PRINT else 0


def _line(text: str, x: float, y: float, width: float, height: float, size: float, *, seen: bool = True) -> str:
    """``text`` in the middle of a box, white, or unseen at its beginning."""
    across = x + (width - _em_widths(text) * size) / 2 if seen else x
    up = y + (height - size) / 2 + size * 0.14
    mode = "0 Tr 1 g" if seen else "3 Tr"
    # UCS-2: the encoding has no characters beyond the first plane, and neither have the names of grounds.
    written = "".join(char for char in text if ord(char) <= 0xFFFF).encode("utf-16-be").hex()
    return f"BT {mode} /L {size:.2f} Tf 100 Tz 1 0 0 1 {across:.2f} {up:.2f} Tm <{written}> Tj ET"
