"""Small acts on WordprocessingML trees that the readers of Word files share."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def is_on(element: etree._Element | None) -> bool:
    """Whether an on/off property is set (17.17.4 ST_OnOff: present without a value means on)."""
    return element is not None and element.get(f"{W}val", "1") in ("1", "true", "on")


def words(element: etree._Element) -> str:
    """The text of an element, deleted text included."""
    return "".join(str(part.text or "") for part in element.iter(f"{W}t", f"{W}delText"))


def unwrap(element: etree._Element) -> None:
    """Put the children of ``element`` in its place."""
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    for offset, child in enumerate(list(element)):
        parent.insert(at + offset, child)
    parent.remove(element)


def remove(element: etree._Element) -> None:
    """Take ``element`` out of its parent, if it still has one."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def remove_all(root: etree._Element, names: Iterable[str]) -> None:
    """Take out every element below ``root`` with one of the local ``names``."""
    for element in list(root.iter(*(f"{W}{name}" for name in names))):
        remove(element)
