"""Finding people by exact values without keeping the values: a keyed hash of each beside what is sealed.

Without the key (a data key, wrapped under the master key outside the database) a hash tells nothing of its value, not
even to somebody who tries all of them. What it does leak to a reader of the database: that two rows have the same
value of a kind, and how often a value occurs. So it is kept for values that identify somebody, never for those of few
kinds (sex, district), and hashes of different kinds, or for different purposes, are not comparable. It finds equal
values only: no beginnings, no parts."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from enum import StrEnum

from cryptography.hazmat.primitives.hmac import HMAC

from gongkai.ledger import data_keys
from gongkai.ledger.sealing import Suite

LENGTH = 32  # hex characters kept of a hash: 128 bits, no two of 10 million values meet by chance
_KEY = "blind index"


class Kind(StrEnum):
    """What kind of value it is, which says how it is normalised."""

    NAME = "name"
    ID_NUMBER = "id_number"  # 居民身份证 and other papers
    PHONE = "phone"
    CREDIT_CODE = "credit_code"  # 统一社会信用代码
    EMAIL = "email"
    QUERY = "query"  # 查询码 and other codes that are typed in


def normalise(kind: Kind, value: str) -> str:
    """The form in which two writings of the same value are equal; "" for what is none."""
    return _NORMALISED[kind](unicodedata.normalize("NFKC", value))


def digest(kind: Kind, value: str) -> str:
    """The hash to keep and to search by; "" for an empty value (which must not be searched by). One query."""
    return digests([(kind, value)])[0]


def digests(values: Iterable[tuple[Kind, str]]) -> list[str]:
    """The hashes of many, in their order, with one query."""
    key, suite = data_keys.of(_KEY)
    derived = {kind: suite.derive(key, b"index " + kind.encode()) for kind in Kind}
    return [_hash(suite, derived[kind], normalise(kind, value)) for kind, value in values]


def _hash(suite: Suite, key: bytes, value: str) -> str:
    if not value:
        return ""
    mac = HMAC(key, suite.hash())
    mac.update(value.encode("utf-8", "surrogatepass"))
    return mac.finalize().hex()[:LENGTH]


def _name(value: str) -> str:
    """Without blanks and the dots of names (买买提·艾力 is written with four different ones)."""
    return re.sub(r"[\s·•・‧.．]", "", value).casefold()


def _code(value: str) -> str:
    return re.sub(r"[^0-9A-Za-z]", "", value).upper()


def _phone(value: str) -> str:
    """Digits only, without the country: +86 138…, 0086 138… and 138… are one number."""
    digits = re.sub(r"\D", "", value)
    return re.sub(r"^(?:0086|86)(?=1\d{10}$|0\d{9,11}$)", "", digits)


_NORMALISED: dict[Kind, Callable[[str], str]] = {
    Kind.NAME: _name,
    Kind.ID_NUMBER: _code,
    Kind.PHONE: _phone,
    Kind.CREDIT_CODE: _code,
    Kind.EMAIL: lambda value: value.strip().casefold(),
    Kind.QUERY: _code,
}
