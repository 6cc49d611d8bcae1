"""The same credential as a signed token: VC-JWT of Open Badges 3.0, EdDSA alone."""

import base64
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from certify.domain.data_integrity import Signed, UnknownAlgorithm, parse_moment
from certify.domain.strict_json import MAX_BYTES, parse_object

_CLAIMS = ("iss", "jti", "sub", "nbf", "exp", "iat")


def token(
    credential: Mapping[str, Any], *, method: str, created: datetime, sign: Callable[[bytes], bytes]
) -> str:
    """The credential as a compact token.

    Args:
        credential: without a proof.
        method: the key's full name, which becomes `kid`.
        created: becomes `iat`.
        sign: gives an Ed25519 signature.
    """
    claims = {
        **credential,
        "iss": credential["issuer"]["id"],
        "jti": credential["id"],
        "sub": credential["credentialSubject"]["id"],
        "nbf": _seconds(credential["validFrom"]),
        "exp": _seconds(credential["validUntil"]),
        "iat": int(created.timestamp()),
    }
    header = {"alg": "EdDSA", "kid": method, "typ": "JWT"}
    signed = f"{_encoded(_json(header))}.{_encoded(_json(claims))}"
    return f"{signed}.{_encoded(sign(signed.encode()))}"


def opened(text: str) -> tuple[dict[str, Any], Signed]:
    """The credential in a token, and its signature, not yet checked.

    Raises:
        UnknownAlgorithm: any `alg` but EdDSA, `none` among them.
        ValueError: it is no such token, its header brings a key of its own, or its claims say
            something else than the credential.
    """
    if len(text) > 2 * MAX_BYTES or not text.isascii():
        raise ValueError("no token")
    parts = text.split(".")
    if len(parts) != 3:
        raise ValueError("no token")
    header, claims = (parse_object(_decoded(part)) for part in parts[:2])
    if header.get("alg") != "EdDSA":
        raise UnknownAlgorithm(str(header.get("alg"))[:80])
    if not set(header) <= {"alg", "kid", "typ"} or header.get("typ", "JWT") != "JWT":
        raise ValueError("the header has other members")
    if not isinstance(header.get("kid"), str):
        raise ValueError("no key is named")
    credential = {key: one for key, one in claims.items() if key not in _CLAIMS}
    if "proof" in credential or "vc" in credential:
        raise ValueError("a credential in the credential")
    _check(claims, credential)
    value = _decoded(parts[2])
    if len(value) != 64:
        raise ValueError("no Ed25519 signature")
    created = datetime.fromtimestamp(claims["iat"], UTC)
    return credential, Signed(header["kid"], created, f"{parts[0]}.{parts[1]}".encode(), value)


def _check(claims: Mapping[str, Any], credential: Mapping[str, Any]) -> None:
    """What is said twice must be the same."""
    try:
        said = {
            "iss": credential["issuer"]["id"],
            "jti": credential["id"],
            "sub": credential["credentialSubject"]["id"],
            "nbf": _seconds(credential["validFrom"]),
        }
        if "validUntil" in credential:
            said["exp"] = _seconds(credential["validUntil"])
    except (KeyError, TypeError) as problem:
        raise ValueError("no Open Badge") from problem
    if any(claims.get(name) != value for name, value in said.items()):
        raise ValueError("the claims say something else")
    if ("exp" in claims) != ("exp" in said):
        raise ValueError("the claims say something else")
    if type(claims.get("iat")) is not int or not 0 <= claims["iat"] < 2**35:
        raise ValueError("no time of signing")


def _seconds(text: object) -> int:
    return int(parse_moment(text).timestamp())


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decoded(text: str) -> bytes:
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if _encoded(data) != text:  # one signature must have one spelling
        raise ValueError("written in another way")
    return data
