"""From bytes to characters: Chinese texts arrive in six encodings, and what they declare is often wrong."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

import charset_normalizer

# A declaration stands at the head of a page; browsers look at the first 1,024 bytes, real pages need a little more.
DECLARATION_BYTES = 4096
# Deciding between GB 18030 and Big5 needs a page of text; more only costs time.
SAMPLE_BYTES = 64 * 1024
# A truncated or patched UTF-8 file has single bad bytes; another encoding read as UTF-8 fails at every second
# character.
BAD_UTF8_SHARE = 0.01

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# GB 18030 contains GBK, which contains GB 2312; files that declare the smaller one use characters of the larger.
_SAME_AS = {
    "utf-8": "utf-8", "utf8": "utf-8", "utf-16": "utf-16-le", "utf-16le": "utf-16-le", "utf-16be": "utf-16-be",
    "gb2312": "gb18030", "gb_2312-80": "gb18030", "gbk": "gb18030", "cp936": "gb18030", "x-gbk": "gb18030",
    "gb18030": "gb18030", "ms936": "gb18030", "hz-gb-2312": "hz", "big5": "big5hkscs", "big5-hkscs": "big5hkscs",
    "cp950": "big5hkscs", "x-x-big5": "big5hkscs",
}  # fmt: skip
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_\-]{2,20})""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and the name of the encoding it was in. ``lossy``: some bytes meant nothing and show as U+FFFD."""

    text: str
    encoding: str
    lossy: bool = False


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """``data`` as text. ``declared`` is what the transport said (HTTP header, form field), if anything.

    A byte order mark decides; then strict UTF-8, which other encodings do not imitate by chance; then what the text
    itself looks like, with declarations as the casting vote. Never raises.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _replaced(data[len(mark) :], encoding)
    text = _strict(data, "utf-8")
    if text is not None and "\0" not in text:
        return Decoded(text, "utf-8")
    wide = _utf16_without_mark(data)
    if wide:
        return _replaced(data, wide)
    said = _declarations(data, declared)
    chosen = _chinese(data, said)
    if chosen:
        return Decoded(data.decode(chosen), chosen)
    return _last_resort(data, said)


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, UnicodeError):
        return None


def _replaced(data: bytes, encoding: str) -> Decoded:
    text = _strict(data, encoding)
    if text is not None:
        return Decoded(text, encoding)
    return Decoded(data.decode(encoding, errors="replace"), encoding, lossy=True)


def _utf16_without_mark(data: bytes) -> str:
    """The UTF-16 variant whose line ends and spaces show as zero bytes on one side only, or ""."""
    sample = data[: SAMPLE_BYTES & ~1]
    zeros_at_odd, zeros_at_even = sample[1::2].count(0), sample[0::2].count(0)
    enough = max(2, len(sample) // 200)
    if zeros_at_odd >= enough and zeros_at_odd > 4 * zeros_at_even:
        return "utf-16-le"
    if zeros_at_even >= enough and zeros_at_even > 4 * zeros_at_odd:
        return "utf-16-be"
    return ""


def _declarations(data: bytes, declared: str | None) -> list[str]:
    names = [declared or ""]
    names += [match.group(1).decode("ascii") for match in _DECLARED.finditer(data[:DECLARATION_BYTES])]
    known = [_SAME_AS[name.strip().lower()] for name in names if name.strip().lower() in _SAME_AS]
    return list(dict.fromkeys(known))


def _chinese(data: bytes, said: list[str]) -> str:
    """GB 18030 or Big5, whichever reads the bytes as the more usual characters; "" when neither can."""
    readings = {encoding: _usual_share(data, encoding) for encoding in ("gb18030", "big5hkscs")}
    for encoding in readings:
        if encoding in said:
            readings[encoding] += 0.1
    best = max(readings, key=lambda encoding: readings[encoding])
    return best if readings[best] > 0.5 and _strict(data, best) is not None else ""


def _usual_share(data: bytes, encoding: str) -> float:
    """The share of everyday characters (first level of the encoding's table) among the non-ASCII ones."""
    text = data[:SAMPLE_BYTES].decode(encoding, errors="replace")
    wide = [character for character in text if ord(character) > 0x7F]
    if not wide:
        return 0.0
    return sum(1 for character in wide if _is_usual(character, encoding)) / len(wide)


def _is_usual(character: str, encoding: str) -> bool:
    try:
        code = character.encode(encoding)
    except UnicodeEncodeError:
        return False
    if len(code) != 2:
        return False
    if encoding == "gb18030":
        # Rows 1, 3 (punctuation) and 16-55 (first level) of GB 2312.
        return code[1] >= 0xA1 and (code[0] in (0xA1, 0xA3) or 0xB0 <= code[0] <= 0xD7)
    # Punctuation and the 5,401 frequent characters of Big5.
    return 0xA140 <= int.from_bytes(code, "big") <= 0xC67E


def _last_resort(data: bytes, said: list[str]) -> Decoded:
    text = data.decode("utf-8", errors="replace")
    if text.count("\ufffd") <= BAD_UTF8_SHARE * len(text):
        return Decoded(text, "utf-8", lossy="\ufffd" in text)
    for encoding in said:
        strict = _strict(data, encoding)
        if strict is not None:
            return Decoded(strict, encoding)
    guess = charset_normalizer.from_bytes(data[:SAMPLE_BYTES]).best()
    if guess is not None:
        return _replaced(data, guess.encoding)
    return Decoded(text, "utf-8", lossy=True)
