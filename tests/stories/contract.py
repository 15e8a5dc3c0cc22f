"""The contract that is asked for: one page, with a price at a known place that only its parties may know."""

import io

import pikepdf
from weasyprint import HTML

from gongkai.texts.pdf import read_pdf

SECRET = "每户单价三百二十六元"
KEPT = ("北湖里小区投放设施改造项目", "第一标段", "工期九十日")
PLACE = (0.09, 0.19), (0.55, 0.24)
"""Corners of what covers the price, in shares of the page (A4)."""
_PAGE = f"""<html lang="zh"><style>
@page {{ size: A4; margin: 0 }} p {{ position: absolute; left: 21mm; margin: 0; font-size: 14pt }}
</style><p style="top: 30mm">{KEPT[0]}{KEPT[1]}</p><p style="top: 60mm">{SECRET}</p>
<p style="top: 90mm">{KEPT[2]}</p></html>"""


def pdf() -> bytes:
    """The contract as the department has it."""
    return bytes(HTML(string=_PAGE).write_pdf(pdf_tags=False) or b"")


def nowhere(made: bytes) -> None:
    """The price is gone from text, objects and streams; everything else can still be read."""
    text = read_pdf(made).text.replace("\n", "").replace(" ", "")
    assert SECRET not in text
    assert SECRET[:4] not in text
    assert [one for one in KEPT if one not in text] == []
    sought = [SECRET.encode(code) for code in ("utf-8", "utf-16-be")]
    with pikepdf.open(io.BytesIO(made)) as opened:
        for one in opened.objects:
            raw = one.read_bytes() if isinstance(one, pikepdf.Stream) and not _picture(one) else one.unparse()
            assert not any(word in raw for word in sought)


def _picture(one: pikepdf.Stream) -> bool:
    return one.get("/Subtype") == pikepdf.Name.Image
