"""What a Word file means by its formatting, written so that the converter behind ``word`` can see it.

mammoth maps style names to HTML. This gives every paragraph a style named after what it is (``gongkai h2 center``):
headings by style name in either language or by outline level, alignment also through styles, automatic legal numbers
as words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from gongkai.texts.ooxml import Package
from gongkai.texts.word_numbers import Label, Numbering
from gongkai.texts.word_xml import W, is_on, remove, words

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
# 公文 outlines have four levels (一、（一）1.（1）, GB/T 9704 7.3.3): h2 to h5. Deeper levels stay paragraphs.
HEADING_LEVELS = 4
_ALIGNMENTS = {"center": "center", "right": "right", "end": "right"}
# A heading that runs on like this is body text with an outline level, as some templates give to 条.
MAX_HEADING_CHARS = 80
# Styles are inherited a few steps deep; a longer chain is a loop.
MAX_STYLE_STEPS = 20

STYLE_MAP = "\n".join(
    f"p[style-name='gongkai {tag} {side}'] => {tag}{'.align-' + side if side != 'left' else ''}:fresh"
    for tag in ("p", "h2", "h3", "h4", "h5")
    for side in ("left", "center", "right")
)


@dataclass(slots=True)
class _Styles:
    """The paragraph styles of a document, with what they inherit."""

    elements: dict[str, etree._Element] = field(default_factory=dict)

    def name(self, identity: str) -> str:
        style = self.elements.get(identity)
        named = style.find(f"{W}name") if style is not None else None
        return named.get(f"{W}val", "") if named is not None else ""

    def lookup(self, identity: str, path: str) -> etree._Element | None:
        """The element at ``path`` (``pPr/jc``) of the style or the nearest style it is based on."""
        steps = "/".join(f"{W}{step}" for step in path.split("/"))
        for _ in range(MAX_STYLE_STEPS):
            style = self.elements.get(identity)
            if style is None:
                return None
            found = style.find(steps)
            if found is not None:
                return found
            parent = style.find(f"{W}basedOn")
            identity = parent.get(f"{W}val", "") if parent is not None else ""
        return None


def show_structure(package: Package) -> list[str]:
    """Rewrite the styles of ``package`` (a copy for reading) and return warnings about what cannot be shown."""
    main = package.main_part()
    root = package.xml(main)
    _free_text_boxes(root)
    warnings = _linear_formulas(root) + _lost_drawings(root)
    styles_part = package.related(main, "styles")
    styles = _Styles()
    if styles_part is not None:
        for style in package.xml(styles_part).iter(f"{W}style"):
            styles.elements[style.get(f"{W}styleId", "")] = style
    numbering_part = package.related(main, "numbering")
    numbering = Numbering.read(package.xml(numbering_part) if numbering_part else None)
    _spell_out_numbers(root, styles, numbering)
    for paragraph in root.iter(f"{W}p"):
        _name_paragraph(paragraph, styles)
    for table in root.iter(f"{W}tbl"):
        _mark_header_row(table)
    if styles_part is not None:
        _declare_styles(package.xml(styles_part))
    return warnings


def _properties(paragraph: etree._Element) -> etree._Element:
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        properties = etree.Element(f"{W}pPr")
        paragraph.insert(0, properties)
    return properties


def _style_id(paragraph: etree._Element) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return style.get(f"{W}val", "") if style is not None else ""


def _heading_level(paragraph: etree._Element, styles: _Styles) -> int | None:
    """1 to ``HEADING_LEVELS``, or None for body text."""
    identity = _style_id(paragraph)
    direct = paragraph.find(f"{W}pPr/{W}outlineLvl")
    named = _HEADING_NAME.fullmatch(styles.name(identity).strip())
    if direct is None and named:
        level = int(named.group(1))
    else:
        outline = direct if direct is not None else styles.lookup(identity, "pPr/outlineLvl")
        value = outline.get(f"{W}val", "") if outline is not None else ""
        level = int(value) + 1 if value.isdigit() and len(value) == 1 else 10
    inside_table = next(paragraph.iterancestors(f"{W}tc"), None) is not None
    if level > HEADING_LEVELS or inside_table or len(words(paragraph)) > MAX_HEADING_CHARS:
        return None
    return level


def _name_paragraph(paragraph: etree._Element, styles: _Styles) -> None:
    identity = _style_id(paragraph)
    level = _heading_level(paragraph, styles)
    if level is None and _number_of(paragraph, styles) is not None:
        # A list item: the converter recognises it by its numbering.
        return
    align = paragraph.find(f"{W}pPr/{W}jc")
    if align is None:
        align = styles.lookup(identity, "pPr/jc")
    side = _ALIGNMENTS.get(align.get(f"{W}val", "") if align is not None else "", "left")
    properties = _properties(paragraph)
    for name in ("pStyle", "numPr"):
        known = properties.find(f"{W}{name}")
        if known is not None:
            properties.remove(known)
    tag = f"h{level + 1}" if level else "p"
    style = etree.Element(f"{W}pStyle")
    style.set(f"{W}val", f"gongkai-{tag}-{side}")
    properties.insert(0, style)


def _declare_styles(root: etree._Element) -> None:
    for tag in ("p", "h2", "h3", "h4", "h5"):
        for side in ("left", "center", "right"):
            style = etree.SubElement(root, f"{W}style")
            style.set(f"{W}type", "paragraph")
            style.set(f"{W}styleId", f"gongkai-{tag}-{side}")
            etree.SubElement(style, f"{W}name").set(f"{W}val", f"gongkai {tag} {side}")


def _number_of(paragraph: etree._Element, styles: _Styles) -> tuple[str, int] | None:
    """(numbering id, level) of a numbered paragraph."""
    identity = _style_id(paragraph)
    direct = paragraph.find(f"{W}pPr/{W}numPr")
    inherited = styles.lookup(identity, "pPr/numPr")
    number = level = None
    for source in (direct, inherited):
        if source is None:
            continue
        number = number if number is not None else source.find(f"{W}numId")
        level = level if level is not None else source.find(f"{W}ilvl")
    if number is None or number.get(f"{W}val", "0") == "0":
        return None
    value = level.get(f"{W}val", "0") if level is not None else "0"
    return number.get(f"{W}val", ""), int(value) if value.isdigit() and len(value) == 1 else 0


def _spell_out_numbers(root: etree._Element, styles: _Styles, numbering: Numbering) -> None:
    """Write numbers as words, except in runs of neighbours that HTML will number 1, 2, 3 in the same way."""
    run: list[tuple[etree._Element, Label]] = []

    def finish() -> None:
        expected: dict[int, int] = {}
        countable = True
        for _, label in run:
            expected[label.level] = expected.get(label.level, 0) + 1
            for deeper in [level for level in expected if level > label.level]:
                del expected[deeper]
            countable = countable and (label.bullet or (label.plain and label.value == expected[label.level]))
        if not countable:
            for paragraph, label in run:
                _write_number(paragraph, label)
        else:
            for paragraph, _ in run:
                _number_directly(paragraph, styles)
        run.clear()

    previous: etree._Element | None = None
    for paragraph in root.iter(f"{W}p"):
        number = _number_of(paragraph, styles)
        label = numbering.next_label(*number) if number else None
        heading = _heading_level(paragraph, styles) is not None
        if label is None or heading or (run and paragraph.getprevious() is not previous):
            finish()
        if label is not None and heading:
            _write_number(paragraph, label)
        elif label is not None:
            run.append((paragraph, label))
        previous = paragraph
    finish()


def _number_directly(paragraph: etree._Element, styles: _Styles) -> None:
    """Write the numbering a paragraph inherits into the paragraph: the converter does not follow inheritance."""
    number = _number_of(paragraph, styles)
    properties = _properties(paragraph)
    known = properties.find(f"{W}numPr")
    if number is None:
        return
    if known is not None:
        properties.remove(known)
    direct = etree.SubElement(properties, f"{W}numPr")
    etree.SubElement(direct, f"{W}ilvl").set(f"{W}val", str(number[1]))
    etree.SubElement(direct, f"{W}numId").set(f"{W}val", number[0])


def _write_number(paragraph: etree._Element, label: Label) -> None:
    properties = _properties(paragraph)
    # Number 0 means "no numbering" and also switches off the numbering of the style.
    known = properties.find(f"{W}numPr")
    if known is not None:
        properties.remove(known)
    off = etree.SubElement(properties, f"{W}numPr")
    etree.SubElement(off, f"{W}numId").set(f"{W}val", "0")
    shown = "" if label.bullet else label.text
    if not shown:
        return
    gap = "" if re.search("[、．，：）)】]$", shown) else "\u3000" if shown.startswith("第") else " "
    run = etree.Element(f"{W}r")
    text = etree.SubElement(run, f"{W}t")
    text.text = shown + gap
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    paragraph.insert(paragraph.index(properties) + 1, run)


def _mark_header_row(table: etree._Element) -> None:
    """The first row is the header when its author said so, or made all of it bold."""
    rows = table.findall(f"{W}tr")
    if len(rows) < 2 or any(is_on(row.find(f"{W}trPr/{W}tblHeader")) for row in rows):
        return
    cells = rows[0].findall(f"{W}tc")
    merged = any(cell.find(f"{W}tcPr/{W}vMerge") is not None for cell in cells)
    runs = [run for run in rows[0].iter(f"{W}r") if words(run).strip()]
    if merged or not runs or not all(is_on(run.find(f"{W}rPr/{W}b")) for run in runs):
        return
    properties = rows[0].find(f"{W}trPr")
    if properties is None:
        properties = etree.Element(f"{W}trPr")
        rows[0].insert(0, properties)
    etree.SubElement(properties, f"{W}tblHeader")


def _free_text_boxes(root: etree._Element) -> None:
    """Put the text of drawn boxes behind their paragraph, where the converter would not look for it."""
    for box in list(root.iter(f"{W}txbxContent")):
        choice = next(box.iterancestors(f"{_MC}AlternateContent"), None)
        # The converter reads the old form of a box (w:pict, or the fallback of a new one) by itself.
        old_form = next(box.iterancestors(f"{W}drawing"), None) is None
        if old_form or (choice is not None and choice.find(f"{_MC}Fallback") is not None):
            continue
        host = next(box.iterancestors(f"{W}p"), None)
        if host is not None:
            for block in reversed(list(box)):
                host.addnext(block)


def _linear_formulas(root: etree._Element) -> list[str]:
    """Formulas as a line of text: the converter would drop them."""
    formulas = list(root.iter(f"{_M}oMath"))
    for formula in formulas:
        run = etree.Element(f"{W}r")
        text = etree.SubElement(run, f"{W}t")
        text.text = _linear(formula)
        parent = formula.getparent()
        holder = parent.getparent() if parent is not None and parent.tag == f"{_M}oMathPara" else None
        if parent is not None and holder is not None:
            holder.insert(holder.index(parent), run)
            remove(formula)
        elif parent is not None:
            parent.replace(formula, run)
    return [f"文中有 {len(formulas)} 个公式，已转为一行文字，请核对，必要时改用图片。"] if formulas else []


def _linear(element: etree._Element) -> str:
    local = etree.QName(element).localname
    if local == "t":
        return str(element.text or "")
    parts = {etree.QName(child).localname: child for child in element if isinstance(child.tag, str)}
    if local == "f" and {"num", "den"} <= parts.keys():
        return f"({_linear(parts['num'])})/({_linear(parts['den'])})"
    if local == "sSup" and {"e", "sup"} <= parts.keys():
        return f"{_linear(parts['e'])}^{_linear(parts['sup'])}"
    if local == "rad" and "e" in parts:
        return f"√({_linear(parts['e'])})"
    return "".join(_linear(child) for child in element if isinstance(child.tag, str))


def _lost_drawings(root: etree._Element) -> list[str]:
    kinds = [
        str(data.get("uri", ""))
        for data in root.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}graphicData")
    ]
    lost = sum(1 for kind in kinds if kind.endswith(("/chart", "/diagram", "/wordprocessingInk")))
    return [f"文中有 {lost} 个图表或 SmartArt 图形，无法转为网页，请另存为图片后插入。"] if lost else []
