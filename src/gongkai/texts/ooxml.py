"""Office packages (ECMA-376 part 2): members, relationships, content types, and everything in them that names a person.

Word and Excel files share this shell. A part that is taken out takes its relationships and content type with it, and
what nothing refers to any more leaves the package too, so that nothing stays inside unseen.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree

from gongkai.texts.archives import open_archive, parse_xml, read_members, write_archive, xml_bytes
from gongkai.texts.images import without_metadata
from gongkai.texts.reading import Findings, HiddenKind, UnreadableFile

R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_CONTENT_TYPES = "[Content_Types].xml"

# "Strict" files say the same in other namespaces; the readers behind us know the common ("transitional") ones.
_STRICT_NAMESPACES = (
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R.encode()),
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
    (b' w:conformance="strict"', b""),
    (b' conformance="strict"', b""),
)

# What never belongs in a published file, by the member's path.
_MACROS = re.compile(
    r"(?:^|/)(?:vba(?:Project|Data)[^/]*|activeX/.*|customUI/.*|userCustomization/.*|macrosheets/.*)$", re.I
)
_EMBEDDED = re.compile(r"(?:^|/)embeddings/", re.I)
_CUSTOM_XML = re.compile(r"^customXml/", re.I)
_METADATA = re.compile(
    r"^docProps/|^docMetadata/|^_xmlsignatures/|(?:^|/)(?:people\.xml|persons?/|printerSettings/|webextensions/|glossary/"
    r"|attachedToolbars\.bin|customizations\.xml|revisions/|connections\.xml|queryTables/)",
    re.I,
)
_SAFE_LINK = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
_PROPERTY_NAMES = {
    "title": "标题", "subject": "主题", "description": "备注", "keywords": "关键词", "category": "类别",
    "Company": "单位",
    "Manager": "主管", "Template": "模板", "contentStatus": "状态", "property": "自定义属性",
}  # fmt: skip
_AUTHOR_NAMES = ("creator", "lastModifiedBy")


class Package:
    """An Office file taken apart. ``xml(name)`` gives a part's tree, whose changes :meth:`save` writes."""

    def __init__(self, data: bytes, *, what: str) -> None:
        self.what = what
        archive = open_archive(data, what=what)
        self.members = read_members(archive, what=what)
        if _CONTENT_TYPES not in self.members:
            raise UnreadableFile(f"{what}已损坏或不是有效的 Office 文件。请用 Word 或 WPS 打开后重新保存。")
        self._trees: dict[str, etree._Element] = {}
        for name, content in self.members.items():
            if name.endswith((".xml", ".rels")):
                self.members[name] = _transitional(content)
                # Every part now, not when it is needed: the libraries behind us parse what they like, less carefully.
                self.xml(name)
            elif _declares_type(content) and not name.lower().endswith((".htm", ".html", ".mht")):
                raise UnreadableFile(f"{what}含有外部实体声明，不予读取。请用常用软件重新保存后再上传。")

    def xml(self, name: str) -> etree._Element:
        """The tree of part ``name``; KeyError when there is none."""
        if name not in self._trees:
            self._trees[name] = parse_xml(self.members[name], what=self.what)
        return self._trees[name]

    def parts(self, prefix: str) -> Iterator[tuple[str, etree._Element]]:
        """The XML parts below ``prefix``, relationships excepted."""
        for name in list(self.members):
            if name.startswith(prefix) and name.endswith(".xml"):
                yield name, self.xml(name)

    def main_part(self) -> str:
        """The name of the part that holds the document itself."""
        for _, kind, target, external in self.relationships(""):
            if kind.endswith("/officeDocument") and not external and target in self.members:
                return target
        raise UnreadableFile(f"{self.what}缺少正文部分，可能已损坏。请用 Word 或 WPS 打开后重新保存。")

    def related(self, part: str, kind: str) -> str | None:
        """The part that ``part`` refers to as ``kind`` (``styles``, ``numbering``, ``comments`` …), or None."""
        for _, known, target, external in self.relationships(part):
            if known.endswith(f"/{kind}") and not external and target in self.members:
                return target
        return None

    def relationships(self, part: str) -> list[tuple[str, str, str, bool]]:
        """(id, type, target, external) of ``part`` ("" for the package); internal targets as member names."""
        name = _rels_name(part)
        if name not in self.members:
            return []
        found = []
        for relation in self.xml(name).iter(f"{_RELS}Relationship"):
            external = relation.get("TargetMode") == "External"
            target = relation.get("Target", "")
            found.append(
                (
                    relation.get("Id", ""),
                    relation.get("Type", ""),
                    target if external else _resolved(part, target),
                    external,
                )
            )
        return found

    def remove(self, name: str) -> None:
        """Take a part out, with its own relationships."""
        for gone in (name, _rels_name(name)):
            self.members.pop(gone, None)
            self._trees.pop(gone, None)

    def strip_person_and_machine(self, findings: Findings) -> None:
        """Take out properties, names, macros, embedded files, custom XML; tell ``findings``."""
        self._report_properties(findings)
        for name in list(self.members):
            if _MACROS.search(name):
                findings.add(HiddenKind.MACRO, posixpath.basename(name))
            elif _EMBEDDED.search(name):
                findings.add(HiddenKind.EMBEDDED, posixpath.basename(name))
            elif _CUSTOM_XML.search(name):
                if not name.endswith(".rels") and "itemProps" not in name:
                    findings.add(HiddenKind.CUSTOM_XML, _xml_words(self.members[name]))
            elif not _METADATA.search(name):
                continue
            self.remove(name)
        for name, content in self.members.items():
            if name.lower().endswith((".jpg", ".jpeg", ".png")):
                self.members[name] = without_metadata(content)

    def _report_properties(self, findings: Findings) -> None:
        for name in self.members:
            if not (name.startswith("docProps/") and name.endswith(".xml")):
                continue
            for element in self.xml(name).iter(etree.Element):
                words = "".join(str(text) for text in element.itertext()).strip()
                local = etree.QName(element).localname
                if words and local in _AUTHOR_NAMES:
                    findings.add(HiddenKind.AUTHOR, words)
                elif words and local in _PROPERTY_NAMES:
                    findings.add(HiddenKind.PROPERTY, f"{_PROPERTY_NAMES[local]}：{words}")

    def drop_loose_ends(self, findings: Findings) -> None:
        """Drop relationships to files elsewhere or to parts that left, references to them, and forgotten parts."""
        for rels in [name for name in self.members if name.endswith(".rels")]:
            source = _rels_source(rels)
            gone: set[str] = set()
            for relation in list(self.xml(rels).iter(f"{_RELS}Relationship")):
                external = relation.get("TargetMode") == "External"
                target = relation.get("Target", "")
                if external and relation.get("Type", "").endswith("/hyperlink") and _SAFE_LINK.match(target):
                    continue
                if external:
                    findings.add(HiddenKind.EXTERNAL, target)
                    if relation.get("Type", "").endswith("/externalLinkPath"):
                        # Formulas hold on to it, so the workbook's name stays; the folders on the machine go.
                        relation.set("Target", re.split(r"[/\\]", target)[-1])
                        continue
                elif _resolved(source, target) in self.members:
                    continue
                gone.add(relation.get("Id", ""))
                self.xml(rels).remove(relation)
            if gone and source in self.members and source.endswith((".xml", ".vml")):
                _drop_references(self.xml(source), gone)
        self._drop_orphans()

    def _drop_orphans(self) -> None:
        reached: set[str] = set()
        waiting = [""]
        while waiting:
            for _, _, target, external in self.relationships(waiting.pop()):
                if not external and target in self.members and target not in reached:
                    reached.add(target)
                    waiting.append(target)
        kept = reached | {_rels_name(part) for part in (*reached, "")} | {_CONTENT_TYPES}
        for name in list(self.members):
            if name not in kept:
                self.members.pop(name)
                self._trees.pop(name, None)

    def save(self) -> bytes:
        """The file put together again."""
        types = self.xml(_CONTENT_TYPES)
        for override in list(types.iter(f"{_TYPES}Override")):
            if override.get("PartName", "").lstrip("/") not in self.members:
                types.remove(override)
            else:
                # A document without macros must not announce them, or Word refuses it.
                kind = override.get("ContentType", "").replace("macroEnabled.main", "main")
                plain = kind.replace("application/vnd.ms-word.document.main", _WORD_MAIN)
                plain = plain.replace("application/vnd.ms-excel.sheet.main", _EXCEL_MAIN)
                override.set("ContentType", plain)
        for name, root in self._trees.items():
            self.members[name] = xml_bytes(root)
        return write_archive(self.members)


