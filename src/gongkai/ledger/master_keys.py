"""The installation's master keys: what wraps every other key, kept outside the database.

``GONGKAI_MASTER_KEY`` wraps; the keys of ``GONGKAI_OLD_MASTER_KEYS`` still open, until ``gongkai keys rotate`` has
wrapped everything anew. Beside each wrapped key stands the id of its master key, which tells nothing of the key
itself."""

from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from gongkai.ledger import sealing
from gongkai.ledger.sealing import KEY_BYTES, SUITES, Suite

ID_LENGTH = 16
_ID_BYTES = ID_LENGTH // 2


class WrongMasterKey(RuntimeError):
    """Neither GONGKAI_MASTER_KEY nor an old one opens what was wrapped."""


@dataclass(frozen=True)
class Master:
    """One master key: its public id, and what it wraps with."""

    id: str
    wrapping: bytes


def current() -> Master:
    """The one that wraps."""
    return _master(settings.GONGKAI_MASTER_KEY)


def known() -> dict[str, Master]:
    """All that can open, by id; the present one first."""
    masters = [_master(text) for text in (settings.GONGKAI_MASTER_KEY, *settings.GONGKAI_OLD_MASTER_KEYS)]
    return {master.id: master for master in masters}


def suite() -> Suite:
    """The algorithms in which is sealed from now on (``GONGKAI_CIPHERS``)."""
    return SUITES[settings.GONGKAI_CIPHERS]


def wrap(key: bytes, bound_to: bytes) -> tuple[bytes, str]:
    """The key wrapped under the present master key, and that one's id."""
    master = current()
    return sealing.encrypt(suite(), master.wrapping, key, bound_to), master.id


def unwrap(wrapped: bytes, by: str, bound_to: bytes) -> bytes:
    """The key again; raises WrongMasterKey when the master key ``by`` is not known here, or another under its id."""
    master = known().get(by)
    if master is None:
        raise WrongMasterKey(f"密钥由主密钥 {by} 包裹，GONGKAI_MASTER_KEY 和 GONGKAI_OLD_MASTER_KEYS 中都没有它。")
    try:
        return sealing.decrypt(master.wrapping, bytes(wrapped), bound_to)
    except InvalidTag:
        raise WrongMasterKey(f"由主密钥 {by} 包裹的密钥打不开：数据可能已损坏，请从备份恢复。") from None


@lru_cache(maxsize=8)
def _master(text: str) -> Master:
    def derived(purpose: bytes, length: int) -> bytes:
        return HKDF(SHA256(), length=length, salt=None, info=b"gongkai master " + purpose).derive(text.encode())

    return Master(derived(b"id", _ID_BYTES).hex(), derived(b"wrapping", KEY_BYTES))
