"""Files that tests make themselves: packages from parts, Word documents with what people leave in them, small PDFs."""

import io
import zipfile
from collections.abc import Mapping

W_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R_NS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def packed(members: Mapping[str, bytes | str]) -> bytes:
    """A ZIP of ``members``."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    """The members of a ZIP."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def everything(data: bytes) -> str:
    """All bytes of all members, to search for what must not be there."""
    return "\n".join(name + "\n" + content.decode("utf-8", "replace") for name, content in unpacked(data).items())


def paragraph(content: str, properties: str = "") -> str:
    """A ``w:p``; ``content`` is XML of runs, or plain text."""
    runs = content if content.startswith("<") else run(content)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{runs}</w:p>"


def run(text: str, properties: str = "") -> str:
    """A ``w:r`` with text."""
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def field_runs(code: str, result: str) -> str:
    """A complex field: its code and the text it last showed."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run(result) + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def relationship(identity: str, kind: str, target: str, *, external: bool = False) -> str:
    """A Relationship element; ``kind`` is the last part of the official type."""
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="{identity}" Type="{R_NS}/{kind}" Target="{target}"{mode}/>'


def word(
    body: str,
    *,
    styles: str = "",
    numbering: str = "",
    relationships: str = "",
    extra: Mapping[str, bytes | str] | None = None,
) -> bytes:
    """A .docx from the XML of its body."""
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="png" ContentType="image/png"/>'
            f'<Override PartName="/word/document.xml" ContentType="{_WORD_TYPE}.document.main+xml"/>'
            f'<Override PartName="/word/styles.xml" ContentType="{_WORD_TYPE}.styles+xml"/>'
            f'<Override PartName="/word/numbering.xml" ContentType="{_WORD_TYPE}.numbering+xml"/>'
            "</Types>"
        ),
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONSHIPS}">'
        + relationship("r1", "officeDocument", "word/document.xml")
        + relationship("r2", "extended-properties", "docProps/app.xml")
        + "</Relationships>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELATIONSHIPS}">'
        + relationship("s1", "styles", "styles.xml")
        + relationship("s2", "numbering", "numbering.xml")
        + relationships
        + "</Relationships>",
        "word/document.xml": (
            f'<w:document xmlns:w="{W_NS}" xmlns:r="{R_NS}"'
            ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
            ' xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:v="urn:schemas-microsoft-com:vml">'
            f"<w:body>{body}</w:body></w:document>"
        ),
        "word/styles.xml": f'<w:styles xmlns:w="{W_NS}">{styles}</w:styles>',
        "word/numbering.xml": f'<w:numbering xmlns:w="{W_NS}">{numbering}</w:numbering>',
        "docProps/app.xml": (
            '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
            "<Company>澜川市数据局</Company></Properties>"
        ),
    }
    return packed({**parts, **(extra or {})})


def comments(*texts: str) -> str:
    """The part ``word/comments.xml``."""
    made = "".join(
        f'<w:comment w:id="{number}" w:author="周某某" w:initials="Z"><w:p>{run(text)}</w:p></w:comment>'
        for number, text in enumerate(texts)
    )
    return f'<w:comments xmlns:w="{W_NS}">{made}</w:comments>'


def level(number: int, style: str, text: str, start: int = 1) -> str:
    """A ``w:lvl`` of a numbering."""
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(*levels: str) -> str:
    """Numbering 1 with these levels."""
    return (
        f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )


def numbered(deep: int = 0) -> str:
    """Paragraph properties: an item of numbering 1."""
    return f'<w:numPr><w:ilvl w:val="{deep}"/><w:numId w:val="1"/></w:numPr>'


def pdf(*pages: str, author: str = "") -> bytes:
    """A PDF with one line of Latin text on each page ("" for an empty one)."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for text in pages:
        stream = f"BT /F1 24 Tf 72 700 Td ({text}) Tj ET" if text else ""
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents "
            f"{len(objects) + 2} 0 R /Resources << /Font << /F1 {_FONT} >> >> >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(pages)} >>"
    objects.append(f"<< /Author ({author}) >>")
    data = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    start = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    data += b"".join(f"{offset:010} 00000 n \n".encode() for offset in offsets)
    data += f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>\n".encode()
    return data + f"startxref\n{start}\n%%EOF\n".encode()


def ofd(*pages: str, extra: Mapping[str, bytes | str] | None = None) -> bytes:
    """An OFD; each page is a list of lines separated by newlines, numbered against the order of their names."""
    name = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    root, count = "Doc_0/Document.xml", len(pages)
    listed = "".join(
        f'<ofd:Page ID="{number}" BaseLoc="Pages/Page_{count - number}/Content.xml"/>' for number in range(count)
    )
    members: dict[str, bytes | str] = {
        "OFD.xml": f"<ofd:OFD {name}><ofd:DocBody><ofd:DocRoot>{root}</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {name}><ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
    }
    for number, page in enumerate(pages):
        objects = "".join(
            f'<ofd:TextObject ID="{line}" Boundary="20 {20 + 10 * line} 170 8">'
            f'<ofd:TextCode X="0" Y="6">{text}</ofd:TextCode></ofd:TextObject>'
            for line, text in enumerate(page.split("\n"))
        )
        members[f"Doc_0/Pages/Page_{count - number}/Content.xml"] = (
            f"<ofd:Page {name}><ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content></ofd:Page>"
        )
    return packed({**members, **(extra or {})})
