"""A text cut into the words it consists of. Pure.

The dictionary is loaded when it is first asked: most processes of an installation cut nothing, and each would take a
quarter of a second longer to start.
"""

from collections.abc import Sequence


def words_of(text: str) -> Sequence[str]:
    """The words in order; together they are the text."""
    import rjieba

    found: Sequence[str] = rjieba.cut(text)
    return found
