"""Authenticated encryption of short values; each sealed value says by which suite, so that the setting may change.

A sealed value is: one byte naming the suite, a nonce of 12 bytes, the cipher text, a tag of 16 bytes. The suite byte
and whatever the value is ``bound_to`` (whose it is, what for) are authenticated with it. Pure: keys come from the
caller."""

import os
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, CipherContext, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256, SM3, HashAlgorithm
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE_BYTES = 12  # the length GCM is specified for (NIST SP 800-38D)
TAG_BYTES = 16
KEY_BYTES = 32  # of every key that is kept; what a suite needs is derived from it


@dataclass(frozen=True)
class Suite:
    """One set of algorithms: ``code`` is the byte in front of what it sealed."""

    code: int
    name: str
    label: str
    key_bytes: int
    hash: type[HashAlgorithm]
    block: Callable[[bytes], algorithms.AES | algorithms.SM4]

    def derive(self, key: bytes, purpose: bytes, *, salt: bytes | None = None) -> bytes:
        """The key of this suite for one purpose: no key ever serves two algorithms."""
        info = b"gongkai " + self.name.encode() + b" " + purpose
        return HKDF(self.hash(), length=self.key_bytes, salt=salt, info=info).derive(key)

    def lock(self, key: bytes, nonce: bytes, plain: bytes, bound_to: bytes) -> bytes:
        """Encrypt with a key of this suite; cipher text and tag."""
        if self.block is algorithms.AES:
            return AESGCM(key).encrypt(nonce, plain, bound_to)
        encryptor = Cipher(self.block(key), modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(bound_to)
        return encryptor.update(plain) + encryptor.finalize() + encryptor.tag

    def unlock(self, key: bytes, nonce: bytes, locked: bytes, bound_to: bytes) -> bytes:
        """Decrypt; raises InvalidTag when anything was changed."""
        if self.block is algorithms.AES:
            return AESGCM(key).decrypt(nonce, locked, bound_to)
        if len(locked) < TAG_BYTES:
            raise InvalidTag
        decryptor = Cipher(self.block(key), modes.GCM(nonce, locked[-TAG_BYTES:])).decryptor()
        decryptor.authenticate_additional_data(bound_to)
        return decryptor.update(locked[:-TAG_BYTES]) + decryptor.finalize()

    def counter_mode(self, key: bytes, offset: int) -> CipherContext:
        """A key stream (CTR) that stands at this byte, for what grows at its end; ``key`` must serve one file only."""
        block_bytes = 16
        start = (offset // block_bytes).to_bytes(block_bytes, "big")
        context = Cipher(self.block(key), modes.CTR(start)).encryptor()
        context.update(bytes(offset % block_bytes))
        return context


AES = Suite(1, "aes", "AES-256-GCM、SHA-256", 32, SHA256, algorithms.AES)
SM4 = Suite(2, "sm4", "国密 SM4-GCM、SM3", 16, SM3, algorithms.SM4)
SUITES = {suite.name: suite for suite in (AES, SM4)}
_BY_CODE = {suite.code: suite for suite in SUITES.values()}


def suite_of(code: int) -> Suite:
    """The suite of that byte; raises InvalidTag for a byte that names none (the value was changed)."""
    try:
        return _BY_CODE[code]
    except KeyError:
        raise InvalidTag from None


def encrypt(suite: Suite, key: bytes, plain: bytes, bound_to: bytes) -> bytes:
    """Seal a value under a key of ``KEY_BYTES``."""
    head, nonce = bytes([suite.code]), os.urandom(NONCE_BYTES)
    return head + nonce + suite.lock(suite.derive(key, b"value"), nonce, plain, head + bound_to)


def decrypt(key: bytes, sealed: bytes, bound_to: bytes) -> bytes:
    """Open it again; raises InvalidTag under another key, bound to something else, or when anything was changed."""
    if len(sealed) < 1 + NONCE_BYTES + TAG_BYTES:
        raise InvalidTag
    suite = suite_of(sealed[0])
    nonce, locked = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    return suite.unlock(suite.derive(key, b"value"), nonce, locked, sealed[:1] + bound_to)