_WORD_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main"
_EXCEL_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main"


def _transitional(content: bytes) -> bytes:
    if b"purl.oclc.org/ooxml" in content:
        for strict, common in _STRICT_NAMESPACES:
            content = content.replace(strict, common)
    return content


def _declares_type(content: bytes) -> bool:
    """Whether a part with an unusual name is XML with a document type, in either width of letters."""
    head = content[:4096].replace(b"\0", b"")
    return head.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").startswith(b"<") and b"<!DOCTYPE" in head


def _rels_name(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _rels_source(rels: str) -> str:
    folder, name = posixpath.split(rels)
    return posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))


def _resolved(source: str, target: str) -> str:
    target = unquote(target.split("#", 1)[0])
    if target.startswith("/"):
        return posixpath.normpath(target.lstrip("/"))
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), target))


def _drop_references(root: etree._Element, gone: set[str]) -> None:
    for element in list(root.iter(etree.Element)):
        names = [name for name, value in element.attrib.items() if str(name).startswith(f"{{{R}}}") and value in gone]
        for name in names:
            del element.attrib[name]
        # Links keep their words and pictures their frame; any other element exists only for its reference.
        if names and etree.QName(element).localname not in ("hyperlink", "hlinkClick", "blip", "imagedata", "fill"):
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)


def _xml_words(content: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(rb"<[^>]*>", b" ", content[:4096]).decode("utf-8", "replace")).strip()
