"""Sealing: whatever the bytes and however they are cut, they come back, and only unchanged, whole and in order."""

import io
import os
from collections.abc import Iterator

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from gongkai.ledger import sealed_streams, sealing
from gongkai.ledger.sealing import AES, SM4, TAG_BYTES, Suite

KEY = bytes(range(32))
SUITES = st.sampled_from([AES, SM4])
POWER = 4  # pieces of 16 bytes: a short example has many
HEAD = 38


def cut(data: bytes, cuts: list[int]) -> Iterator[bytes]:
    """The bytes in pieces, cut wherever."""
    begin = 0
    for end in [*sorted(min(one, len(data)) for one in cuts), len(data)]:
        yield data[begin:end]
        begin = end


def sealed_pieces(suite: Suite, data: bytes, bound_to: bytes = b"file") -> list[bytes]:
    return list(sealed_streams.seal(suite, KEY, [data], bound_to, power=POWER))


def opened(pieces: list[bytes], bound_to: bytes = b"file") -> bytes:
    return b"".join(sealed_streams.unseal(KEY, io.BytesIO(b"".join(pieces)), bound_to))


class Dribbling(io.BytesIO):
    """Gives a few bytes at a time, as a network does."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(min(size or -1, 7) if size and size > 0 else size)


@given(SUITES, st.binary(max_size=200), st.binary(max_size=20))
def test_a_value_comes_back_and_says_its_suite(suite: Suite, plain: bytes, bound_to: bytes) -> None:
    sealed = sealing.encrypt(suite, KEY, plain, bound_to)
    assert sealed[0] == suite.code
    assert sealing.decrypt(KEY, sealed, bound_to) == plain


@given(SUITES, st.binary(max_size=40), st.data())
def test_a_value_that_was_changed_does_not_open(suite: Suite, plain: bytes, data: st.DataObject) -> None:
    sealed = bytearray(sealing.encrypt(suite, KEY, plain, b"me"))
    where = data.draw(st.integers(0, len(sealed) - 1))
    sealed[where] ^= data.draw(st.integers(1, 255))
    with pytest.raises(InvalidTag):
        sealing.decrypt(KEY, bytes(sealed), b"me")


@pytest.mark.parametrize("suite", [AES, SM4])
def test_a_value_opens_only_whole_under_its_key_and_for_whom_it_is(suite: Suite) -> None:
    sealed = sealing.encrypt(suite, KEY, b"110101", b"me")
    for key, value, bound_to in (
        (bytes(32), sealed, b"me"),
        (KEY, sealed, b"you"),
        (KEY, sealed[:-1], b"me"),
        (KEY, sealed[:20], b"me"),
        (KEY, b"", b"me"),
    ):
        with pytest.raises(InvalidTag):
            sealing.decrypt(key, value, bound_to)


@given(SUITES, st.binary(max_size=100), st.lists(st.integers(0, 100), max_size=6))
def test_a_stream_comes_back_however_it_was_cut(suite: Suite, data: bytes, cuts: list[int]) -> None:
    sealed = b"".join(sealed_streams.seal(suite, KEY, cut(data, cuts), b"file", power=POWER))
    assert b"".join(sealed_streams.unseal(KEY, Dribbling(sealed), b"file")) == data


@given(SUITES, st.binary(max_size=100), st.data())
def test_a_stream_cut_short_anywhere_does_not_open(suite: Suite, data: bytes, draw: st.DataObject) -> None:
    whole = b"".join(sealed_pieces(suite, data))
    kept = draw.draw(st.integers(0, len(whole) - 1))
    with pytest.raises(InvalidTag):
        opened([whole[:kept]])


@given(SUITES, st.binary(min_size=33, max_size=120), st.data())
def test_pieces_moved_doubled_left_out_or_of_another_stream_do_not_open(
    suite: Suite, data: bytes, draw: st.DataObject
) -> None:
    head, *pieces = sealed_pieces(suite, data)
    _, *others = sealed_pieces(suite, data)
    one, two = draw.draw(st.permutations(range(len(pieces))).map(lambda order: sorted(order[:2])))
    swapped = [*pieces[:one], pieces[two], *pieces[one + 1 : two], pieces[one], *pieces[two + 1 :]]
    foreign = [*pieces[:one], others[one], *pieces[one + 1 :]]
    without = [*pieces[:one], *pieces[one + 1 :]]
    for wrong in (swapped, foreign, without, [*pieces[:one], *pieces[one:two], *pieces[one:]], [*pieces, pieces[-1]]):
        with pytest.raises(InvalidTag):
            opened([head, *wrong])


@given(SUITES, st.binary(max_size=60), st.data())
def test_no_byte_of_a_stream_can_be_changed(suite: Suite, data: bytes, draw: st.DataObject) -> None:
    whole = bytearray(b"".join(sealed_pieces(suite, data)))
    where = draw.draw(st.integers(0, len(whole) - 1))
    whole[where] ^= draw.draw(st.integers(1, 255))
    with pytest.raises(InvalidTag):
        opened([bytes(whole)])


def test_a_stream_is_bound_to_its_file_and_its_pieces_have_the_size_said() -> None:
    pieces = sealed_pieces(AES, bytes(40))
    assert [len(piece) for piece in pieces] == [HEAD, 16 + TAG_BYTES, 16 + TAG_BYTES, 8 + TAG_BYTES]
    with pytest.raises(InvalidTag):
        opened(pieces, b"another file")


def test_memory_stays_small_whatever_the_length() -> None:
    """Pieces leave as they come: the source is never read further than one piece ahead of what was given out."""
    given_out, piece = 0, 1 << sealed_streams.PIECE_POWER
    read = 0

    def source() -> Iterator[bytes]:
        nonlocal read
        for _ in range(64):
            read += piece // 4
            yield bytes(piece // 4)

    for sealed in sealed_streams.seal(AES, KEY, source(), b"file"):
        given_out += len(sealed)
        assert read - given_out <= 2 * piece


@given(SUITES, st.lists(st.binary(min_size=1, max_size=50), max_size=6))
def test_the_counter_mode_goes_on_where_it_stopped(suite: Suite, parts: list[bytes]) -> None:
    key = os.urandom(suite.key_bytes)
    offset, grown = 0, b""
    for part in parts:
        grown += suite.counter_mode(key, offset).update(part)
        offset += len(part)
    assert suite.counter_mode(key, 0).update(grown) == b"".join(parts)
