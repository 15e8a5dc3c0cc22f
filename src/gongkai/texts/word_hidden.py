"""What a Word file carries and its reader does not see, taken out of the XML: revisions, comments, hidden text, fields.

Both ways out of a Word file use this (the page and the download), so that they cannot differ. Element names are those
of ECMA-376 part 1 (17.13 revisions and comments, 17.3.2.41 vanish, 17.16 fields).
"""

from __future__ import annotations

import re

from lxml import etree

from gongkai.texts.ooxml import Package
from gongkai.texts.reading import Findings, HiddenKind
from gongkai.texts.word_fields import strip_fields
from gongkai.texts.word_xml import W, is_on, remove, remove_all, unwrap, words

_MC_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"

# Roots of the parts that hold text.
_TEXT_ROOTS = {f"{W}{name}" for name in ("document", "hdr", "ftr", "footnotes", "endnotes")}
_DROPPED_PARTS = re.compile(r"(?:^|/)comments[^/]*\.xml$|(?:^|/)people\.xml$")

_DELETIONS = ("del", "moveFrom")
_INSERTIONS = ("ins", "moveTo")
_REVISION_MARKS = (
    "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tcPrChange",
    "trPrChange", "tblGridChange", "tblPrExChange",
    "numberingChange", "cellIns", "cellMerge", "moveFromRangeStart", "moveFromRangeEnd",
    "moveToRangeStart",
    "moveToRangeEnd", "customXmlInsRangeStart", "customXmlInsRangeEnd",
    "customXmlDelRangeStart", "customXmlDelRangeEnd",
    "customXmlMoveFromRangeStart", "customXmlMoveFromRangeEnd", "customXmlMoveToRangeStart", "customXmlMoveToRangeEnd",
)  # fmt: skip
_COMMENT_MARKS = ("commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef")
_DROPPED = ("permStart", "permEnd", "proofErr", "dataBinding", "placeholder", "control", "altChunk", "subDoc", "ffData")
_UNWRAPPED = ("smartTag", "customXml")
_SETTINGS = (
    "rsids", "attachedTemplate", "docVars", "trackRevisions", "revisionView", "mailMerge", "writeProtection", "docId",
    "documentProtection", "saveThroughXslt", "attachedSchema", "schemaLibrary", "smartTagType", "linkStyles",
    "activeWritingStyle", "documentType",
)  # fmt: skip

_MACHINE_PATH = re.compile(r"[A-Za-z]:[\\/]|\\\\|/Users/|/home/|file:", re.IGNORECASE)
# Two points or less: nobody reads it on paper.
FAINT_HALF_POINTS = 4


def strip_hidden(package: Package, findings: Findings, *, keep_hidden: bool = False, for_page: bool = False) -> None:
    """Take everything hidden out of ``package`` and tell ``findings``.

    ``keep_hidden`` shows text formatted as hidden instead of dropping it. ``for_page`` also drops what Word shows on
    paper but not in its web view (page numbers in tables of contents).
    """
    hidden_styles = _hidden_styles(package)
    names: set[str] = set()
    for part_name in list(package.members):
        if _DROPPED_PARTS.search(part_name):
            _report_comments(package, part_name, findings)
            package.remove(part_name)
    for _, root in package.parts(""):
        _strip_attributes(root, names)
        if root.tag in _TEXT_ROOTS:
            _accept_revisions(root, findings)
            _drop_hidden(root, hidden_styles, findings, keep_hidden=keep_hidden, for_page=for_page)
            strip_fields(root, findings)
            _drop_elements(root, findings)
            _report_faint(root, findings)
        elif root.tag == f"{W}settings":
            for child in list(root):
                if etree.QName(child).localname in _SETTINGS:
                    root.remove(child)
        elif root.tag in (f"{W}styles", f"{W}numbering"):
            remove_all(root, _REVISION_MARKS)
        elif etree.QName(root).localname == "chartSpace":
            for data in [child for child in root if etree.QName(child).localname == "externalData"]:
                root.remove(data)
    for name in sorted(names):
        findings.add(HiddenKind.AUTHOR, name)
    package.strip_person_and_machine(findings)
    package.drop_loose_ends(findings)


def _counts(element: etree._Element) -> bool:
    # Word writes shapes twice (new and old form); a finding in the old form is a repetition.
    return next(element.iterancestors(_MC_FALLBACK), None) is None


def _report_comments(package: Package, name: str, findings: Findings) -> None:
    for comment in package.xml(name).iter(f"{W}comment"):
        findings.add(HiddenKind.COMMENT, words(comment))


