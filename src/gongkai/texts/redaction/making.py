"""Making the new file: every page drawn, boxes burnt in, what a reader may still read laid over it."""

from __future__ import annotations

from collections.abc import Iterable

from PIL import Image, ImageDraw

from gongkai.texts.reading import UnreadableFile
from gongkai.texts.redaction.boxes import Box, Label, Redacted, Removed, Report, as_read, ordered, place
from gongkai.texts.redaction.sources import Page, is_pdf, pages, read_page
from gongkai.texts.redaction.writing import Writer

# Black: on paper and on every screen it says that something was here, and nothing shines through.
BOX_COLOUR = (0, 0, 0)


def redact(data: bytes, boxes: Iterable[Box]) -> Redacted:
    """A new PDF of a PDF or picture. Raises :class:`UnreadableFile`; ValueError for a box on a page that is not there.

    All pages are made anew, those without boxes too: pages share fonts, and a font tells by the characters it maps
    what stands on its other pages.
    """
    sizes = pages(data)
    by_page: dict[int, list[Box]] = {size.number: [] for size in sizes}
    for box in ordered(boxes):
        if box.page not in by_page:
            raise ValueError(f"文件没有第 {box.page} 页。")
        by_page[box.page].append(box)
    removed: list[Removed] = []
    without_text = 0
    with Writer() as writer:
        for number, own in by_page.items():
            page = read_page(data, number)
            without_text += not page.chars
            labels = [Label(len(removed) + at, box) for at, box in enumerate(own, start=1)]
            removed += [_removed(label, page) for label in labels]
            writer.add(page.size, _burnt(page.picture, own), as_read(page.chars, labels))
        return Redacted(writer.finished(), Report(tuple(removed), len(sizes), without_text))


def redact_pdf(data: bytes, boxes: Iterable[Box]) -> Redacted:
    """:func:`redact` for a PDF. Raises :class:`UnreadableFile` for anything else."""
    if not is_pdf(data):
        raise UnreadableFile("文件不是 PDF。请确认选择了正确的文件。")
    return redact(data, boxes)


def redact_image(data: bytes, boxes: Iterable[Box]) -> Redacted:
    """:func:`redact` for a picture (JPEG, PNG, GIF, WebP): a PDF of one page, so that the grounds stand in it as text
    and applicants get one kind of file."""
    if is_pdf(data):
        raise UnreadableFile("文件不是图片。请确认选择了正确的文件。")
    return redact(data, boxes)


def _removed(label: Label, page: Page) -> Removed:
    box = label.box
    chars = sum(box.covers(char) for char in page.chars)
    return Removed(label.number, box.page, place(box), box.ground, chars)


def _burnt(picture: Image.Image, boxes: list[Box]) -> Image.Image:
    """The picture with its boxes; a pixel that a box touches belongs to it."""
    drawing = ImageDraw.Draw(picture)
    width, height = picture.size
    for box in boxes:
        right, bottom = min(width - 1, int(box.right * width)), min(height - 1, int(box.bottom * height))
        drawing.rectangle((int(box.left * width), int(box.top * height), right, bottom), fill=BOX_COLOUR)
    return picture
