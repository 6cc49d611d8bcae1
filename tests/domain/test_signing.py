"""Names of keys and signatures: nothing altered passes, nothing strange crashes."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as some

from certify.domain.signing import decode_base58, encode_base58, is_signed, key_id, public_key

PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY = key_id(PRIVATE.public_key().public_bytes_raw())


@given(some.binary(max_size=100))
def test_base58_gives_the_same_bytes_back(data: bytes) -> None:
    assert decode_base58(encode_base58(data)) == data


def test_base58_is_that_of_everybody_else() -> None:
    assert encode_base58(b"Hello World!") == "2NEpo7TZRRrLZSi2U"
    assert encode_base58(b"\0\0\x28\x7f\xb4\xcd") == "11233QC4"


def test_the_name_of_an_ed25519_key_begins_as_the_standard_says() -> None:
    assert KEY.startswith("z6Mk")
    assert public_key(KEY).public_bytes_raw() == PRIVATE.public_key().public_bytes_raw()


@given(some.binary(max_size=64), some.integers(0, 63), some.integers(1, 255))
def test_a_signature_with_one_byte_changed_is_refused(data: bytes, place: int, bits: int) -> None:
    signature = bytearray(PRIVATE.sign(data))

    assert is_signed(KEY, data, bytes(signature))
    signature[place] ^= bits
    assert not is_signed(KEY, data, bytes(signature))


@given(some.binary(min_size=1, max_size=64), some.data())
def test_other_data_or_another_key_is_refused(data: bytes, draw: some.DataObject) -> None:
    signature = PRIVATE.sign(data)
    other = Ed25519PrivateKey.from_private_bytes(bytes(32))

    assert not is_signed(KEY, data[:-1], signature)
    assert not is_signed(key_id(other.public_key().public_bytes_raw()), data, signature)
    assert not is_signed(KEY, data, draw.draw(some.binary(max_size=63)))


@pytest.mark.parametrize("key", ["", "z", "z6Mk", "u" + KEY[1:], KEY[:-1], KEY + "0", "z" * 10_000])
def test_what_is_no_key_signs_nothing(key: str) -> None:
    assert not is_signed(key, b"", bytes(64))
    with pytest.raises(ValueError):  # noqa: PT011  any text that says why
        public_key(key)
