"""Who was revoked or suspended, as a list that anybody may fetch (W3C Bitstring Status List 1.0).

A list has a place for 131,072 certificates; whoever fetches it does not say which one they look
at. The place of a certificate is its internal number: the certificate's own number, which stands
in clear beside it, tells the order of issue anyway, so that places by chance would hide nothing.
"""

import base64
import gzip
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from certify.domain.data_integrity import moment
from certify.domain.linked_data import CREDENTIALS

LENGTH = 131_072
"""Places of one list, and the fewest that the standard allows."""
MAX_UNPACKED = 1 << 20
"""Bytes; a list that unpacks to more is refused before it does."""


class Purpose(StrEnum):
    """What a bit says of a certificate."""

    REVOCATION = "revocation"
    SUSPENSION = "suspension"
    REFRESH = "refresh"
    """There is a newer revision; this one says nothing false."""


@dataclass(frozen=True)
class Place:
    """Where a certificate stands in a list."""

    purpose: Purpose
    list_id: str
    index: int


def places(base: str, certificate_id: int, revision: int) -> list[Place]:
    """The places of one revision of a certificate.

    Args:
        base: beginning of the addresses of the lists, with its last `/` or `:`.
    """
    number, index = divmod(certificate_id, LENGTH)
    return [Place(p, list_id(base, p, number, revision), index) for p in Purpose]


def list_id(base: str, purpose: Purpose, number: int, revision: int = 1) -> str:
    """The address of a list; newer revisions have lists of their own only for `refresh`."""
    middle = f"{purpose.value}-{revision}" if purpose is Purpose.REFRESH else purpose.value
    return f"{base}{middle}-{number}" + (".json" if base.startswith("https:") else "")


def encoded(indices: Iterable[int]) -> str:
    """A list in which these places are set, as multibase text; the same places, the same text."""
    bits = bytearray(LENGTH // 8)
    for index in indices:
        bits[index >> 3] |= 0x80 >> (index & 7)  # the first place is the leftmost bit
    packed = gzip.compress(bytes(bits), mtime=0)
    return "u" + base64.urlsafe_b64encode(packed).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """The bits of an encoded list.

    Raises:
        ValueError: it is none, too short, or unpacks to more than `MAX_UNPACKED`.
    """
    if text[:1] != "u":
        raise ValueError("another encoding")
    packed = base64.urlsafe_b64decode(text[1:] + "=" * (-len(text[1:]) % 4))
    unpacker = zlib.decompressobj(wbits=31)
    try:
        bits = unpacker.decompress(packed, MAX_UNPACKED + 1)
    except zlib.error as problem:
        raise ValueError(str(problem)) from problem
    if len(bits) > MAX_UNPACKED:
        raise ValueError("unpacks to too much")
    if not unpacker.eof or unpacker.unused_data or len(bits) * 8 < LENGTH:
        raise ValueError("not a whole list")
    return bits


def is_set(bits: bytes, index: int) -> bool:
    """Whether a place is set.

    Raises:
        ValueError: there is no such place.
    """
    if not 0 <= index < len(bits) * 8:
        raise ValueError("no such place")
    return bool(bits[index >> 3] & (0x80 >> (index & 7)))


def status_credential(
    list_id: str,
    purpose: Purpose,
    indices: Iterable[int],
    *,
    issuer: str,
    valid_from: datetime,
    valid_until: datetime,
) -> dict[str, Any]:
    """The list as a credential, not yet signed."""
    return {
        "@context": [CREDENTIALS],
        "id": list_id,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": moment(valid_from),
        "validUntil": moment(valid_until),
        "credentialSubject": {
            "id": f"{list_id}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose.value,
            "encodedList": encoded(indices),
        },
    }


def entry(place: Place) -> dict[str, str]:
    """A certificate's pointer to its place."""
    return {
        "id": f"{place.list_id}#{place.index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": place.purpose.value,
        "statusListIndex": str(place.index),
        "statusListCredential": place.list_id,
    }


def read_entries(credential: Mapping[str, Any]) -> list[Place]:
    """The places that a credential points to; empty where it points to none.

    Raises:
        ValueError: one cannot be understood, so that nobody can say how the credential stands.
    """
    entries = credential.get("credentialStatus", [])
    found = []
    for one in entries if isinstance(entries, list) else [entries]:
        if not isinstance(one, dict) or one.get("type") != "BitstringStatusListEntry":
            raise ValueError("another kind of status")
        if set(one) - {"id"} != {
            "type",
            "statusPurpose",
            "statusListIndex",
            "statusListCredential",
        }:
            raise ValueError("a status with other members")
        index, address = one["statusListIndex"], one["statusListCredential"]
        if not (isinstance(index, str) and index.isascii() and index.isdigit() and len(index) < 10):
            raise ValueError("no place")
        if not isinstance(address, str):
            raise ValueError("no address")
        found.append(Place(Purpose(one["statusPurpose"]), address, int(index)))
    return found
