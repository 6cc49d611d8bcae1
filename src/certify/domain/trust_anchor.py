"""Whose keys a verifier believes: the issuer's published key list, given on purpose, never fetched.

Two forms are read: the DID document of `did:web` (`.well-known/did.json`), and `issuer.json`, which
also says from when to when each key signed, and covers badges signed before there was a host.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from certify.domain.data_integrity import moment, parse_moment
from certify.domain.signing import SigningKey, public_key

KIND = "certify-issuer"
MARGIN = timedelta(minutes=10)
"""How far clocks may be apart."""


@dataclass(frozen=True)
class TrustedKey:
    """One key, and when it signed; None where that is not told."""

    key: str
    since: datetime | None = None
    until: datetime | None = None

    def signed_at(self, at: datetime) -> bool:
        """Whether the key was in use at a moment."""
        return (self.since is None or self.since - MARGIN <= at) and (
            self.until is None or at <= self.until + MARGIN
        )


@dataclass(frozen=True)
class Anchor:
    """One issuer that is believed."""

    name: str
    keys: Mapping[str, TrustedKey]
    """By full name: DID, `#`, key."""


def did_key(key: str) -> str:
    """The DID that is the key itself."""
    return f"did:key:{key}"


def did_web(host: str) -> str:
    """The DID of a web host."""
    return f"did:web:{host}"


def own_key(method: str) -> str | None:
    """The key that a full name spells out, if it does; nobody need vouch for that."""
    key = method.partition("#")[2]
    try:
        public_key(key)
    except ValueError:
        return None
    return key


def of_did_key(did: str) -> Anchor:
    """Trust in one key.

    Raises:
        ValueError: it is no `did:key` of an Ed25519 key.
    """
    if not did.startswith("did:key:"):
        raise ValueError("no did:key")
    key = did.removeprefix("did:key:")
    public_key(key)
    return Anchor(did, {f"{did}#{key}": TrustedKey(key)})


def of_document(document: Mapping[str, Any]) -> Anchor:
    """Trust in the keys of a DID document or an `issuer.json`.

    Raises:
        ValueError: it is neither.
    """
    if document.get("type") == KIND:
        return _of_issuer(document)
    did = document.get("id")
    if not isinstance(did, str) or not did.startswith("did:"):
        raise ValueError("no DID document")
    if did.startswith("did:key:"):
        return of_did_key(did)  # such a document can add nothing to what its name says
    methods = _objects(document.get("verificationMethod", []))
    named = document.get("assertionMethod", [])
    if not isinstance(named, list):
        raise ValueError("no list of keys")
    methods += _objects([one for one in named if isinstance(one, dict)])
    wanted = {one if isinstance(one, str) else one.get("id") for one in named}
    wanted = {_absolute(did, one) for one in wanted if isinstance(one, str)}
    keys = {}
    for one in methods:
        name = _absolute(did, str(one.get("id")))
        if name in wanted and one.get("type") == "Multikey" and one.get("controller") == did:
            keys[name] = TrustedKey(_checked(one.get("publicKeyMultibase")))
    if not keys:
        raise ValueError("no key that may sign")
    return Anchor(did, keys)


def issuer_document(name: str, dids: Iterable[str], keys: Iterable[SigningKey]) -> dict[str, Any]:
    """`issuer.json`: the keys there ever were, the oldest first."""
    return {
        "type": KIND,
        "name": name,
        "dids": sorted(dids),
        "keys": [
            {
                "key": one.id,
                "since": moment(one.made_at),
                **({"until": moment(one.retired_at)} if one.retired_at else {}),
            }
            for one in sorted(keys, key=lambda one: (one.made_at, one.id))
        ],
    }


def did_document(did: str, keys: Iterable[SigningKey]) -> dict[str, Any]:
    """The DID document of a host: every key, retired ones too, since what they signed stays valid.

    It says nothing of when a key was retired: `revoked` would make readers refuse all it signed.
    """
    ordered = [one.id for one in sorted(keys, key=lambda one: (one.made_at, one.id))]
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": did,
        "verificationMethod": [
            {
                "id": f"{did}#{key}",
                "type": "Multikey",
                "controller": did,
                "publicKeyMultibase": key,
            }
            for key in ordered
        ],
        "assertionMethod": [f"{did}#{key}" for key in ordered],
    }


def _of_issuer(document: Mapping[str, Any]) -> Anchor:
    dids = document.get("dids", [])
    if not isinstance(dids, list) or not all(
        isinstance(did, str) and did.startswith("did:web:") for did in dids
    ):
        raise ValueError("no list of names")
    keys = {}
    for one in _objects(document.get("keys")):
        key = _checked(one.get("key"))
        until = parse_moment(one["until"]) if "until" in one else None
        found = TrustedKey(key, parse_moment(one.get("since")), until)
        for did in (did_key(key), *dids):
            keys[f"{did}#{key}"] = found
    if not keys:
        raise ValueError("no key")
    return Anchor(str(document.get("name", "")), keys)


def _checked(key: object) -> str:
    if not isinstance(key, str):
        raise ValueError("no key")
    public_key(key)
    return key


def _objects(value: object) -> list[dict[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise ValueError("no list of keys")
    return list(value)


def _absolute(did: str, name: str) -> str:
    return did + name if name.startswith("#") else name
