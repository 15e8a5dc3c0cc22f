"""PDF files to be redacted: words at places, and what files carry besides."""

import io
from collections.abc import Iterable
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from gongkai.texts.redaction import Box

WIDTH, HEIGHT = 595.0, 842.0
GROUND = "条例第十五条 个人隐私"


@dataclass(frozen=True)
class Word:
    """A word on a page: where its baseline begins, in points from the lower left corner, and its size."""

    text: str
    x: float
    y: float
    size: float = 14.0
    operators: str = ""

    @property
    def drawn(self) -> str:
        return f"q {self.operators} BT /F1 {self.size} Tf 1 0 0 1 {self.x} {self.y} Tm ({self.text}) Tj ET Q"


def new() -> pikepdf.Pdf:
    """An empty PDF."""
    return pikepdf.new()


def add_page(pdf: pikepdf.Pdf, words: Iterable[Word], **entries: pikepdf.Object | int) -> pikepdf.Page:
    """A page of ``words``; ``entries`` are further ones of its dictionary (Rotate, CropBox)."""
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Courier, Encoding=Name.WinAnsiEncoding)
    content = "\n".join(word.drawn for word in words).encode("latin-1")
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, WIDTH, HEIGHT]),
        Resources=Dictionary(Font=Dictionary(F1=font)),
        Contents=pdf.make_stream(content),
        **entries,
    )
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    return pdf.pages[-1]


def saved(pdf: pikepdf.Pdf) -> bytes:
    made = io.BytesIO()
    pdf.save(made)
    return made.getvalue()


def paper(*pages: Iterable[Word]) -> bytes:
    """A PDF of these pages."""
    pdf = new()
    for words in pages:
        add_page(pdf, words)
    return saved(pdf)


def over(word: Word, page: int = 1, ground: str = GROUND) -> Box:
    """A box over a word of an upright page."""
    width = 0.6 * word.size * len(word.text)
    return Box(
        page,
        max(0.0, (word.x - 1) / WIDTH),
        max(0.0, 1 - (word.y + word.size * 0.75) / HEIGHT),
        min(1.0, (word.x + width + 1) / WIDTH),
        min(1.0, 1 - (word.y - word.size * 0.3) / HEIGHT),
        ground,
    )


def everything(data: bytes) -> bytes:
    """All bytes of a PDF, as they lie and with every stream unpacked, strings and names among them."""
    parts = [data]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for thing in pdf.objects:
            parts.append(thing.unparse(resolved=True) if not isinstance(thing, pikepdf.Stream) else b"")
            if isinstance(thing, pikepdf.Stream):
                parts += [str(dict(thing.items())).encode(), thing.read_raw_bytes()]
                if thing.get("/Filter") != Name.DCTDecode:
                    parts.append(thing.read_bytes())
        parts.append(str(dict(pdf.trailer.items())).encode())
    return b"\n".join(parts)


def forms(word: str) -> list[bytes]:
    """A word as it may lie in a file."""
    plain = [word.encode("utf-8"), word.encode("utf-16-be"), word.encode("utf-16-le")]
    return plain + [form.hex().encode() for form in plain] + [form.hex().upper().encode() for form in plain]


def laden(word: Word) -> bytes:
    """A PDF that carries the word everywhere a PDF can: properties, XMP, attachment, annotation, form, script, layer,
    bookmark, structure, piece of a drawing program, and in the revision before the last."""
    pdf = new()
    page = add_page(pdf, [word, Word("remains", 72, 500)])
    text = word.text
    pdf.docinfo["/Title"] = text
    pdf.Root.Metadata = pdf.make_stream(f"<x:xmpmeta>{text}</x:xmpmeta>".encode(), Type=Name.Metadata, Subtype=Name.XML)
    pdf.attachments[f"{text}.txt"] = pikepdf.AttachedFileSpec(pdf, text.encode(), filename=f"{text}.txt")
    note = Dictionary(
        Type=Name.Annot, Subtype=Name.Text, Rect=Array([300, 300, 320, 320]), Contents=String(text), T=String(text)
    )
    field = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Widget,
        FT=Name.Tx,
        T=String("field"),
        V=String(text),
        Rect=Array([0, 0, 0, 0]),
    )
    page.obj.Annots = Array([pdf.make_indirect(note), pdf.make_indirect(field)])
    pdf.Root.AcroForm = Dictionary(Fields=Array([page.obj.Annots[1]]))
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{text}')"))
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(text)))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer]), BaseState=Name.ON))
    page.obj.Resources.Properties = Dictionary(H=layer)
    hidden = f"/OC /H BDC BT /F1 14 Tf 1 0 0 1 72 300 Tm ({text}layer) Tj ET EMC"
    page.contents_add(pdf.make_stream(hidden.encode()))
    page.obj.PieceInfo = Dictionary(Draw=Dictionary(Private=String(text)))
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(text, 0))
    pdf.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot, K=Dictionary(S=Name.P, Alt=String(text)))
    base = saved(pdf)
    # A later revision that adds nothing: everything before it stays in the file.
    end = base.rindex(b"startxref")
    return base + b"\n" + base[end:]
