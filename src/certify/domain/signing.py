"""Ed25519 signatures and the names of their keys (W3C Multikey, did:key)."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlmodel import Field, SQLModel

if TYPE_CHECKING:  # importing it takes 40 ms, which only who signs or verifies should pay
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
"""Of base58btc, which has no characters that look alike."""
ED25519 = b"\xed\x01"
"""The multicodec of an Ed25519 public key."""


class SigningKey(SQLModel, table=True):
    """A public key of the company; the private one is a file beside the database, never in it.

    The newest key that is not retired signs; what retired ones signed stays valid.
    """

    id: str = Field(primary_key=True)
    """The key itself as a multibase text: `z6Mk…`."""
    made_at: datetime
    made_by: int
    """0 for certify itself, at the first signature."""
    retired_at: datetime | None = None


def encode_base58(data: bytes) -> str:
    """Bytes as base58btc."""
    number, text = int.from_bytes(data), ""
    while number:
        number, digit = divmod(number, 58)
        text = ALPHABET[digit] + text
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + text


def decode_base58(text: str) -> bytes:
    """The bytes of a base58btc text.

    Raises:
        ValueError: it has a character that base58btc does not have, or is too long for anything
            that is signed.
    """
    if len(text) > 200:  # a signature has 88; longer ones would only take time
        raise ValueError("too long")
    number = 0
    for character in text:
        number = number * 58 + ALPHABET.index(character)
    zeros = len(text) - len(text.lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8)


def key_id(public: bytes) -> str:
    """The multibase text of a raw public key (32 bytes): `z6Mk…`."""
    return "z" + encode_base58(ED25519 + public)


def public_key(key: str) -> "Ed25519PublicKey":
    """The key that a multibase text names.

    Raises:
        ValueError: it is no Ed25519 key.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    raw = decode_base58(key[1:]) if key[:1] == "z" else b""
    if len(raw) != 34 or raw[:2] != ED25519:
        raise ValueError("no Ed25519 key")
    return Ed25519PublicKey.from_public_bytes(raw[2:])


def is_signed(key: str, data: bytes, signature: bytes) -> bool:
    """Whether the named key signed exactly these bytes."""
    from cryptography.exceptions import InvalidSignature

    try:
        public_key(key).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True
