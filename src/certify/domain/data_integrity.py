"""Embedded signatures: W3C Data Integrity, `eddsa-rdfc-2022` (vc-di-eddsa)."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from certify.domain.linked_data import NotSignable, canonical
from certify.domain.shaped_quads import canonical_quickly
from certify.domain.signing import decode_base58, encode_base58

SUITE = "eddsa-rdfc-2022"
PURPOSE = "assertionMethod"
_MEMBERS = {
    "type",
    "cryptosuite",
    "created",
    "verificationMethod",
    "proofPurpose",
    "proofValue",
}


class UnknownAlgorithm(ValueError):
    """A signature of another kind than the one that counts here."""


@dataclass(frozen=True)
class Signed:
    """A signature as it stands in a document, not yet checked."""

    method: str
    """The key's full name: the issuer's DID, `#`, the key."""
    created: datetime
    data: bytes
    """What must have been signed."""
    value: bytes


def moment(value: datetime) -> str:
    """A moment as credentials write it: whole seconds, UTC."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def parse_moment(text: object) -> datetime:
    """The moment that a text names.

    Raises:
        ValueError: it names none, or has no time zone.
    """
    if not isinstance(text, str) or not 20 <= len(text) <= 40 or text[10] != "T":
        raise ValueError("no moment")
    found = datetime.fromisoformat(text)
    if found.tzinfo is None or not 1970 <= found.year < 3000:
        raise ValueError("no time zone, or not of our time")
    return found.astimezone(UTC)


def secured(
    document: Mapping[str, Any], *, method: str, created: datetime, sign: Callable[[bytes], bytes]
) -> dict[str, Any]:
    """The document with its proof.

    Args:
        document: without a proof.
        method: the key's full name.
        sign: gives an Ed25519 signature.
    Raises:
        NotSignable: part of the document would be in no signature.
    """
    if "proof" in document:
        raise NotSignable("signed already")
    proof = {
        "type": "DataIntegrityProof",
        "cryptosuite": SUITE,
        "created": moment(created),
        "verificationMethod": method,
        "proofPurpose": PURPOSE,
    }
    options = {"@context": document["@context"], **proof}
    value = sign(_hashes(canonical_quickly(options), canonical_quickly(document)))
    return {**document, "proof": {**proof, "proofValue": "z" + encode_base58(value)}}


def signed_part(
    document: Mapping[str, Any], known: Mapping[str, Mapping[str, Any]] | None = None
) -> Signed:
    """The proof of a document and the bytes it must cover.

    Args:
        known: see `linked_data.canonical`.
    Raises:
        UnknownAlgorithm: another suite or another kind of signature.
        ValueError: there is no proof, more than one, or one with more or less in it than needed;
            or the document cannot be covered as a whole (`NotSignable`).
    """
    proof = document.get("proof")
    if not isinstance(proof, dict):
        raise ValueError("one proof is needed")
    if proof.get("type") != "DataIntegrityProof" or proof.get("cryptosuite") != SUITE:
        raise UnknownAlgorithm(str(proof.get("cryptosuite") or proof.get("type"))[:80])
    if set(proof) != _MEMBERS or not all(isinstance(one, str) for one in proof.values()):
        raise ValueError("the proof has other members")
    if proof["proofPurpose"] != PURPOSE:
        raise ValueError("the proof has another purpose")
    if not proof["proofValue"].startswith("z"):
        raise ValueError("the signature is written in another way")
    value = decode_base58(proof["proofValue"][1:])
    if len(value) != 64:
        raise ValueError("no Ed25519 signature")
    body = {key: one for key, one in document.items() if key != "proof"}
    options = {key: one for key, one in proof.items() if key != "proofValue"}
    options["@context"] = document.get("@context")
    data = _hashes(canonical(options, known), canonical(body, known))
    return Signed(proof["verificationMethod"], parse_moment(proof["created"]), data, value)


def _hashes(options: str, document: str) -> bytes:
    return hashlib.sha256(options.encode()).digest() + hashlib.sha256(document.encode()).digest()
