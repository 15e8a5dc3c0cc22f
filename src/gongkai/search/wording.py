"""How two queries are compared: the same words however they were typed. Pure."""

from gongkai.search.analysis import normal


def fold(text: str) -> str:
    """Width, case, Traditional characters and white space made alike: "供熱　ＧＢ" → "供热 gb"."""
    return " ".join(normal(text).split())
