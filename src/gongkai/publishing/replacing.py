"""Putting a finding's replacement into a body: words for words, inside text nodes only, markup untouched. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.texts import blocks, richtext


class PlaceGone(ValueError):
    """The words are no longer where the finding saw them; the message is for the officer."""


@dataclass(frozen=True)
class _Spot:
    """Where a character of the text stands: the node that holds its string, which of its children, at which offset."""

    node: blocks.Node
    child: int
    offset: int


def replace_in_body(body: str, start: int, end: int, replacement: str) -> str:
    """The clean ``body`` with ``plain_text(body)[start:end]`` replaced.

    Offsets count in the plain text, where lines, cells and list numbers have characters of their own; so the words are
    found again among the text nodes, by their surroundings, the nearest of equal ones. Raises PlaceGone.
    """
    text = richtext.plain_text(body)
    wanted = _squeezed(text[start:end])
    root = blocks.tree(body)
    spots = list(_spots(root))
    written = "".join(_character(spot) for spot in spots)
    at = _nearest(written, wanted, _squeezed(text[:start]), _squeezed(text[end:]))
    if at < 0:
        raise PlaceGone("正文已经改动，找不到这一处了。检查结果会随保存更新，请按新的结果处理。")
    _put(spots[at : at + len(wanted)], replacement)
    return richtext.clean(blocks.write(root.children))


def replace_in_value(value: str, start: int, end: int, replacement: str) -> str:
    """A header value with ``value[start:end]`` replaced. Raises PlaceGone when it is shorter than that."""
    if end > len(value):
        raise PlaceGone("这一栏已经改动，请按新的检查结果处理。")
    return value[:start] + replacement + value[end:]


def _spots(node: blocks.Node) -> Iterator[_Spot]:
    for place, child in enumerate(node.children):
        if isinstance(child, str):
            yield from (_Spot(node, place, offset) for offset, char in enumerate(child) if not char.isspace())
        else:
            yield from _spots(child)


def _character(spot: _Spot) -> str:
    return str(spot.node.children[spot.child])[spot.offset]


def _nearest(written: str, wanted: str, before: str, after: str) -> int:
    if not wanted:
        return -1
    best, best_fit = -1, (-1, 0)
    at = written.find(wanted)
    while at >= 0:
        fit = (
            _common(written[:at][::-1], before[::-1]) + _common(written[at + len(wanted) :], after),
            -abs(at - len(before)),
        )
        if fit > best_fit:
            best, best_fit = at, fit
        at = written.find(wanted, at + 1)
    return best


def _common(one: str, other: str, most: int = 60) -> int:
    length = 0
    for left, right in zip(one[:most], other[:most], strict=False):
        if left != right:
            break
        length += 1
    return length


def _put(spots: list[_Spot], replacement: str) -> None:
    """The first text node takes the replacement, further ones lose their part."""
    by_string: dict[tuple[int, int], list[_Spot]] = {}
    for spot in spots:
        by_string.setdefault((id(spot.node), spot.child), []).append(spot)
    for number, group in enumerate(by_string.values()):
        first, last = group[0], group[-1]
        string = str(first.node.children[first.child])
        put = replacement if number == 0 else ""
        first.node.children[first.child] = string[: first.offset] + put + string[last.offset + 1 :]


def _squeezed(text: str) -> str:
    return "".join(text.split())