def _strip_attributes(root: etree._Element, names: set[str]) -> None:
    for element in root.iter(etree.Element):
        for attribute in list(element.attrib):
            qualified = etree.QName(str(attribute))
            local, space = qualified.localname, qualified.namespace or ""
            if not ("wordprocessingml" in space or "microsoft.com/office/word" in space):
                continue
            if local == "author" and element.get(str(attribute), "").strip():
                names.add(element.get(str(attribute), "").strip())
            if local.startswith("rsid") or local in (
                "author",
                "date",
                "dateUtc",
                "initials",
                "userId",
                "paraId",
                "textId",
            ):
                del element.attrib[attribute]
        if etree.QName(element).localname in ("docPr", "cNvPr", "imagedata", "shape"):
            for attribute, value in list(element.attrib.items()):
                # Old Word wrote the picture's path on the author's machine as its description.
                if etree.QName(str(attribute)).localname in ("descr", "title", "alt", "name") and _MACHINE_PATH.search(
                    str(value)
                ):
                    element.set(str(attribute), "")


def _accept_revisions(root: etree._Element, findings: Findings) -> None:
    _merge_paragraphs(root)
    for name in _DELETIONS:
        for row in _marked_rows(root, name):
            findings.add(HiddenKind.DELETION, words(row))
            remove(row)
    for mark in list(root.iter(f"{W}cellDel")):
        cell = next(mark.iterancestors(f"{W}tc"), None)
        if cell is not None:
            findings.add(HiddenKind.DELETION, words(cell))
            remove(cell)
    for name in _DELETIONS:
        for element in list(root.iter(f"{W}{name}")):
            text = words(element)
            if _counts(element) and (text or len(element)):
                findings.add(HiddenKind.DELETION, text)
            remove(element)
    for element in list(root.iter(f"{W}delText", f"{W}delInstrText")):
        findings.add(HiddenKind.DELETION, str(element.text or ""))
        remove(element)
    for name in _INSERTIONS:
        for element in list(root.iter(f"{W}{name}")):
            if _counts(element) and len(element):
                findings.add(HiddenKind.INSERTION, words(element))
            unwrap(element)
    remove_all(root, _REVISION_MARKS)
    _mend_tables(root)


def _merge_paragraphs(root: etree._Element) -> None:
    """A deleted paragraph mark joins its paragraph with the next one (17.13.5.15)."""
    for paragraph in list(root.iter(f"{W}p")):
        marks = paragraph.find(f"{W}pPr/{W}rPr")
        if marks is None or not any(marks.find(f"{W}{name}") is not None for name in _DELETIONS):
            continue
        following = paragraph.getnext()
        content = [child for child in paragraph if child.tag != f"{W}pPr"]
        if following is not None and following.tag == f"{W}p":
            at = 1 if following.find(f"{W}pPr") is not None else 0
            for offset, child in enumerate(content):
                following.insert(at + offset, child)
            remove(paragraph)


def _marked_rows(root: etree._Element, mark: str) -> list[etree._Element]:
    """Table rows whose properties carry ``mark``, switched on."""
    return [row for row in root.iter(f"{W}tr") if is_on(row.find(f"{W}trPr/{W}{mark}"))]


def _mend_tables(root: etree._Element) -> None:
    for row in list(root.iter(f"{W}tr")):
        if row.find(f".//{W}tc") is None:
            remove(row)
    for cell in root.iter(f"{W}tc"):
        if cell.find(f"{W}p") is None and cell.find(f"{W}sdt") is None:
            etree.SubElement(cell, f"{W}p")
    for table in list(root.iter(f"{W}tbl")):
        if table.find(f".//{W}tr") is None:
            remove(table)


def _hidden_styles(package: Package) -> set[str]:
    """Ids of styles that hide their text, themselves or through the style they are based on; "" for the defaults."""
    name = package.related(package.main_part(), "styles")
    if name is None:
        return set()
    root = package.xml(name)
    own: dict[str, bool | None] = {}
    based: dict[str, str] = {}
    for style in root.iter(f"{W}style"):
        identity = style.get(f"{W}styleId", "")
        vanish = style.find(f"{W}rPr/{W}vanish")
        own[identity] = None if vanish is None else is_on(vanish)
        parent = style.find(f"{W}basedOn")
        based[identity] = parent.get(f"{W}val", "") if parent is not None else ""
    hidden = {identity for identity in own if _inherits(identity, own, based)}
    if is_on(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}vanish")):
        hidden.add("")
    return hidden


def _inherits(identity: str, own: dict[str, bool | None], based: dict[str, str]) -> bool:
    seen: set[str] = set()
    while identity and identity not in seen:
        seen.add(identity)
        said = own.get(identity)
        if said is not None:
            return said
        identity = based.get(identity, "")
    return False


