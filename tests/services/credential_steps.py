"""Steps of tests about signed certificates: a company that signed one, and a stranger with it."""

import base64
import dataclasses
import json
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlmodel import select

from certify.domain.certificate import Certificate
from certify.domain.credential_jwt import token
from certify.domain.data_integrity import secured
from certify.domain.open_badge import BadgeSource, open_badge
from certify.domain.person import CONSOLE
from certify.domain.signed_credential import CredentialForm
from certify.domain.signing import SigningKey, key_id
from certify.domain.status_list import Purpose, list_id, places, status_credential
from certify.domain.strict_json import parse_object
from certify.domain.trust_anchor import did_document, did_key, issuer_document
from certify.domain.verdict import Finding
from certify.platform import Platform
from certify.policy import CertificatePolicy
from certify.services.credentials import publishing, signing, verifying
from certify.services.credentials.issuer import Base
from certify.services.credentials.verifying import Report
from tests.services.learning_steps import pass_course

HOST = "certs.example.com"
START = datetime(2024, 3, 4, 4, tzinfo=UTC)
"""When the key was made."""
Set = dict[str, list[int]]
"""The places that are set in a list, by purpose."""


@dataclass
class Stranger:
    """Someone who holds a document and what the company published, and nothing else."""

    document: str
    folder: Path
    now: Callable[[], datetime]

    def judge(
        self,
        document: str | None = None,
        *,
        issuer: bool = True,
        status: bool = True,
        dids: tuple[str, ...] = (),
        now: datetime | None = None,
        **person: str,
    ) -> Report:
        """What the verifier says, with the published keys and lists or without."""
        trusted = verifying.trust(
            issuers=[self.folder / "issuer.json"] if issuer else [],
            dids=dids,
            statuses=[self.folder / "status"] if status else [],
            **person,
        )
        text = self.document if document is None else document
        return verifying.verify_text(text, trusted=trusted, now=now or self.now())

    def finding(self, document: str | None = None, **given: Any) -> Finding:
        """The verdict alone."""
        return self.judge(document, **given).verdict

    def parsed(self) -> dict[str, Any]:
        """The document as JSON."""
        return parse_object(self.document)


def with_host(platform: Platform, host: str = HOST) -> Platform:
    """The same platform of a company that publishes on a web host."""
    own = platform.policy.model_copy(update={"certificate": CertificatePolicy(host=host)})
    return dataclasses.replace(platform, policy=own)


def certificate_number(platform: Platform, staff_no: str = "E1001") -> str:
    """The number of the first certificate of a person, who passes the sample course for it."""
    with platform.database.read() as session:
        found = session.exec(select(Certificate)).first()
    if found is None:
        pass_course(platform, staff_no)
    with platform.database.read() as session:
        return session.exec(select(Certificate).order_by("id")).first().number  # type: ignore[union-attr]


def sign(
    platform: Platform,
    number: str | None = None,
    form: CredentialForm = CredentialForm.EMBEDDED,
) -> str:
    """The signed document of a certificate."""
    number = number or certificate_number(platform)
    with platform.database.write() as session:
        return signing.signed(session, platform, CONSOLE, number, form)


def stranger(
    platform: Platform, folder: Path, form: CredentialForm = CredentialForm.EMBEDDED
) -> Stranger:
    """Sign a certificate, publish keys and states, hand both out."""
    document = sign(platform, form=form)
    publishing.publish(platform, actor=CONSOLE, folder=folder)
    return Stranger(document, folder, platform.clock.now)


class Forger:
    """Somebody with a key of their own, or with a stolen one."""

    def __init__(self, seed: int = 7) -> None:
        self.private = Ed25519PrivateKey.from_private_bytes(bytes([seed] * 32))
        self.key = key_id(self.private.public_key().public_bytes_raw())
        self.did = did_key(self.key)

    def sign(self, document: dict[str, Any], method: str | None = None) -> dict[str, Any]:
        """The document signed anew, at the time at which it was signed before."""
        body = {name: one for name, one in document.items() if name != "proof"}
        created = datetime.fromisoformat(document["proof"]["created"])
        method = method or f"{self.did}#{self.key}"
        return secured(body, method=method, created=created, sign=self.private.sign)


FACTS: dict[str, Any] = {
    "number": "PQ-2024-000001-6",
    "name": "王小兰",
    "staff_no": "E1001",
    "department": "客服部",
    "code": "reception",
    "title": {"zh": "接待", "en": "Reception"},
    "basis": "exam",
    "course": "sample",
    "course_version": "1.0.0",
    "mark": "100.00",
    "is_retake": False,
    "issued_on": "2024-03-04",
    "valid_from": "2024-03-04",
    "valid_to": "2025-03-04",
    "issuer": "示例公司",
}


class Company(Forger):
    """A company on paper: what the services write, without a database behind it."""

    def __init__(self, host: str = "") -> None:
        super().__init__(seed=1)
        self.base = Base(host)
        self.at = START

    def document(
        self, form: CredentialForm = CredentialForm.EMBEDDED, facts: dict[str, Any] | None = None
    ) -> str:
        """A certificate, signed; with more facts than the usual ones where some are given."""
        source = BadgeSource(
            number=FACTS["number"],
            revision=1,
            facts=FACTS | (facts or {}),
            salt="salt",
            issuer=self.base.did(self.key),
            time_zone="Asia/Shanghai",
            places=tuple(places(self.base.lists, 1, 1)),
        )
        method = self.base.method(self.key)
        badge, sign = open_badge(source), self.private.sign
        if form is CredentialForm.JWT:
            return token(badge, method=method, created=self.at, sign=sign)
        document = secured(badge, method=method, created=self.at, sign=sign)
        return json.dumps(document, ensure_ascii=False, separators=(",", ":"))

    def publish(self, folder: Path, set_: Set | None = None) -> None:
        """Keys and lists.

        Args:
            set_: places that are set, by purpose.
        """
        (folder / "status").mkdir(parents=True, exist_ok=True)
        key = SigningKey(id=self.key, made_at=START, made_by=0)
        hosts = [self.base.did(self.key)] if self.base.host else []
        _write(folder / "issuer.json", issuer_document("示例公司", hosts, [key]))
        _write(folder / "did.json", did_document(self.base.did(self.key), [key]))
        for purpose in Purpose:
            _write(folder / "status" / f"{purpose}.json", self.status_list(purpose, set_))

    def status_list(self, purpose: Purpose, set_: Set | None = None) -> dict[str, Any]:
        """One list, valid for a day."""
        credential = status_credential(
            list_id(self.base.lists, purpose, 0),
            purpose,
            (set_ or {}).get(purpose.value, []),
            issuer=self.base.did(self.key),
            valid_from=self.at,
            valid_until=self.at + timedelta(days=1),
        )
        method = self.base.method(self.key)
        return secured(credential, method=method, created=self.at, sign=self.private.sign)

    def stranger(
        self,
        folder: Path,
        form: CredentialForm = CredentialForm.EMBEDDED,
        set_: Set | None = None,
    ) -> Stranger:
        """Somebody who holds a certificate and all that was published."""
        self.publish(folder, set_)
        return Stranger(self.document(form), folder, lambda: self.at)


def _write(path: Path, value: dict[str, Any]) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


def png_with(document: bytes, *, keyword: bytes = b"openbadgecredential") -> bytes:
    """A picture of one pixel that carries a document."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    text = chunk(b"iTXt", keyword + b"\0\0\0\0\0" + document)
    body = chunk(b"IDAT", zlib.compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + head + text + body + chunk(b"IEND", b"")


def b64(data: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
