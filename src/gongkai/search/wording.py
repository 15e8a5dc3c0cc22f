"""How two queries are compared: the same words however they were typed. Pure."""

import unicodedata
from functools import cache

from opencc import OpenCC


def fold(text: str) -> str:
    """Width, case, Traditional characters and white space made alike: "供熱　ＧＢ" → "供热 gb"."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return " ".join(_to_simplified().convert(plain).split())


@cache
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")