def _drop_hidden(
    root: etree._Element, hidden_styles: set[str], findings: Findings, *, keep_hidden: bool, for_page: bool
) -> None:
    for run in list(root.iter(f"{W}r", "{http://schemas.openxmlformats.org/officeDocument/2006/math}r")):
        properties = run.find(f"{W}rPr")
        if for_page and properties is not None and is_on(properties.find(f"{W}webHidden")):
            _empty_run(run)
            continue
        if not _is_hidden(run, properties, hidden_styles):
            continue
        if _counts(run) and (words(run) or run.find(f"{W}drawing") is not None):
            findings.add(HiddenKind.HIDDEN_TEXT, words(run))
        if not keep_hidden:
            _empty_run(run)
        elif properties is not None and properties.find(f"{W}vanish") is not None:
            remove_all(properties, ("vanish",))
    for row in _marked_rows(root, "hidden"):
        findings.add(HiddenKind.HIDDEN_TEXT, words(row))
        if not keep_hidden:
            remove(row)
    for drawn in list(root.iter(f"{W}drawing", f"{W}pict")):
        if _is_hidden_shape(drawn):
            if _counts(drawn):
                findings.add(HiddenKind.HIDDEN_TEXT, words(drawn) or "隐藏的图形")
            if not keep_hidden:
                remove(drawn)
    _mend_tables(root)


def _is_hidden(run: etree._Element, properties: etree._Element | None, hidden_styles: set[str]) -> bool:
    vanish = properties.find(f"{W}vanish") if properties is not None else None
    if vanish is not None:
        return is_on(vanish)
    if not hidden_styles:
        return False
    paragraph = next(run.iterancestors(f"{W}p"), None)
    table = next(run.iterancestors(f"{W}tbl"), None)
    styles = [
        properties.find(f"{W}rStyle") if properties is not None else None,
        paragraph.find(f"{W}pPr/{W}pStyle") if paragraph is not None else None,
        table.find(f"{W}tblPr/{W}tblStyle") if table is not None else None,
    ]
    return "" in hidden_styles or any(style is not None and style.get(f"{W}val") in hidden_styles for style in styles)


def _is_hidden_shape(drawn: etree._Element) -> bool:
    for element in drawn.iter(etree.Element):
        local = etree.QName(element).localname
        if local == "docPr" and element.get("hidden") in ("1", "true"):
            return True
        if local in ("shape", "rect", "group") and re.search(r"visibility\s*:\s*hidden", element.get("style", "")):
            return True
    return False


def _empty_run(run: etree._Element) -> None:
    """Drop a run; where it bounds a field only its text goes: :func:`strip_fields` needs the field whole."""
    if run.find(f"{W}fldChar") is None:
        remove(run)
        return
    for child in list(run):
        if child.tag not in (f"{W}rPr", f"{W}fldChar", f"{W}instrText"):
            run.remove(child)


def _drop_elements(root: etree._Element, findings: Findings) -> None:
    for name in _COMMENT_MARKS:
        for mark in list(root.iter(f"{W}{name}")):
            run = mark.getparent()
            remove(mark)
            if run is not None and run.tag == f"{W}r" and all(child.tag == f"{W}rPr" for child in run):
                remove(run)
    for element in list(root.iter(*(f"{W}{name}" for name in _DROPPED))):
        if element.tag in (f"{W}altChunk", f"{W}subDoc"):
            findings.add(HiddenKind.EMBEDDED, "嵌入的文档片段")
        remove(element)
    for element in list(root.iter(f"{W}dataBinding", "{urn:schemas-microsoft-com:office:office}OLEObject")):
        # The picture of an embedded object stays: it is what the reader sees.
        remove(element)
    for name in _UNWRAPPED:
        for element in list(root.iter(f"{W}{name}")):
            remove_all(element, (f"{name}Pr",))
            unwrap(element)


def _report_faint(root: etree._Element, findings: Findings) -> None:
    for run in root.iter(f"{W}r"):
        properties = run.find(f"{W}rPr")
        if properties is None or not words(run).strip() or not _counts(run):
            continue
        size = properties.find(f"{W}sz")
        tiny = (
            size is not None
            and size.get(f"{W}val", "").isdigit()
            and int(size.get(f"{W}val", "0")) <= FAINT_HALF_POINTS
        )
        color = properties.find(f"{W}color")
        white = color is not None and color.get(f"{W}val", "").upper() == "FFFFFF" and not _is_shaded(run)
        if tiny or white:
            findings.add(HiddenKind.FAINT_TEXT, words(run))


def _is_shaded(run: etree._Element) -> bool:
    # White letters on a dark cell are a header, not a secret.
    for holder in (run, *run.iterancestors(f"{W}p", f"{W}tc", f"{W}tbl")):
        for shade in holder.iterfind(f"*/{W}shd"):
            if shade.get(f"{W}fill", "auto").upper() not in ("AUTO", "FFFFFF", ""):
                return True
        if holder.tag == f"{W}tbl" and holder.find(f"{W}tblPr/{W}tblStyle") is not None:
            return True
    return run.find(f"{W}rPr/{W}highlight") is not None
