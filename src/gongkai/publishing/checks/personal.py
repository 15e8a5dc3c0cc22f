"""Personal numbers and addresses in a text: where they are, and the text without them.

Pure text in, spans out. The checks judge what is found here; places and messages are masked with it, so that a finding
kept as evidence never carries what it complains about (《个人信息保护法》第四条、第二十八条).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from stdnum import luhn
from stdnum.cn import ric, uscc
from stdnum.exceptions import InvalidComponent

from gongkai.texts.credentials import PROVINCES


class Kind(StrEnum):
    IDENTITY = "identity"  # 公民身份号码, check digit right
    IDENTITY_SUSPECT = "identity_suspect"  # 18 digits called an identity number, check digit wrong
    IDENTITY_OLD = "identity_old"  # 15 digits, before 1999
    BANK_CARD = "bank_card"
    MOBILE = "mobile"
    TRAVEL_DOCUMENT = "travel_document"  # 护照、通行证
    EMAIL = "email"
    ADDRESS = "address"


@dataclass(frozen=True)
class PersonalDatum:
    """One datum of a person at ``start .. end`` of the text it was found in."""

    kind: Kind
    start: int
    end: int


# Character for character, so that offsets in the folded text are offsets in the original.
_FOLDED = {ord("０") + n: str(n) for n in range(10)}
_FOLDED |= {ord("Ａ") + n: chr(ord("A") + n) for n in range(26)} | {ord("ａ") + n: chr(ord("a") + n) for n in range(26)}
_FOLDED |= dict.fromkeys(map(ord, "－‐‑‒–—―−﹣·•．"), "-") | dict.fromkeys(map(ord, "\u3000\u00a0\u2009\u202f"), " ")
_FOLDED |= dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"), " ") | {ord("＠"): "@", ord("＋"): "+"}

_GAP = r"[ \-]{0,2}"
_NO_DIGIT_BEFORE, _NO_DIGIT_AFTER = r"(?<![0-9])", r"(?![0-9])"
_IDENTITY = re.compile(rf"{_NO_DIGIT_BEFORE}(?=([1-9](?:{_GAP}[0-9]){{16}}{_GAP}[0-9Xx]){_NO_DIGIT_AFTER})")
_IDENTITY_OLD = re.compile(rf"{_NO_DIGIT_BEFORE}([1-9][0-9]{{14}}){_NO_DIGIT_AFTER}")
_CARD = re.compile(
    rf"{_NO_DIGIT_BEFORE}(?<![0-9][ \-])"
    r"([2-69][0-9]{15,18}|[2-69][0-9]{3}(?:[ \-][0-9]{4}){3}(?:[ \-]?[0-9]{1,3})?)"
    rf"{_NO_DIGIT_AFTER}(?![ \-][0-9])"
)
_MOBILE = re.compile(
    r"(?<![0-9.])(?<![0-9]-)((?:\+?86[ \-]?)?1[3-9][0-9](?:[ \-]?[0-9]{4}){2})"
    rf"{_NO_DIGIT_AFTER}(?!\.[0-9]|[ ]?(?:元|万|亿))"
)
_TRAVEL = re.compile(
    r"(?:护照|通行证|台胞证|回乡证)[^\n，。；]{0,12}?(?<![0-9A-Za-z])"
    r"((?:[DEGPSKM][A-Z]?[0-9]{7,8}|[CHMWT][0-9]{8,10}|1[45][0-9]{7}))(?![0-9A-Za-z])"
)
_EMAIL = re.compile(
    r"(?<![0-9A-Za-z._+\-])([0-9A-Za-z][0-9A-Za-z._+\-]{0,63}@[0-9A-Za-z][0-9A-Za-z.\-]{0,80}\.[A-Za-z]{2,10})"
)
_ADDRESS_CALLED = r"(?:家庭(?:详细)?[住地]址|现住址|居住地址|户籍地址|户籍(?:所在)?地|住址|现住|家住)"
_ADDRESS_UNIT = r"[0-9一二三四五六七八九十百]+[ ]?(?:号楼|号院|号|室|栋|幢|单元|组|弄|座)"
_ADDRESS = re.compile(
    rf"{_ADDRESS_CALLED}[ ]*[:：为在于]?[ ]*"
    rf"([^\s，。；、,;（()）]{{3,50}}?{_ADDRESS_UNIT}[^\s，。；、,;（()）]{{0,30}})"
)
_SOCIAL_CREDIT = re.compile(r"(?<![0-9A-Za-z])[0-9A-HJ-NPQRTUWXYa-z]{18}(?![0-9A-Za-z])")

CALLED_IDENTITY = re.compile(r"身份证|身份号码|证件号|身份证明")
CALLED_BANK = re.compile(r"卡号|账号|帐号|账户|帐户|银行|开户|一卡通|收款|社保卡|存折")
_CALLED_REGISTRATION = re.compile(r"注册号|登记号|执照|流水号|订单")

# Issuer prefix → lengths in use. 62 is 银联, 9558 the old 工商银行 series; the rest are the international schemes.
_CARD_LENGTHS: tuple[tuple[str, frozenset[int]], ...] = (
    ("62", frozenset({16, 17, 18, 19})),
    ("9558", frozenset({19})),
    ("60", frozenset({16, 18, 19})),
    ("35", frozenset({16})),
    ("4", frozenset({16})),
    *((str(prefix), frozenset({16})) for prefix in range(51, 56)),
)


def find_personal(text: str) -> tuple[PersonalDatum, ...]:
    """Every personal datum of ``text``, in order and not overlapping: of two that overlap the surer one stays."""
    folded = text.translate(_FOLDED)
    taken: list[PersonalDatum] = []
    covered = bytearray(len(text))
    for datum in _candidates(folded):
        if not any(covered[datum.start : datum.end]):
            covered[datum.start : datum.end] = b"\x01" * (datum.end - datum.start)
            taken.append(datum)
    return tuple(sorted(taken, key=lambda datum: datum.start))


def mask_spans(text: str, data: Iterable[PersonalDatum]) -> str:
    """``text`` with the given data masked letter for letter; the length does not change."""
    letters = list(text)
    for datum in data:
        for index in _hidden(datum, text):
            letters[index] = "*"
    return "".join(letters)


def mask_personal(text: str) -> str:
    """``text`` with whatever personal data it holds masked."""
    return mask_spans(text, find_personal(text))


def digits_of(text: str) -> str:
    """The digits and Latin letters of a number as written with full-width figures, spaces or hyphens."""
    return re.sub(r"[^0-9A-Za-z]", "", text.translate(_FOLDED)).upper()


def _candidates(folded: str) -> Iterator[PersonalDatum]:
    """Surest first: the order decides which of two overlapping readings holds."""
    yield from _identities(folded)
    credit_codes = [match.span() for match in _SOCIAL_CREDIT.finditer(folded) if uscc.is_valid(match.group())]
    for kind, start, end in (*_cards(folded), *_old_identities(folded)):
        if not any(start < code_end and code_start < end for code_start, code_end in credit_codes):
            yield PersonalDatum(kind, start, end)
    for kind, pattern in ((Kind.TRAVEL_DOCUMENT, _TRAVEL), (Kind.MOBILE, _MOBILE), (Kind.EMAIL, _EMAIL)):
        yield from (PersonalDatum(kind, *match.span(1)) for match in pattern.finditer(folded))
    yield from (PersonalDatum(Kind.ADDRESS, *match.span(1)) for match in _ADDRESS.finditer(folded))


def _identities(folded: str) -> Iterator[PersonalDatum]:
    suspects: list[PersonalDatum] = []
    for match in _IDENTITY.finditer(folded):
        start, end = match.span(1)
        number = digits_of(match.group(1))
        if _is_identity(number):
            yield PersonalDatum(Kind.IDENTITY, start, end)
        elif CALLED_IDENTITY.search(folded, max(0, start - 16), start) and not uscc.is_valid(number):
            suspects.append(PersonalDatum(Kind.IDENTITY_SUSPECT, start, end))
    yield from suspects


def _is_identity(number: str) -> bool:
    """GB 11643—1999: province, day of birth and check digit.

    The county code is not asked for: it stays with a person all their life, and lists know only the counties of today.
    """
    if number[:2] not in PROVINCES or number[6:8] not in ("18", "19", "20"):
        return False
    try:
        ric.get_birth_date(number)
    except InvalidComponent:
        return False
    return ric.calc_check_digit(number) == number[-1]


def _old_identities(folded: str) -> Iterator[tuple[Kind, int, int]]:
    for match in _IDENTITY_OLD.finditer(folded):
        number = match.group(1)
        body = f"{number[:6]}19{number[6:]}"
        named_otherwise = _CALLED_REGISTRATION.search(folded, max(0, match.start() - 16), match.start())
        if not named_otherwise and _is_identity(body + ric.calc_check_digit(body + "0")):
            yield Kind.IDENTITY_OLD, *match.span(1)


def _cards(folded: str) -> Iterator[tuple[Kind, int, int]]:
    for match in _CARD.finditer(folded):
        number = digits_of(match.group(1))
        known = any(number.startswith(prefix) and len(number) in lengths for prefix, lengths in _CARD_LENGTHS)
        if known and luhn.is_valid(number):
            yield Kind.BANK_CARD, *match.span(1)


def _hidden(datum: PersonalDatum, text: str) -> list[int]:
    """The positions of ``text`` that masking hides: enough is left for a person to recognise which one is meant."""
    positions = [index for index in range(datum.start, datum.end) if text[index] not in " -－　"]
    if datum.kind is Kind.EMAIL:
        at = next(index for index in positions if text[index] in "@＠")
        return [index for index in positions if datum.start < index < at] or positions[:1]
    if datum.kind is Kind.ADDRESS:
        return positions[4:]
    if datum.kind is Kind.TRAVEL_DOCUMENT:
        return positions[2:-2]
    return positions[3:-4]
