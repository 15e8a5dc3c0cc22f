"""Where a document came from: what packages above this one add to what staff see of a document, never the public."""

from collections.abc import Callable, Sequence

from gongkai.catalog.documents import Document

Row = dict[str, str]
"""``label``, ``value`` and perhaps ``url``, as the component of facts takes them."""
Source = Callable[[Document], Sequence[Row]]

_SOURCES: list[Source] = []


def register(source: Source) -> None:
    """Declare a source (in an AppConfig.ready)."""
    _SOURCES.append(source)


def rows_of(document: Document) -> list[Row]:
    """What every source says of the document."""
    return [row for source in _SOURCES for row in source(document)]
