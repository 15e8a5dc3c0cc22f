"""Fields of a Word file: codes that compute text, and may name persons, machines and files (ECMA-376 part 1, 17.16)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from gongkai.texts.reading import Findings, HiddenKind
from gongkai.texts.word_xml import W, remove, unwrap

# Fields whose code says nothing about persons or machines and which a living document needs (page numbers, contents).
# All others (AUTHOR, FILENAME, INCLUDETEXT, DDE, MERGEFIELD …) leave; what they last showed stays as text.
KEPT_FIELDS = frozenset(
    {"PAGE", "NUMPAGES", "SECTIONPAGES", "TOC", "PAGEREF", "REF", "NOTEREF", "STYLEREF", "SEQ", "HYPERLINK", "EQ"}
    | {"SYMBOL", "FORMCHECKBOX", "="}
)
_LINK_TARGET = re.compile(r"HYPERLINK\s+(?:\\l\b|\"?(?:https?:|mailto:|tel:|#))", re.IGNORECASE)


@dataclass(slots=True)
class _Field:
    code: str = ""
    marks: list[etree._Element] = field(default_factory=list)
    in_code: bool = True
    code_texts: list[etree._Element] = field(default_factory=list)


def strip_fields(root: etree._Element, findings: Findings) -> None:
    """Take out the fields that are not kept, leaving the text they last showed, and tell ``findings`` their codes."""
    for simple in list(root.iter(f"{W}fldSimple")):
        code = simple.get(f"{W}instr", "")
        if not _is_kept_field(code):
            findings.add(HiddenKind.FIELD_CODE, code)
            unwrap(simple)
    stack: list[_Field] = []
    done: list[_Field] = []
    for element in root.iter(f"{W}fldChar", f"{W}instrText", f"{W}t"):
        kind = element.get(f"{W}fldCharType") if element.tag == f"{W}fldChar" else None
        if kind == "begin":
            stack.append(_Field(marks=[element]))
        elif not stack:
            if element.tag != f"{W}t":
                done.append(_Field(marks=[element], code="?"))
        elif element.tag == f"{W}instrText":
            stack[-1].code += str(element.text or "")
            stack[-1].marks.append(element)
        elif element.tag == f"{W}t":
            # Text inside the code of any open field (the result of a nested one) is not seen by readers.
            for open_field in stack:
                if open_field.in_code:
                    open_field.code_texts.append(element)
        elif kind == "separate":
            stack[-1].in_code = False
            stack[-1].marks.append(element)
        elif kind == "end":
            stack[-1].marks.append(element)
            done.append(stack.pop())
    for unfinished in stack:
        # Without its end nobody knows where the code ended: keep the text, drop the marks.
        unfinished.code_texts.clear()
        unfinished.code = ""
    for found in [*done, *stack]:
        if _is_kept_field(found.code):
            continue
        if found.code.strip():
            findings.add(HiddenKind.FIELD_CODE, found.code)
        for element in [*found.marks, *found.code_texts]:
            remove(element)


def _is_kept_field(code: str) -> bool:
    stripped = code.strip()
    name = "=" if stripped.startswith("=") else (stripped.split(None, 1) or [""])[0].upper()
    if name == "HYPERLINK":
        return bool(_LINK_TARGET.match(stripped))
    return name in KEPT_FIELDS
