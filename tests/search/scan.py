"""The plain way to find words: look at every text from beginning to end. What the index is compared with.

Written apart from ``search.analysis`` on purpose: it knows characters and borders, no tokens.
"""

import re
import unicodedata
from functools import cache

from opencc import OpenCC

_HAN = "々〆〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_t2s = OpenCC("t2s")


@cache
def _plain(character: str) -> str:
    return "".join(map(_t2s.convert, unicodedata.normalize("NFKC", character).lower()))


def flat(text: str) -> str:
    """Normal characters; every border (anything that is no letter, Han beside Latin) one blank; none within Han."""
    plain = "".join(map(_plain, text))
    plain = re.sub(rf"(?<=[{_HAN}])[ \xa0]+(?=[{_HAN}])", "", plain)
    plain = re.sub(rf"[^\w{_HAN}]|_", " ", plain)
    plain = re.sub(rf"(?<=[{_HAN}])(?=[^\s{_HAN}])|(?<=[^\s{_HAN}])(?=[{_HAN}])", " ", plain)
    return " ".join(plain.split())


def holds(text: str, words: str) -> bool:
    """Whether the flat text has the words; Latin words and numbers count whole."""
    wanted = flat(words)
    before = " " if not re.match(rf"[{_HAN}]", wanted) else ""
    after = " " if not re.search(rf"[{_HAN}]$", wanted) else ""
    return f"{before}{wanted}{after}" in f" {text} "
