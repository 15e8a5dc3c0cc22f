"""Challenges: signed, so that nothing has to be kept until they are answered; solved by work or by an answer.

Work: find a counter so that SHA-256 of ``nonce:counter`` begins with ``bits`` zero bits. The answer of the question
is in the challenge only as a keyed digest. Pure, but for Django's signing key and clock.
"""

import hashlib
import hmac
import secrets
import unicodedata
from dataclasses import dataclass

from django.core import signing
from django.utils.crypto import salted_hmac

VALID_SECONDS = 2 * 3600  # as long as somebody may need for a long form; one that is older is replaced, nothing is lost
_SALT = "gongkai.captcha"
_COUNTER_DIGITS = 12
_NUMERALS = "零一二三四五六七八九十"


class Stale(ValueError):
    """The challenge is too old, or none of ours."""


@dataclass(frozen=True)
class Question:
    """A question in words, and what it is answered by."""

    words: str
    answer: str


@dataclass(frozen=True)
class Challenge:
    """What is to be solved. ``token`` goes into the form."""

    nonce: str
    bits: int
    words: str
    answer_mac: str
    token: str

    def worked(self, counter: str) -> bool:
        """Whether that counter is a proof of work."""
        if not (counter.isascii() and counter.isdigit() and len(counter) <= _COUNTER_DIGITS):
            return False
        digest = hashlib.sha256(f"{self.nonce}:{counter}".encode()).digest()
        return int.from_bytes(digest, "big") >> (len(digest) * 8 - self.bits) == 0

    def answered(self, answer: str) -> bool:
        """Whether that is the answer, in whatever digits."""
        return hmac.compare_digest(_mac(self.nonce, understood(answer)), self.answer_mac)


def new(bits: int) -> Challenge:
    """A fresh one."""
    question, nonce = _question(), secrets.token_urlsafe(16)
    values = [nonce, bits, question.words, _mac(nonce, question.answer)]
    return Challenge(nonce, bits, question.words, values[3], signing.dumps(values, salt=_SALT))  # type: ignore[arg-type]


def read(token: str) -> Challenge:
    """The challenge of a token; raises Stale."""
    try:
        nonce, bits, words, mac = signing.loads(token, salt=_SALT, max_age=VALID_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        raise Stale from None
    return Challenge(nonce, bits, words, mac, token)


def understood(answer: str) -> str:
    """Full-width digits, blanks and Chinese numerals up to 九十九 as plain digits."""
    plain = "".join(unicodedata.normalize("NFKC", answer).split()).strip("。.,，")
    if plain.isdigit():
        return str(int(plain)) if plain.isascii() else plain
    return str(_value(plain)) if plain and set(plain) <= set(_NUMERALS) else plain


def _value(numerals: str) -> int:
    tens, ten, ones = numerals.rpartition("十")
    digit = _NUMERALS.index
    if not ten:
        return int("".join(str(digit(one)) for one in ones))
    return (digit(tens[0]) if tens else 1) * 10 + (digit(ones[0]) if ones else 0)


def _question() -> Question:
    """Sums and differences in words: heard as well as seen, and short."""
    one, two = (secrets.randbelow(9) + 1 for _ in range(2))
    big, small = max(one, two), min(one, two)
    return secrets.choice(
        [
            Question(f"{_NUMERALS[one]}加{_NUMERALS[two]}等于几？", str(one + two)),
            Question(f"{_NUMERALS[big]}减{_NUMERALS[small]}等于几？", str(big - small)),
            Question(f"比{_NUMERALS[one]}大{_NUMERALS[two]}的数是几？", str(one + two)),
            Question(f"{_NUMERALS[one]}的两倍是几？", str(2 * one)),
        ]
    )


def _mac(nonce: str, answer: str) -> str:
    return salted_hmac(_SALT, f"{nonce}\0{answer}", algorithm="sha256").hexdigest()[:32]
